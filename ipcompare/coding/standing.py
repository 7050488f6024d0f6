"""Who decided a code: an adjudicating person, one coder, a language model, or nobody yet.

Exhibits that rest on codes are made from decided codes only. Where nobody has decided, they are
not made, and ``what_first`` says what to do.
"""

import pandas as pd

from ipcompare.coding.coding_files import Coding, check_current
from ipcompare.coding.coding_tasks import coding_tasks
from ipcompare.data import PlainError
from ipcompare.words import word

AGREED = "agreed:"  # how a code that no one had to adjudicate begins: "agreed: a, b"
ADJUDICATED, PERSON, MODEL, PART_MODEL = "adjudicated", "person", "model", "part_model"
MADE_UP = "made_up"
DECIDED = ("item_id", "part", "field", "value", "decided_by", "standing")


def decided_codes(coding: Coding, *, coder: str | None = None) -> pd.DataFrame:
    """One row an answer that counts: item_id, part, field, value, decided_by, standing.

    The adjudicated codes; those of ``coder`` where one is named; those of the only coder. Answers
    left empty are no rows. ``standing`` is "adjudicated" (a person adjudicated, and a person
    decided or was among those who agreed), "person" (one coder, nobody adjudicated) or "model" (a
    language model, and no person decided); all are "made_up" where a program made up any code of
    the folder. PlainError where several coded and nobody adjudicated
    or nobody coded: it says what to do first.
    """
    if coder is None and coding.adjudicated is not None:
        rows = _adjudicated(coding, coding.adjudicated)
    else:
        rows = _of_coder(coding, coder)
    rows = rows[rows["value"].fillna("").astype(str).str.strip() != ""]
    if rows.empty:
        raise PlainError(what_first(coding, lang="en") or _nothing(coding, coder))
    if coding.made_up:
        rows = rows.assign(standing=MADE_UP)
    return rows[list(DECIDED)].reset_index(drop=True)


def what_first(coding: Coding | None, *, task: str = "", lang: str = "zh") -> str:
    """The sentence for a notebook: what to do before an exhibit can be made; empty where it can.

    ``coding`` is None where no sample was drawn yet; ``task`` is then that of the sample, one of
    the six or that of a codebook.
    """
    if coding is None:
        how = f"--task {task}" if task in coding_tasks() else f"--codebook {task}.toml"
        return word("coded.first_sample", lang, how=how)
    if coding.adjudicated is not None and len(coding.adjudicated):
        return ""
    where, coders = str(coding.folder), _have_coded(coding)
    if not coders:
        some = coding.coders[0].name if coding.coders else "a"
        return word("coded.first_code", lang, folder=where, coder=some)
    if len(coders) > 1:
        return word("coded.first_adjudicate", lang, folder=where, coders=", ".join(coders))
    return ""


def who_decided(decided: pd.DataFrame, lang: str) -> str:
    """The sentence that every caption has: who decided the codes, and that a model did."""
    state = standing_of(decided)
    rows = decided["standing"] == MODEL
    names = sorted({name for said in decided["decided_by"] for name in names_in(said)})
    values = {"names": ", ".join(names), "n": int(rows.sum()), "all": len(decided)}
    return word(f"coded.by_{state}", lang, **values)


def standing_of(decided: pd.DataFrame) -> str:
    """The standing of a whole table: "part_model" where only a part rests on a model alone."""
    found = set(decided["standing"])
    if found <= {MODEL} or MADE_UP in found:
        return MADE_UP if MADE_UP in found else MODEL
    return PART_MODEL if MODEL in found else (ADJUDICATED if ADJUDICATED in found else PERSON)


def names_in(decided_by: str) -> list[str]:
    """Who decided: ``agreed: a, b`` were a and b.

    >>> names_in("agreed: a, b"), names_in("Wang")
    (['a', 'b'], ['Wang'])
    """
    said = decided_by.removeprefix(AGREED) if decided_by.startswith(AGREED) else decided_by
    parts = said.split(",") if decided_by.startswith(AGREED) else [said]
    return [part.strip() for part in parts]


def _adjudicated(coding: Coding, rows: pd.DataFrame) -> pd.DataFrame:
    """The adjudicated codes; what only models agreed on keeps the standing of a model."""
    if not str(coding.adjudicator).strip():
        place = f"{coding.folder}: adjudicated.csv is there, but task.toml names no adjudicator"
        raise PlainError(f"{place}; write who adjudicated (adjudicator = ...)")
    check_current(coding)
    models = {coder.name for coder in coding.coders if coder.kind == MODEL}
    nobody = rows["decided_by"].fillna("").astype(str).str.strip() == ""
    if nobody.any():
        item = rows.loc[nobody, "item_id"].iloc[0]
        raise PlainError(f"{coding.folder}, adjudicated.csv: {item} says not who decided it")
    of_models = [set(names_in(said)) <= models for said in rows["decided_by"]]
    person = ADJUDICATED if coding.adjudicator not in models else MODEL
    return rows.assign(standing=[MODEL if only else person for only in of_models])


def _of_coder(coding: Coding, coder: str | None) -> pd.DataFrame:
    """The codes of the coder who is named, or of the only one who has coded."""
    coders = _have_coded(coding)
    if coder is None and len(coders) != 1:
        raise PlainError(what_first(coding, lang="en"))
    chosen = coder if coder is not None else coders[0]
    if chosen not in {known.name for known in coding.coders}:
        known_names = ", ".join(known.name for known in coding.coders)
        raise PlainError(f"{coding.folder}: no coder {chosen!r}; there are {known_names}")
    rows = coding.codes[coding.codes["coder"] == chosen]
    return rows.assign(decided_by=chosen, standing=rows["coder_kind"])


def _have_coded(coding: Coding) -> list[str]:
    """The coders with at least one answer, in their order in the codes."""
    answered = coding.codes["value"].fillna("").astype(str).str.strip() != ""
    return list(coding.codes.loc[answered, "coder"].unique())


def _nothing(coding: Coding, coder: str | None) -> str:
    return f"{coding.folder}: {coder or 'adjudicated.csv'} has no answers; code first"
