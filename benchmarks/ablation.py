"""Which cue phrases and rules matter: what changes when one of them is taken out.

Every phrase of ``cues.csv`` and every rule of ``kinds.toml`` is left out once; the sentences that
hold it are read again: the five texts, the cases of the tests, the examples of the rules and of the
phrases. Written is ``ablation.csv``, one row a phrase or rule: ``part``, ``name``, ``phrase`` and
the number of quantities that are read otherwise without it, in the ``texts``, the ``cases`` and the
``examples``. One that changes nothing stands first: delete it, or give it an example that it
decides.

    python benchmarks/ablation.py          (some minutes)
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipcompare import clause_table, extract_targets, read_corpus
from ipcompare.corpus import Document
from ipcompare.quantities import cue_table, kinds
from ipcompare.text import fold_width

ROOT = Path(__file__).parent.parent
FIELDS = ["number", "low", "high", "comparator", "unit", "indicator", "measure", "per_year",
          "deadline", "kind"]  # fmt: skip
SOURCES = ("texts", "cases", "examples")


def evidence() -> list[tuple[str, Document]]:
    """What is read: (source, document)."""
    found = [("texts", document) for document in read_corpus(ROOT / "corpus").documents]
    with (ROOT / "tests/cases/targets.csv").open(encoding="utf-8-sig", newline="") as file:
        cases = {row["sentence"]: row["year"] for row in csv.DictReader(file)}
    found += [("cases", _sentence(text, year)) for text, year in cases.items()]
    said = [s for rule in kinds.rules() for s in (rule.example, rule.counter_example)]
    said += [s for phrase in cue_table.phrases() for s in (phrase.example, phrase.counter_example)]
    return found + [("examples", _sentence(text)) for text in dict.fromkeys(filter(None, said))]


def _sentence(text: str, year: str = "") -> Document:
    return Document("a", text.replace("\\n", "\n"), date_issued=year or None)


def read(document: Document) -> list[tuple]:
    """Every quantity of a document with its fields."""
    targets = extract_targets(clause_table(document))
    return list(targets[FIELDS].astype(str).itertuples(index=False, name=None))


def deciding(document: Document) -> set[str]:
    """The rules that decide in a document."""
    return set(extract_targets(clause_table(document))["rule"])


@contextmanager
def without_phrase(left_out: cue_table.Phrase) -> Iterator[None]:
    """The cue table without one phrase."""
    usual, index = cue_table._by_start, {}
    for phrase in cue_table.phrases():
        if phrase is not left_out:
            entry = phrase.cue, phrase.head, None if phrase.is_plain else phrase.pattern
            index.setdefault(phrase.head[:2], []).append(entry)
    cue_table._by_start = lambda: index
    cue_table.cue_spans.cache_clear()
    yield
    cue_table._by_start = usual
    cue_table.cue_spans.cache_clear()


@contextmanager
def without_rule(left_out: kinds.Rule) -> Iterator[None]:
    """The rules without one."""
    usual = kinds.rules
    kept = tuple(rule for rule in usual() if rule is not left_out)
    kinds.rules = lambda: kept
    yield
    kinds.rules = usual


def changed(known: list[tuple], document: Document) -> int:
    """How many quantities are read otherwise now, of those or in their stead."""
    now = read(document)
    return sum(a != b for a, b in zip(known, now, strict=False)) + abs(len(known) - len(now))


def main() -> None:
    found = evidence()
    known = [(source, document, read(document)) for source, document in found]
    folded = [fold_width(document.text) for _, document in found]
    decided = [deciding(document) for _, document in found]
    rows = []
    for phrase in cue_table.phrases():
        counts = dict.fromkeys(SOURCES, 0)
        with without_phrase(phrase):
            for (source, document, before), text in zip(known, folded, strict=True):
                if before and phrase.pattern.search(text):
                    counts[source] += changed(before, document)
        rows.append(("cue", phrase.cue, phrase.words, *counts.values()))
    for rule in kinds.rules():
        counts = dict.fromkeys(SOURCES, 0)
        with without_rule(rule):
            for (source, document, before), here in zip(known, decided, strict=True):
                if rule.id in here:
                    counts[source] += changed(before, document)
        rows.append(("rule", rule.id, "", *counts.values()))
    rows.sort(key=lambda row: sum(row[3:]))
    with (ROOT / "benchmarks/ablation.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("part", "name", "phrase", *SOURCES), *rows])
    idle = [row for row in rows if not sum(row[3:])]
    print(f"{len(rows)} phrases and rules, {len(idle)} without effect on anything read")


if __name__ == "__main__":
    main()
