"""What an invented document is made of: provisions, divisions, and the whole before it is set."""

from dataclasses import dataclass, field

from invented.wording import Plant


@dataclass
class Part:
    """A provision or a division: marked words and plants; its place is given by its numbering."""

    heading: str = ""
    text: str = ""
    plants: tuple[Plant, ...] = ()
    parts: list["Part"] = field(default_factory=list)
    units: str = ""
    topic: int | None = None
    movable: bool = False  # may be copied into another document
    copied: tuple = ()  # source document, its part, form, share changed


@dataclass
class Draft:
    """A document before it is set: what it says, not how its lines and numbers look."""

    place: str
    level: str
    year: int
    goal: int
    topic: str
    kind: str  # 实施方案
    title: str
    serial: int
    scheme: str
    own_lines: bool  # headings stand on lines of their own
    addressee: str
    preamble: str
    parts: list[Part]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    row_plants: list[Plant | None] = field(default_factory=list)
    copy_of: int | None = None

    def leaves(self) -> list[Part]:
        """The provisions without parts, in reading order."""
        return [leaf for part in self.parts for leaf in leaves_of(part)]


def leaves_of(part: Part) -> list[Part]:
    """A part itself, or the provisions below it."""
    return [leaf for p in part.parts for leaf in leaves_of(p)] if part.parts else [part]
