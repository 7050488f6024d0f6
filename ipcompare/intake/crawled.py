"""JSON lines of a crawler: one document a line, its text in one of the usual fields."""

import json
from typing import Any

from ipcompare.intake import web
from ipcompare.intake.plain import decoded
from ipcompare.intake.sources import Source, SourceError, kind_of

TEXT = ("content", "text", "正文", "内容", "body", "article", "fulltext")


def read(data: bytes, name: str, encoding: str | None = None) -> Source:
    """A file of one record; SourceError for one of several, which ``records`` tells apart."""
    found = records(data, name, encoding)
    if len(found) != 1:
        raise SourceError(f"{name}: holds {len(found)} records; each is a document of its own")
    return _source(found[0][1], name)


def records(data: bytes, name: str, encoding: str | None = None) -> list[tuple[str, str]]:
    """Each record as it stands in the file, with its name: file and line."""
    text, _ = decoded(data, name, encoding)
    whole = _json(text)
    if isinstance(whole, dict):  # one record, perhaps over several lines
        return [(name, text)]
    if isinstance(whole, list):
        given = enumerate(whole, 1)
        return [(f"{name}, record {n}", json.dumps(r, ensure_ascii=False)) for n, r in given]
    lines = enumerate(text.split("\n"), 1)
    return [(f"{name}, line {line}", raw) for line, raw in lines if raw.strip()]


def _json(text: str) -> Any:
    """What the text says as JSON, None where it is none as a whole."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _source(raw: str, where: str) -> Source:
    record = _json(raw)
    if not isinstance(record, dict):
        raise SourceError(f"{where}: is no JSON record with named fields; mend it or leave it out")
    lower = {str(key).lower(): key for key in record}
    key = next((lower[k] for k in TEXT if isinstance(record.get(lower.get(k)), str)), None)
    if key is None:
        fields = ", ".join(map(str, record))
        raise SourceError(f"{where}: no field with the text ({', '.join(TEXT)}); it has {fields}")
    page = record[key].encode(errors="replace")
    source = Source(record[key], "jsonl", "utf-8")
    if kind_of(page) == "html":  # the field holds the page
        source = web.read(page, where, "utf-8")
    source.said |= {str(k): str(v) for k, v in record.items() if k != key and _plain(v)}
    source.notes.append(f"text from the field {key}")
    return source


def _plain(value: object) -> bool:
    return isinstance(value, str | int)
