"""The draft of one document: its place, parts and provisions; depends on seed and number alone."""

import functools
from collections.abc import Mapping
from random import Random
from typing import Any

from invented.annexes import add_annex
from invented.parts import Draft, Part
from invented.vocabulary import Measure, measures_of, tables
from invented.wording import GUARD, OPEN, Pen, Plant, Said

SCHEMES = ("official", "running", "plain", "decimal", "flat", "articles", "chapters")
_GOVERNMENT = {"province": "省", "city": "市", "county": "县"}


@functools.lru_cache(maxsize=64)
def draft(seed: int, number: int) -> Draft:
    """The document of this number without what it copies from others; not to be changed."""
    rng = Random(f"{seed}/{number}/draft")
    return _Drafter(rng).draft()


class _Drafter:
    """One document in the making."""

    def __init__(self, rng: Random) -> None:
        words = tables()
        self.rng, self.frame = rng, words["frame"]
        self.level = rng.choices(list(_GOVERNMENT), (2, 5, 3))[0]
        sign = _GOVERNMENT[self.level]
        name = rng.choice(words["places"]["first"]) + rng.choice(words["places"]["second"])
        self.place = rng.choice(words["places"]["provinces"]) if sign == "省" else name + sign
        kind = rng.choices(["plan", "measures", "rules"], (6, 2, 2))[0]
        self.kind = kind
        self.year = rng.randint(2014, 2025)
        self.goal = self.year + rng.randint(2, 5)
        topic = rng.choice(self.frame["topics"]).replace("{市}", sign)
        self.type = rng.choice(self.frame[kind])
        about = {"p": self.place, "市": sign, "topic": topic, "type": self.type}
        self.topic, self.sign, self.pen = topic, sign, Pen(rng, about)
        self.departments = rng.random() < 0.4

    def draft(self) -> Draft:
        """The whole document."""
        rng = self.rng
        if self.kind == "plan":
            scheme, parts = rng.choices(SCHEMES[:4], (5, 4, 3, 1))[0], self._plan()
        elif self.kind == "measures":
            scheme, parts = rng.choice(["flat", "articles", "official"]), self._measures()
            parts = parts if scheme == "official" else [p for part in parts for p in part.parts]
        else:
            scheme, parts = "chapters", self._rules()
        made = Draft(
            self.place, self.level, self.year, self.goal, self.topic, self.type,
            self._title(), rng.randint(1, 180), scheme, rng.random() < 0.25,
            self.pen.fill(rng.choice(self.frame["addressees"])),
            self.pen.fill(rng.choice(self.frame["preambles"])), parts,
        )  # fmt: skip
        if rng.random() < 0.3:
            add_annex(made, pen=self.pen, sign=self.sign)
        return made

    def _title(self) -> str:
        named = (
            f"{self.place}人民政府" if self.rng.random() < 0.7 else f"{self.place}人民政府办公室"
        )
        return named + self.pen.fill(self.frame["titles"][int(self.rng.random() * 2)])

    # --- kinds of document ----------------------------------------------------------------------

    def _plan(self) -> list[Part]:
        """总体要求, tasks by theme, 保障措施."""
        rng = self.rng
        first = Part("总体要求", parts=self._opening())
        themes = rng.sample(range(len(tables()["theme"])), rng.randint(4, 5))
        grouped = rng.random() < 0.25
        tasks = [self._theme(theme, rng.randint(4, 6)) for theme in themes]
        if grouped:
            tasks = [Part("重点任务", parts=tasks)]
        paying = [self._paying(rng.randint(2, 4))] if rng.random() < 0.4 else []
        names = rng.sample(self.frame["guarantees"], rng.randint(3, 4))
        last = Part("保障措施", parts=[self._guarantee(name) for name in names])
        return [first, *tasks, *paying, last]

    def _measures(self) -> list[Part]:
        rng = self.rng
        themes = rng.sample(range(len(tables()["theme"])), rng.randint(4, 5))
        tasks = [self._theme(theme, rng.randint(4, 5)) for theme in themes]
        return [*tasks, self._paying(rng.randint(5, 8))]

    def _rules(self) -> list[Part]:
        """Chapters of articles, some with a list of requirements."""
        rng, pen = self.rng, self.pen
        general = [Part(text=pen.fill(said) + "。") for said in self.frame["general_rules"]]
        middle = rng.sample(tables()["chapter"], rng.randint(4, 5))
        chapters = [
            Part(
                chapter["heading"], parts=[self._article(chapter) for _ in range(rng.randint(5, 7))]
            )
            for chapter in middle
        ]
        last = rng.sample(self.frame["last_rules"], 2)
        closing = [Part(text=pen.fill(said) + "。") for said in last]
        return [Part("总则", parts=general), *chapters, Part("附则", parts=closing)]

    def _article(self, chapter: Mapping[str, Any]) -> Part:
        """An article of a chapter, without a heading."""
        what = self.pen.pick(chapter["holds"])
        if what == "requirement":
            return self._requirements()
        if what == "payment":
            return self._payment(heading=False)
        if what in ("condition", "resource"):
            return self._stated(what, what)
        theme = self.rng.randrange(len(tables()["theme"]))
        article = self._task(self.pen.pick(measures_of(theme)), goals=what == "goal")
        article.heading = ""
        return article

    # --- provisions -----------------------------------------------------------------------------

    def _opening(self) -> list[Part]:
        """指导思想, at times 基本原则 and 发展基础, 主要目标."""
        rng, pen = self.rng, self.pen
        parts = [Part("指导思想", pen.fill(rng.choice(self.frame["thought"])) + "。")]
        if rng.random() < 0.5:
            chosen = rng.sample(self.frame["principles"], 3)
            said = [
                f"{name}，{pen.fill(rng.choice(self.frame['principle_words']))}。"
                for name in chosen
            ]
            parts.append(Part("基本原则", "".join(said)))
        if rng.random() < 0.4:
            parts.insert(0, self._basis())
        parts.append(self._goals())
        return parts

    def _basis(self) -> Part:
        facts = [self.pen.fact(self.year - 1) for _ in range(self.rng.randint(1, 3))]
        opening = self.pen.fill(self.rng.choice(self.frame["basis"])) + "。"
        text = opening + "".join(fact.text + "。" for fact in facts)
        return Part("发展基础", text, tuple(p for fact in facts for p in fact.plants))

    def _goals(self) -> Part:
        """主要目标: its opening year governs every goal below it."""
        rng, pen = self.rng, self.pen
        soft = pen.fill(rng.choice(self.frame["soft_goals"]))
        opening = f"{GUARD}到{self.goal}年，{OPEN}{soft}"
        goals = [
            pen.targets(rng.randint(1, 3), self.goal, stated=False)
            for _ in range(rng.randint(3, 5))
        ]
        heads = rng.sample(self.frame["goal_lines"], len(goals))
        form = rng.random()
        if form < 0.3:  # a list
            kids = [Part("", f"{g.text[:-1]}。", g.plants) for g in goals]
            return Part("主要目标", f"{opening}。", parts=kids)
        between = "\n" if form < 0.6 else ""
        named = form < 0.8
        lines = [
            f"{head}。{g.text}" if named else g.text for head, g in zip(heads, goals, strict=True)
        ]
        text = between.join([f"{opening}。", *lines])
        return Part("主要目标", text, tuple(p for g in goals for p in g.plants))

    def _theme(self, theme: int, count: int) -> Part:
        measures = self.rng.sample(measures_of(theme), count)
        heading = self.pen.pick(tables()["theme"][theme]["heading"])
        return Part(heading, parts=[self._task(measure) for measure in measures])

    def _task(self, measure: Measure, *, goals: bool = True) -> Part:
        """A measure in this document's words, at times with a goal or a payment of its own."""
        rng, pen = self.rng, self.pen
        said = [
            Said(self._sentence(measure, k)) for k in rng.sample(range(7), rng.choice((1, 2, 2)))
        ]
        chance = rng.random()
        if chance < 0.4:
            said.append(Said(pen.fill(pen.pick(tables()["sentences"]["common"])) + "。"))
        elif chance < 0.6:
            said.append(Said(pen.fill(pen.pick(tables()["sentences"]["tail"])) + "。"))
        elif chance < 0.7:
            topical = dict(zip("0123", measure.skeletons[0][1], strict=False))
            decoy = pen.fill(pen.pick(tables()["sentences"]["decoys"]), **topical)
            said.append(Said(f"{GUARD}{decoy}。{OPEN}"))
        if goals and rng.random() < 0.22:
            deadline = rng.choice((None, self.goal, self.year + 1))
            said.append(pen.targets(rng.choice((1, 1, 2)), deadline))
        elif goals and rng.random() < 0.08:
            paid = pen.payment()
            said.append(Said(paid.text + "。", paid.plants))
        heading = pen.fill(pen.pick(tables()["facets"][measure.facet]), o=measure.about)
        text = "".join(s.text for s in said)
        plants = tuple(p for s in said for p in s.plants)
        return Part(heading, text, plants, units=self._units(), topic=measure.number, movable=True)

    def _sentence(self, measure: Measure, k: int) -> str:
        template, topical = measure.skeletons[k]
        words = dict(zip("012345", topical, strict=True))
        return self.pen.fill(template, o=measure.about, f=measure.facet, **words) + "。"

    def _units(self) -> str:
        if not self.departments:
            return ""
        names = self.rng.sample(tables()["institutions"]["departments"], self.rng.randint(1, 3))
        return "、".join(self.sign + name for name in names)

    def _paying(self, count: int) -> Part:
        return Part("加大政策扶持", parts=[self._payment() for _ in range(count)])

    def _payment(self, *, heading: bool = True) -> Part:
        paid = [self.pen.payment() for _ in range(self.rng.choice((1, 1, 2)))]
        about = self.pen.fill("支持{t}发展") if heading else ""
        plants = tuple(p for said in paid for p in said.plants)
        return Part(about, "".join(said.text + "。" for said in paid), plants, movable=True)

    def _stated(self, table: str, kind: str) -> Part:
        said = self.pen.stated(table, kind)
        return Part("", said.text + "。", said.plants, movable=True)

    def _requirements(self) -> Part:
        """An article that opens a list of requirements."""
        rows = {}
        for _ in range(3):
            said = self.pen.stated("requirement", "condition")
            rows[said.plants[0].indicator] = said
        ends = ["；"] * (len(rows) - 1) + ["。"]
        kids = [
            Part("", s.text + end, s.plants) for s, end in zip(rows.values(), ends, strict=True)
        ]
        opening = self.pen.fill("申报{w}项目的单位应当符合下列条件：")
        return (
            Part("", opening, parts=kids)
            if len(kids) > 1
            else self._stated("condition", "condition")
        )

    def _guarantee(self, name: str) -> Part:
        pen = self.pen
        text = pen.fill(pen.pick(self.frame["guarantee_words"])) + "。"
        plants: tuple[Plant, ...] = ()
        if name == "加大财政投入":
            said = pen.stated("resource", "resource")
            text, plants = f"{text}{said.text}。", said.plants
        else:
            text += pen.fill(pen.pick(tables()["sentences"]["common"])) + "。"
        return Part(name, text, plants, units=self._units())
