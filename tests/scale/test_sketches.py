"""Documents that are nearly one text."""

import numpy as np
import pytest

from ipcompare.scale.sketches import document_groups, jaccard

WORDS = "".join(chr(ord("一") + n * 7) for n in range(900))


def groups(**texts):
    pytest.importorskip("datasketch")  # make scale
    from ipcompare.scale.sketches import sketch

    return document_groups((doc_id, sketch(text)) for doc_id, text in texts.items())


def test_jaccard_is_the_share_of_both_in_either():
    assert jaccard(np.array([1, 2, 3]), np.array([2, 3, 4, 5])) == 2 / 5
    assert jaccard(np.array([]), np.array([])) == 0


def test_a_copy_with_some_words_changed_belongs_to_its_source():
    changed = WORDS.replace(WORDS[100:103], "甲乙丙").replace(WORDS[500:502], "丁")
    found = groups(a=WORDS, b=WORDS[:450] + WORDS[::-1], c=changed, d=WORDS + "附则")
    assert list(found["doc_id"]) == ["a", "c", "d"]
    assert set(found["group"]) == {"a"} and found["alike"].min() > 0.9


def test_texts_with_nothing_in_common_or_nothing_at_all_are_no_group():
    assert groups(a=WORDS, b=WORDS[::-1], c="", d="。").empty
