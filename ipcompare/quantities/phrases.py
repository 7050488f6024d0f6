"""The words before a number, stripped of what says nothing of the thing counted."""

import re
from dataclasses import dataclass

from ipcompare.quantities.cues import cues
from ipcompare.quantities.mentions import HIDDEN, Mention
from ipcompare.text import skipped

EDGE = "的、,;:。和或及与且 "
ASIDES = re.compile(
    rf"[\s{HIDDEN}]|\([^()]{{13,}}\)|\((?:不?含|包括)[^()]{{3,}}\)|\([^()]*[,;:][^()]*\)"
)


@dataclass(slots=True)
class Core:
    """The words before the number without what says nothing of the thing counted."""

    start: int
    end: int
    predicate: bool  # 达到, 增长 … stood between them and the number
    has: bool  # 拥有, 配备 …: the thing follows the number
    verb: int = 0  # length of a verb of planning at the end

    def text(self, mention: Mention) -> str:
        """The words, without the verb."""
        return words(mention, self.start, self.end - self.verb)


def words(mention: Mention, start: int, end: int) -> str:
    """The words of a span as written, titles and brackets whole, odd signs off the ends."""
    text = mention.sentence[max(start, 0) : max(end, 0)].strip(EDGE)
    if text.count('"') % 2:
        text = text.strip('"')
    for opened, closed in ("()", "《》"):
        if text.count(opened) != text.count(closed):
            text = text.strip(opened + closed)
    return ASIDES.sub("", text)


def strip_end(flat: str, start: int, end: int) -> tuple[int, bool, bool]:
    """Move ``end`` before trailing adverbs and predicates; say which kind stood there."""
    cue, predicate, has = cues(), False, False
    while end > start:
        at = max(start, end - 14)
        tail = flat[at:end]
        if found := cue["name.end_base"].search(tail) or cue["name.end_adverb"].search(tail):
            pass
        elif found := cue["name.end_has"].search(tail):
            has = True
        elif found := cue["name.end_predicate"].search(tail):
            predicate = True
        else:
            break
        end = at + found.start()
    return end, predicate, has


def strip_start(flat: str, start: int, end: int) -> int:
    """Move ``start`` behind openings (到2020年), subjects and verbs of planning (全市培育)."""
    return _strip_start(flat, start, end)[0]


def _strip_start(flat: str, start: int, end: int) -> tuple[int, bool]:
    """The same, and whether a verb of planning was among them."""
    cue, built = cues(), False
    while start < end:
        if found := cue["name.opening"].match(flat, start, end):
            start = found.end()
            continue
        before = skipped(cue["name.before_build"], flat[start:end])
        verb = cue["name.build"].match(flat, start + before, end)
        if verb is None or verb.end() >= end:
            break
        joined = skipped(cues()["phrase.joined"], flat, verb.end(), end)
        again = cue["name.build"].match(flat, joined, end) if joined > verb.end() else None
        at = again.end() if again and again.end() < end else verb.end()
        at = skipped(cues()["phrase.particle"], flat, at, end)
        named = cue["name.grade"].match(flat[at:end]) or cue["name.region"].match(flat[at:end])
        named = named or cue["name.nominal"].fullmatch(flat[at:end])
        short = end - at <= 2 and not named
        if short and not cue["name.build"].match(flat, at, end):
            break  # 购置价, 惠及农户
        start, built = at, True
    return start, built


def core_of(mention: Mention) -> Core:
    """The words before the number, stripped on both sides."""
    flat, begin = mention.flat, mention.lead_start
    before = mention.run[0].before
    if before and begin == before.run[-1].right and cues()["phrase.list_sign"].search(mention.lead):
        begin = mention.run[0].left  # 建设10个A和|30个B
    if re.search("、$", mention.lead) and cues()["phrase.built"].match(flat[begin : begin + 12]):
        begin = mention.run[0].left  # 建成玉滩水库、|21座中型水库
    far = _far_comparator(mention)
    stop = mention.lead_start + far.start() if far else mention.run[0].left
    end, predicate, has = strip_end(flat, begin, stop)
    start, built = _strip_start(flat, begin, end)
    has = has or "有" in flat[mention.run[0].left : mention.run[0].start]  # 至少有|1所医院
    core = Core(start, end, predicate, has)
    if not predicate:
        at = max(start, end - 4)
        for verb in cues()["name.build"].finditer(flat, at, end):
            if verb.end() == end and not (built and verb.start() > start):
                core.verb = end - verb.start()
                while found := cues()["name.manner"].search(flat, start, end - core.verb):
                    core.verb = end - found.start()  # 团队|一次性给予
                break
    text = flat[start : end - core.verb]
    named = before.subject if before else ""
    graded = cues()["name.grade"].match(text) and cues()["phrase.level_named"].match(named)
    if cues()["name.region"].match(text) and not graded:
        core.start = core.end - core.verb
    return core


def _far_comparator(mention: Mention) -> re.Match | None:
    """生活补助|不低于最低工资标准的80%: the comparator that stands far before its number."""
    quantity = mention.run[0].quantity
    if quantity.comparator in ("=", "range", "~") or mention.run[0].left < mention.run[0].start:
        return None
    found = cues()["phrase.far"].search(mention.lead)
    far = found and found.start() >= 2 and mention.right == mention.end
    return found if far else None


def far_base(mention: Mention) -> str:
    """资助比例不超过|合同金额|的30%: what a rate is of, behind its comparator; else empty."""
    found = _far_comparator(mention) if mention.quantity.unit_class == "percent" else None
    at = mention.lead_start + found.end() if found else mention.run[0].left
    return words(mention, at, mention.run[0].left)


LEVEL = "(?:国际|国家|全国|国|部|省|市|县|区|行业|地方|团体|境)(?:级|外|内)?(?:以上)?"
LEVEL = f"(?:{LEVEL}|(?:正高|副高|中|初)级|(?:国家)?\\dA级|[一二三四五]星级|[特甲乙丙一二三四]级)"
PRIZE = "(?:[特一二三四]等|[金银铜]|优秀|优胜)奖"
PRIZES = re.compile(f"(?:的)?({PRIZE}(?:[、和或及与]{PRIZE})+)(?:的.*)?$")
CLASS = re.compile("(?:企业|单位|机构|园区|基地|项目|城市|学校|平台|中心|团队|人才|专家|县区?)$")
CLASSED = re.compile(".{2}" + CLASS.pattern)
LEVEL_HEAD = re.compile(f"{LEVEL}(?:以上)?(?=.{{2,}})")
LEVEL_END = re.compile(f"{LEVEL}$")
LEVEL_ONLY = re.compile(LEVEL)
LEVELS = re.compile(f"(?<![城都]){LEVEL}(?:(?:、|和|或|及|与){LEVEL})+(?=[^、和或及与城])")


def _by_level(text: str, n: int) -> list[str]:
    """牵头起草国家、行业和地方标准 → 牵头起草国家标准, 牵头起草行业标准, 牵头起草地方标准."""
    found = LEVELS.search(text)
    levels = cues()["phrase.and"].split(found[0]) if found else []
    if found is None or n < 2 or len(levels) != n:
        return []
    if levels[-1].endswith("级"):
        levels = [level.removesuffix("级") + "级" for level in levels]
    return [text[: found.start()] + level + text[found.end() :] for level in levels]


def _by_prize(text: str, n: int) -> list[str]:
    """省专利奖的特等奖、一等奖 → 省专利奖特等奖, 省专利奖一等奖."""
    found = PRIZES.search(text)
    if found is None or not found.start():
        return []
    prizes = cues()["phrase.and"].split(found[1])
    return [text[: found.start()] + prize for prize in prizes] if len(prizes) == n > 1 else []


def _items(text: str, flat: str, n: int) -> list[str]:
    """The n members of a list, apart at 、, 和 …, or at 、 alone (引进和培育的A类、B类人才)."""
    for sign in ("phrase.and", "phrase.comma"):
        cuts = [m.span() for m in cues()[sign].finditer(flat)]
        starts, ends = [0, *(e for _, e in cuts)], [*(s for s, _ in cuts), len(text)]
        items = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        if len(items) == n and all(items):
            return _same_head(_same_owner(items))
    return []


def _same_owner(items: list[str]) -> list[str]:
    """国家知识产权示范, 优势企业: a short last member has the owner of a long first one."""
    first, *others = items
    shorts = others and all(len(i) == 2 for i in others[:-1]) and CLASSED.fullmatch(others[-1])
    if not shorts or len(first) <= 4 or CLASS.search(first):
        return items
    owner, head = first[:-2], others[-1][2:]
    return [first + head, *(owner + i + head for i in others[:-1]), owner + others[-1]]


def _same_head(items: list[str]) -> list[str]:
    """列入市级, 省级以上技改项目: a member that ends with its level has the head of the next."""
    for at in range(len(items) - 2, -1, -1):
        following = LEVEL_HEAD.match(items[at + 1])
        if following and LEVEL_END.search(items[at]) and not LEVEL_ONLY.fullmatch(items[at]):
            items[at] += items[at + 1][following.end() :]
    return items


def distribute(text: str, n: int) -> list[str]:
    """小班、中班、大班班额 for three numbers: one name each; ``[text] * n`` where they do not fit.

    国家、省、市级知识产权强企 → 国家级…, 省级…, 市级…; 省专利奖的特等奖、一等奖 → 省专利奖一等奖.
    """
    if names := _by_level(text, n) or _by_prize(text, n):
        return names
    flat = re.sub(r"[(《][^()《》]*[)》]", lambda m: HIDDEN * len(m[0]), text)
    items = _items(text, flat, n)
    if n < 2 or not items:
        return [text] * n
    attribute = cues()["name.shared"].search(items[-1])
    if attribute and not any(cues()["name.unshared"].search(i) for i in items[:-1]):
        return [i + attribute[0] for i in items[:-1]] + items[-1:]
    level = cues()["phrase.levelled"].match(items[-1])
    if level and all(cues()["phrase.level"].fullmatch(i) for i in items[:-1]):
        return [i.removesuffix("级") + level[1] + level[2] for i in items[:-1]] + items[-1:]
    if len(items[0].rpartition("的")[2]) <= 4 < len(items[0]) and items[0].find("的") > 0:
        items[0] = items[0].rpartition("的")[2]  # 引进的A类, B类, C类人才
    size = max(items[-1].find(items[0][-1]) + 1, 0) or len(items[0])
    if len(items[-1]) > size and all(len(i) <= 4 for i in items[:-1]):
        return [i + items[-1][size:] for i in items[:-1]] + items[-1:]
    return items
