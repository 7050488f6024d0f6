"""The error that adjudicated codes show, carried into counts, shares, ratios and ranks.

The model, and what it takes for granted:

1. Of the numbers of a kind that the tool prints a share, the precision, is right; of those that
   there are it finds a share, the recall, the same for every indicator of the kind.
2. Neither is known, only what the sample says: precision and recall are drawn from Beta(½ + right,
   ½ + wrong), with the effective number n of cases of ``weighted_share``, so that the weights of
   the sample and what the numbers of one document have in common are in it. The rate of each
   document is drawn around that, from Beta(rate × n, (1 - rate) × n): documents may differ by as
   much as the sample leaves open. Where the tool does much worse in one text than in the others,
   ranges of that text are still too narrow.
3. Given the precision, each printed number is right or wrong by itself. A wrong one belongs in no
   other cell: it is taken away. Rates of task mentions say nothing of numbers in the row of the
   wrong indicator, those of task alignment nothing of numbers that were not read.
4. Given the recall r, the missed ones of a document are negative binomial: failures before
   (right + ½) successes of probability r. They fall on indicators as often as indicators of that
   kind are printed in all documents together (+ ½ each).
5. The codes are right. What people overlook is in no range.

A range is the 2.5 and 97.5 % quantile over the draws: of what a table would hold if it were right.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ipcompare.coding.adjudication import check_gold
from ipcompare.coding.coded_scores import PRECISION, RECALL, by_item, cases, clusters_of
from ipcompare.coding.coding_files import MENTIONS, Coding
from ipcompare.coding.weighted_shares import Estimate, weighted_share
from ipcompare.data import PlainError
from ipcompare.frames import columns_of, documents_of, require

DRAWS = 2000
FEW = 30  # cases of a kind below which the rate of all kinds is taken
COUNT, COVERED, SHARE, RANK, RATIO = "count", "covered", "coverage_share", "rank", "ratio"
ALL = "all"
ALIGNMENT = "alignment"


class _Rate(NamedTuple):
    kind: str
    item_id: str
    right: bool


def error_rates(coding: Coding, *, least: int = FEW) -> pd.DataFrame:
    """One row a kind and check (precision, recall), of adjudicated mentions; ``all`` last.

    A number printed as a kind is right when it is a number and of that kind; one that there is
    counts as found when the tool prints it as that kind. Of task ``alignment`` there are rows
    ``all`` only: a number laid into the row of an indicator is right when it states it (of those
    that could be taken for it, see ``coding_units``). ``share`` with its interval and ``effective``
    cases as in ``validate``. ``pooled``: the kind has fewer than ``least`` cases, so that the row
    repeats the rate of all kinds. PlainError for another task.
    """
    if coding.task == ALIGNMENT:
        return _alignment_rates(coding)
    if coding.task != MENTIONS:
        raise PlainError(f"{coding.folder}: task {coding.task} has no numbers; code task mentions")
    found = {PRECISION: [], RECALL: []}  # type: dict[str, list[_Rate]]
    gold, said = by_item(check_gold(coding)), by_item(coding.machine)
    for item_id, decided in gold.items():
        sides = said.get(item_id, {}), decided
        for check, (one, other) in ((PRECISION, sides), (RECALL, sides[::-1])):
            for part in filter(None, one):
                kind = one[part].get("kind", "")
                right = part in other and other[part].get("kind", "") == kind
                found[check].append(_Rate(kind, item_id, right))
    return pd.DataFrame(list(_rate_rows(coding, found, least)), columns=columns_of("error_rates"))


def _alignment_rates(coding: Coding) -> pd.DataFrame:
    own = [case for case in cases(coding) if (case.field, case.value) == ("same", "yes")]
    rows: list[tuple] = []
    for check in (PRECISION, RECALL):
        rates = [_Rate(ALL, case.item_id, case.right) for case in own if case.check == check]
        share = _share(coding, rates)
        numbers = share.value, share.low, share.high, share.effective
        rows.append((ALL, check, len(rates), *numbers, False))
    return pd.DataFrame(rows, columns=columns_of("error_rates"))


def _rate_rows(
    coding: Coding, found: dict[str, list[_Rate]], least: int
) -> Iterator[tuple[str, str, int, float, float, float, float, bool]]:
    kinds = sorted({rate.kind for rates in found.values() for rate in rates})
    for kind in (*kinds, ALL):
        for check, rates in found.items():
            own = [rate for rate in rates if kind in (ALL, rate.kind)]
            pooled = kind != ALL and len(own) < least
            share = _share(coding, rates if pooled else own)
            yield (kind, check, len(own), share.value, share.low, share.high, share.effective,
                   pooled)  # fmt: skip


def _share(coding: Coding, rates: Sequence[_Rate]) -> Estimate:
    _, clusters = clusters_of(coding, (rate.item_id for rate in rates))
    p = dict(zip(coding.items["item_id"], coding.items["p"], strict=True))
    ids = [rate.item_id for rate in rates]
    return weighted_share([r.right for r in rates], [p[i] for i in ids], [clusters[i] for i in ids])


def error_carried(
    aligned: pd.DataFrame,
    rates: pd.DataFrame,
    *,
    documents: Sequence[str] | None = None,
    kind: str = "target",
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """One row a statistic and document: as printed, and its range if the table were right.

    ``aligned``: a row a number with ``doc_id``, ``indicator``, ``kind``; ``rates`` as from
    ``error_rates``. ``statistic``: count (numbers), covered (indicators with at least one),
    coverage_share (of the indicators that any document has), rank (1: the highest share; equal ones
    share the better rank), ratio (count of ``doc_id`` over that of ``other``; missing where that is
    0). ``middle`` is the median, ``low`` and ``high`` the 95 % range; ``kept`` of a rank is the
    share of draws with the printed rank, of a ratio of those on the printed side of 1. The model
    and its assumptions stand at the head of the module and in ``cautions``. Same seed, same range.
    """
    require(aligned, ("doc_id", "indicator", "kind"), "align_targets")
    names = list(documents or documents_of(aligned))
    own = aligned[aligned["kind"] == kind]
    if own.empty:
        raise PlainError(
            f"no row of kind {kind!r}; there are {', '.join(sorted(set(aligned['kind'])))}"
        )
    printed = pd.crosstab(own["doc_id"].astype(str), own["indicator"].astype(str))
    printed = printed.reindex(names, fill_value=0).to_numpy()
    drawn = true_counts(printed, _rates_of(rates, kind), draws=draws, seed=seed)
    rows = [
        (name, names[i], other, was, *_range(values), kept)
        for name, i, other, was, values, kept in _statistics(printed, drawn, names)
    ]
    return pd.DataFrame(rows, columns=columns_of("error_carried"))


def _rates_of(rates: pd.DataFrame, kind: str) -> dict[str, tuple[float, float]]:
    """Precision and recall as right and wrong effective cases; of all kinds where one has none."""
    require(rates, columns_of("error_rates"), "error_rates")
    found = {}
    for check in (PRECISION, RECALL):
        rows = rates[(rates["check"] == check) & rates["kind"].isin([kind, ALL])]
        if rows.empty or not rows.iloc[0]["effective"] > 0:
            raise PlainError(
                f"no {check} of {kind}: the coding has too few numbers in two documents"
            )
        share, effective = float(rows.iloc[0]["share"]), float(rows.iloc[0]["effective"])
        found[check] = share * effective, (1 - share) * effective
    return found


def true_counts(
    printed: np.ndarray, rates: dict[str, tuple[float, float]], *, draws: int, seed: int
) -> np.ndarray:
    """Draws × documents × indicators: how many numbers each cell would hold if it were right."""
    chance = np.random.default_rng(seed)
    precision, recall = (
        _of_documents(chance, *rates[check], (draws, len(printed))) for check in (PRECISION, RECALL)
    )
    right = chance.binomial(printed, precision[:, :, None], (draws, *printed.shape))
    missed = chance.negative_binomial(right.sum(2) + 0.5, recall)
    usual = printed.sum(0) + 0.5
    return right + chance.multinomial(missed, usual / usual.sum())


def _of_documents(
    chance: np.random.Generator, right: float, wrong: float, shape: tuple[int, int]
) -> np.ndarray:
    """A rate a draw and document: each document's own around the common one."""
    n = right + wrong
    common = chance.beta(0.5 + right, 0.5 + wrong, (shape[0], 1)).clip(1e-6, 1 - 1e-9)
    return chance.beta(common * n, (1 - common) * n, shape).clip(1e-6, 1)


def _statistics(
    printed: np.ndarray, drawn: np.ndarray, names: list[str]
) -> Iterator[tuple[str, int, str, float, np.ndarray, float]]:
    """Name, place, other document, printed value, values drawn, share of draws that keep it."""
    n_all = printed.shape[1]
    counts, covered = (printed.sum(1), drawn.sum(2)), ((printed > 0).sum(1), (drawn > 0).sum(2))
    ranks = _ranks(covered[0][None])[0], _ranks(covered[1])
    for i in range(len(names)):
        yield COUNT, i, "", counts[0][i], counts[1][:, i], math.nan
        yield COVERED, i, "", covered[0][i], covered[1][:, i], math.nan
        yield SHARE, i, "", covered[0][i] / n_all, covered[1][:, i] / n_all, math.nan
        kept = float((ranks[1][:, i] == ranks[0][i]).mean())
        yield RANK, i, "", ranks[0][i], ranks[1][:, i], kept
    for i in range(len(names)):
        for j in range(i + 1, len(names)):
            was = counts[0][i] / counts[0][j] if counts[0][j] else math.nan
            one, other = counts[1][:, i], counts[1][:, j]
            values = np.divide(one, other, out=np.full(len(one), math.nan), where=other > 0)
            same = np.sign(one - other) == np.sign(counts[0][i] - counts[0][j])
            yield RATIO, i, names[j], was, values, float(same.mean())


def _ranks(values: np.ndarray) -> np.ndarray:
    """1 for the highest of each row; equal ones share the better rank."""
    return 1 + (values[:, None, :] > values[:, :, None]).sum(2)


def _range(values: np.ndarray) -> tuple[float, float, float]:
    """Median and 95 % range; missing where more than one draw in twenty has no value."""
    known = values[~np.isnan(values.astype(float))]
    if len(known) < 0.95 * len(values):
        return math.nan, math.nan, math.nan
    low, high = (
        np.quantile(known, 0.025, method="lower"),
        np.quantile(known, 0.975, method="higher"),
    )
    return float(np.median(known)), float(low), float(high)
