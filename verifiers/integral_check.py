"""Claims with integrals that no row covers, at points: two quadratures must agree before the sides are compared."""

from itertools import islice

from derive.term.record import record
from verifiers.instance.build import build
from verifiers.instance.plan import plans
from verifiers.instance.quadrature import COUNTS, NODES
from verifiers.rings.balls import holds
from verifiers.rings.floats import evaluate
from verifiers.rings.points import UnknownFunctions, draw

STEADY, FAR = 1e-9, 1e-6        # relative: quadratures agree within STEADY; sides differ beyond FAR


@record(frozen=True)
class IntegralCheck:
    """What the points say.

    outcome  "agree": both sides within STEADY at ``points`` steady points; "differ": apart by more than FAR at one of
             them, the ``witness``; "unclear": fewer than three steady points, or sides that neither agree nor differ
    worst    the largest relative gap met
    """

    outcome: str
    points: int = 0
    worst: float = 0.0
    witness: tuple[tuple[str, str], ...] = ()
    left: str = ""
    right: str = ""


def numeric_integral_check(claim, rng, points=12):
    """Compare the sides of an equality with integrals.  Raises CannotDecide where the claim has no value otherwise."""
    plan = next(iter(islice(plans(claim), 1)))
    coarse, fine = (build(claim, plan.resized({NODES: ("concrete", n)})) for n in COUNTS)
    variables = fine.graph.variables([n for pair in fine.pairs for n in pair])
    drawn = draw(fine.graph, variables, rng, points)
    unknown = UnknownFunctions(rng)
    first, second = (_values(made, _moved(fine.graph, made.graph, drawn), unknown) for made in (coarse, fine))
    steady, worst = 0, 0.0
    for k, point in enumerate(drawn):
        at = [(v[k], w[k]) for v, w in zip(first, second, strict=True)]
        if not all(abs(a - b) <= STEADY * (1 + abs(b)) for a, b in at):     # false for nan too
            continue
        if not all(holds(fine.graph, c, point, unknown=unknown) for c in (*fine.constraints, *fine.left_conditions)):
            continue
        steady += 1
        for (_, left), (_, right) in zip(at[::2], at[1::2], strict=True):
            gap = float(abs(left - right) / (1 + max(abs(left), abs(right))))
            worst = max(worst, gap)
            if gap > FAR and fine.enforced:
                witness = tuple((fine.graph.operands[n], str(x)) for n, x in point.items())
                return IntegralCheck("differ", steady, worst, witness, repr(float(left)), repr(float(right)))
    return IntegralCheck("agree" if steady > 2 and worst <= STEADY else "unclear", steady, worst)


def _values(instance, drawn, unknown):
    roots = [n for pair in instance.pairs for n in pair]
    return evaluate(instance.graph, roots, drawn, unknown=unknown)


def _moved(graph, other, drawn):
    """Points of one graph as points of another with the same names of variables."""
    nodes = {other.operands[n]: n for n in range(len(other)) if n in other.domain}
    return [{nodes[graph.operands[n]]: x for n, x in point.items() if graph.operands[n] in nodes} for point in drawn]
