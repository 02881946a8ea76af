"""A <=> B between systems of equations: shared equations, and pairs of which one is a nonzero multiple of the other."""

from derive.term import Relation, sub
from derive.term.record import replace
from verifiers.graph import NONZERO
from verifiers.proofs import pointwise
from verifiers.proofs.equalities import identical
from verifiers.rings.domain import Signs
from verifiers.rings.points import stream
from verifiers.verdict import CannotDecide, Proved
from verifiers.witness import witness

LOOKED = 2              # points at which a factor is looked at again
DRAWS = 48
TRIED = 6               # variables by which a factor is sought


def same_system(case, left, right):
    """Proved where every equation of one side is one of the other up to a nonzero factor, or None.

    left, right   equations, as relations
    An equation may use those that both sides share; without pivots, so that nothing is needed beyond the givens.
    """
    shared = tuple(p for p in left if p in right)
    ours, theirs = ([p for p in side if p not in shared] for side in (left, right))
    if len(ours) != len(theirs):
        return None
    inhabitant = None
    for a, b in zip(ours, theirs, strict=True):
        point = _one_equation(case, a, b, ()) or shared and _one_equation(case, a, b, shared)
        if not point:
            return None
        inhabitant = inhabitant or point
    if inhabitant is None:
        return None
    return Proved("identity test", "the same equations up to nonzero factors", inhabitant=inhabitant)


def _one_equation(case, a, b, shared):
    """A point of the domain, as text, where a <=> b is proved under the shared equations; else None.

    Both equations have to be defined everywhere: the side where one is not would be no equivalence.
    """
    claim = replace(case.claim, left=sub(*a.args), relation=Relation.EQ, right=sub(*b.args), about=(),
                    givens=case.claim.givens + shared)
    other = case.again(claim)
    try:
        view = other.view(other.plans[0]) if other.plans else None
    except CannotDecide:
        return None
    if view is None or view.covers is not None or view.pivots or len(view.pairs) != 1:
        return None
    signs = Signs.under(view.graph, view.constraints)
    if not all(signs.implies(t, n) for t, n in view.left_conditions + view.right_conditions):
        return None
    for over, under in _factors(view, identical(other, view)):
        return _looked_at(other, view, over, under)
    return None


def _factors(view, same):
    """(over, under), nowhere 0, with under p = over q for the two sides p and q."""
    g, (p, q) = view.graph, view.pairs[0]
    if same(p, q):
        yield g.one, g.one
        return
    signs = Signs.under(g, view.constraints)
    for v in [v for v in view.variables if v in g.reachable((q,))][:TRIED]:
        over, under = g.diff(p, v), g.diff(q, v)
        if signs.implies(NONZERO, over) and signs.implies(NONZERO, under) and same(g.mul(p, under), g.mul(over, q)):
            yield over, under
            return


def _looked_at(case, view, over, under):
    """A point of the domain, as text, after ``under p = over q`` held at a few points in plain floats; else None."""
    g, (p, q), shown, agreed = view.graph, view.pairs[0], None, 0
    conditions = view.constraints + view.left_conditions + view.right_conditions
    nodes = view.unknown.explicit(g, [g.mul(p, under), g.mul(over, q), over, under, *(n for _, n in conditions)])
    for point in stream(g, g.variables([*nodes, *view.variables]), case.rng, DRAWS):
        try:
            values = [pointwise.evaluate(g, nodes, point)[n] for n in nodes]
        except pointwise.Beyond:
            continue
        if None in values or not all(pointwise.holds(t, x) is True
                                     for (t, _), x in zip(conditions, values[4:], strict=True)):
            continue
        if pointwise.relative_gap(values[0], values[1]) > pointwise.TOLERANCE or 0 in values[2:4]:
            return None
        shown, agreed = shown or witness(view, point), agreed + 1
        if agreed == LOOKED:
            return shown
    return None
