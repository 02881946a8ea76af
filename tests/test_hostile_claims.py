"""Random hostile claims: each ends soon with a verdict, none false is proved and none true is refuted."""

from time import process_time

import pytest

from derive.checking import check_step
from hostile_claims import KINDS, claims
from verifiers.verdict import Conditional, Proved, Refuted, Verdict

SECONDS = 2             # of processor time, one claim in a warm process
SEED = 20


def judged(claim):
    """(verdict, processor seconds) of one claim."""
    start = process_time()
    verdict = check_step(claim.left, claim.right, claim.rel, claim.symbols, claim.given, seed=1)
    return verdict, process_time() - start


def faults(found):
    """What is wrong with the verdicts on (claim, verdict) pairs: no verdict, a false proof, a false refutation."""
    wrong = []
    for claim, verdict in found:
        if not isinstance(verdict, Verdict):
            wrong.append((claim, "no verdict"))
        if claim.truth is False and isinstance(verdict, Proved):
            wrong.append((claim, "a false claim is proved"))
        if claim.truth is True and isinstance(verdict, (Refuted, Conditional)):
            wrong.append((claim, f"a true claim is {verdict.name}"))
    return wrong


def test_every_kind_takes_part():
    assert {claim.kind for claim in claims(SEED, len(KINDS))} == set(KINDS)
    assert list(claims(3, 5)) == list(claims(3, 5)) != list(claims(4, 5))


def test_a_few_hostile_claims_are_judged_rightly():
    assert faults([(claim, judged(claim)[0]) for claim in claims(SEED, 2*len(KINDS))]) == []


@pytest.mark.slow
def test_a_thousand_hostile_claims_end_soon_and_rightly():
    found = [(claim, *judged(claim)) for claim in claims(SEED + 1, 1000)]
    assert faults([(claim, verdict) for claim, verdict, _ in found]) == []
    assert [(claim, seconds) for claim, _, seconds in found if seconds > SECONDS] == []
