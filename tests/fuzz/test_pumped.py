"""No pattern loses itself: what a pattern likes, a thousand times over and then a surprise.

A pattern that tries every way to cut a repeated word takes minutes or years; one that takes time in
proportion to the text, or to its square on a sentence, is done at once. The limit is far above
what any needs and far below what a runaway takes.
"""

import contextlib
import gc
import inspect
import re
import signal
import sys

import pytest
from files import STUDY

SIGNS = ["经", "、", "5", " ", "，", ",", "(", ")", "。", "的", "年", "a", "一", "-", "\t", "《", '"', ":", "5,", "甲、", "\n", "族"]  # fmt: skip
LENGTH, SECONDS = 1000, 1.0
USED = ("qualitative", "problems", "references", "passages", "themes", "types", "unaligned")


def patterns():
    """Every compiled pattern of the package, those of its data files too."""
    for name in USED:  # reads the data files
        getattr(STUDY, name)
    found, seen = set(), set()
    modules = [module for name, module in sys.modules.items() if name.startswith("ipcompare")]
    for module in modules:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                with contextlib.suppress(ImportError):  # of an extra that is not there
                    _collect(value(), found, seen)
            _collect(value, found, seen)
    gc.collect()
    words = [one for one in found if isinstance(one.pattern, str)]
    return sorted(words, key=lambda pattern: pattern.pattern)


def _collect(value, found, seen, depth=0):
    if id(value) in seen or depth > 6:
        return
    seen.add(id(value))
    own = type(value).__module__.startswith("ipcompare")
    if isinstance(value, re.Pattern):
        found.add(value)
    elif isinstance(value, dict):
        inside = [*value.keys(), *value.values()]
        for one in inside:
            _collect(one, found, seen, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _collect(one, found, seen, depth + 1)
    elif own and hasattr(value, "__dict__"):
        _collect(vars(value), found, seen, depth)


class Runaway(Exception):
    pass


@pytest.fixture
def limit():
    """Raise Runaway after so many seconds; patterns look for signals while they search."""

    def stop(*_):
        raise Runaway

    before = signal.signal(signal.SIGALRM, stop)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timer here")
def test_every_pattern_is_done_at_once_with_what_it_likes(limit):
    runaways, every = [], patterns()
    for pattern in every:
        likes = dict.fromkeys(re.findall("[一-龥]{1,6}", pattern.pattern))
        for word in (*SIGNS, *list(likes)[:25]):
            text = (word * (LENGTH // len(word) + 1))[:LENGTH] + "!"
            try:
                limit(SECONDS)
                pattern.search(text)
            except Runaway:
                runaways.append((word, pattern.pattern))
                break
            finally:
                limit(0)
    assert len(every) > 300 and runaways == []
