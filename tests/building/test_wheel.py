"""The wheel carries its own data and font: it works in an empty folder, away from the repository."""

import os
import shutil
import subprocess
import sys
import zipfile

from files import ROOT

SESSION = """
import ipcompare as ipc
from pathlib import Path

assert Path(ipc.__file__).is_relative_to(Path.cwd() / "installed"), ipc.__file__
for name, n in (("a", 5), ("b", 8)):
    Path(f"{name}.txt").write_text(f"一、主要目标\\n到2025年，发明专利拥有量达到{n}件。", encoding="utf-8")
corpus = ipc.Corpus(tuple(ipc.read_document(f"{name}.txt") for name in "ab"))
clauses = ipc.clause_table(corpus)
print(ipc.extract_targets(clauses)["low"].tolist(), ipc.document_similarity(clauses).shape)
figure = ipc.plot_document_similarity(ipc.document_similarity(clauses))
ipc.save_figure(figure, "document-similarity-map", folder="out")
print(sorted({path.suffix for path in Path("out").rglob("*.*")}))
"""


def test_the_wheel_works_in_an_empty_folder(tmp_path):
    source = tmp_path / "source"  # a build leaves files where it builds
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "ipcompare", source / "ipcompare")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    said = subprocess.run(
        [sys.executable, "-c", SESSION], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.split("\n")[:2] == ["[5.0, 8.0] (2, 2)", "['.pdf', '.png', '.svg']"]
