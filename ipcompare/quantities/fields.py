"""Kind, measure, per_year and deadline of a mention, after the words around it."""

import functools
import re
from dataclasses import dataclass

from ipcompare.numerals import value
from ipcompare.quantities.cues import cues
from ipcompare.quantities.mentions import Mention

PLANS = {
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
    "十六五": 2035,
}
CHINESE_YEAR = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(slots=True)
class Section:
    """What the place of a sentence says: own year of the document, goal year, review section."""

    year: int | None = None  # the document's own
    goal: bool = False
    goal_year: int | None = None
    horizon: tuple[str, int | None] = ("", None)  # 三年左右, and the year that it comes to
    review: bool = False  # 发展现状, 工作回顾: all is fact
    conditions: bool = False  # 应当同时符合下列条件: all is condition
    penalties: bool = False  # 法律责任
    payments: bool = False  # 奖励标准
    tasks: bool = False  # 重点任务
    telling: int = -1  # the paragraph whose last sentence told facts only
    heading: str = ""  # of the clause or the nearest above it, without its verbs
    said: str = ""  # what the sentence before speaks of
    offence: str = ""  # what the last fine was for

    def marks(self, paragraph: int) -> frozenset[str]:
        """What holds of a sentence of this paragraph for where it stands."""
        names = ("goal", "review", "conditions", "penalties", "payments", "tasks")
        told = {"telling"} if self.telling == paragraph else set()
        return frozenset(name for name in names if getattr(self, name)) | told

    def speaks_of(self, kind: str) -> tuple[str, str]:
        """The name of a mention whose own sentence gives none, and its source."""
        heading = self.heading if 2 <= len(self.heading) <= 20 else ""
        sources = [(heading, "heading"), (self.said, "before")]
        for name, source in sources if kind == "incentive" else reversed(sources):
            if name:
                return name, source
        return "", ""


def last(pattern: re.Pattern, text: str) -> re.Match | None:
    """The last match of a pattern."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


# --- measure and per_year ---------------------------------------------------------------------

RATES = ("percent", "points", "times")


def measure_of(mention: Mention) -> str:
    """level, share, growth or reduction: 年均增长15% is growth, 提高到95% a share."""
    cue, lead, unit_class = cues(), mention.lead, mention.quantity.unit_class
    plain = "share" if unit_class in RATES else "level"
    if cue["measure.growth_after"].match(mention.rest):
        return "growth"
    if found := cue["measure.reached"].search(lead):
        kept = cues()["field.rate_kept"].search(lead[: found.start()])
        return "growth" if kept and unit_class in RATES else plain  # 增速保持在7%
    tail = lead[-14:]
    for name in ("reduction", "growth"):
        found = last(cue[f"measure.{name}"], tail)
        if found is None or cues()["field.share_word"].search(tail[found.end() :]):
            continue
        if name == "growth" and unit_class not in RATES and found[0].startswith("增加"):
            return "level"  # 增加10家 is a count
        if len(tail) - found.end() <= 8:
            return name
    if unit_class == "times":
        return "growth" if "番" in mention.quantity.unit else _times_measure(lead)
    return plain


def _times_measure(lead: str) -> str:
    return "level" if lead.rstrip("为达到是").endswith("倍数") else "share"


def is_per_year(mention: Mention) -> bool:
    """每年, 年均, 件/年, 年结案率, 当年出口额; a growth only where it is yearly (年均增长)."""
    cue, lead, before = cues(), mention.lead, mention.before
    if cues()["field.unit_a_year"].search(mention.quantity.unit):
        return True
    if before and cue["measure.reached"].fullmatch(lead):
        return before.per_year  # 由每年380元|提高到420元
    if mention.measure in ("growth", "reduction"):
        goes_on = (
            mention.before and mention.before.per_year and cue["per_year.goes_on"].search(lead)
        )
        yearly = goes_on or cue["per_year.growth"].search(lead + mention.rest[:8])
        return bool(yearly or cues()["field.yearly"].search(lead))
    if mention.kind == "incentive" and mention.measure == "share":
        return bool(cue["per_year.every"].search(lead))  # of a yearly base it is no yearly rate
    noun = mention.quantity.unit_class != "time" and cue["per_year.noun"].search(lead)
    if mention.kind == "condition" and mention.quantity.unit_class != "time":
        noun = noun or cue["per_year.this_year"].search(lead)
    return bool(noun or cue["per_year.always"].search(lead))


# --- deadline ---------------------------------------------------------------------------------


@functools.cache
def _year_pattern() -> re.Pattern:
    plan = rf"\"?(?P<plan>{'|'.join(PLANS)})\"?(?:规划)?(?:末|期间|时期|期末|这?五年)"
    span = r"(?P<span>(?:19|20)\d\d)年?(?:-|~|至|到)(?P<until>(?:19|20)\d\d)年?"
    single = r"(?P<year>(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})(?:年|(?=[,、]))"
    short = r"(?<![\d.])(?P<short>[1-4]\d)年年?(?:底|末)"  # 到26年底
    own = r"(?P<own>今年|本年度?内?|(?<![\d一二两三四五六七八九十年每次翌隔])年(?:内|底|末)|"
    own += r"(?<![一-龥])全年(?!累计|合计|低于|超过|最高|不|总))"
    return re.compile(f"{plan}|{span}|{single}|{short}|{own}|(?P<next>明年)|(?P<gone>去年)")


def _stated_year(found: re.Match, text: str, own: int | None, this: int | None) -> int | None:
    """The year one expression states as a deadline; None for a base year (比2015年增长)."""
    if found["plan"]:
        return PLANS[found["plan"]]
    if found["until"]:
        return int(found["until"])
    if found["short"]:
        return 2000 + int(found["short"])
    if found["own"]:
        return own if found["own"] == "今年" else this
    rest, before = text[found.end() :], text[max(0, found.start() - 3) : found.start()]
    if found["next"] or found["gone"]:
        base = cues()["field.base_before"].search(before) or rest.startswith("同期")
        return own + (1 if found["next"] else -1) if own and not base else None
    if cues()["field.not_a_deadline"].match(rest):
        return None
    if cues()["field.base_before"].search(before) and not (
        before.endswith("在") and cues()["field.due"].match(rest)
    ):
        return None
    return int(found["year"].translate(CHINESE_YEAR))


def years_in(text: str, own: int | None, this: int | None = -1) -> list[tuple[int, int]]:
    """``(position, year)`` of every deadline a text states, in order.

    ``own`` is the document's year; ``this`` what 年内, 年底 and 全年 stand for (None for a fact:
    全年完成 tells of a year that the sentence does not name).
    """
    if not ("年" in text or "五" in text or "20" in text):
        return []
    this = own if this == -1 else this
    found = ((m.start(), _stated_year(m, text, own, this)) for m in _year_pattern().finditer(text))
    return [(at, year) for at, year in found if year]


def told_years(text: str, own: int | None) -> list[tuple[int, int]]:
    """``(end, year)`` of every year that a sentence speaks of, but for those of a comparison.

    Unlike a deadline it may stand directly before its number: 2020年|60%.
    """
    told = []
    for found in _year_pattern().finditer(text) if "年" in text or "五" in text else ():
        follows = text[found.end() : found.end() + 1]
        whole = text[: found.end()] if follows.isdigit() or follows == "的" else text
        if year := _stated_year(found, whole, own, None):
            told.append((found.end(), year))
    return told


def outside_brackets(text: str) -> str:
    """The text, same length, with brackets blanked."""
    return re.sub(r"\([^()]*\)", lambda m: "\x01" * len(m[0]), text) if "(" in text else text


FROM_VALUE = "from_value"  # the rule of kinds.toml for what is left behind: 由20天|压减至8天
RELATIVE = ("%", "成", "倍", "")  # of that year's figure, which is only the base


def _listed_year(mention: Mention) -> tuple[bool, int | None]:
    """2018年、2019年分别压减六成、九成: whether such a list governs, and the mention's year."""
    found = last(cues()["field.year_list"], mention.flat[: mention.run[0].left])
    if not found:
        return False, None
    years = [int(y) for y in re.findall(r"20\d\d", found[1])]
    inside = "," not in mention.flat[found.end() : mention.run[0].left]
    if inside and len(years) == len(mention.run):
        return True, years[mention.run.index(mention)]
    return True, None


def _due(text: str, at: int) -> bool:
    """Whether the year at a place is one by which something is due: 到2020年, 2020年底前."""
    stated = cues()["deadline.due_after"].match(text, at)
    return bool(stated or cues()["deadline.due_before"].search(text[max(0, at - 4) : at]))


def deadline_of(mention: Mention, section: Section) -> int | None:
    """The year by which it holds: nearest before the number, else the goal section's."""
    flat, own = mention.flat, section.year
    listed, year = _listed_year(mention)
    if listed:
        return year
    found = cues()["field.year_of"].search(flat[: mention.left])
    year = int(found[1]) if found else None
    if mention.rule == FROM_VALUE:
        return year  # 由2021年的46%: of no other year that its sentence states
    coming = year is not None and own is not None and year > own
    if year is not None and (coming or mention.quantity.unit not in RELATIVE):
        return year  # 比2010年的1.034吨, 到2025年的60%, but not 恢复至2019年的八成
    if mention.kind == "incentive":
        text = outside_brackets(flat[mention.segment : mention.left])
        return years_in(text, own)[-1][1] if years_in(text, own) else None
    own_words = None if mention.kind == "fact" or section.review else own
    if mention.bracket and (years := years_in(flat[mention.segment : mention.left], own)):
        return years[-1][1]
    text = outside_brackets(flat[: mention.left])
    years = years_in(text, own, own_words)
    if mention.kind == "condition":
        years = [(at, year) for at, year in years if _due(text, at)]
    if years:
        return years[-1][1]
    if horizon_in(outside_brackets(flat[: mention.left]), own)[0]:
        return None  # 用3-5年时间: of this sentence alone
    return section.goal_year if section.goal and mention.kind in ("target", "condition") else None


def horizon_in(text: str, own: int | None) -> tuple[str, int | None]:
    """The last span of years of a text and the year it comes to, counted from the document's own.

    ``("", None)`` where there is none; of 3-5年 the year is not known.
    """
    found = last(cues()["deadline.horizon"], text) if "年" in text else None
    if found is None:
        return "", None
    known = own is not None and not found["to"]
    return found[0], own + int(value(found["n"])) if own is not None and known else None


def horizon_of(mention: Mention, section: Section) -> tuple[str, int | None]:
    """The span of years for a goal that states no year: its sentence's, else the goal section's."""
    if mention.deadline is not None or mention.kind != "target":
        return "", None
    said = horizon_in(outside_brackets(mention.flat[: mention.left]), section.year)
    return said if said[0] or not section.goal else section.horizon
