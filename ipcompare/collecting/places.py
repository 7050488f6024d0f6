"""Which place a name begins with: country, province, city or county, with its GB/T 2260 code."""

import functools
import re
from dataclasses import dataclass

from ipcompare.data import data_pattern, read_rows, read_toml
from ipcompare.text import fold_width

PLACES = "intake/places.csv"
RULES = "intake/metadata.toml"
LEVELS = ("province", "city", "county")
LONGEST = 20  # characters of a place's name
_SUFFIX = re.compile(
    r"(?<=..)(?:[\u4e00-\u65ce\u65d0-\u9fff]{1,4}族){0,5}(?:特别行政|自治)?(?:省|市|区|州|县|盟|旗|地区)$"
)


@dataclass(frozen=True)
class Place:
    """A country, province, city, county or district; ``province`` is the one it lies in."""

    name: str
    level: str
    adcode: str
    province: str = ""


COUNTRY = Place("全国", "country", "100000")


@functools.cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    """Each name with the places that bear it; a city without counties counts as a city only."""
    rows = [row for _, row in read_rows(PLACES, ("adcode", "name", "level"))]
    provinces = {r["adcode"][:2]: r["name"] for r in rows if r["level"] == "province"}
    found: dict[str, list[Place]] = {}
    for row in rows:
        place = Place(row["name"], row["level"], row["adcode"], provinces[row["adcode"][:2]])
        same = found.setdefault(row["name"], [])
        if not any(p.adcode[:4] == place.adcode[:4] for p in same):
            same.append(place)
    return {name: tuple(same) for name, same in found.items()}


def place_of(name: str, near: str = "") -> Place | None:
    """The place whose organ a name is; None where it names none, or one that is not in the list.

    ``near`` decides between several places of one name: that whose city or province stands there.

    >>> place_of("鹤壁市人民政府").adcode, place_of("上海市浦东新区科技和经济委员会").level
    ('410600', 'county')
    >>> place_of("国家知识产权局").level, place_of("鼓楼区人民政府")
    ('country', None)
    >>> place_of("鼓楼区人民政府", "福州市鼓楼区“十四五”规划").adcode
    '350102'
    >>> place_of("上海市临港地区开发建设管理委员会")  # of a zone, which has no code
    """
    name = fold_width(re.sub(r"\s", "", name)).removeprefix("中共").removeprefix("中国共产党")
    if data_pattern(RULES, read_toml(RULES)["country"]["pattern"]).match(name):
        return COUNTRY
    place, at = None, 0
    while chain := _next(name[at:], place, near):
        place, at = chain, at + len(chain.name)
    zone = data_pattern(RULES, read_toml(RULES)["zone"]["pattern"])
    return None if place is None or zone.match(name[at:]) else place


def _next(rest: str, inside: Place | None, near: str) -> Place | None:
    """The place with which the rest of a name begins, within the place before it."""
    for length in range(min(LONGEST, len(rest)), 1, -1):
        found = [p for p in _by_name().get(rest[:length], ()) if _within(p, inside)]
        if len(found) > 1:
            found = [p for p in found if _named(p, near)]
        if len(found) == 1:
            return found[0]
    return None


def _within(place: Place, outer: Place | None) -> bool:
    """Whether a place lies in another, lower than it."""
    if outer is None:
        return True
    lower = LEVELS.index(place.level) > LEVELS.index(outer.level)
    length = 2 if outer.level == "province" else 4
    return lower and place.adcode[:length] == outer.adcode[:length]


def _named(place: Place, near: str) -> bool:
    """Whether the city or, where it has none, the province of a place stands nearby."""
    city = _cities().get(place.adcode[:4])
    return (city or place.province) in near


@functools.cache
def _cities() -> dict[str, str]:
    places = [place for same in _by_name().values() for place in same]
    return {place.adcode[:4]: place.name for place in places if place.level == "city"}


@functools.cache
def named_places() -> dict[str, tuple[str, ...]]:
    """The names by which a text may call a place, longest first, by their first two characters.

    Provinces and cities also without 省, 市 or the name of a people (鹤壁, 广西); of a county or
    district (和平区) no more than the name in full, for what is left may be any word.
    """
    found: dict[str, set[str]] = {}
    for name, same in _by_name().items():
        wide = any(place.level in ("province", "city") for place in same)
        for form in {name, short_name(name)} if wide else {name}:
            found.setdefault(form[:2], set()).add(form)
    return {
        start: tuple(sorted(names, key=lambda n: (-len(n), n))) for start, names in found.items()
    }


def short_name(name: str) -> str:
    """A place without what it is.

    >>> short_name("鹤壁市"), short_name("广西壮族自治区"), short_name("通县")
    ('鹤壁', '广西', '通县')
    """
    return _SUFFIX.sub("", name)
