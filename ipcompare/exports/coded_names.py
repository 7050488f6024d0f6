"""The names of what is coded: tools, variables and levels of the PMC index, ranks and forms.

They stand in the data files that say what each means, not among the words.
"""

import functools

from ipcompare.data import read_toml
from ipcompare.wording.tools import policy_tools
from ipcompare.words import LANGS

# Columns whose values are ids of an array of tables in a data file.
_FILES = {
    "variable": ("coding/pmc.toml", "variable"),
    "consistency": ("coding/pmc.toml", "level"),
    "issuer_rank": ("coding/strength.toml", "rank"),
    "form": ("coding/strength.toml", "form"),
}


def coded_name(column: str, value: str, lang: str) -> str | None:
    """The name of a coded value; None for a column or value that has none here.

    >>> coded_name("tool", "tax", "zh"), coded_name("variable", "X1", "en")
    ('税收优惠', 'X1 Nature of the policy')
    """
    return _names(column).get((value, lang))


@functools.cache
def _names(column: str) -> dict[tuple[str, str], str]:
    """The names of a column's values by id and language."""
    if column == "tool":
        return {(tool.id, lang): tool.names[lang] for tool in policy_tools() for lang in LANGS}
    if column not in _FILES:
        return {}
    file, table = _FILES[column]
    named = {
        (one["id"], lang): name
        for one in read_toml(file)[table]
        for lang, name in zip(LANGS, one["name"], strict=True)
    }
    if column == "variable":
        return {(id, lang): f"{id} {name}" for (id, lang), name in named.items()}
    return named
