"""What the codes of a folder say of the tables of the corpus that was drawn from."""

import hashlib
from pathlib import Path

import pandas as pd

from ipcompare.coding.cells_right import ALIGNMENT, cell_accuracy
from ipcompare.coding.coding_files import MENTIONS, Coding
from ipcompare.coding.design_based import design_based_shares
from ipcompare.coding.error_ranges import error_carried, error_rates
from ipcompare.corpus import read_corpus
from ipcompare.data import PlainError
from ipcompare.frames import leaf_provisions
from ipcompare.study import Study
from ipcompare.wording.themes import UNASSIGNED
from ipcompare.wording.tools import tool_guesses

_LABELS = ("themes", "tools")


def tables_of_study(coding: Coding, corpus: Path | str) -> dict[str, pd.DataFrame]:
    """Name to table: cells, error_rates and ranges of mentions and alignment, shares of themes and
    tools; none of the other tasks. PlainError where a text has changed since the draw.
    """
    study = Study(read_corpus(corpus))
    _check_texts(coding, study, corpus)
    made: dict[str, pd.DataFrame] = {}
    if coding.task in (MENTIONS, ALIGNMENT):
        made["cells"] = cell_accuracy(coding, study.aligned)
        made["error_rates"] = error_rates(coding)
        made["ranges"] = error_carried(study.aligned, made["error_rates"], seed=coding.seed)
    if coding.task in _LABELS:
        leaves = leaf_provisions(study.clauses)
        made["shares"] = design_based_shares(coding, leaves, _labels(study, coding.task))
    return made


def _labels(study: Study, task: str) -> pd.DataFrame:
    if task == "tools":
        return tool_guesses(study.clauses).rename(columns={"tool": "label"})
    found = study.themes.rename(columns={"theme": "label"})
    return found[found["label"] != UNASSIGNED]


def _check_texts(coding: Coding, study: Study, corpus: Path | str) -> None:
    now = {d.doc_id: hashlib.sha256(d.text.encode()).hexdigest() for d in study.corpus.documents}
    for doc_id, sha256 in coding.documents:
        if now.get(doc_id) != sha256:
            said = (
                "has changed since" if doc_id in now else "is not in the corpus, but was there when"
            )
            raise PlainError(
                f"{corpus}: {doc_id} {said} the items were drawn; give the corpus drawn from, or "
                "draw and code anew"
            )
