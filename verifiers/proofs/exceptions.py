"""What a proof at a general point leaves out: pivots of solved givens that vanish, and the least sizes declared."""

from verifiers.graph import NONZERO, VAR, ZERO
from verifiers.proofs.equalities import second_opinion
from verifiers.rings.domain import Signs

PIVOTS, LOOKS = 4, 24       # pivots looked at, and points for each


def weak_pivots(view):
    """The pivots of solved givens that neither the declarations nor the givens keep from being 0."""
    given = Signs.under(view.graph, view.untouched_facts)
    return [p for p in view.pivots if not given.implies(NONZERO, p)]


def may_vanish(case, view, pivot):
    """Whether the givens leave room for the pivot to be 0: with x y = 1, neither can be."""
    return all(tag != ZERO for tag, _ in view.where(case.rng, (ZERO, pivot)).constraints)


def at_vanishing_pivot(case, view, order=0):
    """(pivot, Counterexample): a point where every given holds, the pivot is 0 and the claim fails; else None."""
    for pivot in weak_pivots(view)[:PIVOTS]:
        other = view.where(case.rng, (ZERO, pivot))
        example = None if other.blocked else failing(case, other, order)
        if example is not None:
            return pivot, example
    return None


def at_least_sizes(case, order=0):
    """A Counterexample at the least sizes, or None."""
    for view in case.least:
        example = None if view.blocked else failing(case, view, order)
        if example is not None:
            return example
    return None


def failing(case, view, order=0):
    """A Counterexample of the view, also where the right side alone is undefined, confirmed by balls; or None."""
    from verifiers.search import Survey, confirm
    opinion = second_opinion(case, view, order, LOOKS)
    for point in filter(None, (opinion.against and opinion.against[0], opinion.gap)):
        looked = Survey()
        confirm(view, point, None, order, looked)
        if looked.differ is not None or looked.gap is not None:
            return looked.differ or looked.gap
    return None


def at_fault(example):
    """Whether both sides have a value at the point, and differ; else the right side has none."""
    view, point = example.view, example.point
    return example.outcome.outcome == "differ" and all(
        balls_holds(view, c, point) is not False for c in view.right_conditions)


def balls_holds(view, condition, point):
    from verifiers.rings import balls
    return balls.holds(view.graph, condition, point, unknown=view.unknown)


def emptied(case, view, nodes):
    """The nodes with no member left beside the marked ones of an index set, as (tuple of nodes) for each such set.

    The weights of atoms beside marks are positive in the instance, and may all be 0 in the claim where the declared
    length can be the number of marks.
    """
    graph, cases = view.graph, []
    for evaluator in view.instance.coverage.evaluators:
        for key, (_, marks) in view.plan.measured.items():
            if marks and key in evaluator.measures and _least_length(case.claim, *view.plan.length_of[key]) <= marks:
                weights = [w for w in evaluator.measures[key].weights if graph.operation[w] == VAR]
                cases.append(tuple(graph.substitute(list(nodes), {w: graph.zero for w in weights})))
    return cases


def _least_length(claim, size, shift):
    declaration = claim.symbol(size)
    low = declaration.low if declaration is not None else None
    return (int(low.value) if low is not None and low.head == "num" else 1) - shift
