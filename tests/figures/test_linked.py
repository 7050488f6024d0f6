"""Figures are drawn once for all forms: the page's links are marked where the text is drawn."""

import re

from matplotlib.figure import Figure

from ipcompare.corpus import Corpus, Document
from ipcompare.exports.saving import save_figure
from ipcompare.figures.goals import plot_target_ladder
from ipcompare.figures.linked import evidence_gid, svg_for_page
from ipcompare.figures.overview import plot_clause_matches
from ipcompare.figures.style import new_figure
from ipcompare.report.page import write_report
from ipcompare.study import Study

TEXT = (
    "一、目标\n到2020年，有效注册商标达到{}件以上。\n二、保障\n加强组织领导，建立工作领导小组。\n"
)
STUDY = Study(Corpus(tuple(Document(f"d{n}", TEXT.format(n)) for n in (3000, 4000))))


def links(svg):
    return re.findall(r'<a xlink:href="#([^"]*)"', svg)


def test_each_number_of_the_ladder_leads_to_its_target():
    fig = plot_target_ladder(STUDY.shared)
    ids = [evidence_gid(target_id) for target_id in STUDY.targets["target_id"]]
    assert links(svg_for_page(fig)) == ids and ids[0].startswith("e:d3000%23")
    marked = {text.get_gid(): text.get_text() for text in fig.axes[0].texts if text.get_gid()}
    assert marked == dict(zip(ids, ["≥ 3000 (2020)", "≥ 4000 (2020)"], strict=True))
    assert not any(text.get_url() for text in fig.axes[0].texts)  # a file has no page to open


def test_each_score_leads_to_its_two_provisions():
    fig = plot_clause_matches(STUDY.matches, STUDY.clauses)
    # d3000#1 is a goal: only the pair of specific provisions is drawn
    assert evidence_gid("d3000#2", "d4000#2") == "e:d3000%232%20d4000%232"
    assert links(svg_for_page(fig)) == ["e:d3000%232%20d4000%232"]


def test_a_text_under_another_id_is_no_link():
    fig = new_figure(2, 1)
    fig.text(0, 0, "a", gid="own")
    assert links(svg_for_page(fig)) == []


def test_build_asks_for_the_figure_of_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv("IPCOMPARE_SCRATCH", str(tmp_path))
    monkeypatch.setenv("IPCOMPARE_NOTEBOOK", "05-numeric-targets")
    save_figure(plot_target_ladder(STUDY.shared), "target-ladder", folder=tmp_path / "o")
    page = {path.name: path.read_text("utf-8") for path in (tmp_path / "page").iterdir()}
    assert page.keys() == {"target-ladder-zh.svg", "target-ladder-en.svg"}
    assert [len(links(svg)) for svg in page.values()] == [2, 2]
    assert links((tmp_path / "o/figures/target-ladder.svg").read_text("utf-8")) == []


def test_the_report_takes_what_is_drawn_and_draws_what_is_not(tmp_path):
    for lang in ("zh", "en"):
        fig = Figure(figsize=(3, 1))
        fig.text(0, 0, f"drawn {lang}")
        (tmp_path / f"target-kinds-{lang}.svg").write_text(svg_for_page(fig), "utf-8")
    page = write_report(STUDY, tmp_path / "r.html", drawn=tmp_path).read_text("utf-8")
    kinds, ladder = (
        re.search(rf'id="ex-{id}".*?</section>', page, re.DOTALL)[0]
        for id in ("target-kinds", "target-ladder")
    )
    assert "drawn zh" in kinds and "drawn en" in kinds and "≥ 3000 (2020)" in ladder
