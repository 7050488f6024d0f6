"""What a mention counts or measures: the shortest noun phrase in the text's own words.

The words before the number are tried first (有效注册商标拥有量达到11万件, 培育优势企业10户), then
those after it (建设10个示范园区, 300家企业通过认证). Members of a list share one search.
"""

import re

from ipcompare.quantities.completing import complete, placed, same_attribute
from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.following import right_name
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.phrases import Core, core_of, distribute, far_base, words

SHORT = 5  # a name up to this length may be elliptical


def list_names(mention: Mention) -> list[str]:
    """The indicators of all members of the list a mention opens (one for a single number)."""
    core, n, before = core_of(mention), len(mention.run), mention.run[0].before
    for whole in (_class_name(mention, core), _due_before(mention)):
        if whole:
            return [whole] * n
    name = core.text(mention)
    follows = _follows(mention, core)
    if not follows and before and before.subject and name and _continues(mention):
        return distribute(before.subject + name, n)  # 收入286亿元,为预算的101.8%
    if not follows and core.verb:
        nominal = cues()["name.nominal"].search(mention.flat[core.start : core.end])
        name = words(mention, core.start, core.end) if nominal or not name else name
    name = cues()["name.flaw"].sub("", _object(follows or name))
    name = _attribute_after(mention, core, name)
    return _all_before(mention) if not name and n > 1 else _completed(mention, name)


def _follows(mention: Mention, core: Core) -> str:
    """The name behind the number, where the words before are no name of their own."""
    if mention.kind == "resource" and (fund := _fund(mention, core)):
        return fund
    among = (
        cues()["noun.among"].fullmatch(mention.lead)
        if mention.quantity.unit_class == "count"
        else None
    )
    if among and (noun := right_name(mention)):
        return among[1] + noun
    whose = mention.rest.startswith("的") and cues()["noun.inside"].search(
        core.text(mention)
    )  # 区内|30%以上的企业
    if whose and mention.quantity.unit_class == "percent":
        return right_name(mention)
    if not (core.verb or core.has or not core.text(mention)):
        return ""
    within = mention.lead in ("在", "于")  # 在|16个省份
    if core.predicate and not (core.has or within) or cues()["noun.base"].search(mention.lead):
        return ""
    name = right_name(mention)
    helped = cues()["noun.helped"].search(mention.lead) if name and len(name) <= 6 else None
    return helped[1] + name if helped else name


def _fund(mention: Mention, core: Core) -> str:
    """省财政安排3000万元|专项资金: the fund that the number is the size of; empty where none."""
    fund = cues()["noun.fund_opens"].sub("", right_name(mention))
    if not cues()["noun.fund_end"].search(fund):
        return ""
    whose = words(mention, core.start, mention.run[0].left)
    return cues()["noun.allotted"].sub("", cues()["noun.ordered"].split(whose)[-1]) + cues()[
        "noun.fund"
    ].sub(r"\1", fund)


def _attribute_after(mention: Mention, core: Core, name: str) -> str:
    """The words before and after: 对|沿海|56个|城市, 授予张三等10人|省科技奖, 传播到196个|国家."""
    count = mention.quantity.unit_class == "count"
    place = cues()["name.preposition"].search(mention.lead)
    if place and count and not core.verb:
        return place[1] + right_name(mention) or name
    reached = count and len(name) <= 4 and mention.lead.endswith("到")
    return right_name(mention) or name if reached or name.endswith("等") else name


def _all_before(mention: Mention) -> list[str]:
    """游客3000万人次,收入200亿元,分别增长|15%和20%: each of the last things spoken of."""
    n = len(mention.run)
    said = [m.subject for m in earlier(mention)][:n][::-1]
    return said if len(said) == n and "分别" in mention.lead else _completed(mention, "")


def _completed(mention: Mention, name: str) -> list[str]:
    """The names of a list, with what the sentence leaves unsaid."""
    before = mention.run[0].before
    counts = mention.quantity.unit_class == "count" and cues()["noun.place"].search(name)
    if counts and before and before.quantity.unit == mention.quantity.unit:
        name += before.subject  # 事项达到100项,自由贸易试验区|达到150项
    if len(name) <= SHORT or cues()["name.grade"].match(name):
        name = complete(mention, name)
    if cues()["noun.rate"].search(name):
        name = far_base(mention) + name  # 资助比例|不超过合同金额的30%
    if before and mention.quantity.unit_class == "percent":
        name = placed(name, before.subject)
        name = _of_place(name, before.subject)
    names = distribute(name, len(mention.run))
    changed = mention.measure in ("growth", "reduction")
    return same_attribute(names, before.subject) if before and changed else names


def _of_place(name: str, said: str) -> str:
    """城市污水处理率…,京津冀区域|达到95%: a place alone, with what was measured of others."""
    attribute = cues()["name.attribute"]
    if (
        not cues()["noun.place"].search(name)
        or attribute.search(name)
        or not attribute.search(said)
    ):
        return name
    place = last(cues()["name.where"], said)
    return name + said[place.end() if place else 0 :]


def subject_of(mention: Mention) -> str:
    """What a next segment without subject speaks of: the name, or the subject it continues."""
    before = mention.run[0].before
    return before.subject if before and _continues(mention) else mention.indicator


def _continues(mention: Mention) -> bool:
    """收入286亿元,为预算的101.8%: a share of the thing named before."""
    share = mention.quantity.unit_class in ("percent", "times")
    return share and bool(cues()["noun.continues"].match(mention.lead))


def _due_before(mention: Mention) -> str:
    """年费自授权起六年|内减缴|85%: what was named with the time; empty where none was."""
    before = mention.run[0].before
    if before is None or before.quantity.unit_class != "time":
        return ""
    within = cues()["noun.within"].match(mention.lead)
    return before.indicator if within and before.indicator.endswith(within[1]) else ""


def _class_name(mention: Mention, core: Core) -> str:
    """拥有专利50件的企业|10家: the class that the number before defines; empty where none."""
    before = mention.run[0].before
    if core.verb or core.has or not before or before.kind != "condition":
        return ""
    between = mention.flat[before.run[-1].right : core.end]
    if before.segment != mention.segment or not re.fullmatch(rf"的?{HANZI}{{2,12}}", between):
        return ""
    if cues()["name.verb"].search(between):
        return ""
    name = words(mention, before.start, core.end)
    return name if before.indicator in name else _holding(before) + before.indicator + name


def _holding(before: Mention) -> str:
    """拥有 in 拥有专利50件的企业: the verb of the clause that defines a class; empty without."""
    named: Mention | None = before
    while named and named.part == before.part:
        if (at := named.flat.rfind(before.indicator, named.lead_start, named.start)) > 0:
            verb = cues()["name.holding"].search(named.flat, named.lead_start, at)
            return verb[0] if verb else ""
        named = named.run[0].before
    return ""


def _object(name: str) -> str:
    """The object of a verb within a long name: …专项成果在广州实现|产业化项目; no pronoun."""
    if name in ("这", "该", "其中", "至少"):
        return ""
    name = cues()["noun.used_for"].sub("", name)
    found = last(cues()["name.inner"], name) if len(name) > 20 else None
    return name[found.end() :] if found else name
