"""Tables in the hands of a researcher: the right answer, or a refusal that names the cure."""

import functools
import io
import pickle

import pandas as pd
import pytest
from tables import clause, clause_rows, match_rows, target, target_rows

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.exports.saving import read_table, write_csv
from ipcompare.frames import (
    checked,
    columns_of,
    documents_in,
    documents_of,
    order_documents,
)
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.extract import unknown_units
from ipcompare.study import Study
from ipcompare.wording.similarity import section_similarity

JIA = """关于甲的意见
一、主要目标
到2025年，有效注册商标达到3000件，每万人口发明专利拥有量达到5.5件，质押融资额达到12亿元。
二、保障措施
（一）加强领导。建立工作机制，开展质押融资，新建服务机构三家。（责任单位：市科技局、市财政局）
（二）加大奖励。对拥有发明专利10件以上的企业给予5万元奖励；对获得中国专利金奖的，给予50万元
奖励。（责任单位：市科技局）
"""
YI = """一、工作任务
（一）推进质押融资。质押融资额达到20亿元以上，知识产权服务机构达到1
— 2 —
0家。（市科技局）
附件
指标表
序号\t指标\t责任单位
1\t有效注册商标达到1.2万件\t市市场监管局、各县区
2\t专利服务机构\t市知识产权局
"""
BING = "一、总则\n加强知识产权保护，开展培训，质押融资额保持全省前列，发明专利拥有量稳步增长。\n"
CORPUS = Corpus(
    (Document("jia", JIA, title="甲"), Document("yi", YI), Document("bing", BING, title="丙"))
)
STUDY = Study(CORPUS)
TABLES = {
    "clauses": STUDY.clauses, "targets": STUDY.targets, "aligned": STUDY.aligned,
    "qualitative": STUDY.qualitative,
}  # fmt: skip
ORDER = [document.doc_id for document in CORPUS.documents]


def every_evidence(clauses, targets):
    return [ipc.evidence(id, clauses, targets) for id in STUDY.targets["target_id"]]


# Of each function the table that it is given, and whether it must know which documents there are.
FUNCTIONS = {
    "extract_targets": ("clauses", False, ipc.extract_targets),
    "document_similarity": ("clauses", False, ipc.document_similarity),
    "match_clauses": ("clauses", False, ipc.match_clauses),
    "section_similarity": ("clauses", False, section_similarity),
    "kwic": ("clauses", False, lambda clauses: ipc.kwic(clauses, "质押融资")),
    "clause_themes": ("clauses", False, ipc.clause_themes),
    "theme_profile": ("clauses", False, ipc.theme_profile),
    "named_departments": ("clauses", False, ipc.clauses.named_departments),
    "department_functions": ("clauses", False, ipc.department_functions),
    "qualitative_mentions": ("clauses", False, ipc.qualitative_mentions),
    "evidence of clauses": ("clauses", False, lambda c: every_evidence(c, STUDY.targets)),
    "evidence of targets": ("targets", False, lambda t: every_evidence(STUDY.clauses, t)),
    "align_targets": ("targets", False, ipc.align_targets),
    "unknown_units": ("targets", False, unknown_units),
    "unaligned_targets": ("targets", False, lambda t: ipc.unaligned_targets(t, STUDY.aligned)),
    "unaligned_targets of aligned": (
        "aligned", False, lambda a: ipc.unaligned_targets(STUDY.targets, a),
    ),
    "target_matrix": ("aligned", True, ipc.target_matrix),
    "target_matrix in words": (
        "qualitative", False, lambda q: ipc.target_matrix(STUDY.aligned, qualitative=q),
    ),
    "incentive_matrix": ("aligned", True, ipc.incentive_matrix),
    "target_coverage": ("aligned", True, lambda a: ipc.target_coverage(STUDY.targets, a)),
    "target_coverage of targets": (
        "targets", False, lambda t: ipc.target_coverage(t, STUDY.aligned),
    ),
    "shared_targets": ("aligned", False, lambda a: ipc.shared_targets(a, CORPUS)),
    "raised_targets": ("aligned", False, lambda a: ipc.raised_targets(a, CORPUS, beside="jia")),
    "statements": ("aligned", True, lambda a: ipc.indicators.statements(a, STUDY.qualitative)),
    "statements in words": (
        "qualitative", False, lambda q: ipc.indicators.statements(STUDY.aligned, q),
    ),
    "stated_by_several": ("aligned", False, ipc.indicators.stated_by_several),
    "contradictions": ("aligned", False, ipc.indicators.contradictions),
    "suggest_indicators": ("targets", False, ipc.indicators.suggest_indicators),
    "references": ("clauses", False, lambda c: ipc.references.references(c, CORPUS)),
    "corpus_problems": ("clauses", False, lambda c: ipc.checks.corpus_problems(
        CORPUS, c, STUDY.targets, STUDY.unaligned)),
    "distinctive_terms": ("clauses", False, ipc.distinctive_terms),
    "prior_sensitivity": ("clauses", False, ipc.wording.prior_sensitivity),
    "provision_types": ("clauses", False, ipc.wording.provision_types),
    "coverage": ("clauses", False, ipc.wording.coverage),
    "counterparts": ("clauses", False, lambda c: ipc.wording.counterparts(c, "jia", "yi")),
    "correspondence_table": ("clauses", False, ipc.wording.correspondence_table),
    "best_scores": ("clauses", False, ipc.wording.best_scores),
    "explain_match": ("clauses", False, lambda c: ipc.wording.explain_match(c, *PAIR)),
    "tool_guesses": ("clauses", False, ipc.wording.tool_guesses),
    "without_set_phrases": ("clauses", False, ipc.wording.without_set_phrases),
    "pair_robustness": ("clauses", False, lambda c: ipc.checks.pair_robustness(c, draws=20)),
    "similarity_robustness": ("clauses", False, ipc.checks.similarity_robustness),
    "novelty": ("clauses", False, lambda c: ipc.wording.novelty(CORPUS, clauses=c)),
    "shared_passages": ("clauses", False, lambda c: ipc.wording.shared_passages(CORPUS, clauses=c)),
}  # fmt: skip
PAIR = ("jia#2.1", "yi#1.1")
of_each_function = pytest.mark.parametrize("name", FUNCTIONS)


@functools.cache
def answer(name):
    """What a function says of the table as it was made."""
    given, _, function = FUNCTIONS[name]
    return function(TABLES[given])


def in_order(answer):
    """An answer with its documents known, so that it may be compared with another."""
    if isinstance(answer, pd.DataFrame) and "doc_id" in answer:
        return order_documents(answer, CORPUS)
    return answer


def assert_same(one, two):
    """Nothing but columns of the researcher's own may have come to it."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(in_order(one)[two.columns], in_order(two))
    else:
        assert one == two


# --- the same table in another form -----------------------------------------------------------


def merged(frame, other, on="doc_id", **how):
    return frame.merge(other, on=on, **how)


def with_themes(frame):
    scores = STUDY.themes.drop_duplicates("clause_id")[["clause_id", "score"]]
    return merged(frame, scores, on="clause_id", how="left")


KEPT = {
    "shuffled, with a column more, columns in another order": lambda frame: frame.sample(
        frac=1, random_state=3
    ).assign(note="甲")[[*frame.columns[::-1], "note"]],
    "sorted by its words, with another index": lambda frame: frame.sort_values(
        list(frame.columns)[-2]
    ).set_index(frame["clause_id"].str[::-1]),
    "sorted backwards": lambda frame: frame[::-1],
    "merged with the record and by clause": lambda frame: with_themes(
        merged(frame, CORPUS.table[["doc_id", "title"]])
    ),
    "pickled": lambda frame: pickle.loads(pickle.dumps(frame)),
}


@of_each_function
@pytest.mark.parametrize("change", KEPT)
def test_the_answer_stays(name, change):
    given, _, function = FUNCTIONS[name]
    assert_same(function(KEPT[change](TABLES[given])), answer(name))


@pytest.mark.parametrize("table", TABLES)
def test_parquet_keeps_a_table_as_it_is(table):
    pytest.importorskip("pyarrow")  # make parquet
    data = io.BytesIO()
    TABLES[table].to_parquet(data)
    read = checked(pd.read_parquet(data), table)
    pd.testing.assert_frame_equal(read, checked(TABLES[table], table))


# --- a table that no longer knows its documents -----------------------------------------------


def through_csv(frame):
    text = frame.to_csv(index=False)
    return pd.read_csv(io.StringIO(text))


def through_our_csv(frame, folder):
    write_csv(frame, folder / "t.csv")
    return read_table(folder / "t.csv")


PLAIN = pd.DataFrame({"doc_id": ["bing", "jia", "yi"], "population": [3, 1, 2]})
FORGOTTEN = {
    "as text": lambda frame: frame.astype({"doc_id": str}),
    "as a category of pandas": lambda frame: frame.assign(
        doc_id=frame["doc_id"].astype(str).astype("category")
    ),
    "merged with a table of text": lambda frame: merged(frame, PLAIN),
    "through CSV": through_csv,
}


@of_each_function
@pytest.mark.parametrize("change", [*FORGOTTEN, "through our CSV"])
def test_documents_that_are_not_known_are_asked_for(name, change, tmp_path):
    given, needed, function = FUNCTIONS[name]
    if change in FORGOTTEN:
        frame = FORGOTTEN[change](TABLES[given])
    else:
        frame = through_our_csv(TABLES[given], tmp_path)
    if (given, change) == ("clauses", "through CSV"):  # pandas has read 2.1 as a number
        frame["path"] = STUDY.clauses["path"]
    if needed:
        with pytest.raises(ValueError, match=r"not known; .* order_documents\(table, corpus\)"):
            function(frame)
    else:
        assert_same(function(frame), answer(name))
    assert_same(function(order_documents(frame, CORPUS)), answer(name))


def test_a_document_that_is_not_of_the_corpus_is_named():
    with pytest.raises(ValueError, match="jia is no document; there are a, b"):
        order_documents(STUDY.targets, ["a", "b"])


# --- rows that are too many or too few --------------------------------------------------------

TWICE = {
    "with itself": lambda frame: pd.concat([frame, frame]),
    "by a merge": lambda frame: merged(frame, pd.concat([PLAIN, PLAIN])),
}


@of_each_function
@pytest.mark.parametrize("change", TWICE)
def test_doubled_rows_are_refused(name, change):
    given, _, function = FUNCTIONS[name]
    with pytest.raises(ValueError, match="stands 2 times in .*_id; drop the doubled rows"):
        function(TWICE[change](TABLES[given]))


@of_each_function
def test_rows_of_nothing_are_refused(name):
    """An outer merge makes a row for what stands in the other table only."""
    given, _, function = FUNCTIONS[name]
    other = pd.DataFrame({"doc_id": [*ORDER, "ding"], "population": [1, 2, 3, 4]})
    with pytest.raises(ValueError, match=r"_id has missing values; make the table with \w+\(\)"):
        function(merged(TABLES[given], other, how="outer"))


@of_each_function
def test_a_column_lost_in_a_merge_is_named(name):
    """Both tables have the column: pandas calls them unit_x and unit_y."""
    given, _, function = FUNCTIONS[name]
    shared = {"clauses": "body_end", "targets": "unit", "aligned": "target_id"}.get(given, "words")
    other = TABLES[given][["clause_id", shared]].drop_duplicates("clause_id")
    with pytest.raises(ValueError, match=f"lacks the columns {shared}; make it with"):
        function(merged(TABLES[given], other, on="clause_id"))


# --- rows of some documents -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("extract_targets", STUDY.targets),
        ("align_targets", STUDY.aligned),
        ("clause_themes", STUDY.themes),
        ("qualitative_mentions", STUDY.qualitative),
    ],
)
@pytest.mark.parametrize("doc_id", ORDER)
def test_a_table_of_some_documents_is_that_part_of_the_whole(name, table, doc_id):
    given, _, function = FUNCTIONS[name]
    frame = TABLES[given]
    rest = function(frame[frame["doc_id"] != doc_id])
    expected = table[table["doc_id"] != doc_id].reset_index(drop=True)
    pd.testing.assert_frame_equal(in_order(rest), in_order(expected))


def test_a_document_whose_rows_were_taken_out_is_still_there(targets, corpus):
    """An example from the documentation: a filter, then a merge, then the matrix."""
    rest = targets[targets.doc_id != "fuxin-2017"]
    rest = rest.merge(corpus.table[["doc_id", "issuer"]], on="doc_id")
    aligned = ipc.align_targets(rest)
    for matrix in (ipc.target_matrix(aligned), ipc.incentive_matrix(aligned)):
        assert list(matrix.columns) == [document.doc_id for document in corpus.documents]
        assert set(matrix["fuxin-2017"]) == {"未见表述"}
    assert ipc.target_coverage(rest, aligned).set_index("doc_id").at["fuxin-2017", "n_mention"] == 0


@pytest.mark.parametrize(
    "function",
    [ipc.extract_targets, ipc.match_clauses, ipc.clause_themes, ipc.theme_profile, section_similarity],
)  # fmt: skip
def test_provisions_without_the_one_above_them_are_refused(function):
    """They take its heading and its year: alone they would be read in another way."""
    alone = ipc.leaf_provisions(STUDY.clauses)
    with pytest.raises(ValueError, match=r"jia#2.1 stands under jia#2, .* choose rows of the res"):
        function(alone)


def test_what_a_row_says_alone_may_be_asked_of_any_rows():
    alone = ipc.leaf_provisions(STUDY.clauses)
    found = ipc.kwic(STUDY.clauses, "质押融资")
    expected = found[found["clause_id"].isin(alone["clause_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(ipc.kwic(alone, "质押融资"), expected)
    assert ipc.department_functions(alone)[list(ORDER)].sum().sum() == 4


# --- one column -------------------------------------------------------------------------------


def with_values(table, **columns):
    return TABLES[table].head(2).assign(**columns)


@pytest.mark.parametrize(
    ("table", "columns", "problem"),
    [
        ("clauses", {"path": [1.1, 1.2]}, "path is no text .*read as numbers; .* read_table"),
        ("targets", {"number": [3000, 5]}, "number is no text .*read as numbers; .* read_table"),
        ("clauses", {"label": ["一、", 2]}, "label is no text .*read as numbers"),
        ("clauses", {"char_start": [0, 1.5]}, "char_start is no integer throughout"),
        ("clauses", {"char_start": [0, None]}, "char_start has missing values"),
        ("clauses", {"role": ["section", "chapter"]}, "role holds chapter; known are letterhead,"),
        ("clauses", {"leaf": ["yes", "no"]}, "leaf is no boolean throughout .'yes'"),
        ("clauses", {"units": ["[市科技局", "[]"]}, "units is no list throughout"),
        ("targets", {"kind": ["target", None]}, "kind holds ; known are target, incentive"),
        ("targets", {"low": ["3", "many"]}, "low is no number throughout"),
        ("targets", {"target_id": ["a", None]}, "target_id has missing values"),
    ],
)
def test_values_of_another_kind_are_refused(table, columns, problem):
    made_by = {"clauses": "clause_table", "targets": "extract_targets"}[table]
    with pytest.raises(ValueError, match=rf"the column {problem}.*make the table with {made_by}"):
        checked(with_values(table, **columns), table)


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ({"units": ["['市科技局', '市财政局']", "[]"]}, [["市科技局", "市财政局"], []]),
        ({"units": ["市科技局；市财政局", None]}, [["市科技局", "市财政局"], []]),
        ({"units": [("市科技局",), float("nan")]}, [["市科技局"], []]),
        ({"leaf": ["True", "False"]}, [True, False]),
        ({"leaf": pd.array([True, False], dtype="boolean")}, [True, False]),
        ({"depth": [1.0, None]}, [1, pd.NA]),
        ({"char_start": ["0", "7"]}, [0, 7]),
        ({"text": ["甲", None]}, ["甲", ""]),
    ],
)
def test_values_in_the_form_of_a_file_are_taken(columns, values):
    ((name, _),) = columns.items()
    assert checked(with_values("clauses", **columns), "clauses")[name].tolist() == values


def test_paths_and_numbers_keep_their_zeros_in_a_file(tmp_path):
    numbers = [target("商标", 1, number=number) for number in ("1.10", "05", "3000")]
    paths = [clause(path=path, body="甲") for path in ("1", "1.10")]
    for frame, table in ((target_rows(*numbers), "targets"), (clause_rows(*paths), "clauses")):
        with pytest.raises(ValueError, match="read the file with read_table"):
            checked(through_csv(frame), table)
        read = order_documents(checked(through_our_csv(frame, tmp_path), table), ["a"])
        pd.testing.assert_frame_equal(read, checked(frame, table))


@pytest.mark.parametrize(
    "text", ["-推进", "=1+1", "'=1+1", "''-x", "+86", "@甲", "'甲", "=", "\t甲"]
)
def test_words_that_a_spreadsheet_would_run_come_back_as_they_were(tmp_path, text):
    frame = clause_rows(clause(body=text))
    read = order_documents(through_our_csv(frame, tmp_path), ["a"])
    pd.testing.assert_frame_equal(checked(read, "clauses"), checked(frame, "clauses"))


def test_a_pair_of_provisions_stands_once():
    rows = match_rows(("a#1", "b#1", 0.5), ("b#1", "a#1", 0.5), ("a#1", "b#1", 0.4))
    with pytest.raises(ValueError, match="a#1 – b#1 stands 2 times in clause_id, match_id"):
        checked(rows, "matches")


def test_only_what_is_asked_for_must_be_there():
    frame = STUDY.targets[["target_id", "unit"]]
    assert checked(frame, "targets", only=("target_id", "unit")) is frame
    with pytest.raises(ValueError, match="lacks the columns clause_id, doc_id, number"):
        checked(frame, "targets")


# --- documents --------------------------------------------------------------------------------


def test_the_documents_of_a_table_and_those_in_it():
    some = STUDY.targets[STUDY.targets["doc_id"] == "yi"]
    assert documents_of(some) == ORDER and documents_in(some) == ["yi"]
    assert documents_in(some.astype({"doc_id": str})) == ["yi"]


def test_columns_are_documented_in_both_languages():
    for table, made in TABLES.items():
        assert tuple(made.columns) == columns_of(table)
    assert tuple(STUDY.qualitative.columns) == columns_of("qualitative")
    assert tuple(STUDY.matches.columns) == columns_of("matches")
    assert tuple(STUDY.passages.columns) == columns_of("passages")


def test_what_is_made_is_in_the_form_that_is_asked_for(clauses, targets, aligned, matches):
    assert checked(clauses, "clauses") is clauses
    assert checked(targets, "targets") is targets
    assert checked(matches, "matches") is matches
    pd.testing.assert_frame_equal(checked_aligned(aligned), aligned)


@pytest.mark.parametrize(
    "function",
    [
        lambda m: ipc.wording.counterparts(STUDY.clauses, "jia", "yi", matches=m),
        lambda m: ipc.wording.correspondence_table(STUDY.clauses, matches=m),
    ],
)
def test_a_cut_table_of_matches_is_refused_where_all_pairs_are_needed(function):
    pd.testing.assert_frame_equal(function(STUDY.all_matches), function(None))
    with pytest.raises(ValueError, match="not all of them; make it with match_clauses"):
        function(ipc.match_clauses(STUDY.clauses, top_n=1))


@pytest.mark.parametrize("wrong", [None, [1], {"doc_id": ["a"]}, "clauses.csv"])
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(ValueError, match=r"is no table; make it with clause_table\(\)"):
        ipc.document_similarity(wrong)


def test_two_texts_of_one_name_are_named():
    with pytest.raises(ValueError, match="two documents are called a"):
        ipc.clause_table([Document("a", "一、甲。"), Document("a", "一、乙。")])


def test_a_pair_of_an_unknown_text_is_named():
    with pytest.raises(KeyError, match="ding is no document"):
        ipc.raised_targets(STUDY.aligned, CORPUS, pairs=[("jia", "ding")])
