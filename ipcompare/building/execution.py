"""The notebooks executed, each in a clean kernel of its own: the same on every run and machine."""

import asyncio
import itertools
import json
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from ipcompare.browse.stripping import strip_widgets
from ipcompare.building.nursery import Nursery, kernel_environment
from ipcompare.exports.request import NOTEBOOK
from ipcompare.placing import write_whole

Progress = Callable[[int, int, str], None]

SIDE_BY_SIDE = 2
CELL_SECONDS = 600
SETTINGS = "settings"  # the id of the cell that a researcher changes
# Errors only: a kernel warns that its local connection is not encrypted.
KERNEL = [sys.executable, "-m", "ipykernel_launcher", "--log-level=40", "-f", "{connection_file}"]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


class BuildError(ValueError):
    """Notebooks that failed: one paragraph each, with the notebook, the cell and the error."""


class _ThisPython(AsyncKernelManager):
    """Starts the running interpreter, whatever kernels the user has installed."""

    nursery: Nursery | None = None

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=KERNEL, display_name="Python 3", language="python")

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        if self.nursery is None:
            return await super()._async_launch_kernel(kernel_cmd, **options)
        provisioner: Any = self.provisioner
        arguments = kernel_cmd[3:]  # behind python -m ipykernel_launcher
        provisioner.process = self.nursery.fork(
            _kernel, arguments, env=options["env"], cwd=options["cwd"]
        )
        provisioner.pid = provisioner.pgid = provisioner.process.pid

    _launch_kernel = _async_launch_kernel


def _kernel(arguments: list[str]) -> None:
    """Be a kernel, that ends with the process that it was forked from."""
    import pandas as pd
    from ipykernel.kernelapp import launch_new_instance

    pd.set_option("display.max_columns", 20)  # pandas asks when imported: is this a kernel?
    launch_new_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def execute_notebooks(
    paths: list[Path], request: dict[str, str], *, settings: dict[str, str], progress: Progress,
    forks: Nursery | None,
) -> list[NotebookNode]:  # fmt: skip
    """The notebooks of these files as executed, two side by side; the files stay as they are.

    Kernels are forked from ``forks`` where there is one. ``request`` are environment variables for
    the kernels, ``settings`` values to set in the cell with the settings, in those that have them.
    Warns of what a notebook wrote to stderr. Raises BuildError with one paragraph a notebook that
    failed.
    """
    notebooks = [nbformat.read(path, as_version=4) for path in paths]
    for notebook in notebooks:
        _set(notebook, settings)
    with tempfile.TemporaryDirectory() as profile:
        env = kernel_environment() | {"IPYTHONDIR": profile} | request
        manager = type("_Manager", (_ThisPython,), {"nursery": forks})
        failures = asyncio.run(_execute_all(paths, notebooks, env, manager, progress))
    if any(failures):
        raise BuildError("\n\n".join(str(failure) for failure in failures if failure))
    for path, notebook in zip(paths, notebooks, strict=True):
        if said := _stabilize(notebook):
            warnings.warn(f"{path.name}: {said}", stacklevel=3)
    return notebooks


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook as it is kept."""
    write_whole(path, nbformat.writes(notebook) + "\n")


async def _execute_all(
    paths: list[Path], notebooks: list[NotebookNode], env: dict[str, str],
    manager: type[_ThisPython], progress: Progress,
) -> list[BaseException | None]:  # fmt: skip
    """Execute the notebooks in place; the error that stopped each."""
    loop, places = asyncio.get_running_loop(), asyncio.Semaphore(SIDE_BY_SIDE)
    loop.add_signal_handler = _no_handler  # type: ignore[method-assign, assignment]
    total, done = sum(len(notebook.cells) for notebook in notebooks), itertools.count(1)

    async def one(path: Path, notebook: NotebookNode) -> None:
        async with places:
            own = env | {NOTEBOOK: path.stem}
            await _execute(
                path, notebook, own, manager, lambda: progress(next(done), total, path.stem)
            )

    jobs = map(one, paths, notebooks)
    return await asyncio.gather(*jobs, return_exceptions=True)


async def _execute(
    path: Path, notebook: NotebookNode, env: dict[str, str], manager: type[_ThisPython],
    ticks: Callable[[], None],
) -> None:  # fmt: skip
    """Execute the cells of one notebook; raises BuildError naming the cell that failed."""
    at = 0

    def starts(cell: NotebookNode, cell_index: int) -> None:
        nonlocal at
        at = cell_index
        ticks()

    client = NotebookClient(
        notebook, kernel_manager_class=manager, timeout=CELL_SECONDS, record_timing=False,
        coalesce_streams=True, resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=starts, shutdown_kernel="immediate",
    )  # fmt: skip
    try:
        await client.async_execute(env=env)
    except Exception as error:
        raise BuildError(_explain(path, at, notebook.cells[at], error)) from error


def _no_handler(*about: Any) -> None:
    """At Ctrl-C nbclient would stop one kernel and go on with the others: it shall leave it to
    asyncio, which stops all, as it does where signals cannot be handled (Windows)."""
    raise NotImplementedError


def _set(notebook: NotebookNode, settings: dict[str, str]) -> None:
    """Change lines such as ``lang = "zh"`` of the cell with the settings; what is said stays."""
    for cell in (cell for cell in notebook.cells if cell.get("id") == SETTINGS):
        for name, value in settings.items():
            line = f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\\", r"\\")
            cell.source = re.sub(rf'^{name} = (?:"[^"\n]*"|None)', line, cell.source, flags=re.M)


def _explain(path: Path, index: int, cell: dict, error: Exception) -> str:
    """Notebook, cell, its code and the error in a few lines."""
    if isinstance(error, CellExecutionError):
        problem = f"{error.ename}: {error.evalue}"
    else:
        problem = f"{type(error).__name__}: {error}"
    code = "\n    ".join(cell["source"].splitlines())
    return f"{path.name}, cell {index + 1} ({cell.get('id', '')}): {problem}\n    {code}"


def _stabilize(notebook: NotebookNode) -> str:
    """Remove what differs between runs and machines; return what was written to stderr."""
    said = ""
    strip_widgets(notebook)
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        outputs = cell.get("outputs", [])
        said += "".join(out.text for out in outputs if out.get("name") == "stderr")
        if cell.cell_type == "code":
            cell.outputs = [out for out in outputs if out.get("name") != "stderr"]
    return said
