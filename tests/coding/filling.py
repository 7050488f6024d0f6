"""A coder made of a program: fills a sheet with given codes, as a person would in the cells."""

from collections import defaultdict

from openpyxl import load_workbook

from ipcompare.coding.coding_sheets import sheet_columns
from ipcompare.coding.coding_values import label_of


def shown(field, value):
    """What a person chooses in the drop-down, or types."""
    return next((label_of(v) for v in field.values if v.id == value), value)


def fill(path, coding, codes):
    """Write codes (item_id, part, field, value) into the sheet at ``path``."""
    columns = {key: (n, field) for n, (key, _, field) in enumerate(sheet_columns(coding), 1)}
    parts = defaultdict(dict)
    for row in codes.itertuples():
        parts[row.item_id].setdefault(row.part, {})[row.field] = row.value
    book = load_workbook(path)
    sheet = book.worksheets[0]
    lines = defaultdict(list)
    for n in range(2, sheet.max_row + 1):
        lines[sheet.cell(n, 1).value].append(n)
    for item_id, rows in parts.items():
        counted = rows.pop("", {}) if coding.task == "mentions" else {}
        answers = list(rows.values()) or [{"number": "无"}] * bool(counted)
        for answer in answers:
            own = lines[item_id]
            line = own.pop(0) if own else sheet.max_row + 1
            sheet.cell(line, 1, item_id)
            write(sheet, line, answer, columns)
    book.save(path)


def write(sheet, line, answer, columns):
    for key, (n, field) in columns.items():
        if field is None:
            continue
        id, _, slot = key.partition("#")
        value = answer.get(id, "")
        if slot:
            chosen = value.split(";") if value else []
            value = chosen[int(slot) - 1] if int(slot) <= len(chosen) else ""
        if value:
            sheet.cell(line, n, shown(field, value)).data_type = "s"
