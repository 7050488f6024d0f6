"""The numbers that Word puts before the paragraphs of its lists: 一、, （二）, 第三条, 1.2."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
           "taiwaneseCountingThousand", "ideographTraditionalCounting")  # fmt: skip


def chinese(n: int) -> str:
    """A count in Chinese numerals.

    >>> chinese(3), chinese(10), chinese(21), chinese(105), chinese(110)
    ('三', '十', '二十一', '一百零五', '一百一十')
    """
    if n < 10:
        return DIGITS[n]
    if n < 100:
        tens, rest = divmod(n, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[rest] if rest else "")
    hundreds, rest = divmod(n, 100)
    tail = "" if not rest else "零" + DIGITS[rest] if rest < 10 else DIGITS[rest // 10] + "十"
    tail += DIGITS[rest % 10] if rest > 10 and rest % 10 else ""
    return f"{DIGITS[hundreds]}百{tail}" if n < 1000 else str(n)


def roman(n: int) -> str:
    """Roman numerals, as Word writes them: 4 is IV."""
    signs = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                "M CM D CD C XC L XL X IX V IV I".split(), strict=True)  # fmt: skip
    words = ""
    for value, sign in signs:
        words, n = words + sign * (n // value), n % value
    return words


def written(n: int, style: str) -> str:
    """A number in one of Word's formats; in Arabic digits where we do not know the format."""
    if style in CHINESE:
        return chinese(n)
    if style in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(DIGITS[int(d)] for d in str(n))
    if style == "ideographTraditional":
        return STEMS[(n - 1) % 10]
    if style == "ideographZodiac":
        return BRANCHES[(n - 1) % 12]
    if style in ("upperRoman", "lowerRoman"):
        return roman(n) if style == "upperRoman" else roman(n).lower()
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if style == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(d)) for d in str(n))
    return f"{n:02}" if style == "decimalZero" else str(n)


class Lists:
    """The lists of one document; ``label`` counts on with every paragraph asked, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None):
        self.levels: dict[str, dict[int, etree._Element]] = {}
        self.lists: dict[str, str] = {}  # numId: its abstract list
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styles = {s.get(W + "styleId"): s for s in _all(styles, "style")}
        for abstract in _all(numbering, "abstractNum"):
            levels = {int(lvl.get(W + "ilvl", "0")): lvl for lvl in abstract.iter(W + "lvl")}
            self.levels[abstract.get(W + "abstractNumId")] = levels
        for num in _all(numbering, "num"):
            self._add(num)

    def _add(self, num: etree._Element) -> None:
        id = num.get(W + "numId")
        self.lists[id] = _value(num.find(W + "abstractNumId"))
        for override in num.iter(W + "lvlOverride"):
            level = int(override.get(W + "ilvl", "0"))
            start, own = override.find(W + "startOverride"), override.find(W + "lvl")
            if start is not None:
                self.starts[id, level] = int(_value(start) or 1)
            if own is not None:
                abstract = f"{self.lists[id]}/{id}"
                self.levels[abstract] = {**self.levels.get(self.lists[id], {}), level: own}
                self.lists[id] = abstract

    def label(self, paragraph: etree._Element) -> str:
        """The number that stands before a paragraph, with what Word puts behind it; or nothing."""
        id, level = self._place(paragraph)
        levels = self.levels.get(self.lists.get(id, ""), {})
        if level not in levels:
            return ""
        self._count(id, level, levels)
        shape = _value(levels[level].find(W + "lvlText"))
        if _value(levels[level].find(W + "numFmt")) == "bullet":
            return ""
        for n in range(level + 1):
            shape = shape.replace(f"%{n + 1}", self._number(id, n, levels, level))
        between = _value(levels[level].find(W + "suff")) or "tab"
        return shape + (
            "" if between == "nothing" or not shape or shape[-1] in "、.．）)，," else " "
        )

    def _number(self, id: str, n: int, levels: dict, level: int) -> str:
        style = _value(levels[n].find(W + "numFmt")) if n in levels else "decimal"
        legal = levels[level].find(W + "isLgl") is not None
        count = self.counts.get((self.lists[id], n), self._start(id, n, levels))
        return "" if style == "none" else written(count, "decimal" if legal else style)

    def _start(self, id: str, level: int, levels: dict) -> int:
        said = _value(levels[level].find(W + "start")) if level in levels else ""
        return self.starts.get((id, level), int(said) if said.isdigit() else 1)

    def _count(self, id: str, level: int, levels: dict) -> None:
        """One more at this level; those below begin again. A list that starts anew does so once."""
        key = self.lists[id], level
        fresh = self.starts.pop((id, level), None) if (id, level) in self.starts else None
        begun = key in self.counts and fresh is None
        start = fresh if fresh is not None else self._start(id, level, levels)
        self.counts[key] = self.counts[key] + 1 if begun else start
        for deeper in [k for k in self.counts if k[0] == key[0] and k[1] > level]:
            del self.counts[deeper]

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or those of its style."""
        for properties in self._properties(paragraph):
            numbered = properties.find(W + "numPr")
            if numbered is not None:
                id = _value(numbered.find(W + "numId"))
                level = _value(numbered.find(W + "ilvl"))
                return id, int(level) if level.isdigit() else self._level_of(id, properties)
        return "", 0

    def _level_of(self, id: str, properties: etree._Element) -> int:
        """The level that a style is linked to, where it does not say one itself."""
        style = properties.getparent().get(W + "styleId")
        levels = self.levels.get(self.lists.get(id, ""), {})
        linked = (n for n, lvl in levels.items() if _value(lvl.find(W + "pStyle")) == style)
        return next(linked, 0)

    def _properties(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        own = paragraph.find(W + "pPr")
        style = ""
        if own is not None:
            yield own
            style = _value(own.find(W + "pStyle"))
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            properties = self.styles[style].find(W + "pPr")
            if properties is not None:
                yield properties
            style = _value(self.styles[style].find(W + "basedOn"))


def _all(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    yield from root.iter(W + name) if root is not None else ()


def _value(element: etree._Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""
