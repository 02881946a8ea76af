"""The likely slip of a refuted claim: which single edit of its right side makes it provable."""

from itertools import islice

from derive.term import Relation, size
from derive.term.record import replace
from verifiers.instance.value import ShapeClash
from verifiers.mends import changed, mends
from verifiers.proofs.equalities import prove, undischarged
from verifiers.trial import Trial
from verifiers.verdict import CannotDecide, Proved, Supported

ORDERS = {Relation.LE: Relation.GE, Relation.GE: Relation.LE, Relation.LT: Relation.GT, Relation.GT: Relation.LT}
MADE = 4                # terms put together for an edit that cost as much as one node evaluated
PASSING, PROOFS = 12, 6         # edits that pass at the points, and the smallest of them, which are tried to be proved
DEAREST = 20_000                # terms and nodes of all the instances in which proofs are tried

PROVED, TESTED = "proved", "tested"


def named(case, verdict, judge):
    """The Refuted or Conditional with its likely slip, if one edit within the budget mends it, else as it is."""
    relation = case.claim.relation
    if relation in ORDERS and _reversed_holds(case, judge):
        return replace(verdict, mistake="inequality_direction")
    if relation is Relation.EQ:
        proves = _provable
    elif relation in ORDERS or relation is Relation.PROPTO:
        proves = _judged(judge)
    else:
        return verdict
    weak = None
    candidates, affordable = _passing(case)
    for slip, mended in candidates[:affordable]:
        strength = proves(case, replace(case.claim, right=mended))
        if strength is PROVED:              # "a = a holds" tells nobody what to write
            return replace(verdict, mistake=slip, mended=None if mended is case.claim.left else mended)
        if strength is TESTED and weak is None:
            weak = slip
    return verdict if weak is None else replace(verdict, mistake=weak)


def _quiet(case, claim):
    other = case.again(claim)
    other.budget = replace(case.budget, edits=0, mends=0)
    return other


def _reversed_holds(case, judge):
    """Whether the opposite order is proved, or has no counterexample where this one has."""
    verdict = judge(_quiet(case, replace(case.claim, relation=ORDERS[case.claim.relation])))
    return isinstance(verdict, (Proved, Supported))


def _passing(case):
    """(edits that hold at the points of the claim's own instances, the smallest first; how many proofs to try)."""
    reduced, views = _reduced(case), _views(case)
    if not views:
        return [], 0
    first, *others = [Trial(case, v, reduced) for v in views]
    found, made = [], size(case.claim.right) // MADE
    for slip, side in islice(mends(case.claim), case.budget.edits):
        first.work += made
        if first.work > case.budget.sieved or len(found) == PASSING:
            break
        if first.agrees(side) and all(t.agrees(side) for t in others):
            found.append((slip, side))
    return (sorted(found, key=lambda edit: changed(case.claim.right, edit[1])),
            max(1, min(PROOFS, DEAREST // first.view.instance.work)))


def _reduced(case):
    """What another right side makes of the claim: the two Terms that are to be compared."""
    claim = case.claim
    if claim.relation is not Relation.PROPTO:
        return lambda side: (claim.left, side)
    from verifiers.proofs.relations import crossed

    def cross(side):
        other = crossed(replace(claim, right=side))
        return other.left, other.right
    return cross


def _views(case):
    """The Views of whole sizes at which the claim has an instance; none where its shapes clash."""
    claim = case.claim
    if claim.relation is Relation.PROPTO:
        from verifiers.proofs.relations import crossed
        case = case.again(crossed(claim))
    try:
        return [v for v in case.concrete if not v.blocked]
    except (CannotDecide, ShapeClash):
        return []


def _provable(case, claim):
    """PROVED where an equality is proved and its conditions hold, TESTED where that is so at the sizes of its instance.

    A slip whose mend is only TESTED is named, but the mended line is not held out as true.
    """
    other = _quiet(case, claim)
    try:
        proof = prove(other)
    except (CannotDecide, ShapeClash):
        return None
    if proof is None or undischarged(proof.view, proof.conditions):
        return None
    return PROVED if proof.partial is None else TESTED


def _judged(judge):
    def proves(case, claim):
        other = _quiet(case, claim)
        other.budget = replace(other.budget, proofs=True)
        return PROVED if isinstance(judge(other), Proved) else None
    return proves
