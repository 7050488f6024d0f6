"""What adding files came to, as tables to read."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from ipcompare.clauses import clause_table
from ipcompare.collecting.adding import Added
from ipcompare.corpus import Document
from ipcompare.frames import PROVISIONS

IN_FULL = 5  # files whose metadata are shown with where they were read
OUTCOMES = ("added", "there", "duplicate", "refused")


def told(added: list[Added]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Title and table: what was read where for each of a few files, then one row a file."""
    new = [one for one in added if one.outcome == "added"]
    for one in new if len(new) <= IN_FULL else ():
        yield f"{one.doc_id}: what {one.name} says of itself", proposals(one)
    yield "files", added_table(added)


def added_table(added: list[Added]) -> pd.DataFrame:
    """One row a file: its ``outcome``, ``doc_id``, ``kind``, how much was found, ``remarks``.

    ``provisions`` counts the numbered ones of a text that was added; 0 is worth a look.
    """
    return pd.DataFrame([_row(one) for one in added])


def proposals(one: Added) -> pd.DataFrame:
    """One row a column of documents.csv: its ``value`` and where it was ``read_at``."""
    columns = (
        "title", "doc_number", "issuer", "jurisdiction", "level", "province", "adcode",
        "date_issued", "horizon_year", "validity", "implements", "url",
    )  # fmt: skip
    found = {column: one.proposed.get(column, ("", "not found")) for column in columns}
    rows = [(column, value, place) for column, (value, place) in found.items()]
    return pd.DataFrame(rows, columns=["column", "value", "read_at"])


def _row(one: Added) -> dict[str, object]:
    """A file with its outcome, what it is, and how much of a text was found in it."""
    source = one.source
    row: dict[str, object] = {"file": one.name, "outcome": one.outcome, "doc_id": one.doc_id}
    row["kind"] = " ".join(filter(None, (source.kind, source.encoding))) if source else ""
    row["characters"] = len(source.text) if source else ""
    row["provisions"] = _provisions(one) if one.outcome == "added" else ""
    row["remarks"] = "; ".join(
        filter(None, (one.said, *(source.notes if source else ()), _apart(one)))
    )
    return row


def _provisions(one: Added) -> int:
    clauses = clause_table(Document(one.doc_id, one.source.text if one.source else ""))
    return int(clauses["role"].isin(PROVISIONS).sum())


def _apart(one: Added) -> str:
    """How much stands in the file and not in the text: menu 12, page number 3."""
    kinds = Counter(kind for kind, _ in one.source.apart) if one.source else Counter()
    said = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    return f"left out: {said}" if said else ""


def totals(added: list[Added]) -> str:
    """3 added, 1 refused."""
    counts = Counter(one.outcome for one in added)
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome])
    return said or "no file found"
