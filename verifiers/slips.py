"""The likely slip of a refuted claim: which single edit of its right side makes it provable."""

from derive.term import Relation
from derive.term.record import replace
from verifiers.instance.value import ShapeClash
from verifiers.mistakes import likely_slip
from verifiers.proofs.equalities import agrees, prove, undischarged
from verifiers.search import glance
from verifiers.verdict import CannotDecide, Proved

ORDERS = {Relation.LE: Relation.GE, Relation.GE: Relation.LE, Relation.LT: Relation.GT, Relation.GT: Relation.LT}
SIDES = {Relation.LE: 1, Relation.LT: 1, Relation.GE: -1, Relation.GT: -1}
DEAR = 25               # an edit that is judged whole costs as much as so many sieved ones


def named(case, verdict, judge):
    """The Refuted with its likely slip, if one edit within the budget mends it, else as it is."""
    if case.claim.relation in ORDERS and _reversed_holds(case, judge):
        return replace(verdict, mistake="inequality_direction")
    if case.claim.relation is Relation.EQ:
        found = likely_slip(case.claim, Sieve(case), case.budget.edits)
    else:
        found = likely_slip(case.claim, _whole(case, judge), case.budget.edits // DEAR)
    if found is None:
        return verdict
    mended = None if found[1] is case.claim.left else found[1]      # "a = a holds" tells nobody what to write
    return replace(verdict, mistake=found[0], mended=mended)


def _quiet(case, claim):
    other = case.again(claim)
    other.budget = replace(case.budget, edits=0, mends=0, points=24, proofs=True)
    return other


def _reversed_holds(case, judge):
    return _proved(_quiet(case, replace(case.claim, relation=ORDERS[case.claim.relation])), judge)


def _whole(case, judge):
    return lambda side: _proved(_quiet(case, replace(case.claim, right=side)), judge)


def _proved(case, judge):
    """Whether a changed claim is proved; one that fails at a few simple points is not tried."""
    order = SIDES.get(case.claim.relation)
    try:
        view = case.first() if order else None
    except (CannotDecide, ShapeClash):
        return False
    if view is not None and not view.blocked and glance(view, case.rng, order) is not None:
        return False
    return isinstance(judge(case), Proved)


class Sieve:
    """Whether a right side makes the equality provable: a few points first, a proof only where they agree.

    The work is counted (Case.cost), and an edit that would cost more than is left is not tried.
    """

    def __init__(self, case):
        self.case, self.left, self.cost = case, case.budget.sieved, 0
        self.plans = _whole_sizes(case)

    def __call__(self, side):
        if self.left < self.cost:
            return False
        other = self.case.again(replace(self.case.claim, right=side))
        try:
            for plan in self.plans[:1]:
                self.cost = other.cost(plan)
                self.left -= self.cost
                if not agrees(other, plan):
                    return False
            self.left -= 1000
            proof = prove(other)
            if proof is None or undischarged(proof.view, proof.conditions):
                return False
            return proof.partial is None or all(agrees(other, plan) for plan in self.plans[1:])
        except (CannotDecide, ShapeClash):
            return False


def _whole_sizes(case):
    """The plans of whole sizes at which the claim as it stands has an instance; none where its shapes clash."""
    try:
        return [v.plan for v in case.concrete]
    except (CannotDecide, ShapeClash):
        return []
