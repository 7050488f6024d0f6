"""English editions hold the whole content: as many rows, groups, marks and words as the Chinese."""

import re

import pytest
from files import STUDY
from matplotlib.text import Text

from ipcompare.figures.of_study import FIGURES, OTHERS, figure_of
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.words import word

CHINESE = re.compile("[\u4e00-\u9fff]")
MATRICES = {"target-matrix": target_matrix, "incentive-matrix": incentive_matrix}


def marks(fig):
    """What stands in each panel: bars, points of lines and scatters, pictures, rows."""
    return [
        (
            len(ax.patches), sum(len(line.get_xdata()) for line in ax.lines),
            sum(len(points.get_offsets()) for points in ax.collections), len(ax.images),
            len([tick for tick in ax.get_yticklabels() if tick.get_text()]),
        )
        for ax in fig.axes
    ]  # fmt: skip


@pytest.mark.parametrize("id", [*FIGURES, *OTHERS])
def test_a_figure_has_as_much_in_english(id):
    chinese, english = (figure_of(STUDY, id, lang=lang) for lang in ("zh", "en"))
    assert (chinese is None) == (english is None)
    assert chinese is None or marks(chinese) == marks(english)


@pytest.mark.parametrize("id", [*FIGURES, *OTHERS])
def test_the_names_of_the_texts_are_english_in_an_english_figure(id):
    english = figure_of(STUDY, id, lang="en")
    said = " ".join(text.get_text() for text in english.findobj(Text)) if english else ""
    assert not [name for name in STUDY.zh.values() if name in said]


@pytest.mark.parametrize("id", MATRICES)
def test_a_matrix_has_as_much_in_english(id):
    zh, en = (
        MATRICES[id](STUDY.aligned, lang=lang, qualitative=STUDY.qualitative)
        for lang in ("zh", "en")
    )
    assert zh.shape == en.shape and list(zh.columns) == list(en.columns)
    silent = [
        table == word("quantity.not_stated", lang) for table, lang in ((zh, "zh"), (en, "en"))
    ]
    assert (silent[0].values == silent[1].values).all()
    groups = [list(table.index.get_level_values(0)) for table in (zh, en)]
    assert len(set(groups[0])) == len(set(groups[1])) == len(set(zip(*groups, strict=True)))
    assert not [name for place in en.index for name in place if CHINESE.search(name)]
