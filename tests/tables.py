"""Small tables made by hand, in the form in which the functions of the package give theirs.

``clause``, ``target`` and ``aligned`` are one row each, ``clause_rows``, ``target_rows``,
``aligned_rows`` and ``match_rows`` the tables. What a test does not say is the most ordinary.
Places are counted, never given twice: a table whose places do not fit its words cannot be made.
"""

import json

import pandas as pd

from ipcompare.frames import (
    ALIGNED_COLUMNS,
    CLAUSE_COLUMNS,
    MATCH_COLUMNS,
    PROVISIONS,
    TARGET_COLUMNS,
    order_documents,
)


def clause(
    doc_id="a", path="1", body="", *, role="clause", label="", heading="", closing="", raw=None,
    **fields,
):  # fmt: skip
    """A row of the clause table.

    Its text is label, heading, ``body`` (its own words) and ``closing`` (its departments); ``raw``
    is what the file has for it, where that is not the same.
    """
    lead = label + (f"{heading}。" if heading else "")
    text = lead + body + closing
    usual = {
        "clause_id": f"{doc_id}#{path}", "doc_id": doc_id, "role": role, "path": path,
        "label": label or None, "heading": heading or None, "pinpoint": label or path,
        "text": text, "units": [], "body_start": len(lead), "body_end": len(lead + body),
        "raw": text if raw is None else raw,
    }  # fmt: skip
    return dict.fromkeys(CLAUSE_COLUMNS) | usual | fields


def clause_rows(*rows, documents=None, year=None):
    """The clause table of some rows; in the file each stands on a line of its own.

    ``documents`` are all ids in their order, where some have no row here; ``year`` is the year of
    all of them.
    """
    parents, lengths, table = {row["parent_id"] for row in rows}, {}, []
    for row in rows:
        raw, start = row["raw"], lengths.get(row["doc_id"], 0)
        lengths[row["doc_id"]] = start + len(raw) + 1
        leaf = row["role"] in PROVISIONS and row["clause_id"] not in parents
        place = {"char_start": start, "char_end": start + len(raw)}
        table.append(row | place | {"cuts": cuts(row["text"], raw), "leaf": leaf, "year": year})
    frame = pd.DataFrame(table, columns=list(CLAUSE_COLUMNS))
    frame = frame.astype({"depth": "Int64", "year": "Int64", "leaf": bool})
    return order_documents(frame, documents or list(lengths))


def cuts(text, raw):
    """What ``raw`` has beside the text, found one character after the other."""
    gone, at = [], 0
    for offset, character in enumerate(text):
        place = raw.index(character, at)
        gone += [[offset, raw[at:place]]] if place > at else []
        at = place + 1
    gone += [[len(text), raw[at:]]] if at < len(raw) else []
    return json.dumps(gone) if gone else ""


def target(indicator="知识产权服务机构", low=5, unit="家", *, doc_id="a", **fields):
    """A row of the target table: a plain statement of 5 service organisations."""
    number = fields.get("number", f"{low:g}")
    quote = fields.get("quote", f"{indicator}{number}{unit}。")
    start = fields.get("number_start", quote.find(f"{number}{unit}"))
    assert start >= 0, f"{number}{unit} does not stand in {quote}"
    usual = {
        "doc_id": doc_id, "clause_id": f"{doc_id}#1", "number": number, "low": low, "high": low,
        "comparator": "=", "unit": unit, "indicator": indicator, "measure": "level",
        "per_year": False, "deadline": None, "kind": "target", "quote": quote,
        "name_source": "own", "rule": "goal", "each": "", "condition": "",
        "horizon_note": "", "hardness": None, "counting": None, "proviso": "",
        "number_start": start, "number_end": start + len(f"{number}{unit}"),
    }  # fmt: skip
    return dict.fromkeys(TARGET_COLUMNS) | usual | fields


def target_rows(*rows, documents=None):
    """The target table of some rows; ids count up, one sentence stands behind the other."""
    table, last = [], {}
    for n, row in enumerate(rows, 1):
        start = _sentence_start(row, *last.get(row["doc_id"], (None, 0)))
        last[row["doc_id"]] = row, start
        place = {
            "target_id": f"{row['clause_id']}@{n}", "quote_start": start,
            "quote_end": start + len(row["quote"]),
            "char_start": start + row["number_start"], "char_end": start + row["number_end"],
        }  # fmt: skip
        table.append(place | {name: value for name, value in row.items() if value is not None})
    frame = pd.DataFrame(table, columns=list(TARGET_COLUMNS))
    frame = frame.astype(
        {
            "low": float,
            "high": float,
            "deadline": "Int64",
            "horizon_year": "Int64",
            "per_year": bool,
        }
    )
    return order_documents(frame, documents or list(last))


def _sentence_start(row, before, start):
    """Where the sentence of a row begins: with the row before it, or behind that one's."""
    if before is None:
        return start
    alike = all(row[name] == before[name] for name in ("clause_id", "quote"))
    goes_on = alike and row["number_start"] > before["number_start"]
    return start if goes_on else start + len(before["quote"])


def aligned(indicator="A", doc_id="a", value=5.0, unit="家", **fields):
    """A row of the aligned table: a headline target of its document."""
    usual = {
        "indicator": indicator, "indicator_zh": f"指标{indicator}",
        "indicator_en": f"Indicator {indicator}", "theme": "创造", "doc_id": doc_id,
        "comparator": "=", "low": value, "high": value, "unit": unit,
        "measure": "share" if unit == "%" else "level", "deadline": None, "per_year": False,
        "scope": "", "each": "", "kind": "target", "headline": True, "condition": "", "flag": "",
        "hardness": None, "counting": None, "proviso": "",
        "wording": indicator, "clause_id": f"{doc_id}#1", "quote": f"{indicator}{value:g}{unit}。",
    }  # fmt: skip
    return usual | fields


def aligned_rows(*rows, documents=None):
    """The aligned table of some rows; ids and places count up."""
    counted = ({"target_id": f"{row['clause_id']}@{n}", "char_start": n} for n, row in
               enumerate(rows, 1))  # fmt: skip
    table = [own | row for own, row in zip(counted, rows, strict=True)]
    frame = pd.DataFrame(table, columns=list(ALIGNED_COLUMNS))
    frame = frame.astype({"low": float, "high": float, "deadline": "Int64", "per_year": bool,
                          "headline": bool})  # fmt: skip
    return order_documents(frame, documents or list(dict.fromkeys(frame["doc_id"])))


def match_rows(*rows):
    """The match table of (clause_id, match_id, score, rank, mutual); the last two 1 and True.

    Each was found by its own words: ``rank_score`` is the score.
    """
    table = [(*row[:3], row[2], *row[3:], *(1, True)[len(row) - 3 :]) for row in rows]
    return pd.DataFrame(table, columns=list(MATCH_COLUMNS))
