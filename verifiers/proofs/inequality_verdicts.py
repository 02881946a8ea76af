"""Inequalities to verdicts: reduced to a nonnegative node, proved by rows, refuted by an adversarial search."""

from derive.term import ZERO, Relation
from derive.term.record import replace
from verifiers.descent import descend
from verifiers.proofs.equalities import Proof, identical
from verifiers.proofs.equality_verdicts import met_at_one_size, refuted, settle, twin_fails
from verifiers.proofs.exceptions import emptied
from verifiers.proofs.inequalities import Prover
from verifiers.proofs.term_signs import nonnegative
from verifiers.search import merge, survey
from verifiers.simplest import simplest
from verifiers.verdict import CannotDecide, Reason, Supported, Undecided

SUPPORTED_POINTS = 64
MOST_ATOMS = 6
TOUCHING = 1e-9          # relative gap of the sides of a strict order that may be an equality at an irrational point


def judge_inequality(case, order, strict):
    """The verdict on left <= right (order 1) or left >= right (order -1), strict or not."""
    proof = prove_order(case, order, strict)
    if (proof is None or proof.partial is not None) and not strict:
        proof = _by_look(case, order) or proof
    if proof is not None and proof.partial is None:
        return settle(case, proof, order)
    if case.budget.proofs:
        raise CannotDecide(Reason.BUDGET, "nothing but a proof was asked for")
    views = case.concrete + case.moved + case.least or [v for v in map(case.view, case.plans[:1]) if v is not None]
    free = [v for v in views if not v.blocked]
    if not free:
        raise CannotDecide(Reason.DECLARATION, views[0].blocked if views else _why(case))
    surveys = []
    for view in free:
        surveys.append(survey(view, case.rng, case.budget.points, case.budget.balls, order))
        if surveys[-1].differ is None:
            surveys.append(descend(view, case.rng, case.budget.balls, order))
        if surveys[-1].differ is not None:
            return refuted(simplest(case, surveys[-1].differ, order))
    if strict:
        equal = _equality_point(case, free)
        if equal is not None:
            return equal
        if min(s.closest for s in surveys) < TOUCHING:
            return Undecided("search", "the sides come so near to one another that they may be equal somewhere",
                             reason=Reason.ORDER)
    return _supported(case, merge(surveys), proof, order)


def _why(case):
    return case.refusals[-1].detail if case.refusals else "the claim has no instance"


def _by_look(case, order):
    """A Proof of a >= 0 for all sizes, where a is plainly a sum of squares."""
    small, large = (case.claim.left, case.claim.right)[::order]
    view = case.first()
    if view is None or small is not ZERO or not nonnegative(large, case.claim):
        return None
    return Proof("signs and sums of squares", view, "a sum of squares at every size")


def prove_order(case, order, strict):
    """A Proof that every pair keeps the order, or None."""
    view = covering(case)
    if view is None:
        return None
    g = view.graph
    prover = Prover(g, view.facts, identical(case, view))
    gaps = [g.sub(right, left) if order > 0 else g.sub(left, right) for left, right in view.pairs]
    names = []
    for gap in gaps:
        names.append(prover.nonnegative(gap, strict))
        if names[-1] is None:
            return None
    detail, partial = "the difference is nonnegative", view.instance.coverage.orders()
    if strict:
        detail = "the difference is positive"
        if partial is None and not _without_others(case, view, gaps):
            partial = Reason.SIZE_BOUND, "where the index sets have more members than the fixed ones"
    return Proof("; ".join(dict.fromkeys(names)), view, detail, partial=partial)


def _without_others(case, view, gaps):
    """Whether the gaps are positive too where an index set has no members beside those that are fixed."""
    tags = [tag for tag, _ in view.facts]
    for nodes in emptied(case, view, [*gaps, *(n for _, n in view.facts)]):
        facts = list(zip(tags, nodes[len(gaps):], strict=True))
        prover = Prover(view.graph, facts, identical(case, view))
        if any(prover.nonnegative(gap, strict=True) is None for gap in nodes[:len(gaps)]):
            return False
    return True


def covering(case):
    """The View at which a proof of an order reaches the most sizes: weighted atoms where the claim allows."""
    twin = case.again(replace(case.claim, relation=Relation.EQ))
    for plan in twin.plans[:1]:
        view = twin.view(plan)
        for _ in range(3):
            if view is None or view.instance.coverage.orders() is None:
                break
            wanted = view.instance.coverage.wanted
            if not wanted or max(wanted.values()) > MOST_ATOMS:
                break
            view = twin.view(plan.resized(_entries(plan, wanted)))
        if view is not None:
            return view
    return case.first()


def _entries(plan, wanted):
    return {plan.length_of[k][0] if k in plan.length_of else k: ("atoms" if k in plan.length_of else "concrete", n)
            for k, n in wanted.items()}


def _equality_point(case, views):
    """A strict claim is refuted where the two sides are certainly equal, and not decided where they may be."""
    from verifiers.rings import balls
    from verifiers.rings.points import draw
    from verifiers.search import Counterexample, corners, inside
    close = None
    for view in views:
        for point in (corners(view) + draw(view.graph, view.variables, case.rng, 32) if view.variables else [{}]):
            for k, pair in enumerate(view.pairs):
                outcome = balls.compare(view.graph, pair, point, unknown=view.unknown)
                if outcome.outcome == "same" and inside(view, point):
                    if outcome.bits is None:
                        return refuted(Counterexample(view, point, k, outcome), "the sides are equal there")
                    close = Undecided("points", f"at a point the sides agree to {outcome.bits} bits and may be equal",
                                      reason=Reason.ORDER)
    return close


def _supported(case, total, proof, order):
    if total.valid == 0:
        raise CannotDecide(Reason.DECLARATION, "no value satisfies what is declared, or a side is defined nowhere")
    if total.valid < SUPPORTED_POINTS // 2 and any(v.variables for v in case.concrete):
        return Undecided("points", f"only {total.valid} points of the domain were reached", reason=Reason.BUDGET)
    if total.gap is not None:
        return Undecided("points", "it holds where the right side is defined, which is not everywhere",
                         reason=Reason.ORDER)
    lone = met_at_one_size(case, total)
    if lone:
        return Undecided("points", f"it could be looked at for one value of {', '.join(lone)} only",
                         reason=Reason.SIZE_BOUND)
    if not twin_fails(case, order):
        return Undecided("points", "the same points do not refute a changed step either", reason=Reason.NEEDS_LEMMA)
    reason, why = proof.partial if proof is not None else (Reason.ORDER, "no lemma of the table proves it")
    return Supported("search", f"{why}; no counterexample by stratified and descending search", (), reason=reason,
                     points=total.valid, worst=total.worst)
