"""A reviewer's checklist: what the exhibits say stays within what their methods carry."""

import re

import pandas as pd
import pytest
from files import ROOT

from ipcompare.data import read_toml
from ipcompare.exports.declared import exhibits
from ipcompare.exports.saving import read_table
from ipcompare.indicators.alike import unlike, year_due
from ipcompare.indicators.in_words import covers
from ipcompare.wording.proper_names import names_place
from ipcompare.words import word

SAID = {
    **{f"note {e.id}": " ".join((*e.title, *e.note)) for e in exhibits().values()},
    **{
        f"finding {one['id']} {n}": " ".join(pair)
        for one in read_toml("words/findings.toml")["finding"]
        for n, pair in enumerate((*one["say"], *one.get("more", [])))
    },
}


def table(id):
    return read_table(ROOT / "outputs" / "tables" / f"{id}.csv")


@pytest.mark.parametrize("place", SAID)
def test_no_direction_no_silence_no_superlative_is_claimed(place):
    words = SAID[place]
    assert not re.search("未提及|not mentioned|not stated”|沿用|抄袭|copies|borrow", words)
    assert not re.search("领先于|leads the|显著高于|significantly", words)


@pytest.mark.parametrize("place", SAID)
def test_intervals_stand_only_where_something_was_sampled(place):
    kind, id, *_ = place.split()
    if kind == "note" and re.search("区间|interval", SAID[place]):
        chapter = exhibits()[id].chapter
        assert chapter in ("validation", "appendix") or "没有置信区间" in SAID[place]


@pytest.mark.parametrize("kind", ["target", "incentive"])
def test_nothing_found_is_said_only_where_nothing_was_found(kind, study):
    matrix, nothing = table(f"{kind}-matrix"), word("quantity.not_stated", "zh")
    rows = study.aligned[(study.aligned["kind"] == kind) & study.aligned["headline"]]
    ids = dict(zip(rows["indicator_zh"], rows["indicator"], strict=True))
    said = study.qualitative[study.qualitative["kind"] == kind]
    ids |= {r.indicator_zh: r.indicator for r in said.itertuples() if r.indicator_zh not in ids}
    stated = set(zip(rows["indicator"], rows["doc_id"].astype(str), strict=True))
    empty = 0
    for _, cells in matrix.iterrows():
        indicator = ids[cells["指标"]]
        for doc_id in study.zh:
            if cells[doc_id] == nothing:
                empty += 1
                own = said.loc[said["doc_id"] == doc_id, "indicator"]
                assert (indicator, doc_id) not in stated
                assert not any(map(covers(indicator), own)), (indicator, doc_id)
    assert empty > 50


def test_ranks_stand_only_among_figures_of_one_level_and_year(study):
    ranked = study.shared.dropna(subset="rank")
    assert len(ranked) > 4 and study.shared.loc[study.shared["rank"].isna(), "unlike"].all()
    for _, group in ranked.groupby("group"):
        rows = list(group.itertuples())
        assert group["level"].nunique() == 1 and len({year_due(row) for row in rows}) == 1
    aligned = study.aligned.set_index("target_id", drop=False)
    for _, group in ranked.groupby("group"):
        first, *others = (aligned.loc[id] for id in group["target_id"])
        assert not any(unlike(first, other) for other in others)


def test_terms_are_words_that_stand_out_and_name_no_place():
    terms = table("distinctive-terms")
    assert (terms["q"] <= 0.05).all() and (terms["term"].str.len() > 1).all()
    assert not any(map(names_place, terms["term"]))


def test_the_shares_of_a_text_by_source_make_the_whole_text(study):
    shares = study.reproduction.pivot(index="doc_id", columns="source", values="share").fillna(0)
    assert shares.sum(axis=1).round(3).eq(1).all()


def test_documents_state_no_year_that_is_only_computed():
    horizons = table("documents").get("horizon", pd.Series(dtype=str)).dropna().astype(str)
    assert not horizons.str.contains("2019").any()
