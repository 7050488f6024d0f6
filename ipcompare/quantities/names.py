"""What a mention counts or measures: the shortest noun phrase in the text's own words.

The words before the number are tried first (有效注册商标拥有量达到11万件, 培育优势企业10户), then
those after it (建设10个示范园区, 300家企业通过认证). Members of a list share one search.
"""

import re

from ipcompare.quantities.completing import complete, placed, same_attribute
from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.phrases import Core, core_of, distribute, far_base, strip_end, words

LONG = 22  # a clause before 的 longer than this is left out: 30个以上规模较大、…的高价值专利组合
ALLOTTED = re.compile("^(?:按照?|使用|安排|下达|拨付|争取|列支)")
ORDERED = re.compile("应当?|按照?|不低于|不少于")  # 市、县应当按照不低于|科技经费
RATE = re.compile("(?:资助|补助|补贴|奖励|支持|扶持|报销|担保)(?:比例|率)$")
FUND = re.compile("^(.{2,}?(?:资金|经费|基金))(?:支持|用于|扶持).*")  # 失业保险基金|支持稳岗
CONTINUES = re.compile("仅?(?:为|占|完成|相当于|是)")
BASE = re.compile("(?:比|较|由|从)[^,;]*$")  # 比2010年的1.034吨下降: the number has no name
NO_ATTRIBUTE = ("为", "全部", "基本", "对", "可", "须", "应当", "不得")  # 300家企业|可申报
PAID = re.compile("的?(?:奖励|补助|补贴|给予|予以|资助|奖补)")
HELPED = re.compile("[对为向]([^,;。的]{3,12})(?:提供|开展|实施|进行)")


def right_name(mention: Mention) -> str:
    """The noun phrase after the number: 建设10个|示范园区, 300家|企业通过认证."""
    flat, start, end = mention.flat, mention.run[-1].right, mention.run[-1].segment_end
    after = mention.run[-1].after
    while after and after.start < end:
        if after.kind != "condition":
            end = strip_end(flat, start, after.run[0].left)[0]
            break
        after = after.after
    bracket = re.compile(r"\([^()]*\d").search(flat, start, end)
    end = bracket.start() if bracket else end
    start += len(flat[start:end]) - len(flat[start:end].lstrip("的、"))
    text = re.sub("(?:以及|和|及|与|、|或|并|且|[,;])$", "", flat[start:end])
    if PAID.match(text):
        return ""  # 带动20户|补助4万元
    verb = _predicate_after(text)
    noun_end = start + (verb.start() if verb else len(text))
    noun = words(mention, _head_start(flat, start, noun_end), noun_end)
    noun = _counted(mention, _shared_head(mention, noun))
    if noun == "部分":
        return ""  # 超过500万元的|部分
    if noun[:1].isdigit() and "的" in noun:
        noun = noun.rsplit("的", 1)[1] or noun  # 1所6个班以上的|幼儿园
    if verb is None or verb[0] in NO_ATTRIBUTE or len(noun) > 40:
        return noun
    if text[verb.start() :] == verb[0]:
        return noun or verb[0]  # 100个村集体年收入|达到10万元
    light = cues()["name.light"].match(text, verb.start())
    done = words(mention, start + (light.end() if light else verb.start()), start + len(text))
    return done + noun if 2 <= len(done) <= 30 else noun


def _counted(mention: Mention, noun: str) -> str:
    """40个|国控断面|优良水体比例达到66%: what is counted, without its attribute."""
    place = cues()["name.where"].search(noun)
    counts = mention.quantity.unit_class == "count" and cues()["name.attribute"].search(noun)
    return noun[: place.end()] if place and counts else noun


def _shared_head(mention: Mention, noun: str) -> str:
    """50个|危险废物|、20个医疗废物处置设施: with the head that only the last of a list has."""
    after = mention.run[-1].after
    listed = after and mention.flat[after.left - 1] in "、和及与" and len(noun) >= 2
    if not listed or after.quantity.unit != mention.quantity.unit:
        return noun
    head = right_name(after).rpartition(noun[-2:])
    return noun + head[2] if head[0] else noun


def _predicate_after(text: str) -> re.Match | None:
    """The verb that ends the noun phrase: 企业|通过…认证, but not one inside 的-clauses."""
    for verb in cues()["name.verb"].finditer(text):
        if "的" not in text[verb.start() :] or re.search("的(?:企业|比例|标准)?$", text):
            return verb if verb.start() > 1 or verb.start() == 0 else None
    return None


def _head_start(flat: str, start: int, end: int) -> int:
    """The start of the head of a noun phrase whose clause before 的 is too long to keep."""
    cut = flat.rfind("的", start, end - 1)
    return cut + 1 if cut > start and end - start > LONG else start


def subject_of(mention: Mention) -> str:
    """What a next segment without subject speaks of: the name, or the subject it continues."""
    before = mention.run[0].before
    return before.subject if before and _continues(mention) else mention.indicator


def _continues(mention: Mention) -> bool:
    """收入286亿元,为预算的101.8%: a share of the thing named before."""
    share = mention.quantity.unit_class in ("percent", "times")
    return share and bool(CONTINUES.match(mention.lead))


def _class_name(mention: Mention, core: Core) -> str:
    """拥有专利50件的企业|10家: the class that the number before defines; empty where none."""
    before = mention.run[0].before
    if not before or before.kind != "condition" or before.segment != mention.segment:
        return ""
    between = mention.flat[before.run[-1].right : core.end]
    if not re.fullmatch(rf"的?{HANZI}{{2,12}}", between) or cues()["name.verb"].search(between):
        return ""
    name = words(mention, before.start, core.end)
    if before.indicator in name:
        return name
    return _holding(mention) + before.indicator + name


def _holding(mention: Mention) -> str:
    """拥有 in 拥有专利50件的企业: the verb of the clause that defines a class; empty without."""
    named = mention.run[0].before
    name, part = named.indicator, named.part
    while named and named.part == part:
        if (at := named.flat.rfind(name, named.lead_start, named.start)) > 0:
            verb = cues()["name.holding"].search(named.flat, named.lead_start, at)
            return verb[0] if verb else ""
        named = named.run[0].before
    return ""


def _object(name: str) -> str:
    """The object of a verb within a long name: …专项成果在广州实现|产业化项目; no pronoun."""
    if name in ("这", "该", "其中", "至少"):
        return ""
    name = re.sub("^用于(?:支持|扶持)?(?=..)", "", name)
    found = last(cues()["name.inner"], name) if len(name) > 20 else None
    return name[found.end() :] if found else name


def list_names(mention: Mention) -> list[str]:
    """The indicators of all members of the list a mention opens (one for a single number)."""
    core, n = core_of(mention), len(mention.run)
    if not core.verb and not core.has and (name := _class_name(mention, core)):
        return [name] * n
    name = core.text(mention)
    follows = ""
    if core.verb or core.has or not name:
        if not (core.predicate and not core.has) and not BASE.search(mention.lead):
            follows = right_name(mention)
        if not follows and core.verb:
            nominal = cues()["name.nominal"].search(mention.flat[core.start : core.end])
            name = words(mention, core.start, core.end) if nominal or not name else name
    if mention.kind == "resource" and (fund := right_name(mention)):
        fund = re.sub("^(?:的?比例|安排|用于(?:支持|扶持)?)+", "", fund)
        if re.search("资金|经费|基金|补助$", fund):
            whose = words(mention, core.start, mention.run[0].left)
            follows = ALLOTTED.sub("", ORDERED.split(whose)[-1]) + FUND.sub(r"\1", fund)
    before = mention.run[0].before
    if before and before.subject and name and not follows and _continues(mention):
        return distribute(before.subject + name, n)  # 收入286亿元,为预算的101.8%
    if follows and len(follows) <= 6 and (helped := HELPED.search(mention.lead)):
        follows = helped[1] + follows
    name = _object(follows or name)
    if name.endswith("等"):
        name = right_name(mention) or name  # 授予张三等10人|省科学技术奖一等奖
    place = cues()["name.preposition"].search(mention.lead)
    if place and mention.quantity.unit_class == "count" and not core.verb:
        name = place[1] + right_name(mention) or name  # 对|沿海|56个|城市
    if re.search("到$", mention.lead) and len(name) <= 4 and mention.quantity.unit_class == "count":
        name = right_name(mention) or name  # 已传播到196个|国家和地区
    if not name and n > 1 and "分别" in mention.lead:
        earlier, one = [], before
        while one and len(earlier) < n:
            earlier.insert(0, one.subject)
            one = one.before
        if len(earlier) == n:
            return earlier  # 游客3000万人次,收入200亿元,分别增长15%和20%
    if len(name) <= 5 or cues()["name.grade"].match(name):
        name = complete(mention, name)
    if RATE.search(name):
        name = far_base(mention) + name  # 资助比例|不超过合同金额的30%
    if before and mention.quantity.unit_class == "percent":
        name = placed(mention, name)
    names = distribute(name, n)
    changed = mention.measure in ("growth", "reduction") and before
    return same_attribute(names, before.subject) if changed else names
