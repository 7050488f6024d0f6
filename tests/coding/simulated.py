"""A tool of known precision and recall, and a sample of its work coded without error."""

import numpy as np
import pandas as pd
from made_up import coding

PRECISION, RECALL = 0.85, 0.8
N_DOCUMENTS, N_INDICATORS, N_DRAWN = 12, 15, 300


def world(seed):
    """Sentences with at most one number: document, whether it is one, whether the tool prints it."""
    chance = np.random.default_rng(seed)
    usual = chance.dirichlet(np.full(N_INDICATORS, 3.0))
    rows = []
    for d in range(N_DOCUMENTS):
        n = chance.poisson(40 * (0.6 + 0.8 * d / N_DOCUMENTS))
        found = chance.random(n) < RECALL
        wrong = chance.negative_binomial(found.sum(), PRECISION)
        true = [*[True] * n, *[False] * (wrong + 30)]
        said = [*found, *[True] * wrong, *[False] * 30]
        indicator = chance.choice(N_INDICATORS, n + wrong + 30, p=usual)
        rows += [(f"d{d:02d}", *row) for row in zip(true, said, indicator, strict=True)]
    return pd.DataFrame(rows, columns=["doc_id", "true", "said", "indicator"])


def sampled(population, seed):
    """Seven tenths of the draws of what the tool prints, the rest of what it does not."""
    chance = np.random.default_rng([seed, 1])
    places, p = [], np.zeros(len(population))
    for said, share in ((True, 0.7), (False, 0.3)):
        own = np.flatnonzero(population["said"] == said)
        n = min(len(own), int(N_DRAWN * share))
        places += chance.choice(own, n, replace=False).tolist()
        p[own] = n / len(own)
    drawn = population.iloc[sorted(places)]
    machine, gold = [], []
    for k, row in enumerate(drawn.itertuples(), 1):
        gold.append((f"i{k:03d}", "", "mentions", str(int(row.true))))
        for rows, has in ((machine, row.said), (gold, row.true)):
            rows += [(f"i{k:03d}", "0", "kind", "target")] if has else []
    return coding({"p": []}, docs=list(drawn["doc_id"]), task="mentions", gold=gold,
                  machine=machine, p=p[sorted(places)])  # fmt: skip


def printed(population):
    """What the tool prints, as a table of aligned targets."""
    own = population[population["said"]]
    return own.assign(kind="target", indicator=own["indicator"].map("x{:02d}".format))
