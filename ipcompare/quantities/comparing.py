"""Words of comparison around a number: 不低于15件, 300家以上, 不超过实际发生额50%."""

import functools
import re

from ipcompare.quantities.cues import comparators, cues, longest_first

LINK = "(?:了|到|至|为|在|于|达到|达|有|是|共|应|,)?"  # between a comparator and its number


@functools.cache
def _comparator_patterns() -> dict:
    """Patterns near, short, far (before a number) and post (after it), signs before and after."""
    sides: dict[str, list[dict[str, str]]] = {"before": [], "after": []}
    for row in sorted(comparators(), key=lambda r: -len(r["phrase"])):
        sides[row["side"]].append(row)

    def guard(row: dict, look: str) -> str:
        beside = row["not_beside"].replace(" ", "")
        return f"(?{look}[{beside}])" if beside else ""

    near = "|".join(guard(r, "<!") + re.escape(r["phrase"]) for r in sides["before"])
    post = "|".join(re.escape(r["phrase"]) + guard(r, "!") for r in sides["after"])
    far, short = (
        longest_first(r["phrase"] for r in sides["before"] if r["far"] == reach)
        for reach in ("yes", "short")
    )
    across = r"[^,。;:、()\d%\"\n\0]"
    return {
        "near": re.compile(f"({near}){LINK}$"),
        "short": re.compile(f"({short})({across}{{1,6}})$"),
        "far": re.compile(f"({far})({across}{{1,24}}?)的?$"),
        "post": re.compile(f"({post})"),
        "ends": {r["phrase"][-1] for r in sides["before"]} | set("了到至为在于达有是共应,"),
        **{side: {r["phrase"]: r["sign"] for r in rows} for side, rows in sides.items()},
    }


def compare(text: str, start: int, end: int, unit_class: str) -> tuple[str, int, int]:
    """The comparator of the number at [start, end) and the span it reaches over.

    A word beside the number wins over one further off; one before it over one after it, except
    that 约 and 近 give way: 近300家以上.
    """
    sign, left = _compared_before(text, start)
    if sign == "~" and unit_class == "time" and cues()["numeral.latest"].search(text[left:start]):
        sign = "="
    after, right = _compared_after(text, end, unit_class)
    if after != "=" and sign in ("=", "~"):
        sign = after
    if sign == "=" and unit_class in ("percent", "times"):
        sign = _compared_from_afar(text, start, right)
    return sign, left, right


def _compared_before(text: str, start: int) -> tuple[str, int]:
    """不低于|15件, 最高资助|50万元: the sign and where it starts."""
    rules = _comparator_patterns()
    beside = text[start - 1 : start] in rules["ends"]
    if beside and (found := rules["near"].search(text[max(0, start - 12) : start])):
        return rules["before"][found[1]], start - len(found[0])
    found = rules["short"].search(text[max(0, start - 10) : start])
    if found and not cues()["comparing.no_limit"].match(found[2]):
        return rules["before"][found[1]], start
    return "=", start


def _compared_after(text: str, end: int, unit_class: str) -> tuple[str, int]:
    """300家|以上, 500万元|(含)以上, 30日|内: the sign and where it ends."""
    rules = _comparator_patterns()
    if remark := cues()["comparing.remark"].match(text, end):
        end = remark.end()
    found = rules["post"].match(text, end)
    if (
        not found
        and unit_class == "count"
        and (found := cues()["comparing.measured"].match(text, end))
    ):
        return rules["after"][found[1]], found.end()
    if not found or (found[1] == "内" and unit_class not in ("time", "size")):
        return "=", end
    right = found.end() + 3 * text.startswith("(含)", found.end())
    return rules["after"][found[1]], right


def _compared_from_afar(text: str, start: int, end: int) -> str:
    """不超过实际发生额|50%, 控制在120%|的警戒线以内; 高于全国平均水平2% is a difference."""
    rules = _comparator_patterns()
    found = rules["far"].search(text[max(0, start - 40) : start])
    if found and not cues()["comparing.not_across"].search(found[2]):
        return rules["before"][found[1]]
    if cues()["comparing.at_most"].search(text[max(0, start - 20) : start]):
        return "<="
    found = cues()["comparing.controlled"].match(text, end)
    return rules["after"][found[1]] if found and text.endswith("控制在", 0, start) else "="


def share_comparators(found: list, blank: str) -> list:
    """分别不超过25人、30人、35人 and 300万元、500万元以上的,分别…: one comparator for the list.

    Without 分别 before or after it a comparator belongs to its own number, unless it stands
    before a list of three or more (每个展位不超过5000元、8000元、1万元).
    """
    runs: list[list] = []
    for quantity in found:
        gap = blank[runs[-1][-1].right : quantity.left] if runs else None
        if gap in ("、", "和", "或", "及", "与", ",", "、和"):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    for run in runs:
        if len(run) > 1 and (sign := _common_sign(run, blank)):
            for quantity in run:
                quantity.comparator = sign if quantity.comparator == "=" else quantity.comparator
    return found


def _common_sign(run: list, blank: str) -> str:
    """The comparator that all members of a list share; empty where they share none."""
    first, final = run[0], run[-1]
    before = first.comparator != "=" and first.left < first.start
    if "分别" in blank[max(0, first.left - 12) : first.start]:
        return first.comparator if before else final.comparator
    bare = all(q.comparator == "=" for q in run[1:]), all(q.comparator == "=" for q in run[:-1])
    if before and bare[0] and len(run) > 2:
        return first.comparator
    after = blank[final.right : final.right + 40].partition("。")[0]
    return final.comparator if bare[1] and final.right > final.end and "分别" in after else ""
