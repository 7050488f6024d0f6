"""Facts of money: which schemes the texts pay for, in numbers or words, and funds that match."""

from typing import Any

import pandas as pd

from ipcompare.facts.values import (
    Both,
    Facts,
    Link,
    Values,
    document,
    documents,
    highest,
    joined,
    phrase,
)
from ipcompare.indicators.cofinancing import Promise, unmet_promises, yuan
from ipcompare.quantities.printed import printed_money
from ipcompare.study import Study
from ipcompare.words import LANGS


def incentives(study: Study) -> Values | None:
    """How many schemes several texts pay for, and which text pays for most."""
    rows = study.aligned[(study.aligned["kind"] == "incentive") & study.aligned["headline"]]
    if rows.empty:
        return None
    paid = _schemes(rows)
    if len(study.zh) < 2:
        return {"schemes": paid["scheme"].nunique()}
    said = _schemes(study.qualitative[study.qualitative["kind"] == "incentive"])
    by_scheme = paid["scheme"].value_counts()
    by_text = paid["doc_id"].value_counts().reindex(list(study.zh), fill_value=0)
    spoken = pd.concat([paid, said]).drop_duplicates()["scheme"].value_counts()
    shared = (by_scheme > 1).sum()
    values = {"n": len(by_scheme), "k": shared} if shared else {"apart": len(by_scheme)}
    values |= {"all": len(by_text), "p": (by_text > 0).sum(), "m": by_text.max()}
    without = list(by_text.index[by_text == 0])
    worded = [doc_id for doc_id in without if doc_id in set(said["doc_id"])]
    silent = [doc_id for doc_id in without if doc_id not in worded]
    return values | {
        "x": documents(study, highest(by_text)),
        "spoken": (spoken > 1).sum() if len(said) else None,
        "worded": documents(study, worded), "silent": documents(study, silent),
    }  # fmt: skip


def _schemes(rows: pd.DataFrame) -> pd.DataFrame:
    """Each scheme and document once; the grades of an award (金奖, 优秀奖) are one scheme."""
    entries = [name.partition(".")[0] for name in rows["indicator"]]
    own = pd.DataFrame({"scheme": entries, "doc_id": list(map(str, rows["doc_id"]))}, dtype=str)
    return own.drop_duplicates(ignore_index=True)


def cofinancing(study: Study) -> Values | None:
    """Where a text promises 1:1 for a sum and states another one."""
    found = [_promise(study, promise) for promise in unmet_promises(study.targets)]
    return {"pairs": joined(found, "semicolon")} if found else None


def _promise(study: Study, promise: Promise) -> Both:
    """``郑州 2017写明对 2 亿元按 1:1 配套…``, each number linked."""
    sums = {"base": promise.base, "paid": promise.paid, "part": promise.part}
    said = {
        name: Both(*(_link(row, printed_money(yuan(row), lang)) for lang in LANGS))
        for name, row in sums.items()
        if row is not None
    }
    key = "cofinancing" if promise.part is None else "cofinancing_of_part"
    about = {"document": document(study, promise.ratio.doc_id)}
    about["ratio"] = Both(*(_link(promise.ratio, promise.ratio.number) for _ in LANGS))
    return phrase(key, **about, **said)


def _link(row: Any, text: str) -> list[Link]:
    return [Link(text, row.clause_id, target_id=row.target_id)]


FACTS: Facts = {"incentives": incentives, "cofinancing": cofinancing}
