"""Where work is done: in this process, in processes of this machine, or on a Dask cluster.

A job is a function of this package with one argument that can be pickled; jobs do not depend on
each other. Results come in the order of the jobs, so they are the same wherever they were made.
"""

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Protocol

from ipcompare.data import PlainError
from ipcompare.extras import need

AHEAD = 2  # jobs handed out for each worker: nobody waits, and few results do
MOST_LOSSES = 3  # times that workers may be lost before the work ends

# One thread a process: the workers are the parallelism, and idle threads of BLAS spin.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"), "1"
)


class Engine(Protocol):
    """What hands out jobs."""

    workers: int

    def submit(self, function: Callable, job: Any) -> Any:
        """A future with ``result()``."""

    def recover(self) -> bool:
        """Be ready again after workers were lost; False where that is done elsewhere."""


def run(
    engine: Engine, function: Callable[[Any], Any], jobs: Iterable[Any]
) -> Iterator[tuple[Any, Any]]:
    """Each job with its result, in the order of the jobs; few are under way at a time.

    A job whose worker was lost is done again; after ``MOST_LOSSES`` losses PlainError says so.
    """
    waiting: deque[tuple[Any, Any]] = deque()
    losses = 0
    jobs = iter(jobs)
    more = True
    while more or waiting:
        while more and len(waiting) < max(1, AHEAD * engine.workers):
            more, job = _next(jobs)
            if more:
                waiting.append((job, engine.submit(function, job)))
        if not waiting:
            return
        try:
            job, result = waiting[0][0], waiting[0][1].result()
        except BrokenProcessPool as error:
            losses += 1
            if losses > MOST_LOSSES or not engine.recover():
                raise _lost(losses) from error
            waiting = deque((job, engine.submit(function, job)) for job, _ in waiting)
            continue
        waiting.popleft()
        yield job, result


def _next(jobs: Iterator[Any]) -> tuple[bool, Any]:
    for job in jobs:
        return True, job
    return False, None


def _lost(times: int) -> PlainError:
    return PlainError(
        f"workers were killed {times} times, most likely for want of memory; what is finished is "
        "kept: run the same command again with fewer --workers"
    )


class Here:
    """This process, one job after the other."""

    workers = 0

    def submit(self, function: Callable, job: Any) -> Future:
        future: Future = Future()
        future.set_result(function(job))
        return future

    def recover(self) -> bool:
        return False


class Processes:
    """Processes of this machine."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._start()

    def _start(self) -> None:
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            context = get_context("spawn")  # the same on every system
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=_begin_worker
            )
            # All processes start now, while the environment says one thread.
            for future in [self._pool.submit(os.getpid) for _ in range(self.workers)]:
                future.result()
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})

    def submit(self, function: Callable, job: Any) -> Future:
        try:
            return self._pool.submit(function, job)
        except BrokenProcessPool as error:  # said again where results are awaited
            future: Future = Future()
            future.set_exception(error)
            return future

    def recover(self) -> bool:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._start()
        return True

    def close(self, *, now: bool) -> None:
        self._pool.shutdown(wait=not now, cancel_futures=True)


def _begin_worker() -> None:
    """Ctrl-C is for the process that hands out the work; memory is given back seldom."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)


class Cluster:
    """The workers of a Dask scheduler; a job of a lost worker is done by another."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.workers = max(1, sum(client.nthreads().values()))

    def submit(self, function: Callable, job: Any) -> Any:
        return self._client.submit(function, job, pure=False)

    def recover(self) -> bool:
        return False


@contextlib.contextmanager
def engine(*, workers: int | None = None, scheduler: str | None = None) -> Iterator[Engine]:
    """The engine for so many processes of this machine, or for the Dask cluster of ``scheduler``.

    ``workers`` is one a core where it is None; with 1 the work is done in this process.
    ``scheduler`` is the address of a scheduler (``tcp://host:8786``) whose workers have this
    version of ipcompare and see the same folders. Raises PlainError where it does not answer.
    """
    if scheduler:
        with _cluster(scheduler) as cluster:
            yield cluster
        return
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        yield Here()
        return
    processes = Processes(workers)
    try:
        yield processes
    except BaseException:
        processes.close(now=True)
        raise
    processes.close(now=False)


@contextlib.contextmanager
def _cluster(scheduler: str) -> Iterator[Cluster]:
    need("distributed")
    from distributed import Client

    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        cure = "start one with: dask scheduler, and workers with: dask worker tcp://…:8786"
        raise PlainError(f"{scheduler}: no scheduler answers there ({error}); {cure}") from error
    with client:
        if not client.nthreads():
            raise PlainError(
                f"{scheduler}: the scheduler has no workers; start some: dask worker {scheduler}"
            )
        yield Cluster(client)
