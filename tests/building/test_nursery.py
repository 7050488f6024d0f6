"""Forked processes: where they run, and that they can be ended."""

import os
import signal
import time

import pytest

from ipcompare.building.nursery import CAN_FORK, nursery, side_by_side
from ipcompare.data import data_pattern


def ended(forked):
    for _ in range(600):
        if forked.poll() is not None:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not CAN_FORK, reason="kernels are started anew here")
def test_a_forked_process_has_its_folder_and_variables_and_can_be_ended(tmp_path):
    with nursery(dict(os.environ)) as forks:
        said = forks.fork(os.system, 'echo "$SAID" > said', env={"SAID": "a"}, cwd=tmp_path)
        sleeping = forks.fork(time.sleep, 600, env={}, cwd=tmp_path)
        assert ended(said) and (tmp_path / "said").read_text(encoding="utf-8") == "a\n"
        assert sleeping.poll() is None
        sleeping.send_signal(signal.SIGKILL)
        assert ended(sleeping)
    assert forks.process.poll() is not None


@pytest.mark.skipif(not CAN_FORK, reason="functions are called here")
def test_what_a_function_returns_or_raises_is_heard():
    with nursery(dict(os.environ)) as forks:
        assert forks.call(side_by_side, os.getpid, os.getppid)[0] != os.getpid()
        with pytest.raises(FileNotFoundError, match="no-such-file"):
            forks.call(os.stat, "no-such-file")
        with pytest.raises(RuntimeError, match="RuleError: wording/themes.toml, line"):
            forks.call(data_pattern, "wording/themes.toml", "(")
        with pytest.raises(RuntimeError, match="ended before it was done"):
            forks.call(os._exit, 1)


def test_where_the_system_cannot_fork_there_is_none(monkeypatch):
    monkeypatch.setattr("ipcompare.building.nursery.CAN_FORK", False)
    with nursery({}) as forks:
        assert forks is None
