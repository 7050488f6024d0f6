"""Names that the sentence leaves half unsaid: 国家级20家, 其中农民工2000人次."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.phrases import PRIZE, strip_start, words


def complete(mention: Mention, name: str) -> str:
    """Complete an elliptical name from the mention or the segment before.

    国家级20家, 融资额达15亿元, 总规模不低于10亿元, 其中农民工2000人次
    """
    before, cue = mention.run[0].before, cues()
    if before and name == "" and mention.segment > before.start:
        return before.subject or before.indicator  # 提高30元,达到|每人每年610元
    lasting = name.endswith("期限")
    owner = before.subject if before and (before.kind != "incentive" or lasting) else ""
    if mention.lead.startswith("其") and not mention.lead.startswith("其中"):
        cut = max(mention.flat.rfind(s, 0, max(mention.segment - 1, 0)) for s in ",;:") + 1
        stop = mention.segment - 1
        said = words(mention, strip_start(mention.flat, cut, stop), stop)
        if 2 <= len(said) <= 30:
            return said + name.removeprefix("其")  # 转让的收益,其所得不得低于70%
    verb = cue["name.build"].fullmatch(name) and not cue["name.nominal"].search(name)
    if owner and name and cue["name.build"].fullmatch(name) and not verb:
        return re.sub("^(?:开工|竣工|投产)|(?:开工|竣工|投产)$", "", owner) + name  # 竣工80个
    if owner and (name == "" or verb):
        return owner
    if owner and re.match(PRIZE, name):
        return re.sub(f"(?:的)?{PRIZE}$", "", owner) + name
    if owner and cue["name.grade"].match(name):
        head = re.sub(r"^(?:(?:国家|省|市|县|区|全国|新增|\d?A(?=级))级?[、和及或]*)+", "", owner)
        return name + re.sub(r"\([^()]*\)$", "", head)
    at = owner.find(name[:2]) if 2 <= len(name) <= 5 else -1
    if at > 0 and not owner.endswith(name):
        return owner[:at] + name
    if owner and re.match("增速|增幅", name):
        return owner + name
    among = mention.lead.startswith("其中") and len(name) <= 3
    if not cue["name.bare"].match(name) and not among:
        return name
    owner = object_before(mention) or owner
    owner = re.sub("(?:限额|余额|规模|总量|总额|数量|贷款额|额)$", "", owner)
    if not owner or owner.endswith(name) or len(owner) > 30:
        return name
    twice = next((k for k in range(len(name), 1, -1) if owner.endswith(name[:k])), 0)
    return owner + name[twice:]  # 运营基金,|基金总规模


def placed(mention: Mention, name: str) -> str:
    """国控断面优良水体比例…,|劣Ⅴ类水体比例…: where the same attribute was measured before."""
    said, where = mention.run[0].before.subject, cues()["name.where"]
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
    return "" if len(owner) < 2 else re.sub("^(?:一批|多[支个家项]|若干|各类)", "", owner)
