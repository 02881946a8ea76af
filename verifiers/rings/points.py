"""Exact points of the declared domain, small readable values first, and explicit unknown functions."""

from fractions import Fraction
from itertools import combinations_with_replacement, product

from verifiers.graph import FUN
from verifiers.rings.domain import tag_range
from verifiers.verdict import CannotDecide, Reason

SMALL = tuple(map(Fraction, ("1", "2", "1/2", "3", "3/2", "5/2", "1/3", "2/3", "4", "1/4")))
NOTHING = Fraction(0)
DENOMINATORS = (2, 3, 4, 5, 6, 7, 8)
LARGEST = 400               # beyond the roots of products such as (n-1)(n-2)...(n-40)
FIRST, MODERATE = 4, 5      # of nine points four are small, three moderate, two of extreme magnitude


def _size(stratum, rng):
    """A positive rational of the stratum: small and readable, moderate, or very large or very small."""
    if stratum < FIRST:
        return rng.choice(SMALL)
    if stratum < FIRST + 3:
        return Fraction(rng.randrange(1, 60), rng.choice(DENOMINATORS))
    size = Fraction(rng.randrange(1, 100), 10) * 2 ** rng.randrange(4, 11)
    return size if rng.random() < 0.5 else 1 / size


def _share(stratum, rng):
    """A rational strictly between 0 and 1."""
    if stratum < FIRST:
        d = rng.randrange(2, 7)
    elif stratum < FIRST + 3:
        d = rng.randrange(7, 100)
    else:
        d = 2 ** rng.randrange(7, 14)
        return Fraction(1, d) if rng.random() < 0.5 else 1 - Fraction(1, d)
    return Fraction(rng.randrange(1, d), d)


def _integer(low, high, stratum, rng):
    if high is not None:
        return rng.randrange(low, high + 1)
    return low + rng.randrange(4 if stratum < FIRST else 12 if stratum < FIRST + 3 else rng.choice((40, LARGEST)))


def _signed(stratum, rng):
    sign = rng.choice((-1, 1))
    return _size(stratum, rng) if sign > 0 else -_size(stratum, rng)


def _or_zero(value, stratum, rng):
    return NOTHING if rng.random() < (0.1 if stratum < FIRST else 0.02) else value


DRAWS = {
    "real": lambda k, rng: _or_zero(_signed(k, rng), k, rng),
    "positive": _size,
    "weight": _size,
    "nonnegative": lambda k, rng: _or_zero(_size(k, rng), k, rng),
    "negative": lambda k, rng: -_size(k, rng),
    "nonpositive": lambda k, rng: _or_zero(-_size(k, rng), k, rng),
    "nonzero": _signed,
    "unit": _share,
    "closed_unit": lambda k, rng: rng.choice((Fraction(0), Fraction(1), _share(k, rng), _share(k, rng))),
    "integer": lambda k, rng: rng.choice((-1, 1)) * _integer(0, None, k, rng),
    "binary": lambda k, rng: rng.randrange(2),
    "sign": lambda k, rng: rng.choice((-1, 1)),
}


def sample(tag, stratum, rng):
    """One exact value of the domain; ``stratum`` counts from 0, small values first."""
    if isinstance(tag, str):
        value = DRAWS[tag](stratum, rng)
        return Fraction(value) if isinstance(value, int) else value
    found = tag_range(tag)
    if found.low > found.high:
        raise CannotDecide(Reason.DECLARATION, "no value satisfies what is declared")
    if tag[0] == "between":
        return found.low + (found.high - found.low) * _share(stratum, rng)
    return Fraction(_integer(found.low, tag[2] if len(tag) > 2 else None, stratum, rng))


def draw(graph, variables, rng, count):
    """``count`` points, each {variable node: Fraction} inside the declared domains; pi is no variable and is left out.

    The strata go round: small readable values, moderate ones, and magnitudes far from 1.  Up to four variables of both
    signs take every combination of signs among the first points.
    """
    return list(stream(graph, variables, rng, count))


def stream(graph, variables, rng, count):
    """The points of ``draw`` one at a time, for those who stop at the first that serves."""
    free = [v for v in variables if graph.domain[v] != "pi"]
    both = [v for v in free if graph.domain[v] in ("real", "nonzero")]
    patterns = list(product((1, -1), repeat=len(both))) if len(both) <= 4 else []
    rng.shuffle(patterns)
    for k in range(count):
        point = {v: sample(graph.domain[v], k % (FIRST + MODERATE), rng) for v in free}
        if k < len(patterns):
            for v, s in zip(both, patterns[k], strict=True):
                point[v] = s * (abs(point[v]) or Fraction(1))
        yield point


class UnknownFunctions:
    """One explicit cubic polynomial with small rational coefficients for each unknown function, fixed when first met.

    All derivatives of a polynomial are exact in every ring, so floats and balls see one and the same function.
    """

    def __init__(self, rng):
        self._rng, self._terms = rng, {}
        self._graph, self._images = None, {}       # of the nodes met so far

    def terms(self, name, arity):
        """{sorted tuple of argument positions: coefficient}; () is the constant term."""
        key = name, arity
        if key not in self._terms:
            powers = [p for d in range(4) for p in combinations_with_replacement(range(arity), d)]
            if len(powers) > 40:
                powers = powers[:arity + 1] + self._rng.sample(powers[arity + 1:], 40)
            self._terms[key] = {p: Fraction(self._rng.choice((-1, 1)) * self._rng.randrange(1, 8), 4) for p in powers}
        return self._terms[key]

    def partial(self, name, orders):
        """The terms of the partial derivative of the given order in each argument."""
        terms = self.terms(name, len(orders))
        for k, order in enumerate(orders):
            for _ in range(order):
                lower = {}
                for p, c in terms.items():
                    if k in p:
                        at = p.index(k)
                        rest = p[:at] + p[at + 1:]
                        lower[rest] = lower.get(rest, 0) + c * p.count(k)
                terms = lower
        return terms

    def explicit(self, graph, roots):
        """The roots with every unknown function written out as its polynomial; a node is written out once."""
        if self._graph is not graph:
            self._graph, self._images = graph, {}
        images = self._images
        for node in graph.missing(roots, images):
            if graph.operation[node] == FUN and isinstance(graph.operands[node][0], tuple):
                (_, name, orders), *arguments = graph.operands[node]
                arguments = graph.carried(arguments, images)
                images[node] = graph.add(*(graph.mul(graph.num(c), *(arguments[k] for k in p))
                                           for p, c in self.partial(name, orders).items()))
        return graph.carried(roots, images)
