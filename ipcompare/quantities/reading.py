"""The mentions of one document, row by row: what headings, lead-ins and tables say of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipcompare.clauses.columns import table_rule
from ipcompare.frames import PROVISIONS
from ipcompare.quantities.cue_table import cue_spans
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import (
    Section,
    deadline_of,
    horizon_in,
    horizon_of,
    is_per_year,
    measure_of,
    outside_brackets,
    years_in,
)
from ipcompare.quantities.kinds import set_kinds
from ipcompare.quantities.mentions import SENTENCE, Mention, find_mentions, flatten
from ipcompare.quantities.naming import name_mentions
from ipcompare.quantities.tables import Table, head_again, open_table, table_mentions
from ipcompare.text import Original, fold_width, skipped

LEAD_INS = {"pay_list": "payments", "conditions": "conditions"}  # cue and what it opens
TITLED = re.compile(" ?【[^【】]{2,20}】")  # 第三条【租金补贴】
BY_COLUMN = "table_column"  # the rule of a cell whose column head says what it is
ROLES = ("preamble", *PROVISIONS, "table_row")


def document_mentions(clauses: list, own: int | None) -> Iterator[tuple[Any, list[Mention]]]:
    """Each row of one document's clause table that has mentions, and these."""
    sections: dict[str, Section] = {}
    table, title, above, last_role = Table(), "", None, ""
    whole = Section(own)
    for row in clauses:
        headed = False
        if row.role == "table_row" and last_role != "table_row":
            table, headed = open_table(row.text, f"{title}\n{_caption(above, row)}", own)
        elif row.role == "table_row":
            table, headed = head_again(table, row.text, own)
        elif row.role != "residue":
            above = row
        if row.role == "annex_title":
            title = row.text.replace("\n", "")
        if row.role == "title":
            whole.review = "report" in cue_spans(fold_width(row.text))
        last_role = row.role if row.role != "residue" else last_role
        if row.role not in ROLES or headed:
            continue
        folded = _unlabelled(row)
        section = _section_of(row, sections.get(row.parent_id) or whole)
        sections[row.clause_id] = section
        if row.role == "table_row":
            mentions = _row_mentions(folded, table, section)
        else:
            mentions = _mentions(folded, section)
        if mentions:
            yield row, mentions


def _unlabelled(row: Any) -> str:
    """The text in one width, label and 【title】 made commas: no quantity (2.2对…) and no name."""
    folded = fold_width(row.text)
    label = row.label if row.role in PROVISIONS and isinstance(row.label, str) else ""
    at = skipped(TITLED, folded, len(label)) if label else 0
    return "," * at + folded[at:]


def _row_mentions(folded: str, table: Table, section: Section) -> list[Mention]:
    """The mentions of a table row; cells of words are governed by the year of their column."""
    mentions = []
    for group, place in table_mentions(folded, table, section):
        if not group[0].kind:
            _described(group, place)
        for mention in group:
            mention.rule = mention.rule or BY_COLUMN
        mentions += group
    return mentions


def _caption(above: Any, row: Any) -> str:
    """The line above a table, where it speaks of it: 单位:万元; 主要指标如下:"""
    if above is None:
        return ""
    original, at, line = Original(above.text, above.cuts, above.char_start), 0, ""
    for words in above.text.split("\n"):
        if words and original.place(at) < row.char_start:
            line = fold_width(words)
        at += len(words) + 1
    return line if table_rule("above", "caption").fullmatch(line) else ""


def _section_of(row: Any, parent: Section) -> Section:
    """What heading, lead-in and parents say about a row."""
    heading = fold_width(row.heading) if isinstance(row.heading, str) else ""
    section, own = replace(parent, telling=-1, said=""), parent.year
    section.heading = cues()["name.heading_verb"].sub("", heading) or section.heading
    said = cue_spans(heading) if heading else {}
    goal = bool(heading) and bool(cues()["deadline.goal_heading"].search(heading))
    section.goal |= goal
    section.review |= "review" in said and "action" not in said
    section.review &= not goal
    for mark in ("conditions", "penalties", "payments", "tasks"):
        setattr(section, mark, getattr(section, mark) or mark in said)
    if section.goal and (years := {y for _, y in years_in(heading, own)}):
        section.goal_year = years.pop() if len(years) == 1 else None
    return section


def _mentions(folded: str, section: Section) -> list[Mention]:
    """The mentions of one row with all their fields; leaves in ``section`` what children inherit.

    A goal section opened by 到2020年 keeps that year for its later sentences; its child clauses
    inherit it where the lead-in names no other.
    """
    groups, lead_ins = find_mentions(folded), _lead_ins(folded)
    if not (groups or section.goal or lead_ins):
        return []
    if groups and not section.goal and "到" in folded and (
        cues()["deadline.outlook"].search(folded)
    ):  # fmt: skip
        return _outlook_mentions(folded, groups, section)
    by_start, named, years = {g[0].offset: g for g in groups}, [], set()
    for sentence in SENTENCE.finditer(folded) if section.goal else ():
        stated = years_in(outside_brackets(flatten(sentence[0])), section.year)
        if group := by_start.pop(sentence.start(), None):
            _open(section, lead_ins, sentence.start())
            named += _described(group, section)
        if (span := horizon_in(flatten(sentence[0]), section.year))[0]:
            section.horizon = span
        if stated:
            section.goal_year = stated[-1][1]
            years.add(section.goal_year)
    for start, group in by_start.items():
        _open(section, lead_ins, start)
        named += _described(group, section)
    _open(section, lead_ins, len(folded) + 1)
    if len(years) > 1:
        section.goal_year = None
    return named


def _lead_ins(folded: str) -> list[tuple[int, str]]:
    """Where a line ends that opens a list of conditions or payments: 应当具备下列条件:"""
    found, end = [], 0
    for line in folded.split("\n") if ":" in folded else ():
        end += len(line) + 1
        if line.endswith(":"):
            said = cue_spans(line[-40:])
            cue = next((cue for cue in LEAD_INS if cue in said), "")
            found += [(end, LEAD_INS[cue])] if cue else []
    return found


def _open(section: Section, lead_ins: list[tuple[int, str]], at: int) -> None:
    """What the lead-ins before ``at`` open stays open in the section."""
    for end, mark in lead_ins:
        if end <= at:
            setattr(section, mark, True)


def _outlook_mentions(folded: str, groups: list, section: Section) -> list[Mention]:
    """The mentions of a row with paragraphs like 到2025年,…体系初步形成。能耗比2020年下降13.5%."""
    named, opened = [], {}
    for found in cues()["deadline.outlook"].finditer(folded):
        years = years_in(found[0], section.year)
        opened[folded.count("\n", 0, found.end())] = years[-1][1] if years else None
    for group in groups:
        year = opened.get(group[0].paragraph)
        goal = replace(section, goal=True, goal_year=year) if year else section
        named += _described(group, goal)
    return named


def _described(group: list[Mention], section: Section) -> list[Mention]:
    """The mentions of one sentence with their fields, kinds first, names from left to right."""
    set_kinds(group, section)
    facts = all(m.kind == "fact" for m in group)
    section.telling = group[0].paragraph if facts else -1
    for mention in group:
        mention.measure = measure_of(mention)
        mention.per_year = is_per_year(mention)
        mention.deadline = deadline_of(mention, section)
        mention.horizon = horizon_of(mention, section)
    name_mentions(group, section)
    section.said = group[0].subject or group[0].indicator
    return group
