"""The page to code on: served to this machine alone, one item at a time, saved after each answer.

The address holds a token drawn anew each time; a request without it, of another origin or to
another host is refused. The page knows what a coder may see (``SEEN``) and nothing else of an item.
"""

import json
import secrets
import threading
import webbrowser
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.coding.coding_files import MENTIONS, Coding, codes_path, sheet_path, write_text_table
from ipcompare.coding.coding_values import (
    NUMBER,
    clean_value,
    codes_frame,
    count_code,
    done_items,
    in_order_of,
    mention_codes,
    plain_answer,
)
from ipcompare.coding.reading_codes import codes_of, without_codes
from ipcompare.coding.words_seen import SEEN
from ipcompare.data import PlainError, data_text
from ipcompare.words import word_table

HOST = "127.0.0.1"
LONGEST = 1_000_000  # bytes of one answer
_FILES = {
    "": ("coding.html", "text/html"),
    "coding.js": ("coding.js", "text/javascript"),
    "coding.css": ("coding.css", "text/css"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class CodesOnDisk:
    """The codes of one coder, held in memory and in ``codes/<coder>.csv`` alike."""

    def __init__(self, folder: Path | str, coder: str):
        self.coding: Coding = without_codes(folder)
        self.coder = self.coding.coder(coder)
        self.path = codes_path(self.coding.folder, coder)
        self.items = {item["item_id"]: item for item in in_order_of(self.coding, coder)}
        self.codes: pd.DataFrame = codes_of(self.coding, coder)
        if len(self.codes) and not self.path.is_file():
            sheet = sheet_path(self.coding.folder, coder)
            raise PlainError(f"{sheet} holds codes already; go on there, or move it away")
        self.lock = threading.Lock()

    def state(self) -> dict[str, Any]:
        """What the page shows: task, fields, items in this coder's order, codes so far, words."""
        coding = self.coding
        return {
            "task": [coding.zh, coding.en], "mentions": coding.task == MENTIONS,
            "coder": self.coder.name, "instructions": coding.instructions,
            "fields": [_field(field) for field in coding.fields],
            "items": [
                {key: item[key] for key in ("item_id", *SEEN) if item.get(key)}
                for item in self.items.values()
            ],
            "codes": self.codes.to_dict("records"),
            "done": sorted(done_items(coding, self.codes)),
            "words": word_table("coding"),
        }  # fmt: skip

    def answer(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Take the answers to one item in place of those before, and write the file.

        ``said``: item_id, rows (a mapping of field to answer each; one row, or a mention each),
        note, and for mentions ``finished``. PlainError where an answer is not allowed; nothing is
        written then.
        """
        item = self.items.get(str(said.get("item_id")))
        if item is None:
            raise PlainError(f"no item {said.get('item_id')!r} was drawn")
        with self.lock:
            rows = self._rows(item, said)
            others = self.codes[self.codes["item_id"] != item["item_id"]]
            codes = pd.concat([others, codes_frame(rows)], ignore_index=True)
            place = {item_id: n for n, item_id in enumerate(self.coding.items["item_id"])}
            codes = codes.sort_values(
                "item_id", key=lambda ids: ids.map(place), kind="stable", ignore_index=True
            )
            write_text_table(codes, self.path)
            self.codes = codes
        done = done_items(self.coding, codes)
        return {"done": item["item_id"] in done, "n_done": len(done)}

    def _rows(self, item: dict[str, Any], said: Mapping[str, Any]) -> list[tuple]:
        note, given = plain_answer(said.get("note")), said.get("rows")
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            raise PlainError("rows must be a list of answers")
        rows = [self._clean(row) for row in given]
        if self.coding.task != MENTIONS:
            return self._single(item["item_id"], rows[0] if rows else {}, note)
        found = mention_codes(self.coding, item, [row for row in rows if row[NUMBER]])
        counted = [count_code(item["item_id"], sum(bool(row[NUMBER]) for row in rows), note)]
        return (counted if said.get("finished") else []) + found

    def _clean(self, row: Mapping[str, Any]) -> dict[str, str]:
        said = {}
        for field in self.coding.fields:
            value = row.get(field.id)
            value = ";".join(map(str, value)) if isinstance(value, list) else value
            said[field.id] = clean_value(field, value)
        return said

    def _single(self, item_id: str, row: Mapping[str, str], note: str) -> list[tuple]:
        """One code a field answered; the note stands with the first."""
        found = [(id, value) for id, value in row.items() if value]
        if note and not found:
            found = [(self.coding.fields[0].id, "")]
        return [(item_id, "", id, value, "" if n else note) for n, (id, value) in enumerate(found)]


def _field(field: Any) -> dict[str, Any]:
    return {
        "id": field.id, "name": [field.zh, field.en], "scale": field.scale,
        "definition": field.definition, "needed": field.needed,
        "values": [
            {"id": value.id, "name": [value.zh, value.en], "definition": value.definition}
            for value in field.values
        ],
    }  # fmt: skip


def page_server(folder: Path | str, coder: str, port: int = 0) -> tuple[ThreadingHTTPServer, str]:
    """The server, not yet running, and the address of its page; port 0 takes a free one."""
    codes, token = CodesOnDisk(folder, coder), secrets.token_urlsafe(24)
    try:
        server = ThreadingHTTPServer((HOST, port), BaseHTTPRequestHandler)
    except OSError as error:
        raise PlainError(f"port {port} cannot be used ({error}); give another --port") from error
    server.daemon_threads = True
    server.RequestHandlerClass = _handler(codes, token, server.server_address[1])
    return server, f"http://{HOST}:{server.server_address[1]}/{token}/"


def serve_page(
    folder: Path | str,
    coder: str,
    port: int = 0,
    *,
    show: bool = False,
    tell: Callable[[str], Any] = print,
) -> None:
    """Serve the page of one coder until Ctrl-C; ``tell`` gets its address, ``show`` opens it.

    Codes are in ``codes/<coder>.csv`` after each answer, where the next time goes on.
    """
    server, address = page_server(folder, coder, port)
    with server:
        tell(address)
        if show:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("")


def _handler(codes: CodesOnDisk, token: str, port: int) -> type[BaseHTTPRequestHandler]:
    """A handler for one coder, one token, one port."""
    hosts = {f"{HOST}:{port}", f"localhost:{port}"}
    origins = {f"http://{host}" for host in hosts}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self._asked()
            if name == "state":
                self._send(HTTPStatus.OK, json.dumps(codes.state()), "application/json")
            elif name in _FILES:
                file, kind = _FILES[name]
                self._send(HTTPStatus.OK, data_text(f"style/{file}"), kind)
            elif name is not None:
                self._send(HTTPStatus.NOT_FOUND, "", "text/plain")

        def do_POST(self) -> None:
            if (name := self._asked(writes=True)) is None:
                return
            size = self.headers.get("Content-Length", "")
            if name != "answer" or not size.isdigit() or int(size) > LONGEST:
                self._send(HTTPStatus.BAD_REQUEST, "", "text/plain")
                return
            self._answer(self.rfile.read(int(size)))

        def _answer(self, body: bytes) -> None:
            try:
                said = json.loads(body)
                if not isinstance(said, dict):
                    raise PlainError("an answer is an object")
                found, status = codes.answer(said), HTTPStatus.OK
            except (ValueError, OSError) as error:
                found, status = {"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY
            self._send(status, json.dumps(found), "application/json")

        def _asked(self, writes: bool = False) -> str | None:
            """What is asked for behind the token; None, and refused, for another host or origin,
            a wrong token, or an answer that is not JSON."""
            origin = self.headers.get("Origin")
            site = self.headers.get("Sec-Fetch-Site", "none")
            strange = (
                self.headers.get("Host") not in hosts
                or (origin is not None and origin not in origins)
                or site not in ("none", "same-origin")
                or (writes and self.headers.get_content_type() != "application/json")
            )
            given, _, name = self.path.removeprefix("/").partition("?")[0].partition("/")
            if strange or not secrets.compare_digest(given.encode(), token.encode()):
                self.close_connection = True
                self._send(HTTPStatus.FORBIDDEN, "", "text/plain")
                return None
            return name

        def _send(self, status: HTTPStatus, text: str, kind: str) -> None:
            data = text.encode()
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the address holds the token."""

    return Handler
