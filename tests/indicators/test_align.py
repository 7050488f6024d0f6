"""Alignment: worked by hand on small frames, and every mention of the five texts."""

import json

import pandas as pd
import pytest
from files import CORPUS, ROOT, cases
from hypothesis import given
from hypothesis import strategies as st
from tables import clause, clause_rows, target, target_rows

from ipcompare.clauses.table import clause_table
from ipcompare.data import RuleError, data_text
from ipcompare.frames import TARGET_COLUMNS, documents_of, order_documents
from ipcompare.indicators.align import (
    ALIGNED_COLUMNS,
    align_targets,
    unaligned_targets,
)
from ipcompare.indicators.claims import claims, subject_of
from ipcompare.indicators.entries import parse_rules, rules
from ipcompare.indicators.in_words import qualitative_mentions
from ipcompare.indicators.matrices import incentive_matrix, target_coverage, target_matrix
from ipcompare.quantities.conditions import conditions_of, each_of
from ipcompare.quantities.extract import extract_targets
from ipcompare.quantities.units import plain, unit_of

TARGETS = extract_targets(clause_table(CORPUS))
ALIGNED = align_targets(TARGETS)

# ------------------------------------------------------------------ wording -> indicator


@pytest.mark.parametrize("case", cases("alignment.csv"), ids=lambda c: c["wording"] + c["unit"])
def test_a_wording_finds_its_indicator(case):
    unit = unit_of(case["unit"])
    found = claims(
        subject_of(case["wording"], unit), dimension=unit.dimension, measure=case["measure"],
        kind=case["kind"], quote=plain(case["sentence"]), number=case["number"] + case["unit"],
    )  # fmt: skip
    assert " | ".join(c.names[0] for c in found) == case["indicator"]
    assert "".join(c.scope for c in found) == case["scope"]


def gold(wording="indicator"):
    """The coded mentions of the five texts as a target table; a quote is the raw sentence."""
    table = []
    for document in CORPUS.documents:
        doc, raw = document.doc_id, document.text
        file = ROOT / "corpus" / "gold" / "targets" / f"{doc}.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            start, end = row["char_start"], row["char_end"]
            first = max(raw.rfind(stop, 0, start) for stop in "。；\t") + 1
            last = min(at for at in [*(raw.find(s, end) for s in "。；\t"), len(raw)] if at >= 0)
            fields = {k: row[k] for k in TARGET_COLUMNS if k in row}
            fields |= {"indicator": row.get(wording) or row["indicator"]}
            fields |= {"quote": "".join(raw[first:last].split()), "clause_id": f"{doc}#{first}"}
            at, end = (len("".join(raw[first:place].split())) for place in (start, end))
            table.append(target(**fields | {"number_start": at, "number_end": end}))
    rows = target_rows(*table)
    table = list(rows.itertuples())
    said = {"each": each_of(table), "condition": conditions_of(table)}
    return rows.assign(**{k: rows["target_id"].map(v).fillna("") for k, v in said.items()})


@pytest.mark.parametrize("wording", ["indicator", "indicator_alt"])
def test_every_mention_of_the_five_texts_is_aligned_as_read(wording):
    """The expected indicators were checked one by one against the sentences."""
    targets = gold(wording)
    aligned = align_targets(targets)
    found = dict(zip(aligned["target_id"], aligned["indicator"], strict=True))
    expected = cases("alignment_five.csv")
    assert len(targets) == len(expected)
    for case, row in zip(expected, targets.itertuples(), strict=True):
        assert (case["doc_id"], int(case["char_start"])) == (row.doc_id, row.char_start)
        assert found.get(row.target_id, "") == case["indicator"], row.indicator


def test_the_five_texts_state_what_a_reader_finds():
    aligned = align_targets(gold())
    matrix = target_matrix(aligned).droplevel(0)
    docs = ["hebei-2016", "hebi-2017", "fuxin-2017", "zhengzhou-2017", "xinxiang-2024"]
    assert list(matrix.columns) == docs
    assert list(matrix.loc["每万人口发明专利拥有量"]) == [
        "≥ 3 件/万人 (2020)", "10 件/万人 (2020)", "2.15 件/万人 (2017)；2.88 件/万人 (2020)",
        "≥ 15 件/万人", "≥ 12 件/万人 (2026)",
    ]  # fmt: skip
    assert matrix.at["有效注册商标总量", "xinxiang-2024"] == "≥ 110000 件 (2026)"
    assert matrix.at["注册商标增幅", "hebei-2016"] == "每年 ≥ 10% (2020)"
    assert matrix.at["知识产权质押融资额", "fuxin-2017"] == "未见表述"
    assert matrix.at["作品著作权登记量", "fuxin-2017"] == "320 件/年 (2017)；320 件/年 (2020)"
    pays = incentive_matrix(aligned).droplevel(0)
    rate, cap = pays.at["知识产权质押融资贴息、补助", "hebi-2017"].split("，")
    assert rate.startswith("≤ 50% (知识产权质押融资企业的贷款利息") and cap == "≤ 20 万元/年"
    assert pays.at["国内发明专利授权资助", "hebi-2017"] == "4000 元/件"
    years = "≤ 1 万元 (有效发明专利授权年限 ≥ 6年；一次性)"
    assert pays.at["发明专利年费支持", "hebi-2017"] == years
    assert pays.at["知识产权托管服务机构奖励", "zhengzhou-2017"] == (
        "10 万元 (小微企业知识产权托管服务 达到 200家；服务成效显著、经认定)；30 万元 (小微企业知识产权托管服务 达到 500家；服务成效显著、经认定)"
    )


def test_at_least_and_more_than_are_one_figure_in_other_words():
    aligned = align_targets(gold())
    assert not aligned["flag"].str.contains("contradiction").any()
    firms = aligned[aligned["indicator"] == "rights_aid_firms"]
    assert list(firms["comparator"]) == [">=", ">"]
    assert firms["flag"].str.startswith("wording: zhengzhou-2017#").all()


# ------------------------------------------------------------------ one row


def test_values_come_in_the_unit_of_the_indicator():
    table = target_rows(
        target("有效注册商标拥有量", 11, "万件"),
        target("知识产权质押融资额", 30000, "万元"),
        target("发明专利拥有量", 2.88, "件/万人"),
        target("省级以上知识产权优势企业", 10, "户"),
        target("国内发明专利授权", 4000, "元", kind="incentive"),
    )
    aligned = align_targets(table).set_index("target_id").sort_index()
    assert tuple(aligned.columns) == tuple(c for c in ALIGNED_COLUMNS if c != "target_id")
    assert list(aligned["low"]) == [110000, 3, 2.88, 10, 0.4]
    assert list(aligned["unit"]) == ["件", "亿元", "件/万人", "家", "万元"]


def test_a_unit_of_another_dimension_is_another_indicator():
    table = target_rows(
        target("知识产权质押融资", 30, "亿元"),
        target("知识产权质押融资", 30, "家"),
        target("知识产权质押融资", 30, "%", measure="growth"),
        target("知识产权质押融资", 30, "个百分点", measure="growth"),
        target("知识产权质押融资", 30, "光年"),
    )
    aligned = align_targets(table)
    assert list(aligned["indicator"]) == ["pledge_financing", "pledge_financing_growth"]
    assert list(unaligned_targets(table, aligned)["reason"]) == [
        "no entry", "no entry", "unit: 光年 has no factor in units.csv",
    ]  # fmt: skip


def test_the_headline_is_the_whole_jurisdiction_and_the_latest_year():
    words = "万人发明专利拥有量"
    aligned = align_targets(
        target_rows(
            target(words, 5, "件", deadline=2017),
            target(words, 8, "件", deadline=2020),
            target("高新技术产业开发区" + words, 30, "件", deadline=2022),
            target(words, 8, "件"),
        )
    )
    assert list(aligned["headline"]) == [False, True, False, False]
    assert list(aligned["scope"]) == ["", "", "高新技术产业开发区", ""]
    assert aligned["flag"].iloc[2] == "scope: 高新技术产业开发区"


@pytest.mark.parametrize(
    ("first", "second", "flag"),
    [
        ({}, {}, ""),
        ({}, {"low": 6, "high": 6}, "contradiction"),
        ({}, {"comparator": ">="}, "wording"),
        ({"comparator": ">"}, {"comparator": ">="}, "wording"),
        ({"comparator": "<="}, {"comparator": ">="}, "contradiction"),
        ({"low": 4, "high": 6, "comparator": "range"}, {}, "wording"),
        ({"deadline": 2017}, {"low": 6, "high": 6, "deadline": 2020}, ""),
        ({"deadline": 2017}, {"low": 6, "high": 6}, "contradiction"),
        ({}, {"low": 6, "high": 6, "per_year": True}, ""),
        ({}, {"low": 6, "high": 6, "indicator": "新增知识产权服务机构"}, ""),
        ({}, {"low": 6, "high": 6, "doc_id": "b"}, ""),
    ],
)
def test_two_statements_of_one_thing(first, second, flag):
    aligned = align_targets(target_rows(target(**first), target(**second)))
    assert len(aligned) == 2
    found = {f.split(":")[0] for words in aligned["flag"] for f in words.split("; ") if f}
    assert found - {"variant"} == ({flag} if flag else set())


def test_one_number_for_two_things_is_flagged():
    words = "知识产权质押融资金额和知识产权交易量"
    aligned = align_targets(target_rows(target(words, 25, "%", measure="growth", per_year=True)))
    assert list(aligned["flag"]) == ["joint: 知识产权交易量"]
    assert target_matrix(aligned).iat[0, 0] == "每年 25%* (含知识产权交易量)"


@given(st.data())
def test_rows_that_are_left_are_aligned_as_among_all(data):
    """A table filtered, shuffled or both: what a row needs of its neighbours it carries."""
    kept = data.draw(st.lists(st.sampled_from(range(len(TARGETS))), unique=True, min_size=1))
    part = align_targets(TARGETS.iloc[kept])
    whole = ALIGNED[ALIGNED["target_id"].isin(part["target_id"])]
    rest = unaligned_targets(TARGETS.iloc[kept], part)
    assert len(part) + len(rest) == len(kept)
    mine = ["headline", "flag"]  # these compare the statements that are there
    assert part.drop(columns=mine).to_csv(index=False) == whole.drop(columns=mine).to_csv(
        index=False
    )


def test_a_table_without_its_conditions_is_aligned_as_the_whole():
    payable = TARGETS[TARGETS["kind"].isin(["target", "incentive"])]
    assert align_targets(payable).equals(ALIGNED)
    assert ALIGNED["condition"].ne("").sum() == 11


# ------------------------------------------------------------------ tables


def test_a_document_that_states_nothing_keeps_its_column():
    table = target_rows(target(low=5), documents=["b", "a"])
    matrix = target_matrix(align_targets(table), lang="en")
    assert list(matrix.columns) == ["b", "a"]
    assert list(matrix.iloc[0]) == ["no statement found", "5"]
    with pytest.raises(ValueError, match="lang"):
        target_matrix(align_targets(table), lang="de")


def test_zero_is_a_number_and_not_silence():
    assert target_matrix(align_targets(target_rows(target(low=0)))).iat[0, 0] == "0 家"


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"comparator": ">="}, "≥ 5 家", "≥ 5"),
        ({"comparator": "~", "deadline": 2025}, "约 5 家 (2025)", "about 5 (2025)"),
        ({"comparator": "range", "high": 7}, "5–7 家", "5–7"),
        (
            dict(indicator="专利质押融资额", unit="亿元", per_year=True),
            "5 亿元/年* (专利)",
            "500 million yuan a year* (专利)",
        ),
    ],
)
def test_cells_are_printed_as_a_researcher_prints_them(fields, zh, en):
    aligned = align_targets(target_rows(target(**fields)))
    assert target_matrix(aligned).iat[0, 0] == zh
    assert target_matrix(aligned, lang="en").iat[0, 0] == en


def test_coverage_counts_kinds_themes_and_deadlines():
    table = target_rows(
        target(deadline=2020), target("万人发明专利拥有量", 3, "件"),
        target("贯标奖励", 5, "万元", kind="incentive"), target(kind="condition"),
    )  # fmt: skip
    row = target_coverage(table, align_targets(table)).iloc[0]
    assert (row["n_mention"], row["n_target"], row["n_incentive"], row["n_condition"]) == (
        4,
        2,
        1,
        1,
    )
    assert (row["n_deadline"], row["share_deadline"], row["n_aligned"]) == (1, 0.5, 3)
    assert (row["创造"], row["服务"], row["保护"]) == (1, 1, 0)


def test_words_instead_of_a_number_are_shown_as_words():
    text = "知识产权质押融资金额力争保持全省前列，注册商标达到3000件，环境持续提升。"
    table = target_rows(target("知识产权质押融资额", 3, "亿元", doc_id="b"), documents=["a", "b"])
    found = qualitative_mentions(clause_rows(clause(body=text)))
    assert list(found["indicator"]) == ["pledge_financing"]
    (row,) = found.itertuples()
    assert text[row.quote_start :].startswith(row.quote)
    assert row.quote[row.words_start : row.words_end] == row.words == "力争保持全省前列"
    matrix = target_matrix(align_targets(table), qualitative=found)
    assert list(matrix.iloc[0]) == ["定性：力争保持全省前列", "3 亿元"]


def test_goals_in_words_lead_to_the_raw_text():
    for row in qualitative_mentions(clause_table(CORPUS)).itertuples():
        raw = CORPUS[row.doc_id].text[row.char_start : row.char_end]
        first, _, last = row.words.partition("…")
        raw = "".join(raw.split())
        assert raw.startswith(first) and raw.endswith(last) and (last or raw == first)


# ------------------------------------------------------------------ data files


ENTRY = """
[[indicator]]
id = "x"
zh = "甲"
en = "X"
theme = "创造"
measure = "level"
unit = "件"
phrases = ['甲乙丙']
"""


def refused(entry, message):
    text = data_text("indicators/indicators.toml")
    line = text.count("\n")
    with pytest.raises(RuleError, match=message) as error:
        parse_rules(text + entry, data_text("indicators/incentives.toml"))
    assert int(str(error.value).split("line ")[1].split(":")[0]) > line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"件"', '"斗"', "line .*unknown unit 斗"),
        ('"创造"', '"创新"', "line .*unknown theme 创新"),
        ('"level"', '"levels"', "line .*unknown measure levels"),
        ('id = "x"', 'id = "trademarks"', "line .*the id trademarks stands twice"),
        ("甲乙丙", "专利池<量>?", "line .*stands twice, first in patent_pools"),
        ("甲乙丙", "甲(乙", "line .*no regular expression"),
        ("甲乙丙", "<丁>甲", "line .*<丁> is not in"),
        ("'甲乙丙'", "{ subject = '甲' }", "line .*subject and sentence"),
        ('zh = "甲"', "", "line .*lacks zh"),
        ('unit = "件"', 'unit = "件"\nover = ["nothing"]', "line .*unknown entry nothing"),
        ('unit = "件"', 'unit = "件"\nlike = "nothing"', "line .*like names no entry"),
        ('unit = "件"', 'unit = "件"\nunits = 1', "line .*unknown key units"),
        ('unit = "件"', "unit = 件", "line .*is not TOML"),
    ],
)
def test_a_bad_entry_is_refused_with_its_line(old, new, message):
    assert old in ENTRY
    refused(ENTRY.replace(old, new), message)


def test_two_entries_that_claim_a_mention_are_reported_and_not_guessed(tmp_path):
    own, table = tmp_path / "own.toml", target_rows(target())
    entry = ENTRY.replace('"件"', '"家"').replace("甲乙丙", "服务机构")
    own.write_text(entry, encoding="utf-8")
    aligned = align_targets(table, indicators=own)
    assert aligned.empty
    (row,) = unaligned_targets(table, aligned, indicators=own).itertuples()
    assert (row.target_id, row.reason) == ("a#1@1", "ambiguous: service_organisations | x")
    assert target_coverage(table, aligned, indicators=own)["n_ambiguous"].tolist() == [1]


# ------------------------------------------------------------------ invariants

WORDINGS = [e.zh for e in rules().indicators] + ["企业", "", "道路", "国家级知识产权强企", "其他"]
MENTIONS = st.builds(
    target,
    indicator=st.sampled_from(WORDINGS),
    low=st.floats(0, 1e6, allow_nan=False),
    unit=st.sampled_from(["件", "家", "亿元", "%", "万元", "件/万人", "人", "光年"]),
    measure=st.sampled_from(["level", "growth", "share", "reduction"]),
    kind=st.sampled_from(["target", "incentive", "condition", "fact"]),
    doc_id=st.sampled_from("abc"),
    deadline=st.sampled_from([pd.NA, 2020, 2025]),
)


@given(st.lists(MENTIONS, max_size=12))
def test_nothing_is_lost(mentions):
    table = target_rows(*mentions)
    aligned = align_targets(table)
    rest = unaligned_targets(table, aligned)
    assert sorted([*aligned["target_id"], *rest["target_id"]]) == sorted(table["target_id"])
    assert rest["reason"].str.startswith(("kind: ", "unit: ", "no ", "ambiguous: ")).all()
    heads = aligned[aligned["headline"] & (aligned["kind"] == "target")]
    assert not heads.duplicated(["indicator", "doc_id"]).any()


@given(st.lists(MENTIONS, max_size=8), st.permutations("abc"))
def test_the_order_of_documents_changes_no_row(mentions, order):
    table = target_rows(*mentions)
    other = order_documents(table, order)
    same = align_targets(table).sort_values("target_id").reset_index(drop=True)
    moved = align_targets(other).sort_values("target_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(same, order_documents(moved, documents_of(same)))
