"""The best pairs of each row are those of all pairs, cut after the ranks wanted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from ipcompare.wording import nearest

# Few different values make many ties.
rows = st.lists(st.lists(st.sampled_from([0.0, 0.6, 0.8]), min_size=4, max_size=4), min_size=1, max_size=14)  # fmt: skip


@given(rows=rows, depth=st.integers(1, 12), of=st.integers(1, 5))
def test_the_first_ranks_are_those_of_all_pairs(rows, depth, of):
    matrix, group = sparse.csr_matrix(rows), np.arange(len(rows)) // of
    every = nearest.pairs(matrix, group)
    first = every[3] <= depth
    for one, other in zip(nearest.pairs(matrix, group, depth=depth), every, strict=True):
        assert one.tolist() == other[first].tolist()


def test_ties_with_the_last_one_wanted_go_by_column():
    matrix = sparse.csr_matrix([[1.0, 0.0], [0.6, 0.8], [0.6, 0.8], [0.6, 0.8]])
    rows, columns, scores, ranks = nearest.pairs(matrix, np.arange(4), depth=2)
    assert columns[rows == 0].tolist() == [1, 2] and ranks[rows == 0].tolist() == [1, 2]
    assert scores[rows == 0].tolist() == pytest.approx([0.6, 0.6])
