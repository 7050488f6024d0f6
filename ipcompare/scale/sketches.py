"""Sketches of documents, and those that are nearly one text.

A document is the set of the runs of five characters of its words. Its sketch is a MinHash of
them (Broder 1997, doi:10.1109/SEQUEN.1997.666900) and a sample, the same runs in every text. Pairs
are looked for by locality-sensitive hashing (datasketch) and then told by the sample: Jaccard, the
share of the runs of both that are in both.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from ipcompare.extras import need
from ipcompare.frames import columns_of
from ipcompare.wording.tokens import letters

SHINGLE = 5  # characters
HASHES = 128
SCHEME = "affine32"  # how datasketch permutes, so that sketches of two runs can be compared
SAMPLED = 4  # one run of so many is kept
NEARLY = 0.7  # Jaccard from which two documents are nearly one text
_LOOKED = 0.6  # what hashing looks for: below, so that few are missed


class Sketch(NamedTuple):
    """The MinHash of a document and the sample of its runs, sorted."""

    signature: np.ndarray
    sample: np.ndarray


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    need("datasketch")
    from datasketch import MinHash
    from datasketch.hashfunc import sha1_hash32

    words = "".join(letters(text))
    runs = {words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1))} - {""}
    data = [run.encode(errors="surrogatepass") for run in runs]
    hashed = MinHash(num_perm=HASHES, seed=1, scheme=SCHEME)
    hashed.update_batch(data)
    codes = np.array(sorted(map(sha1_hash32, data)), dtype=np.uint64)
    return Sketch(hashed.hashvalues, codes[codes % SAMPLED == 0])


def document_groups(sketches: Iterable[tuple[str, Sketch]]) -> pd.DataFrame:
    """The documents that are nearly one text: one row a document of a group of two or more.

    ``group`` is the document of it that stands first in the corpus, ``doc_id`` a document of it
    (that one too) and ``alike`` the Jaccard of the two, estimated from the sample. Groups are
    closed: a document nearly that of another member belongs, too. In the order of the corpus.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_LOOKED, num_perm=HASHES)
    order: dict[str, int] = {}
    samples: dict[str, np.ndarray] = {}
    first: dict[str, str] = {}
    for doc_id, one in sketches:
        hashed = MinHash(scheme=SCHEME, seed=1, hashvalues=one.signature)
        order[doc_id], samples[doc_id], first[doc_id] = len(order), one.sample, doc_id
        for other in sorted(index.query(hashed), key=order.__getitem__):
            if jaccard(one.sample, samples[other]) >= NEARLY:
                _join(first, doc_id, other, order)
        index.insert(doc_id, hashed, check_duplication=False)
    return pd.DataFrame(_group_rows(first, samples), columns=columns_of("document_groups"))


def jaccard(a: np.ndarray, b: np.ndarray) -> float:
    """The share of the values of two sorted arrays that both have; 0 where there are none."""
    both = len(np.intersect1d(a, b, assume_unique=True))
    return both / max(1, len(a) + len(b) - both)


def _root(first: dict[str, str], doc_id: str) -> str:
    while first[doc_id] != doc_id:
        first[doc_id] = first[first[doc_id]]
        doc_id = first[doc_id]
    return doc_id


def _join(first: dict[str, str], a: str, b: str, order: dict[str, int]) -> None:
    """Put two documents into one group, which bears the name of the earlier one."""
    one, two = sorted((_root(first, a), _root(first, b)), key=order.__getitem__)
    first[two] = one


def _group_rows(
    first: dict[str, str], samples: dict[str, np.ndarray]
) -> Iterator[tuple[str, str, float]]:
    roots = {doc_id: _root(first, doc_id) for doc_id in first}
    several = {root for doc_id, root in roots.items() if doc_id != root}
    for doc_id, root in roots.items():
        if root in several:
            yield root, doc_id, round(jaccard(samples[doc_id], samples[root]), 4)
