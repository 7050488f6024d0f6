"""The figures that rest on codes: what stands in them, and who decided it."""

import pandas as pd
import pytest
from conftest import made_up_surfaces, made_up_tools
from drawn import shown
from mpl_toolkits.mplot3d import Axes3D
from test_layout import faults

from ipcompare.figures.coded import plot_coded_tools, plot_pmc_surface

NAMES = {f"d{n}": f"Zhengzhou Binhai {2000 + n}" for n in range(1, 15)}


def test_the_cells_are_counts_and_the_bars_shares():
    table = made_up_tools()
    fig = plot_coded_tools(table, lang="en")
    left, right = fig.axes
    own = table[table["kind"] != "all"]
    counts = own.loc[own["theme"] != "all", "n_provision"]
    assert sorted(int(text.get_text()) for text in left.texts) == sorted(counts[counts > 0])
    shares = own.loc[own["theme"] == "all", "share"] * 100
    # Kinds stand above their tools in the figure and below them in the table.
    assert sorted(bar.get_width() for bar in right.patches) == pytest.approx(sorted(shares))
    assert left.get_yticklabels()[0].get_text() == "Supply"


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        ("model", "由语言模型编码，无人裁定。", "Coded by a language model; nobody adjudicated."),
        ("person", "由一人编码，未经裁定。", "Coded by one person, not adjudicated."),
    ],
)
def test_a_figure_says_who_coded(kind, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        tools = plot_coded_tools(made_up_tools(kind), lang=lang)
        surface = plot_pmc_surface(made_up_surfaces(["d1"], kind), lang=lang)
        for fig in (tools, surface):
            assert said in " ".join(shown(fig)).replace("\n", " ")


def test_an_adjudicated_figure_says_nothing_of_it():
    table = made_up_tools().assign(standing="adjudicated")
    assert "裁定" not in " ".join(shown(plot_coded_tools(table)))


def test_where_all_were_drawn_no_interval_is_drawn():
    table = made_up_tools().assign(share_low=float("nan"), share_high=float("nan"))
    assert "没有抽样误差" in " ".join(shown(plot_coded_tools(table)))


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("n", [1, 2, 4, 14])
def test_surfaces_of_few_and_many_are_ready_to_print(n, lang):
    variables = made_up_surfaces(list(NAMES)[:n], "model")
    fig = plot_pmc_surface(variables, names=dict(list(NAMES.items())[:n]), lang=lang)
    assert faults(fig) == []
    assert len(fig.axes) == min(n, 12)
    assert fig.get_figheight() * 2.54 < 24  # a page
    assert ("另有 2 份" in " ".join(shown(fig))) == (n == 14 and lang == "zh")


def test_the_heights_are_the_scores_row_by_row(monkeypatch):
    drawn = []
    keep = Axes3D.plot_surface
    monkeypatch.setattr(
        Axes3D,
        "plot_surface",
        lambda ax, x, y, z, **k: [drawn.append((x, y, z)), keep(ax, x, y, z, **k)][1],
    )
    variables = made_up_surfaces(["d1"])
    plot_pmc_surface(variables)
    ((x, y, z),) = drawn
    scores = variables.set_index("variable")["score"]
    assert (z[0, 2], z[1, 0], z[2, 2]) == (scores["X3"], scores["X4"], scores["X9"])
    assert (x[0, 2], y[0, 2]) == (2, 0)


def test_a_document_that_lacks_a_variable_is_named_and_not_drawn():
    variables = made_up_surfaces(["d1", "d2"])
    lost = (variables["doc_id"] == "d2") & (variables["variable"] == "X5")
    variables.loc[lost, "score"] = float("nan")
    fig = plot_pmc_surface(variables, names={"d1": "甲 2017", "d2": "乙 2018"})
    assert len(fig.axes) == 1 and "有子变量未编码，未画：乙 2018。" in " ".join(shown(fig))
    with pytest.raises(ValueError, match="no document has all nine variables"):
        plot_pmc_surface(variables[variables["doc_id"] == "d2"])


@pytest.mark.parametrize("surface", [["X1"], [f"X{n}" for n in range(3, 12)]])
def test_a_surface_has_nine_known_variables(surface):
    with pytest.raises(ValueError, match="a surface has nine of the variables X1, "):
        plot_pmc_surface(made_up_surfaces(["d1"]), surface=surface)


def test_a_table_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"make it with pmc_variables\(\)"):
        plot_pmc_surface(pd.DataFrame({"doc_id": ["d1"]}))
