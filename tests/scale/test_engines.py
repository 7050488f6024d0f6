"""Results come in the order of the jobs, few jobs are under way, lost workers are replaced."""

import pytest
from jobs import die, die_once, doubled

from ipcompare.data import PlainError
from ipcompare.scale.engines import AHEAD, Here, Processes, engine, run


@pytest.fixture(scope="module")
def two():
    processes = Processes(2)
    yield processes
    processes.close(now=True)


def test_results_come_in_the_order_of_the_jobs(two):
    expected = [(n, 2 * n) for n in range(12)]
    assert list(run(two, doubled, range(12))) == expected
    assert list(run(Here(), doubled, range(12))) == expected
    assert list(run(two, doubled, [])) == []


def test_jobs_are_made_when_there_is_a_worker_for_them(two):
    made = []

    def jobs():
        for n in range(20):
            made.append(n)
            yield n

    results = run(two, doubled, jobs())
    next(results)
    assert len(made) <= AHEAD * two.workers + 1
    assert [result for _, result in results] == [2 * n for n in range(1, 20)]


def test_the_job_of_a_worker_that_was_killed_is_done_again(two, tmp_path):
    jobs = [tmp_path / str(n) for n in range(3)]
    found = list(run(two, die_once, map(str, jobs)))
    assert [result for _, result in found] == ["done"] * 3


def test_a_job_that_kills_every_worker_ends_with_the_cure():
    with engine(workers=2) as processes, pytest.raises(PlainError, match="fewer --workers"):
        list(run(processes, die, [1]))


def test_one_worker_is_this_process():
    with engine(workers=1) as here:
        assert isinstance(here, Here)


def test_a_scheduler_that_does_not_answer_is_named():
    pytest.importorskip("distributed")
    with pytest.raises(PlainError, match="tcp://127.0.0.1:9: no scheduler answers"):
        with engine(scheduler="tcp://127.0.0.1:9"):
            pass
