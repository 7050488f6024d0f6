"""Names that the sentence leaves half unsaid: 国家级20家, 其中农民工2000人次."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.phrases import PRIZE, strip_start, words


def complete(mention: Mention, name: str) -> str:
    """An elliptical name with what the sentence leaves unsaid; the first rule that holds decides.

    国家级20家, 融资额达15亿元, 总规模不低于10亿元, 其中农民工2000人次
    """
    before = mention.run[0].before
    owner = before.subject if before and before.kind != "incentive" else ""
    if before and name.endswith("期限"):
        owner = before.subject
    for rule in (_unnamed, _its, _verb, _graded, _part, _bare):
        if completed := rule(mention, name, owner):
            return completed
    return name


def _unnamed(mention: Mention, name: str, owner: str) -> str:
    """提高30元,达到|每人每年610元; 集群12个,其中产值超百亿元的|5个: no word of its own."""
    before = mention.run[0].before
    if name or not before:
        return ""
    if before.kind == "condition" and mention.lead in ("", "的"):
        counted = (m.indicator for m in earlier(mention) if m.kind != "condition")
        return next(counted, before.indicator)
    return before.subject or before.indicator if mention.segment > before.start else owner


def _its(mention: Mention, name: str, owner: str) -> str:
    """转让的收益,|其所得|不得低于70%: what 其 stands for."""
    if not mention.lead.startswith("其") or mention.lead.startswith("其中"):
        return ""
    stop = mention.segment - 1
    cut = max(mention.flat.rfind(sign, 0, max(stop, 0)) for sign in ",;:") + 1
    said = words(mention, strip_start(mention.flat, cut, stop), stop)
    return said + name.removeprefix("其") if 2 <= len(said) <= 30 else ""


def _verb(mention: Mention, name: str, owner: str) -> str:
    """开工项目20个,|竣工|80个: a verb that goes on with the thing named before."""
    if not owner or not cues()["name.build"].fullmatch(name):
        return ""
    noun = cues()["name.nominal"].search(name)
    thing = cues()["completing.built"].sub("", owner)
    return thing + name if noun else owner


def _graded(mention: Mention, name: str, owner: str) -> str:
    """省级园区30家,|国家级|10家; 省科技奖一等奖10人,|二等奖|26人: another grade of the same."""
    if owner and re.match(PRIZE, name):
        return re.sub(f"的?{PRIZE}$", "", owner) + name
    if not owner or not cues()["name.grade"].match(name):
        return ""
    head = cues()["completing.grades"].sub("", owner)
    return name + re.sub(r"\([^()]*\)$", "", head)


def _part(mention: Mention, name: str, owner: str) -> str:
    """技工院校招生…,|招生|增速…: the name begins within the one before, or is its growth."""
    at = owner.find(name[:2]) if 2 <= len(name) <= 5 else -1
    if at > 0 and not owner.endswith(name):
        return owner[:at] + name
    return owner + name if owner and cues()["completing.growth"].match(name) else ""


def _bare(mention: Mention, name: str, owner: str) -> str:
    """组建运营基金,|总规模|10亿元: an attribute, with the thing it belongs to."""
    among = mention.lead.startswith("其中") and len(name) <= 3
    if not cues()["name.bare"].match(name) and not among:
        return ""
    owner = cues()["completing.sized"].sub("", object_before(mention) or owner)
    if not owner or owner.endswith(name) or len(owner) > 30:
        return name
    twice = next((k for k in range(len(name), 1, -1) if owner.endswith(name[:k])), 0)
    return owner + name[twice:]  # 运营基金,|基金总规模


def placed(name: str, said: str) -> str:
    """国控断面优良水体比例…,|劣Ⅴ类水体比例…: where the same attribute was measured before."""
    where = cues()["name.where"]
    place = last(where, said[:-2])
    same = 3 < len(name) <= 8 and said[-2:] == name[-2:] and not where.search(name)
    return said[: place.end()] + name if place and same else name


def same_attribute(names: list[str], said: str) -> list[str]:
    """重点城市年均浓度…,|甲市、乙市|分别下降…: each with the attribute of what was said before."""
    place = cues()["name.where"].search(said)
    attribute = said[place.end() :] if place else ""
    if not cues()["name.attribute"].search(attribute) or len(set(names)) < 2:
        return names
    named = any(map(cues()["name.attribute"].search, names))
    return names if named else [name + attribute for name in names]


def object_before(mention: Mention) -> str:
    """组建多支运营基金,总规模…: the object of the segment before, where it has no number."""
    flat, stop = mention.flat, mention.segment - 1
    cut = max(flat.rfind(s, 0, max(stop, 0)) for s in ",;:") + 1
    if stop <= cut or (mention.run[0].before and mention.run[0].before.end > cut):
        return ""
    start = strip_start(flat, cut, stop)
    if start == cut:
        verb = next(reversed(list(cues()["name.build"].finditer(flat, cut, stop - 2))), None)
        start = verb.end() if verb else stop
    owner = words(mention, start, stop)
    owner = cues()["completing.given"].sub("", owner)
    return "" if len(owner) < 2 else cues()["completing.some"].sub("", owner)
