"""Processes that begin with everything imported: forked from one that has, where the system can.

Eight kernels that each import pandas, matplotlib and ipcompare spend a third of a build on it.
"""

import contextlib
import gc
import io
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, TypeVar

import ipcompare

T = TypeVar("T")
U = TypeVar("U")
CAN_FORK = sys.platform == "linux"  # macOS could, but its libraries do not survive it
_ROOMS = ("browse", "checks", "collecting", "facts", "figures", "indicators", "study", "wording")
_MODULES = (
    "anywidget", "ipcompare.figures.linked", "ipykernel.kernelapp", "ipykernel.zmqshell",
    "itables.widget", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg", "pypinyin", "rjieba", "scipy.cluster.hierarchy",
    "scipy.stats", "typer.testing",
)  # fmt: skip

_LATER = ("ipcompare.building.publish",)  # imported once nothing is asked for a while
_IDLE = 1.0  # seconds


class Forked:
    """A forked process, with what jupyter_client asks of a ``Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs. How it ended nobody knows."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    wait = poll  # is asked for when the process has ended

    def send_signal(self, number: int) -> None:
        """Send it to the process and those that it started."""
        os.killpg(self.pid, number)


class Nursery:
    """A process that has imported everything, and forks one for each order."""

    def __init__(self, env: dict[str, str]):
        self.env, self._ready = env, False
        self.orders, theirs = Pipe()
        at = theirs.fileno()
        command = [sys.executable, "-P", "-c", f"from {__name__} import serve; serve({at})"]
        with theirs:
            self.process = subprocess.Popen(
                command, env=env, pass_fds=[at], stdin=subprocess.DEVNULL, start_new_session=True
            )

    def call(self, function: Callable[..., T] | str, *args: Any) -> T:
        """What the function returns, or raises, in a process of its own; it ends with the call.

        A function that is not yet to be imported here is named: ``package.module:function``.
        """
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            forked = self.fork(_tell, said, function, args, env=self.env, cwd=os.getcwd())
            try:
                while forked.poll() is None:
                    time.sleep(0.02)
            except BaseException:  # Ctrl-C
                forked.send_signal(signal.SIGKILL)
                raise
            return _heard(said)

    def fork(
        self, function: Callable[..., Any], *args: Any, env: dict[str, str], cwd: Path | str
    ) -> Forked:
        """A process that calls the function in a folder, with these environment variables only."""
        if not self._ready:
            self._ready = bool(self.orders.recv())
        self.orders.send((function, args, env, cwd))
        return Forked(self.orders.recv())


def kernel_environment() -> dict[str, str]:
    """The kernels' environment: the same numbers on any machine."""
    fixed = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return {**os.environ, **fixed, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@contextlib.contextmanager
def nursery(env: dict[str, str]) -> Iterator[Nursery | None]:
    """A Nursery that ends with the block; None where the system cannot fork.

    It imports while the block goes on; the first to be forked waits for it.
    """
    if not CAN_FORK:
        yield None
        return
    made = Nursery(env)
    try:
        yield made
    finally:
        made.process.terminate()
        made.process.wait()


def side_by_side(one: Callable[[], T], other: Callable[[], U]) -> tuple[T, U]:
    """What two functions return: the first is called in a forked process where the system can.

    To be called in a process without threads: one of a nursery.
    """
    if not CAN_FORK:
        return one(), other()
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        process = get_context("fork").Process(target=_tell, args=(said, one))
        process.start()
        try:
            result = other()
            process.join()
        finally:
            process.kill()
        return _heard(said), result


def _tell(said: Path, function: Callable[..., Any] | str, args: tuple = ()) -> None:
    """Call the function and write down what it returns or raises."""
    try:
        called = resolve_name(function) if isinstance(function, str) else function
        told = True, called(*args)
    except Exception as error:
        told = False, error
    said.write_bytes(_pickled(told))


def _pickled(told: tuple[bool, Any]) -> bytes:
    """What was told; of an error that cannot be carried over, its words."""
    try:
        data = pickle.dumps(told)
        pickle.loads(data)
    except Exception:
        data = pickle.dumps((False, RuntimeError(f"{type(told[1]).__name__}: {told[1]}")))
    return data


def _heard(said: Path) -> Any:
    """What was written down."""
    if not said.is_file():
        raise RuntimeError("a process was ended before it was done")
    done, told = pickle.loads(said.read_bytes())
    if not done:
        raise told
    return told


def serve(orders_at: int) -> None:
    """Import everything, then fork a process an order until nobody is left to give one."""
    _import_everything()
    _read_everything()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _reap)
    orders, later = Connection(orders_at), [*_LATER]
    orders.send("ready")
    while True:
        while later and not orders.poll(_IDLE):
            import_module(later.pop())
        try:
            function, args, env, cwd = orders.recv()
        except EOFError:
            return
        if not (pid := os.fork()):
            break
        orders.send(pid)
    orders.close()
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    function(*args)


def _reap(*about: Any) -> None:
    """Forget the forked that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _import_everything() -> None:
    """What notebooks use. What cannot be imported is for the notebook that needs it to say."""
    for place in (ipcompare, *(import_module(f"ipcompare.{room}") for room in _ROOMS)):
        for name in place.__all__:
            with contextlib.suppress(ImportError):
                getattr(place, name)
    for name in _MODULES:
        with contextlib.suppress(ImportError):
            import_module(name)


def _read_everything() -> None:
    """Data files, dictionary and fonts, by making what all notebooks make of two lines of text."""
    from matplotlib.figure import Figure

    from ipcompare.corpus import Corpus, Document
    from ipcompare.figures.style import print_style

    text = "甲市方案\n一、目标\n到2020年，培育示范企业5家，给予10万元奖励。\n"
    study = ipcompare.Study(Corpus((Document("a", text), Document("b", text))))
    for name in ("aligned", "matches", "qualitative", "themes", "similarity"):
        getattr(study, name)
    with print_style():
        fig = Figure()
        fig.text(0, 0, "甲 a")
        for format in ("png", "svg", "pdf"):
            fig.savefig(io.BytesIO(), format=format)
