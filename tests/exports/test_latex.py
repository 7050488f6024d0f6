"""LaTeX tables: escaped, stable, and accepted by LaTeX where it is installed."""

import shutil
import subprocess

import pandas as pd
import pytest

from ipcompare.exports.latex import to_latex
from ipcompare.text import latex_escape

FRAME = pd.DataFrame({"指标": ["有效发明专利", "*首件"], "low": [2.88, None]})
HOSTILE = "\\ { } & % $ # _ ~ ^ -- --- '' `` ?` \" < > | ≥ ≤ \\input{x} \x00\x1b\n[甲]"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("R&D 50% #1_a $", r"R\&D 50\% \#1\_a \$"),
        ("a-b --- c", "a-b -{}-{}- c"),
        ("≥ 12", r"\ensuremath{\geq} 12"),
        ("一\n\t二", "一 二"),
        ("\\x", r"\textbackslash{}x"),
    ],
)
def test_escape(text, escaped):
    assert latex_escape(text) == escaped


def test_table_by_hand():
    assert to_latex(FRAME, id="t", title="甲", note="100%", source="corpus/texts") == (
        "% \\documentclass{ctexart} (XeLaTeX or LuaLaTeX: the words of the texts are Chinese)\n"
        "% \\usepackage{array,booktabs,longtable,pdflscape}\n"
        "\\begin{table}[htbp]\n\\centering\\small\n\\caption{甲}\\label{tab:t}\n"
        "\\begin{tabular}{@{}lr@{}}\n\\toprule\n指标 & low \\\\\n\\midrule\n"
        "有效发明专利 & 2.88 \\\\\n{}*首件 &  \\\\\n\\bottomrule\n\\end{tabular}\n"
        "\\par\\smallskip{\\footnotesize\\raggedright 注：100\\%\\par}\n"
        "\\par\\smallskip{\\footnotesize\\raggedright 资料来源：corpus/texts\\par}\n"
        "\\end{table}\n"
    )


def test_long_wide_and_english_tables():
    long = to_latex(pd.concat([FRAME] * 20), id="t", title="A", source="x", lang="en")
    assert r"\endhead" in long and r"\caption[]{A (continued)}" in long and "Source: x" in long
    assert r"\begin{table}" in to_latex(pd.concat([FRAME] * 20), id="t", title="A", long=False)
    assert r"p{\dimexpr" in to_latex(pd.DataFrame({"a": ["知" * 90]}), id="t", title="A")
    wide = pd.DataFrame({f"column_{n}": [n] for n in range(12)})
    assert r"\begin{landscape}" in to_latex(wide, id="t", title="A")


@pytest.mark.parametrize(("long", "first"), [(True, "longtable"), (False, "tabular")])
def test_a_number_of_ours_stands_outside_the_cells(long, first):
    said = to_latex(FRAME, id="t", title="甲", number="A1", long=long)
    assert said.index(r"\exhibitnumber{A1}") < said.index(rf"\begin{{{first}}}")
    assert r"\providecommand{\exhibitnumber}[1]{\renewcommand{\thetable}{#1}}" in said


def test_wrong_language_and_empty_frame_are_refused():
    with pytest.raises(ValueError, match="lang is zh or en"):
        to_latex(FRAME, id="t", title="", lang="fr")
    with pytest.raises(ValueError, match="table t: has no columns"):
        to_latex(pd.DataFrame(), id="t", title="")


@pytest.mark.skipif(not shutil.which("xelatex"), reason="no xelatex")
def test_latex_accepts_hostile_text(tmp_path):
    frame = pd.DataFrame({"a": [HOSTILE, "[x]", "*"], "b_c": ["=1+1", "+x", HOSTILE * 3]})
    tables = to_latex(frame, id="a", title=HOSTILE, note=HOSTILE)
    tables += to_latex(pd.concat([frame] * 12), id="b", title=HOSTILE, source=HOSTILE)
    packages = r"\documentclass{article}\usepackage{array,booktabs,longtable,pdflscape}"
    text = f"{packages}\\begin{{document}}\n{tables}\\end{{document}}\n"
    (tmp_path / "t.tex").write_text(text, encoding="utf-8")
    command = ["xelatex", "-no-shell-escape", "-halt-on-error", "-interaction=batchmode", "t.tex"]
    assert subprocess.run(command, cwd=tmp_path, timeout=120).returncode == 0
    log = (tmp_path / "t.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character: There is no ≥" not in log and "\n! " not in log
