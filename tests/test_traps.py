"""No false claim of the table is accepted, no true one refused, whatever the seed."""

import pytest

from derive.reading.claims import read_claim
from traps import FALSE, TRUE
from traps_arrays import FALSE as ARRAYS
from verifiers.cases import Budget
from verifiers.judge import judge
from verifiers.verdict import Conditional, Proved, Refuted, Supported

PLAIN = Budget(edits=0, mends=0)
SEEDS = range(2, 12)
ROWS = [row for rows in (FALSE | ARRAYS).values() for row in rows]


def ids(rows):
    return [" ".join((*row[:3], *(row[4] if len(row) > 4 else ()))) for row in rows]


def decide(left, relation, right, symbols, given=(), about=None, seed=1):
    return judge(read_claim(left, relation, right, dict(symbols), list(given), about), seed, PLAIN)


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_a_false_claim_is_not_accepted(row):
    verdict = decide(*row)
    assert not isinstance(verdict, (Proved, Supported)), verdict


@pytest.mark.parametrize("row", TRUE, ids=ids(TRUE))
def test_a_true_claim_is_not_refused(row):
    verdict = decide(*row)
    assert not isinstance(verdict, (Refuted, Conditional)), verdict


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_no_seed_changes_that(seed):
    accepted = [row for row in ROWS if isinstance(decide(*row, seed=seed), (Proved, Supported))]
    refused = [row for row in TRUE if isinstance(decide(*row, seed=seed), (Refuted, Conditional))]
    assert (accepted, refused) == ([], [])
