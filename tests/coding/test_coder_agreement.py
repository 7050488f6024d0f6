"""The table of agreement and the list of disagreements, on codings made up by hand."""

import math

import pytest
from made_up import KIND, answers, coding

from ipcompare.coding.beside import reliability
from ipcompare.coding.coder_agreement import agreement_table, disagreements
from ipcompare.coding.coding_files import Field, Value


def rows(table):
    return {(r.field, r.doc_id): r for r in table.itertuples()}


def test_percent_kappa_and_alpha_by_hand():
    """xx xy yy yy: 3 of 4 equal, 1/2 by chance, kappa 1/2; alpha 1 - (2/8)/(30/56)."""
    made = coding({"a": answers("xxyy"), "b": answers("xyyy")})
    whole = rows(agreement_table(made))["kind", ""]
    assert (whole.n, whole.n_pairs, whole.percent, whole.kappa) == (4, 4, 0.75, 0.5)
    assert whole.alpha == pytest.approx(1 - (2 / 8) / (30 / 56))
    assert math.isnan(whole.weighted_kappa)
    assert "few" in whole.note.split(";")


def test_each_document_has_a_row_and_one_value_only_has_no_alpha():
    made = coding({"a": answers("xxyy"), "b": answers("xyyy")})
    found = rows(agreement_table(made))
    assert list(found) == [("kind", ""), ("kind", "a"), ("kind", "b")]
    assert found["kind", "b"].percent == 1
    assert math.isnan(found["kind", "b"].alpha)
    assert math.isnan(found["kind", "b"].kappa)
    assert found["kind", "b"].note == "few;one_value"


def test_what_one_coder_has_not_coded_is_not_counted():
    made = coding({"a": answers("xxyy"), "b": answers(["x", None, None, "x"])})
    whole = rows(agreement_table(made))["kind", ""]
    assert (whole.n, whole.percent) == (2, 0.5)


def test_three_coders_have_alpha_but_no_kappa_and_a_model_is_named():
    made = coding({"a": answers("xxyy"), "b": answers("xyyy"), "m": answers("xxyy")},
                  kinds={"m": "model"})  # fmt: skip
    whole = rows(agreement_table(made))["kind", ""]
    assert whole.n_pairs == 12
    assert math.isnan(whole.kappa)
    assert not math.isnan(whole.alpha)
    assert "model" in whole.note.split(";")


def test_one_coder_alone_agrees_with_nobody():
    whole = rows(agreement_table(coding({"a": answers("xxyy")})))["kind", ""]
    assert whole.n == 0
    assert math.isnan(whole.percent)
    assert whole.note == "one_coder"


def test_ordinal_sets_and_numbers_are_compared_by_their_distance():
    levels = tuple(Value(id, id, id) for id in ("low", "mid", "top"))
    fields = (Field("level", "级", "level", "ordinal", levels), Field("set", "集", "set", "set"),
              Field("year", "年", "year", "interval"))  # fmt: skip
    a = [*answers(["low", "mid", "top", "top"], "level"), *answers(["p", "p;q", "q", "r"], "set"),
         *answers(["2020", "2020", "2025", "2030"], "year")]  # fmt: skip
    b = [*answers(["low", "mid", "top", "mid"], "level"), *answers(["p", "q;p", "q", "r;p"], "set"),
         *answers(["2020.0", "2020", "2025", ""], "year")]  # fmt: skip
    found = rows(agreement_table(coding({"a": a, "b": b}, fields=fields)))
    # level: pairs 00 11 22 21, squares 1 of 4; a has 1 low 1 mid 2 top, b 1 low 2 mid 1 top: by
    # chance low (2×1 + 1×4) + mid (1×1 + 1×1) + top 2 (1×4 + 2×1) = 20 of 16
    assert found["level", ""].weighted_kappa == pytest.approx(1 - (1 / 4) / (20 / 16))
    assert found["set", ""].percent == 0.75  # the order in a set does not count
    assert (
        found["set", ""].alpha
        > rows(
            agreement_table(coding({"a": a, "b": b}, fields=(Field("set", "集", "set", "text"),)))
        )["set", ""].alpha
    )
    assert found["year", ""].percent == 0.75  # an empty answer is an answer
    assert found["year", ""].alpha == 1  # and no number


MENTIONS = {
    "a": [("i001", "", "mentions", "2"), ("i001", "2", "kind", "target"),
          ("i001", "2", "unit", "家"), ("i001", "9", "kind", "fact"), ("i002", "", "mentions", "0")],
    "b": [("i001", "", "mentions", "1"), ("i001", "2", "kind", "fact"), ("i001", "2", "unit", "家"),
          ("i002", "", "mentions", "0")],
}  # fmt: skip


def test_numbers_of_sentences_are_compared_where_both_have_them():
    found = rows(agreement_table(coding(MENTIONS, task="mentions")))
    assert found["mention", ""].n == 2
    assert found["mention", ""].percent == 0.5
    assert math.isnan(found["mention", ""].alpha)
    assert (found["kind", ""].n, found["kind", ""].percent) == (1, 0)
    assert found["unit", ""].percent == 1
    assert (found["mentions", ""].n, found["mentions", ""].percent) == (2, 0.5)


def test_disagreements_name_each_answer():
    listed = disagreements(coding(MENTIONS, task="mentions"))
    assert [(r.item_id, r.part, r.field, r.codes) for r in listed.itertuples()] == [
        ("i001", "2", "kind", "a: target | b: fact"),
        ("i001", "9", "mention", "a: yes | b: no"),
    ]
    assert set(listed["text"]) == {"培育5家企业"}


def test_width_and_white_space_are_no_disagreement():
    words = Field("words", "词", "words", "text")
    made = coding({"a": [("i001", "", "words", "１件 ")], "b": [("i001", "", "words", "1件")]},
                  fields=(words,))  # fmt: skip
    assert disagreements(made).empty


def test_the_table_is_the_same_every_time():
    made = coding({"a": answers("xxyyxyxyxx"), "b": answers("xyyyxyxyxy")}, docs="aaaabbbbcc",
                  fields=(KIND,))  # fmt: skip
    assert agreement_table(made).equals(agreement_table(made))


def test_its_rows_of_all_documents_stand_beside_an_exhibit():
    found = agreement_table(coding({"a": answers("xxyy"), "b": answers("xyyy")}))
    (row,) = reliability(found[found["doc_id"] == ""], ["kind"]).itertuples()
    assert (row.n, row.percent) == (4, 0.75)
