"""What the numbers of a table row count: its name, without serial number, marks and unit."""

import re
from dataclasses import dataclass

from ipcompare.quantities.cell_values import unit_in, unit_span
from ipcompare.quantities.cues import cues
from ipcompare.quantities.numbers import scaled_end

_MARKS = re.compile(r"[①-⑳*¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\]")
_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff)\]〕])\d(?=[\u4e00-\u9fff(]|$)")


@dataclass
class Names:
    """The names of a table read so far.

    ``group`` is a head over the rows that follow (5.主要污染物排放总量减少(%)) with its ``unit``;
    ``mark`` the last footnote mark.
    """

    group: str = ""
    unit: str = ""
    mark: int = 0
    last: tuple[str, str] = ("", "")

    def open_group(self, words: str) -> None:
        """Take the words that stand over the rows below."""
        self.group, self.unit = self._bare(words, unit_span(words)), unit_in(words)

    def read(self, cell: str) -> tuple[str, str]:
        """Name and unit of a row: those of its group with it, where it has no unit of its own.

        A row without a name goes on with the one above it.
        """
        if cell:
            self.last = self._read(cell)
        return self.last

    def _read(self, cell: str) -> tuple[str, str]:
        if cues()["row.serial"].match(cell):
            self.group = self.unit = ""
        span = unit_span(cell)
        own = cell[span[1] :] if span else ""
        if span and len(own.strip("()")) > 1 and not unit_in(own):  # …减少(%)化学需氧量
            self.open_group(cell[: span[1]])
            cell, span = own, None
        if span:
            self.group = self.unit = ""
        name = self._bare(cell, span)
        if self.unit and not span:
            return self.group + name, self.unit
        return name, unit_in(cell)

    def _bare(self, words: str, span: tuple[int, int] | None) -> str:
        """The words without unit, serial number and marks of footnotes."""
        if span:
            words = words[: span[0]] + words[span[1] :]
        serial = cues()["row.serial"].match(words)
        words = _MARKS.sub("", words[serial.end() :] if serial else words)
        return re.sub(r"\s", "", _DIGIT.sub(self._without_mark, words)).strip(":、,")

    def _without_mark(self, found: re.Match) -> str:
        """地表水质量3 after …城市2 has a mark; 3岁以下 is a quantity."""
        digit, words = int(found[0]), found.string
        counts = scaled_end(words, found.end()) > found.end()
        if digit not in (self.mark + 1, self.mark + 2) or counts:
            return found[0]
        self.mark = digit
        return ""
