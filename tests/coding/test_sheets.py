"""Sheets are blind, filled in a spreadsheet program, and read back with errors that say where."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from filling import fill
from openpyxl import load_workbook

from ipcompare.coding import coding_progress, draw_sample, read_coding, read_sheet, write_sample
from ipcompare.coding.coding_files import LONG
from ipcompare.coding.coding_sheets import sheet_columns
from ipcompare.data import PlainError

TASKS = ("mentions", "alignment", "conditions", "pairs", "themes", "tools")
OFFICE = shutil.which("soffice")
# What of the tool's words a field cannot hold: kept for the comparison alone.
KEPT = ("target_id", "rank")


@pytest.fixture(scope="session")
def made(study, tmp_path_factory):
    """The folder of each task, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("codings")
    for task in TASKS:
        n = 200 if task == "mentions" else 30
        write_sample(draw_sample(study, task, n=n, coders=("a", "b", "gpt:model")), folder / task)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return lambda task: shutil.copytree(made / task, tmp_path / task)


def told(coding):
    """What the tool says, as the codes of a coder who says the same."""
    said = coding.machine[~coding.machine["field"].isin(KEPT)]
    lists = coding.task in ("themes", "tools")  # four may be chosen in a sheet, in its order
    if lists:
        said = said.assign(value=[";".join(v.split(";")[:4]) for v in said["value"]])
    return said[said["value"] != ""]


def as_set(codes):
    rows = codes[list(LONG)].to_numpy().tolist()
    return {(i, p, f, ";".join(sorted(v.split(";")))) for i, p, f, v in rows}


@pytest.mark.parametrize("task", TASKS)
def test_a_filled_sheet_is_read_back(folder, task):
    coding = read_coding(folder(task))
    assert coding.codes.empty and coding.adjudicated is None
    fill(coding.folder / "sheets/a.xlsx", coding, told(coding))
    codes = read_sheet(coding.folder / "sheets/a.xlsx")
    assert as_set(codes) == as_set(told(coding)) and len(codes) > 20
    again = read_coding(coding.folder)
    assert set(again.codes["coder"]) == {"a"} and set(again.codes["coder_kind"]) == {"person"}
    needed = {"n_done": len(coding.items)} if task in ("mentions", "pairs", "alignment") else {}
    assert needed.items() <= coding_progress(again).iloc[0].to_dict().items()
    assert coding_progress(again)["n_done"].tolist()[1:] == [0, 0]


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice: apt-get install libreoffice-calc")
def test_a_sheet_of_200_items_saved_by_libreoffice_is_read_back(folder, tmp_path):
    coding = read_coding(folder("mentions"))
    assert len(coding.items) == 200
    sheet = coding.folder / "sheets/a.xlsx"
    fill(sheet, coding, told(coding))
    before = read_sheet(sheet)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, sheet]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    saved = shutil.move(tmp_path / "a.xlsx", sheet)
    assert b"LibreOffice" in unzipped(saved, "docProps/app.xml")
    pd.testing.assert_frame_equal(read_sheet(sheet), before)
    assert as_set(before) == as_set(told(coding))
    rules = load_workbook(sheet).worksheets[0].data_validations.dataValidation
    assert sum(rule.type == "list" for rule in rules) >= 4  # the drop-downs are there yet


def unzipped(path, name):
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.mark.parametrize("task", TASKS)
def test_a_sheet_is_blind_and_has_drop_downs(folder, task):
    coding = read_coding(folder(task))
    sheet = load_workbook(coding.folder / "sheets/a.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [title for _, title, _ in sheet_columns(coding)]
    cells = {str(c.value) for row in sheet.iter_rows(min_row=2) for c in row if c.value}
    hidden = coding.items.reindex(columns=["stratum", "target_id", "indicator", "other_id"])
    hidden = set(hidden.stack().astype(str)) - {"", "nan"}
    assert not cells & hidden and hidden
    answers = range(len(heads) - len([1 for *_, f in sheet_columns(coding) if f]), len(heads))
    assert all(sheet.cell(r, n).value is None for n in answers for r in range(2, 9))
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    wanted = [f for *_, f in sheet_columns(coding) if f and f.values]
    assert len(lists) == len(wanted) > 0
    mild = [rule.errorStyle for rule in lists].count("warning")  # more than four in one cell
    assert mild == sum(field.scale == "set" for field in wanted)


def test_a_long_sentence_is_whole_in_its_row(folder):
    coding = read_coding(folder("mentions"))
    sheet = load_workbook(coding.folder / "sheets/a.xlsx").worksheets[0]
    words = [cell.value for cell in sheet[1]].index("要编的文字 To be coded")
    for row in sheet.iter_rows(min_row=2, max_row=60):
        points = sheet.row_dimensions[row[0].row].height
        lines = len(row[words].value or "") // 30 + 1  # sixty narrow characters a line
        assert points >= min(15 * lines, 400)


def test_every_coder_has_an_order_of_the_own(folder):
    coding = read_coding(folder("pairs"))
    orders = []
    for coder in ("a", "b", "gpt"):
        sheet = load_workbook(coding.folder / f"sheets/{coder}.xlsx").worksheets[0]
        orders.append([sheet.cell(n, 1).value for n in range(2, sheet.max_row + 1)])
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(coding.items["item_id"])
    assert len({tuple(order) for order in orders}) == 3


def test_the_instructions_have_the_codebook_and_every_value(folder):
    coding = read_coding(folder("themes"))
    sheet = load_workbook(coding.folder / "sheets/a.xlsx")["说明 Instructions"]
    words = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "every theme that one of its measures serves" in words
    assert all(value.zh in words for value in coding.fields[0].values)


def test_the_same_sample_is_written_with_the_same_bytes(made, study, tmp_path):
    again = write_sample(
        draw_sample(study, "pairs", n=30, coders=("a", "b", "gpt:model")), tmp_path / "again"
    )
    files = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert len(files) == 6
    assert all((again / f).read_bytes() == (made / "pairs" / f).read_bytes() for f in files)


# --- errors -----------------------------------------------------------------------------------


def sentence_with(coding, pattern):
    """The item_id of the first sentence in which a pattern stands."""
    found = coding.items[coding.items["text"].str.contains(pattern, regex=True)]
    return found["item_id"].iloc[0]


def changed(coding, edits):
    """Write cells: (item_id, column key, value); the row and letter of the last one."""
    path = coding.folder / "sheets/a.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    keys = [key for key, *_ in sheet_columns(coding)]
    used = set()
    for item_id, key, value in edits:
        rows = [n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == item_id]
        row = next(n for n in rows if (n, key) not in used)
        used.add((row, key))
        cell = sheet.cell(row, keys.index(key) + 1)
        cell.value = value
    book.save(path)
    return path, cell


@pytest.mark.parametrize(
    ("task", "key", "value", "said"),
    [
        (
            "pairs",
            "relation",
            "alike",
            "'alike'; it may be: 无关 not related; 相关 related; 同一措施",
        ),
        ("themes", "themes#2", "钱", "'钱'; it may be: 创造 "),
        ("mentions", "kind", "goal", "'goal'; it may be: 目标 target; 激励"),
        ("mentions", "low", "ten", "'ten'; it must be a number"),
        ("mentions", "number", "98765", "'98765': it does not stand in the sentence"),
        ("mentions", "number", "5%", "leave the % out"),
    ],
)
def test_an_answer_that_is_not_allowed_names_its_cell(folder, task, key, value, said):
    coding = read_coding(folder(task))
    edits = [("i002", key, value)]
    if key in ("kind", "low"):
        edits.insert(0, ("i002", "number", "无"))
    path, cell = changed(coding, edits)
    with pytest.raises(PlainError) as error:
        read_sheet(path)
    text = str(error.value)
    assert f"{path}, sheet '编码 Codes', row {cell.row}, cell {cell.coordinate}: " in text
    assert said in text


def test_a_number_that_stands_twice_is_placed_in_the_order_of_the_rows(folder):
    coding = read_coding(folder("mentions"))
    item = sentence_with(coding, r"10家.*[^\d.]10家|[^\d.]5万元.*[^\d.]5万元")
    text = coding.items.set_index("item_id")["text"][item]
    number = re.search(r"(10)家.*[^\d.]10家|(5)万元.*5万元", text)
    number = number[1] or number[2]
    own = [found.start() for found in re.finditer(rf"(?<![\d.]){number}(?![\d.])", text)]
    path, _ = changed(coding, [(item, "number", number)] * 2)
    assert read_sheet(path).query("field == 'number'")["part"].tolist() == [str(n) for n in own[:2]]


def test_a_number_typed_as_a_number_and_one_that_says_none(folder):
    coding = read_coding(folder("mentions"))
    item = sentence_with(coding, r"(?<![\d.])15%")
    silent = coding.items.loc[coding.items["item_id"] != item, "item_id"].iloc[0]
    path, _ = changed(
        coding, [(item, "number", 15), (item, "kind", "目标"), (silent, "number", "None")]
    )
    codes = read_sheet(path).set_index(["item_id", "field"])["value"]
    assert codes[item].to_dict() == {
        "mentions": "1", "number": "15", "low": "15", "high": "15", "kind": "target",
    }  # fmt: skip
    assert codes[silent].to_dict() == {"mentions": "0"}


def test_a_sentence_cannot_have_a_number_and_none(folder):
    coding = read_coding(folder("mentions"))
    item = sentence_with(coding, r"(?<![\d.])15%")
    path, cell = changed(coding, [(item, "number", "15"), (item, "number", "无")])
    with pytest.raises(PlainError, match=f"{cell.coordinate}: says that {item} has no number"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("value", "said"),
    [("i999", "item 'i999' was not drawn; items are i001 to i030"), ("", "the item is missing"),
     ("i003", "item i003 stands in row")],
)  # fmt: skip
def test_strange_items_are_refused(folder, value, said):
    coding = read_coding(folder("pairs"))
    changed(coding, [(item, "relation", "相关 related") for item in ("i002", "i003")])
    path, cell = changed(coding, [("i002", "item_id", value or None)])
    with pytest.raises(PlainError, match=said):
        read_sheet(path)


def test_columns_may_be_moved_and_not_renamed(folder):
    coding = read_coding(folder("pairs"))
    changed(coding, [("i002", "relation", "相关 related")])
    path = coding.folder / "sheets/a.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.move_range(f"A1:A{sheet.max_row}", cols=30)
    book.save(path)
    assert read_sheet(path)["value"].tolist() == ["related"]
    sheet.cell(1, 31).value = "Nummer"
    book.save(path)
    with pytest.raises(PlainError, match="row 1: lacks the head 编号 Item"):
        read_sheet(path)


@pytest.mark.parametrize("data", [b"", b"item,relation\n", b"PK\x03\x04"])
def test_what_is_no_sheet_is_refused(folder, data):
    coding = read_coding(folder("pairs"))
    path = coding.folder / "sheets/a.xlsx"
    path.write_bytes(data)
    with pytest.raises(PlainError, match="is no XLSX file"):
        read_sheet(path)


def test_codes_of_page_and_sheet_must_be_the_same(folder):
    coding = read_coding(folder("pairs"))
    changed(coding, [("i002", "relation", "相关 related")])
    codes = coding.folder / "codes/a.csv"
    codes.parent.mkdir()
    codes.write_text("item_id,part,field,value,note\ni002,,relation,related,\n", "utf-8")
    assert len(read_coding(coding.folder).codes) == 1
    codes.write_text("item_id,part,field,value,note\ni002,,relation,same,\n", "utf-8")
    with pytest.raises(PlainError, match=r"codes/a.csv and .*sheets/a.xlsx both .* first i002"):
        read_coding(coding.folder)


def test_a_coding_is_never_written_over(folder, study):
    place = folder("pairs")
    with pytest.raises(PlainError, match="holds a coding already"):
        write_sample(draw_sample(study, "pairs", n=5), place)
