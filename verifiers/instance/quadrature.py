"""Integrals without a row by quadrature inside the graph: for points only, never for a proof.

Gauss-Legendre on an interval; the double exponential substitution on a line or half-line (H. Takahasi, M. Mori, Double
exponential formulas for numerical integration, 1974).  Two numbers of nodes must agree before a value is believed.
"""

from fractions import Fraction
from math import asinh, cosh, exp, log, pi, sinh

from verifiers.instance.value import Array
from verifiers.verdict import CannotDecide, Reason

NODES = "#nodes"            # the plan's entry that asks for quadrature: ("concrete", number of nodes)
COUNTS = 121, 163           # the two numbers of nodes that must agree; an interval takes a third of them
FARTHEST = 1e12, 1e14       # the double exponential rules end where x or 1/x is this large; a divergent tail then shows
MOST = 20000                # nodes of all integrals of one instance


def by_quadrature(evaluator, body, variable, env, low, high):
    """The integral of a scalar body as a weighted sum of its values at nodes."""
    graph, count = evaluator.graph, evaluator.plan[NODES][1]
    evaluator.not_general(Reason.INTEGRAL, "an integral was evaluated by quadrature")
    if len(graph) > MOST:
        raise CannotDecide(Reason.BUDGET, "nested integrals are too large for quadrature")
    parts = []
    for place, weight in places(graph, low, high, count):
        value = evaluator.value(body, env + ((variable.value, place),))
        if isinstance(value, Array):
            raise CannotDecide(Reason.INTEGRAL, "the integral of an array for which there is no row")
        parts.append(graph.mul(weight, value))
    return graph.add(*parts)


def places(graph, low, high, count):
    """(node of the place, node of the weight) of a rule on the range."""
    if (low, high) == ("-inf", "inf"):
        return [(graph.num(Fraction(x)), graph.num(Fraction(w))) for x, w in whole_line(count)]
    if high == "inf":
        return [(graph.add(low, graph.num(Fraction(x))), graph.num(Fraction(w))) for x, w in half_line(count)]
    if low == "-inf":
        return [(graph.sub(high, graph.num(Fraction(x))), graph.num(Fraction(w))) for x, w in half_line(count)]
    half = graph.mul(graph.half, graph.sub(high, low))
    middle = graph.mul(graph.half, graph.add(high, low))
    return [(graph.add(middle, graph.mul(half, graph.num(Fraction(x)))), graph.mul(half, graph.num(Fraction(w))))
            for x, w in interval(count // 3)]


def interval(count):
    """Nodes and weights of Gauss-Legendre on [-1, 1]."""
    import numpy
    nodes, weights = numpy.polynomial.legendre.leggauss(count)
    return list(zip(nodes.tolist(), weights.tolist(), strict=True))


def _steps(count, reach):
    step = 2 * reach / (count - 1)
    return [(-reach + k * step, step) for k in range(count)]


def whole_line(count):
    """x = sinh(pi/2 sinh t) at equal steps of t."""
    reach = asinh(2 / pi * asinh(FARTHEST[count > COUNTS[0]]))
    return [(sinh(pi / 2 * sinh(t)), h * pi / 2 * cosh(t) * cosh(pi / 2 * sinh(t))) for t, h in _steps(count, reach)]


def half_line(count):
    """x = exp(pi/2 sinh t) at equal steps of t."""
    reach = asinh(2 / pi * log(FARTHEST[count > COUNTS[0]]))
    return [(exp(pi / 2 * sinh(t)), h * pi / 2 * cosh(t) * exp(pi / 2 * sinh(t))) for t, h in _steps(count, reach)]
