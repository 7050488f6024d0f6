"""The name of a condition: what must be reached, by whom, or what is due within a time."""

from ipcompare.quantities.completing import complete
from ipcompare.quantities.cues import cues
from ipcompare.quantities.following import right_name
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.phrases import Core, core_of, distribute, words


def criterion_names(mention: Mention) -> list[str]:
    """The names of all members of the list of conditions that a mention opens."""
    core = core_of(mention)
    if mention.lead.endswith("每") and (of := cues()["criterion.of_each"].match(mention.rest)):
        return [of[1]] * len(mention.run)
    for found in cues()["criterion.towards"].finditer(mention.flat[core.start : core.end]):
        if found.end() < core.end - core.start:
            core.start += found.end()
            break
    due = _due(mention, core) if mention.quantity.unit_class == "time" else ""
    name = cues()["name.modal"].sub("", due or _name(mention, core))
    return distribute(name, len(mention.run))


def _name(mention: Mention, core: Core) -> str:
    """The attribute before the number, or what the number counts: 年营业收入, 种植基地."""
    name, earlier = core.text(mention), _said_before(mention, core)
    if earlier and (not name or cues()["name.build"].fullmatch(name)):
        return earlier
    if not name or core.verb:
        if follows := cues()["criterion.paid"].sub("", right_name(mention)):
            aged = mention.quantity.unit_class == "age" and cues()["criterion.aged"].match(follows)
            return aged[0] if aged else follows  # 5岁以下|儿童死亡率
    rest = cues()["criterion.among"].sub("", mention.rest_of_part)
    whose = cues()["owner.behind"].match(rest)
    if whose and len(name) <= 1 and not (core.predicate or cues()["following.paid"].match(rest)):
        return whose[1]  # 新发展的500亩以上的|种植基地
    return _once(name) or _like_before(mention) or complete(mention, "")


def _once(name: str) -> str:
    """没有经营额、经营额难计算或者|经营额|不足5万元: the last of several where it is repeated."""
    head, _, tail = name.rpartition("或者")
    return tail if len(tail) >= 2 and tail in head else name


def _said_before(mention: Mention, core: Core) -> str:
    """The name of an earlier condition that this one goes on with; empty where it has its own.

    …50件的企业10家、|30件企业20家; 出口额500万美元以上且增长|10%; 带动20户…,带动|30户
    """
    last, name = mention.run[0].before, core.text(mention)
    sibling = last and last.before
    if core.start >= core.end and last and sibling and sibling.kind == "condition":
        if sibling.quantity.unit == mention.quantity.unit and last.segment == mention.segment:
            return sibling.indicator
    if not name and mention.measure == "growth" and last and last.kind == "condition":
        return last.indicator
    return _like_before(mention) if cues()["name.build"].fullmatch(name) else ""


def _like_before(mention: Mention) -> str:
    """The name of the last threshold of the same kind: …达到30亩的奖励1万元,|50亩以上的…"""
    same = (m for m in earlier(mention.run[0]) if m.quantity.unit == mention.quantity.unit)
    return next((m.indicator for m in same if m.kind == "condition"), "")


def _due(mention: Mention, core: Core) -> str:
    """What is to be done within a time: 15个工作日内作出|决定; empty where the time is named."""
    lead = mention.flat[core.start : mention.start]
    name = core.text(mention)
    if name and not core.verb and not cues()["criterion.due"].search(lead):
        return ""
    after = mention.run[-1].after
    until = min(mention.segment_end, after.left) if after else mention.segment_end
    found = cues()["name.within"].match(mention.flat, mention.run[-1].right, until)
    done = found["done"].removesuffix("的") if found else ""
    own = words(mention, core.start, core.end)
    if own and cues()["criterion.closes"].match(mention.rest):
        return own  # 申报单位成立|2年以上,拥有…; 连续正常经营1年以上|的再给予
    if not 2 <= len(done) <= LONGEST:
        return right_name(mention)
    who = cues()["criterion.who"].search(lead)
    return (who[1] if who else "") + done


LONGEST = 20
