"""Quantity mentions: every case of ``cases/targets.csv``, and what must hold for any text."""

import re
from itertools import groupby

import pandas as pd
import pytest
from files import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import clause, clause_rows

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Document
from ipcompare.data import RuleError
from ipcompare.frames import TARGET_COLUMNS
from ipcompare.indicators.align import align_targets
from ipcompare.numerals import value
from ipcompare.quantities import cues as quantity_rules
from ipcompare.quantities.extract import extract_targets, unknown_units
from ipcompare.quantities.finding import find_quantities
from ipcompare.text import fold_width

PLACES = [column for column in TARGET_COLUMNS if column.endswith(("_start", "_end"))]
FIELDS = ("number", "comparator", "unit", "indicator", "measure", "kind")


def provisions(*rows, year=None):
    """The clause table of ``(role, text)`` or ``(role, text, more)`` rows."""
    table = [clause("d", str(n), row[1], role=row[0], **dict(*row[2:])) for n, row in
             enumerate(rows)]  # fmt: skip
    return clause_rows(*table, year=year)


def targets(text, year=None):
    return extract_targets(provisions(("clause", text), year=year))


def plain(frame):
    """What is said, without ids and places."""
    kept = frame.drop(columns=["quote", *PLACES])
    kept["number"] = kept["number"].map(fold_width)
    return kept.astype(object).where(kept.notna(), None).to_dict("records")


def said_in(*texts):
    """What each of several documents says, without ids and places."""
    rows = [clause(f"d{n}", "0", text) for n, text in enumerate(texts)]
    found = extract_targets(clause_rows(*rows, year=2022))
    named = ["target_id", "clause_id", "doc_id"]
    return [plain(own.drop(columns=named)) for _, own in found.groupby("doc_id", observed=False)]


def sentences():
    for (sentence, year), group in groupby(
        cases("targets.csv"), key=lambda r: (r["sentence"], r["year"])
    ):
        yield pytest.param(sentence, int(year), [r for r in group if r["number"]], id=sentence[:30])


@pytest.mark.parametrize(("sentence", "year", "expected"), list(sentences()))
def test_case(sentence, year, expected):
    found = targets(sentence, year)
    assert found["number"].tolist() == [r["number"] for r in expected]
    for row, want in zip(found.itertuples(), expected, strict=True):
        assert {f: getattr(row, f) for f in FIELDS} == {f: want[f] for f in FIELDS}
        assert row.low == pytest.approx(float(want["low"]), abs=1e-4, nan_ok=True)
        assert row.high == pytest.approx(float(want["high"]), abs=1e-4, nan_ok=True)
        assert row.per_year == (want["per_year"] == "yes")
        assert (None if pd.isna(row.deadline) else str(row.deadline)) == (want["deadline"] or None)


def test_columns_and_ids():
    found = targets("新建10家，改造20家。")
    assert tuple(found.columns) == TARGET_COLUMNS
    assert found["target_id"].tolist() == ["d#0@1", "d#0@2"]
    assert found["quote"].tolist() == ["新建10家，改造20家。"] * 2
    assert str(found["deadline"].dtype) == "Int64"


def test_only_provisions_are_read():
    for role in ("title", "doc_number", "addressee", "signature", "imprint", "annex_title"):
        assert extract_targets(provisions((role, "培育企业10家"))).empty


def test_goal_section_governs_paragraphs_and_child_clauses():
    below = {"label": "（一）", "parent_id": "d#0"}
    frame = provisions(
        ("section", "到2026年，能力显著增强。", {"heading": "主要目标"}),
        ("clause", "商标达到11万件。\n到2030年，商标达到20万件。\n专利达到9件。", below),
        ("section", "建设基地5个。", {"heading": "重点任务"}),
    )
    assert extract_targets(frame)["deadline"].tolist() == [2026, 2030, 2030, pd.NA]


def test_year_argument_stands_in_for_the_documents_own():
    assert targets("今年新建10家。")["deadline"].isna().all()
    assert (
        extract_targets(provisions(("clause", "今年新建10家。")), year=2022)["deadline"][0] == 2022
    )


def test_conditions_under_a_lead_in():
    frame = provisions(
        ("clause", "第六条申请人应当同时符合下列条件："),
        ("clause", "（一）人均住房面积在15平方米以下；", {"parent_id": "d#0"}),
    )
    assert extract_targets(frame)["kind"].tolist() == ["condition"]


def test_table_headed_by_a_year():
    frame = provisions(
        ("table_row", "序号\t2017年目标\t责任单位"),
        ("table_row", "1\t商标有效注册总量达到3400件\t市工商局"),
    )
    (row,) = extract_targets(frame).itertuples()
    assert (row.number, row.deadline, row.indicator) == ("3400", 2017, "商标有效注册总量")


def test_table_of_numbers_takes_name_unit_and_year_from_row_and_header():
    frame = provisions(
        ("table_row", "指标\t单位\t2020年\t2025年"),
        ("table_row", "城镇新增就业\t万人\t50\t≥60"),
        ("table_row", "居民收入年均增长率\t%\t6.5\t7左右"),
        year=2021,
    )
    found = extract_targets(frame)
    assert found["number"].tolist() == ["50", "60", "6.5", "7"]
    assert found["unit"].tolist() == ["万人", "万人", "%", "%"]
    assert found["deadline"].tolist() == [2020, 2025, 2020, 2025]
    assert found["kind"].tolist() == ["fact", "target", "fact", "target"]
    assert found["comparator"].tolist() == ["=", ">=", "=", "~"]
    assert found["measure"].tolist() == ["level", "level", "growth", "growth"]
    assert found["indicator"].tolist() == ["城镇新增就业"] * 2 + ["居民收入年均增长率"] * 2


def test_an_unknown_unit_is_kept_and_reported():
    found = targets("种植苜蓿30畦以上，苹果20畦，梨10亩。比例为1:2。")
    assert found["unit"].tolist() == ["畦", "畦", "亩", "比例"]
    assert unknown_units(found).to_dict("records") == [
        {"unit": "畦", "target_ids": ["d#0@1", "d#0@2"]}
    ]
    assert unknown_units(found[:0]).empty


def test_offsets_skip_residue_and_line_wraps():
    raw = "（一）培育企业1\n— 3 —\n0 家 以上。"
    frame = clause_rows(clause("d", body="培育企业10家以上。", label="（一）", raw=raw))
    (row,) = extract_targets(frame).itertuples()
    assert raw[row.char_start : row.char_end] == "1\n— 3 —\n0 家"
    text = frame.loc[0, "text"]
    assert text[row.quote_start : row.quote_end] == row.quote == text
    assert row.quote[row.number_start : row.number_end] == "10家"


@pytest.mark.parametrize(
    ("number", "worth"),
    [("三百", 300), ("两千五百", 2500), ("十五", 15), ("一万五千", 15000), ("三百零五", 305),
     ("1,234.5", 1234.5), ("二〇", 20), ("一点五", 1.5), ("百", 100)],
)  # fmt: skip
def test_value_of_numerals(number, worth):
    assert value(number) == worth


# --- data files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loader", "text", "line"),
    [
        (quantity_rules.comparators, "phrase,side,sign,far,not_beside\n不超过,before,=<,no,\n", 2),
        (
            quantity_rules.comparators,
            "phrase,side,sign,far,not_beside\n不超过,before,<=,no,\n不超过,before,<=,no,\n",
            3,
        ),
        (quantity_rules.comparators, "phrase,side,sign,far,not_beside\n不超过,before\n", 2),
        (quantity_rules.exclusions, "第\\d+号\n(未闭合\n", 2),
        (quantity_rules.exclusions, "x*\n", 1),
        (quantity_rules.cues, '[kind]\n\nfact = ["已(", "去年"]\n', 3),
        (quantity_rules.cues, '[kind]\nfact = ["去年", "去年"]\n', 2),
    ],
)
def test_bad_data_names_file_and_line(loader, text, line, monkeypatch):
    monkeypatch.setattr("ipcompare.data.data_text", lambda file: text)
    monkeypatch.setattr("ipcompare.quantities.cues.data_text", lambda file: text)
    file = f"{loader.__name__}-{hash(text)}.x"  # read_toml keeps what it has read
    with pytest.raises(RuleError, match=rf"^{re.escape(file)}, line {line}: "):
        loader.__wrapped__(file)


def test_a_number_without_a_name_has_no_source_of_it():
    """And such a table is taken by the functions that check it."""
    found = targets("12万户次。", 2022)
    assert list(found["indicator"]) == [""] and found["name_source"].isna().all()
    assert len(align_targets(found)) == 0


def test_the_last_three_years_are_not_about_three():
    signs = [find_quantities(words)[0].comparator for words in ("近三年不存在违法记录", "近300家")]
    assert signs == ["=", "~"]


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("提取百分之零点五至二作为报酬", 0.5, 2, "%"),
        ("提取百分之五至百分之十五的费用", 5, 15, "%"),
        ("加收千分之三至千分之五", 3, 5, "‰"),
        ("提高零点五个百分点", 0.5, 0.5, "个百分点"),
        ("提取百分之五至十家企业", 5, 5, "%"),  # 十 belongs to 家
    ],
)
def test_shares_in_chinese_numerals(words, low, high, unit):
    first = find_quantities(words)[0]
    assert (first.low, first.high, first.unit) == (low, high, unit)
    assert first.comparator == ("range" if low < high else "=")


# --- properties -------------------------------------------------------------------------------

WIDE = str.maketrans("0123456789,():;%-~", "０１２３４５６７８９，（）：；％—～")
SENTENCES = [param.values[0] for param in sentences()]


@given(st.sampled_from(SENTENCES), st.data())
def test_width_changes_no_result(sentence, data):
    wide = "".join(c.translate(WIDE) if data.draw(st.booleans()) else c for c in sentence)
    first, second, third = said_in(wide, fold_width(sentence), sentence)
    assert first == second == third


@given(st.sampled_from(SENTENCES), st.data())
def test_offsets_lead_through_line_wraps(sentence, data):
    clean = re.sub(r"\s", "", sentence)
    raw = "".join(c + data.draw(st.sampled_from(["", "", "", "\n", " ", "\n    "])) for c in clean)
    rows = clause("d", "0", clean, raw=raw), clause("e", "0", clean)
    both = extract_targets(clause_rows(*rows, year=2022))
    found, same = (both[both["doc_id"] == doc_id] for doc_id in "de")
    named = ["target_id", "clause_id", "doc_id"]
    assert plain(found.drop(columns=named)) == plain(same.drop(columns=named))
    for row in found.itertuples():
        written = fold_width(re.sub(r"\s", "", raw[row.char_start : row.char_end]))
        assert fold_width(row.number[0]) in written  # 百分之八十: the unit stands first
        assert fold_width(clean).count(written) >= 1
        assert clean[row.quote_start : row.quote_end] == row.quote
        assert fold_width(row.quote[row.number_start : row.number_end]) == written


NEGATED = {"不超过": "<=", "不高于": "<=", "不大于": "<=", "不得超过": "<=", "不得高于": "<=", "未超过": "<=",
           "不低于": ">=", "不少于": ">=", "不得低于": ">=", "不得少于": ">=", "不小于": ">=", "不超": "<="}  # fmt: skip


@given(
    st.sampled_from(sorted(NEGATED)),
    st.integers(1, 99999),
    st.sampled_from(["家", "万元", "%", "天", "个百分点", "件/万人"]),
    st.sampled_from(["", "总数", "最高", "原则上", "的比例"]),
)
def test_a_negated_comparator_never_flips(phrase, number, unit, before):
    (row,) = targets(f"企业{before}{phrase}{number}{unit}。").itertuples()
    assert (row.low, row.comparator) == (number, NEGATED[phrase])


ALPHABET = "0123456789０５.,，。；：、()（）《》“”%％‰万亿元家个件年月日一二三百千十两第到至—-～以上下内不超过低于分别给予对的\n\t 增长达为"


@settings(max_examples=200)
@given(st.text(ALPHABET, max_size=60) | st.text(max_size=40))
def test_any_text_is_read_without_error(text):
    clean = re.sub(r"[^\S\n\t]", "", text)
    for row in targets(clean, 2020).itertuples():
        assert 0 <= row.char_start < row.char_end <= len(clean)
    folded = fold_width(clean)
    for quantity in find_quantities(folded):
        assert quantity.left <= quantity.start < quantity.end <= quantity.right


def test_the_number_of_a_provision_is_no_quantity():
    """2.2对 is a label before 对, not 2.2 pairs; 1.2 is no part of the name behind it."""
    text = (
        "1  总体目标\n1.1  到2025年，床位6.5张。\n1.2  签约服务覆盖率达到75%。\n"
        "2  重点任务\n2.1  培训医师2000名。\n2.2  对验收合格的社区医院每所奖补80万元。\n"
    )
    found = extract_targets(clause_table(Document("a", text)))
    assert [*zip(found["number"], found["unit"], strict=True)] == [
        ("6.5", "张"), ("75", "%"), ("2000", "名"), ("80", "万元"),
    ]  # fmt: skip
    assert found["indicator"].tolist() == [
        "床位",
        "签约服务覆盖率",
        "培训医师",
        "验收合格的社区医院",
    ]
    spans = zip(found["char_start"], found["char_end"], strict=True)
    assert [text[a:b] for a, b in spans] == ["6.5张", "75%", "2000名", "80万元"]


def test_a_sentence_without_end_is_read_in_pieces_that_end_at_a_semicolon():
    text = "培育企业20家，增长10%；" * 200
    found = targets(text)
    assert found["number"].tolist() == ["20", "10"] * 200
    assert set(found["quote"].str.len()) == {1988, 812} and set(found["quote"].str[-1]) == {"；"}


@pytest.mark.parametrize("sign", ["7", "三"])
def test_a_numeral_without_end_is_no_quantity(sign):
    assert targets(f"建成{sign * 30}家，培育企业5家。")["number"].tolist() == ["5"]
