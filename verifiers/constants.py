"""Equations between numbers: many bits, and no addend so small that even they could hide it.

log(1 + e^800) and 800 agree to 1153 bits.  Where both sides agree to the last precision that is tried, and no sum in
them has an addend beyond half of it, the agreement supports the claim; else nothing is said.
"""

from verifiers.graph import ADD
from verifiers.search import Counterexample


def look(view):
    """A Counterexample of a view without variables, True where its sides agree and nothing is hidden, else False."""
    from verifiers.rings import balls
    for entry, pair in enumerate(view.pairs):
        outcome = balls.compare(view.graph, pair, {}, balls.PATIENT, view.unknown)
        if outcome.outcome == "differ":
            return Counterexample(view, {}, entry, outcome)
        if outcome.outcome != "same" or outcome.bits is not None and _hides(view, pair, balls.PATIENT[-1]):
            return False
    return True


def _hides(view, pair, bits):
    """Whether a sum below the sides has an addend that is smaller than the sum by more than half of the bits."""
    from verifiers.rings import balls
    graph, roots = view.graph, list(view.unknown.explicit(view.graph, pair))
    nodes = [n for n in graph.reachable(roots) if graph.operation[n] == ADD]
    wanted = list(dict.fromkeys(c for n in nodes for c in (n, *graph.children(n))))
    values = dict(zip(wanted, balls.evaluate(graph, wanted, {}, bits), strict=True))
    if any(v in (balls.UNDEFINED, balls.UNKNOWN) for v in values.values() if isinstance(v, str)):
        return True
    return any(_far_below(values[c], max((values[n], *map(values.get, graph.children(n))), key=_scale), bits // 2)
               for n in nodes for c in graph.children(n))


def _scale(value):
    """The binary exponent of an upper bound of |value|; of 0 the least there is."""
    import flint
    size = abs(flint.arb(value)).upper()
    if size.is_zero():
        return float("-inf")
    mantissa, exponent = size.man_exp()
    return int(exponent) + int(mantissa).bit_length()


def _far_below(value, total, bits):
    return float("-inf") < _scale(value) < _scale(total) - bits
