"""Words of comparison around a number: 不低于15件, 300家以上, 不超过实际发生额50%."""

import functools
import re

from ipcompare.quantity_rules import comparators, longest_first

LINK = "(?:了|到|至|为|在|于|达到|达|有|是|共|应|,)?"  # between a comparator and its number
# 高于全国平均水平2%: the number is the difference, not the threshold; and no new predicate.
NOT_ACROSS = re.compile(
    "(?:水平|同期|上年|去年|平均|全国|全省|全市)$|给予|奖|补|达到|增长|占|[为按]|企业"
)
NO_LIMIT = re.compile("^(?:生活|工资|人民|法院|检察|气温|温度|学历)")  # 最低生活保障, 最高人民法院
CONTROLLED = re.compile("的[一-龥]{1,6}(以内|以下)")


@functools.cache
def _comparator_patterns() -> dict:
    """Patterns near, short, far (before a number) and post (after it), signs before and after."""
    sides = {"before": [], "after": []}
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
        **{side: {r["phrase"]: r["sign"] for r in rows} for side, rows in sides.items()},
    }


def compare(text: str, start: int, end: int, unit_class: str) -> tuple[str, int, int]:
    """The comparator of the number at [start, end) and the span it reaches over.

    A word beside the number wins over one further off; one before it over one after it, except
    that 约 and 近 give way: 近300家以上.
    """
    sign, left = _compared_before(text, start)
    after, right = _compared_after(text, end, unit_class)
    if after != "=" and sign in ("=", "~"):
        sign = after
    if sign == "=" and unit_class in ("percent", "times"):
        sign = _compared_from_afar(text, start, right)
    return sign, left, right


def _compared_before(text: str, start: int) -> tuple[str, int]:
    """不低于|15件, 最高资助|50万元: the sign and where it starts."""
    rules = _comparator_patterns()
    if found := rules["near"].search(text[max(0, start - 16) : start]):
        return rules["before"][found[1]], start - len(found[0])
    found = rules["short"].search(text[max(0, start - 10) : start])
    if found and not NO_LIMIT.match(found[2]):
        return rules["before"][found[1]], start
    return "=", start


def _compared_after(text: str, end: int, unit_class: str) -> tuple[str, int]:
    """300家|以上, 500万元|(含)以上, 30日|内: the sign and where it ends."""
    rules = _comparator_patterns()
    if text.startswith("(含)", end) and text[end + 3 : end + 4] != "以":
        end += 3
    found = rules["post"].match(text, end)
    if not found or (found[1] == "内" and unit_class not in ("time", "size")):
        return "=", end
    right = found.end() + 3 * text.startswith("(含)", found.end())
    return rules["after"][found[1]], right


def _compared_from_afar(text: str, start: int, end: int) -> str:
    """不超过实际发生额|50%, 控制在120%|的警戒线以内; 高于全国平均水平2% is a difference."""
    rules = _comparator_patterns()
    found = rules["far"].search(text[max(0, start - 40) : start])
    if found and not NOT_ACROSS.search(found[2]):
        return rules["before"][found[1]]
    found = CONTROLLED.match(text, end)
    return rules["after"][found[1]] if found and text.endswith("控制在", 0, start) else "="
