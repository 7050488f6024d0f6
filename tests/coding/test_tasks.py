"""Tasks and codebooks: complete, in both languages, and refused with the line that is wrong."""

import pytest
from files import ROOT

from ipcompare.coding import coding_tasks, draw_sample, read_codebook, read_coding, write_sample
from ipcompare.coding.coding_files import SCALES, UNITS
from ipcompare.coding.coding_units import population, sentence_spans
from ipcompare.coding.coding_values import bounds, clean_value, place_of
from ipcompare.coding.sample_making import read_coders
from ipcompare.data import PlainError, data_text
from ipcompare.wording.themes import themes

TASKS = coding_tasks()
OWN = """id = "duty"
zh = "义务"
unit = "clause"
instructions = "谁必须做什么？"

[[field]]
id = "binds"
zh = "约束力"
values = ["yes", "no"]

[[field]]
id = "who"
en = "who"
scale = "text"
needed = false
"""


def test_the_codebook_of_the_package_is_that_of_the_corpus():
    assert data_text("coding/codebook.md") == (ROOT / "corpus/codebook.md").read_text("utf-8")


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_task_is_complete(task):
    assert task.unit in UNITS and task.instructions and task.fields
    for field in task.fields:
        assert field.scale in SCALES and field.zh != field.en and field.definition
        assert bool(field.values) == (field.scale in ("nominal", "ordinal", "set"))
        ids = [value.id for value in field.values]
        assert len(set(ids)) == len(ids) and not any(set(id) & set(";； ") for id in ids)


def test_themes_and_tools_are_those_of_their_files():
    fields = {field.id: field for field in TASKS["tools"].fields}
    assert [v.id for v in fields["fields"].values] == [*themes().names, "general", "other"]
    tools = {value.id: value for value in fields["tools"].values}
    assert len(tools) == 14 and tools["tax"].zh == "环境型：税收优惠"
    assert "不包括" not in fields["fields"].values[0].definition
    assert "给予资助" in fields["fields"].values[0].definition


def test_a_codebook_of_ones_own_works_the_same_way(study, tmp_path):
    path = tmp_path / "duty.toml"
    path.write_text(OWN, encoding="utf-8")
    sample = draw_sample(study, codebook=path, n=20)
    assert len(sample.items) == 20 and sample.machine.empty
    coding = read_coding(write_sample(sample, tmp_path / "duty"))
    assert coding.task == "duty" and coding.unit == "clause" and coding.fields == sample.task.fields
    assert [v.zh for v in coding.fields[0].values] == ["yes", "no"]
    assert coding.fields[1].zh == "who" and not coding.fields[1].needed
    assert coding.items["p"].tolist() == sample.items["p"].tolist()
    assert coding.items["text"].tolist() == sample.items["text"].tolist()


@pytest.mark.parametrize("unit", ["sentence", "pair", "document"])
def test_other_units_of_ones_own(study, tmp_path, unit):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace("clause", unit), encoding="utf-8")
    items = draw_sample(study, codebook=path, n=10).items
    assert len(items) == min(10, 5 if unit == "document" else 10)
    assert items["text"].ne("").all() and items["text_hash"].str.fullmatch("[0-9a-f]{16}").all()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit = "clause"', 'unit = "page"', "line 3: unit is 'page', must be one of sentence, cl"),
        ('id = "duty"', 'id = "themes"', "line 1: id 'themes' is a task of ours"),
        ('id = "duty"', 'id = "两个"', "id must be a short name"),
        ("zh =", "name =", "line 2: unknown key 'name'; known are en, field"),
        ('"yes", "no"', '"yes"', "field 'binds': a nominal field needs two values"),
        ('"yes", "no"', '"yes", "yes"', "value 'yes' stands twice"),
        ('"yes", "no"', '"a;b", "no"', "value 'a;b' must be a word without ;"),
        ('scale = "text"', 'scale = "words"', "scale is 'words', must be one of nominal"),
        ('id = "who"', 'id = "binds"', "field 'binds' stands twice"),
        ("needed = false", "need = false", "field who: got an unexpected keyword argument 'need'"),
        ("[[field]]", "[[question]]", "unknown key 'question'"),
        ("needed = false", "needed =", "is not TOML"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_refused(tmp_path, old, new, said):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(old, new, 1 if old == "zh =" else -1), encoding="utf-8")
    with pytest.raises(PlainError) as error:
        read_codebook(path)
    assert str(path) in str(error.value) and said in str(error.value)


def test_an_unknown_task_lists_those_there_are(study):
    with pytest.raises(PlainError, match="no task 'goals'; there are mentions, alignment"):
        draw_sample(study, "goals")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a", "A"], "a name of its own"), ([], "a name of its own"), (["a/b"], "use letters"),
        (["a:robot"], "person or model"), ([".a"], "use letters"),
    ],
)  # fmt: skip
def test_coders_with_names_that_will_not_do(names, said):
    with pytest.raises(PlainError, match=said):
        read_coders(names)


def test_coders_are_people_or_models():
    assert [(c.name, c.kind) for c in read_coders(["王芳", "gpt:model"])] == [
        ("王芳", "person"), ("gpt", "model"),
    ]  # fmt: skip


# --- what is drawn from, and what the tool says -----------------------------------------------


def test_every_number_stands_in_one_of_the_sentences(study):
    frame = population(study, TASKS["mentions"])
    spans = set(zip(frame["clause_id"], frame["start"], frame["end"], strict=True))
    own = study.targets[["clause_id", "quote_start", "quote_end"]].itertuples(index=False)
    assert set(own) <= spans
    assert len(frame) == len(spans) and frame["found"].sum() == len(set(
        map(tuple, study.targets[["clause_id", "quote_start"]].to_numpy())))  # fmt: skip


def test_sentences_of_a_text():
    assert sentence_spans("一、目标\n到2020年，建成5家。（一）开展宣传；评估") == [
        (0, 4),
        (5, 17),
        (17, 27),
    ]
    assert sentence_spans("……\n——") == []


def test_pairs_are_all_pairs_of_two_texts(study):
    frame = population(study, TASKS["pairs"])
    leaves = study.clauses[study.clauses["leaf"]].groupby("doc_id", observed=True).size()
    assert len(frame) == (leaves.sum() ** 2 - (leaves**2).sum()) // 2
    assert not frame.duplicated(["clause_id", "match_id"]).any()


def test_what_the_tool_says_of_mentions_is_its_table(study):
    sample = draw_sample(study, "mentions", n=10_000)
    said = sample.machine.query("field == 'target_id'")
    assert sorted(said["value"]) == sorted(study.targets["target_id"])
    places = dict(zip(said["value"], said["part"], strict=True))
    assert all(places[row.target_id] == str(row.number_start) for row in study.targets.itertuples())
    counted = sample.machine.query("field == 'mentions'")
    assert len(counted) == len(sample.items) and counted["value"].astype(int).sum() == len(said)


def test_neighbours_are_those_of_the_text(study):
    items = draw_sample(study, "themes", n=10_000).items.set_index("clause_id")
    row = items.loc["hebei-2016#2.2"]
    assert row["before"].startswith("（一）") and row["after"].startswith("（三）")
    assert row["above"] == "二、推进知识产权管理体制机制改革"
    assert items["before"].ne("").all()  # a title at least


def test_the_other_number_is_of_another_text_and_the_same_indicator(study):
    items = draw_sample(study, "alignment", n=10_000).items
    laid = dict(study.aligned[["target_id", "indicator"]].to_numpy())
    two = items[items["other_id"].ne("")]
    assert len(two) > 100
    for row in two.itertuples():
        assert laid[row.other_id] == row.indicator
        assert row.other_id.partition("#")[0] != row.doc_id


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "unit", "sentence", "place"),
    [
        ("10", "家", "到2010年10月建成10家", 11),
        ("1.5", "亿元", "投入11.5亿元、1.5亿元", 9),
        ("1,000", "件", "达到1,000件", 2),
        ("三百", "件", "三百二十件、三百件", 6),
        ("３", "家", "培育 ３ 家", 3),
        ("20-30", "个", "20%～30个，20—30个", 0),
        ("5", "", "第5条给予5万元", 1),
    ],
)
def test_where_a_number_stands(number, unit, sentence, place):
    assert place_of(number, sentence, unit) == place


def test_a_number_taken_is_not_taken_again():
    assert place_of("5", "5家和5家", "家", [0]) == 3
    with pytest.raises(PlainError, match="it stands 2 times in the sentence"):
        place_of("5", "5家和5家", "家", [0, 3])


@pytest.mark.parametrize("number", ["-" * 40, "1" * 41, "6", "15"])
def test_what_does_not_stand_in_the_sentence(number):
    with pytest.raises(PlainError, match="it does not stand in the sentence"):
        place_of(number, "-" * 2000 + "1" * 50 + "、2016年、1.5%")


@pytest.mark.parametrize(
    ("number", "ends"),
    [("2.50", ("2.5", "2.5")), ("20—30", ("20", "30")), ("1,200", ("1200", "1200")),
     ("数百", ("", "")), ("1/3", ("", ""))],
)  # fmt: skip
def test_ends_of_a_number(number, ends):
    assert bounds(number) == ends


def test_answers_come_into_one_form():
    fields = {field.id: field for task in TASKS.values() for field in task.fields}
    for said in ("target", "目标", "Target", " 目标 target "):
        assert clean_value(fields["kind"], said) == "target"
    assert (
        clean_value(fields["comparator"], ">=") == clean_value(fields["comparator"], "至少") == ">="
    )
    assert clean_value(fields["low"], 10.0) == clean_value(fields["low"], "１０") == "10"
    assert clean_value(fields["themes"], "运用；创造、use") == "creation;use"
    assert clean_value(fields["each"], None) == clean_value(fields["low"], float("nan")) == ""
