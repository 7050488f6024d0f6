"""What publishing makes from a study: every file is named, and every table is made once."""

from collections import Counter
from importlib import import_module
from inspect import getclosurevars

import pandas as pd
from files import ROOT

from ipcompare.building.publish import publish
from ipcompare.corpus import Corpus, Document
from ipcompare.exports.saving import save_table
from ipcompare.study import making as study

publishing = import_module("ipcompare.building.publish")
TEXT = "一、目标\n到2020年，有效注册商标达到{}件以上。\n二、保障\n加强组织领导。获奖的给予5万元奖励。\n"
CORPUS = Corpus(tuple(Document(f"d{n}", TEXT.format(n)) for n in (3000, 4000)))
MAKERS = (
    "clause_table", "extract_targets", "align_targets", "match_clauses", "qualitative_mentions",
    "unaligned_targets", "target_coverage", "document_similarity", "pair_robustness",
    "distinctive_terms", "clause_themes", "theme_profile",
)  # fmt: skip


def test_each_table_is_made_once(tmp_path, monkeypatch):
    calls = Counter()

    def counted(name, make):
        def call(*args, **options):
            calls[name] += 1
            return make(*args, **options)

        return call

    for name in MAKERS:
        monkeypatch.setattr(study, name, counted(name, getattr(study, name)))
    save_table(pd.DataFrame({"doc_id": ["d3000"]}), "summary", folder=tmp_path)
    written = dict(publish(study.Study(CORPUS), tmp_path))
    assert calls == dict.fromkeys(MAKERS, 1)
    beside = {path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".csv"}
    assert written.keys() == beside


def test_no_threads_are_begun_before_the_halves_part(tmp_path, monkeypatch):
    """Matches of many provisions are made on threads, for which a forked process would wait."""
    seen = []

    def parted(reports, tables):
        seen.extend(getclosurevars(reports).nonlocals["study"].__dict__)
        return {}, {}

    monkeypatch.setattr(publishing, "side_by_side", parted)
    monkeypatch.setattr(publishing, "write_manifest", lambda *about, **more: None)
    notebooks = ROOT / "notebooks"
    monkeypatch.setattr(publishing, "write_index", lambda *about, **more: None)
    publishing.publish_all(ROOT / "corpus", notebooks, tmp_path, tmp_path, ("zh",))
    assert {"clauses", "aligned"} <= set(seen) and "matches" not in seen
