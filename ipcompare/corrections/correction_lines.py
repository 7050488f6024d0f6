"""One line of corrections.csv, and what is said of lines that cannot be applied.

A correction speaks of one clause, named by its id and by the hash of its text, and of one number
in it, named by its place in that text. So it outlives a new run, another version of the rules and
an edit elsewhere in the text, and is refused where the words it speaks of have changed.
"""

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields

from ipcompare.data import PlainError, read_toml

FILE = "corrections.csv"
RULES = "corrections.toml"
HASHED = 16  # hexadecimal digits


class CorrectionError(PlainError):
    """Corrections that cannot be applied: one line each with file, line, reason and cure.

    ``refused`` are (correction, reason).
    """

    def __init__(self, refused: Iterable[tuple["Correction", str]]):
        self.refused = list(refused)
        said = [f"{one.where}: {one.id}, {one.field}: {reason}" for one, reason in self.refused]
        head = [f"{len(said)} corrections are refused:"] if len(said) > 1 else []
        super().__init__("\n  ".join([*head, *said]))


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv.

    ``id`` is a target_id or clause_id, ``text_hash`` that of the text of its clause, ``place`` the
    code point of that text where the number stands (missing for a field of a clause). ``old`` is
    what the tool says, ``new`` what is right; ``who`` says so, and ``why``.
    """

    id: str
    text_hash: str
    place: int | None
    field: str
    old: str
    new: str
    who: str
    why: str
    line: int = 0
    file: str = FILE

    @property
    def where(self) -> str:
        """File and line, as errors name them."""
        return f"{self.file}, line {self.line}"

    @property
    def clause_id(self) -> str:
        """The clause as the line names it."""
        return self.id.partition("@")[0]

    @property
    def doc_id(self) -> str:
        """The document."""
        return self.id.partition("#")[0]

    @property
    def table(self) -> str:
        """The table that the field stands in."""
        return fields_of()[self.field]

    @property
    def key(self) -> tuple:
        """What may be corrected once."""
        return self.clause_id, self.text_hash, self.place, self.field

    def refused(self, reason: str) -> CorrectionError:
        """The error that says why this correction cannot be applied."""
        return CorrectionError([(self, reason)])


COLUMNS = tuple(f.name for f in fields(Correction) if f.name not in ("line", "file"))


@functools.cache
def fields_of() -> dict[str, str]:
    """The fields that may be corrected, each with the table that it stands in."""
    return {name: part["table"] for part in read_toml(RULES)["part"] for name in part["fields"]}


def text_hash(text: str) -> str:
    """What names the text of a clause: the first 16 hexadecimal digits of its sha256.

    >>> text_hash("一、目标")
    'd10179baa52ccea0'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:HASHED]
