"""Signs and exact rational ranges of nodes, from the declared domains of the variables and from facts given.

An analysis speaks of the points where the node is defined: a divisor is not 0 there, a logarithm's argument is positive.
All arithmetic is exact (Fractions and the two infinities), so a sign found here may discharge a condition of a proof.
"""

from collections import Counter
from fractions import Fraction
from math import floor, inf
from typing import NamedTuple

from verifiers.graph import ADD, FUN, MUL, NUM, POW, VAR


class Range(NamedTuple):
    """The interval from low to high, each end open or not, and whether 0 is known to be left out."""

    low: object
    high: object
    low_open: bool = False
    high_open: bool = False
    nonzero: bool = False

    @property
    def sign(self):
        """positive, negative, nonnegative, nonpositive, nonzero, zero, or None where nothing is known."""
        away = self.nonzero
        if self.low > 0 or (self.low == 0 and (self.low_open or away)):
            return "positive"
        if self.high < 0 or (self.high == 0 and (self.high_open or away)):
            return "negative"
        if self.low == 0:
            return "zero" if self.high == 0 else "nonnegative"
        if self.high == 0:
            return "nonpositive"
        return "nonzero" if away else None


REALS = Range(-inf, inf, True, True)
POSITIVES = Range(0, inf, True, True)
TAGS = {
    "real": REALS,
    "positive": POSITIVES,
    "weight": POSITIVES,
    "nonnegative": Range(0, inf, False, True),
    "negative": Range(-inf, 0, True, True),
    "nonpositive": Range(-inf, 0, True, False),
    "nonzero": REALS._replace(nonzero=True),
    "zero": Range(0, 0),
    "unit": Range(0, 1, True, True),
    "closed_unit": Range(0, 1),
    "binary": Range(0, 1),
    "sign": Range(-1, 1, nonzero=True),
    "integer": REALS,
    "pi": Range(Fraction(333, 106), Fraction(22, 7), True, True),
}
HALF_PI = Fraction(11, 7)

# Which signs imply which condition.
IMPLIED = {
    "positive": ("positive",),
    "nonnegative": ("positive", "nonnegative", "zero"),
    "nonzero": ("positive", "negative", "nonzero"),
    "zero": ("zero",),
    "negative": ("negative",),
    "nonpositive": ("negative", "nonpositive", "zero"),
}


def tag_range(tag):
    """The range of a domain tag: a word, ("integer", low[, high]) or ("between", low, high), ends left out."""
    if isinstance(tag, str):
        return TAGS[tag]
    kind, low, *high = tag
    if kind == "between":
        return Range(low, high[0], True, True)
    return Range(low, high[0] if high else inf, False, not high)


def meet(a, b):
    """What holds of both ranges.  Nothing is concluded from ranges that do not meet: see ``feasible`` for that."""
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low > high:
        return REALS
    low_open = any(r.low_open for r in (a, b) if r.low == low)
    high_open = any(r.high_open for r in (a, b) if r.high == high)
    return Range(low, high, low_open, high_open, a.nonzero or b.nonzero)


def negate(a):
    return Range(-a.high, -a.low, a.high_open, a.low_open, a.nonzero)


def plus(a, b):
    low, high = a.low + b.low, a.high + b.high
    return Range(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


def _corner(x, y):
    return 0 if x == 0 or y == 0 else x * y


def times(a, b):
    """The range of a product of two independent values."""
    if a.high <= 0 and a.low < 0:
        return negate(times(negate(a), b))
    if b.high <= 0 and b.low < 0:
        return negate(times(a, negate(b)))
    nonzero = all(r.sign in IMPLIED["nonzero"] for r in (a, b))
    if a.low >= 0 and b.low >= 0:
        low, high = _corner(a.low, b.low), _corner(a.high, b.high)
        if low:
            low_open = a.low_open or b.low_open
        else:
            low_open = nonzero
        high_open = a.high_open or b.high_open if high else False
        return Range(low, high, low_open, high_open, nonzero)
    corners = [_corner(x, y) for x in a[:2] for y in b[:2]]
    return Range(min(corners), max(corners), nonzero=nonzero)


def power(a, k):
    """The range of a ** k for a positive integer k."""
    if k % 2 == 0 and a.low < 0:
        if a.high <= 0:
            return power(negate(a), k)
        far = max(-a.low, a.high)
        far_open = all(end_open for end, end_open in ((-a.low, a.low_open), (a.high, a.high_open)) if end == far)
        return Range(0, far ** k if far < inf else inf, a.nonzero, far_open, a.nonzero)
    low = a.low ** k if a.low > -inf else -inf
    return Range(low, a.high ** k if a.high < inf else inf, a.low_open, a.high_open, a.nonzero)


def reciprocal(a):
    """The range of 1 / a, where a is not 0."""
    if a.low < 0 < a.high or a.low == a.high == 0:
        return REALS._replace(nonzero=True)
    if a.high <= 0:
        return negate(reciprocal(negate(a)))
    low = 1 / Fraction(a.high) if a.high < inf else 0
    high = 1 / Fraction(a.low) if a.low > 0 else inf
    return Range(low, high, a.high_open or a.high == inf, a.low_open or a.low <= 0, True)


def about_one(positive, above, below, strict):
    """A range of positive values known to lie above or below 1."""
    low, high = (1, inf) if above else (0, 1) if below else (0, inf)
    return Range(low, high, strict or not above, strict or not below, positive)


def _exp(u):
    strict = u.sign in ("positive", "negative")
    return about_one(True, u.low >= 0, u.high <= 0, strict)


def _log(u):
    if u.low >= 1:
        return Range(0, inf, u.low_open or u.low > 1, True)
    if u.high <= 1:
        return Range(-inf, 0, True, u.high_open or u.high < 1)
    return REALS


def _odd(bound):
    """The range of an odd increasing function into (-bound, bound)."""
    def image(u):
        edge = Range(-bound, bound, True, True, u.nonzero)
        if u.low >= 0:
            edge = edge._replace(low=0, low_open=u.low > 0 or u.low_open)
        if u.high <= 0:
            edge = edge._replace(high=0, high_open=u.high < 0 or u.high_open)
        return edge
    return image


def _sign(u):
    low = 1 if u.sign == "positive" else 0 if u.low >= 0 else -1
    high = -1 if u.sign == "negative" else 0 if u.high <= 0 else 1
    return Range(low, high, nonzero=u.sign == "nonzero")


def _floor(u):
    return Range(u.low if u.low == -inf else floor(u.low), u.high if u.high == inf else floor(u.high))


IMAGES = {
    "exp": _exp,
    "log": _log,
    "sin": lambda u: Range(-1, 1),
    "cos": lambda u: Range(-1, 1),
    "arctan": _odd(HALF_PI),
    "erf": _odd(1),
    "sign": _sign,
    "gamma": lambda u: POSITIVES,
    "trigamma": lambda u: POSITIVES,
    "bessel0": lambda u: Range(1, inf, False, True),
    "bessel1": _odd(inf),
    "floor": _floor,
}


def linear(graph, node):
    """{unknown node: coefficient}, the key None for the constant."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return {None: Fraction(operands)}
    if operation == ADD:
        total = {}
        for c in operands:
            for unknown, x in linear(graph, c).items():
                total[unknown] = total.get(unknown, 0) + x
        return total
    if operation == MUL:
        constants = [c for c in operands if graph.operation[c] == NUM]
        rest = [c for c in operands if graph.operation[c] != NUM]
        factor = Fraction(1)
        for c in constants:
            factor *= graph.operands[c]
        inner = linear(graph, rest[0]) if len(rest) == 1 else {graph.mul(*rest): Fraction(1)}
        return {unknown: factor * x for unknown, x in inner.items()}
    return {node: Fraction(1)}


class Signs:
    """Ranges of the nodes of one graph, under ``facts``: (tag, node) conditions taken as given."""

    def __init__(self, graph, facts=()):
        self.graph, self.facts, self._known = graph, {}, {}
        for tag, node in facts:
            self._note(tag, node)

    def _note(self, tag, node):
        self.facts[node] = meet(self.facts.get(node, REALS), TAGS[tag])
        self._known.clear()
        self._pass_down(tag, node)

    def _pass_down(self, tag, node):
        """What the sign of a product says of its factors: none is 0, and one of unknown sign has the sign left over."""
        graph = self.graph
        if tag not in IMPLIED["nonzero"]:
            return
        if graph.operation[node] == MUL:
            signs = {c: self.sign(c) for c in graph.operands[node]}
            open_ = [c for c in graph.operands[node] if signs[c] not in ("positive", "negative")]
            minus = sum(signs[c] == "negative" for c in graph.operands[node]) % 2
            for c in dict.fromkeys(open_):
                if len(open_) == 1 and tag != "nonzero":
                    self._note("negative" if (tag == "negative") != bool(minus) else "positive", c)
                else:
                    self._note("nonzero", c)
        elif graph.operation[node] == POW:
            k = graph.value_of(graph.operands[node][1])
            if k is not None and k.denominator == 1:
                self._note(tag if k % 2 else "nonzero", graph.operands[node][0])
        elif graph.operation[node] == FUN and graph.operands[node][0] == "sign":
            self._note(tag, graph.operands[node][1])

    def sign(self, node):
        """positive, negative, nonnegative, nonpositive, nonzero, zero or None."""
        return self.range(node).sign

    def implies(self, tag, node):
        """Whether the condition holds wherever the node is defined."""
        return self.sign(node) in IMPLIED[tag]

    def range(self, node):
        if node not in self._known:
            for n in self.graph.reachable((node,)):
                if n not in self._known:
                    found = self._range(n)
                    self._known[n] = meet(found, self.facts[n]) if n in self.facts else found
        return self._known[node]

    def _range(self, node):
        operation, operands = self.graph.operation[node], self.graph.operands[node]
        if operation == NUM:
            return Range(operands, operands, nonzero=operands != 0)
        if operation == VAR:
            return tag_range(self.graph.domain[node])
        if operation == ADD:
            return self._sum(node, operands)
        if operation == MUL:
            return self._product(operands)
        if operation == POW:
            return self._power(*operands)
        name, *arguments = operands
        image = IMAGES.get(name)
        return image(self._known[arguments[0]]) if image else REALS

    def _sum(self, node, operands):
        """The range of a sum, of its collected terms where the terms as they stand tell no sign."""
        total = Range(0, 0)
        for c in operands:
            total = plus(total, self._known[c])
        if total.sign is None:
            collected = linear(self.graph, node)
            if len(collected) < len(operands):
                constant = collected.pop(None, 0)
                found = Range(constant, constant)
                for unknown, c in collected.items():
                    term = self.range(unknown)
                    scaled = times(Range(abs(c), abs(c), nonzero=True), term) if c else Range(0, 0)
                    found = plus(found, scaled if c >= 0 else negate(scaled))
                total = meet(total, found)
        return total

    def _product(self, operands):
        total = Range(1, 1, nonzero=True)
        for c, k in Counter(operands).items():
            total = times(total, power(self._known[c], k))
        for inverse in (c for c in operands if self.graph.operation[c] == POW):
            for p in operands:
                share = self._share(p, inverse)
                if share:
                    rest = list(operands)
                    rest.remove(p)
                    rest.remove(inverse)
                    for c in rest:
                        share = times(share, self._known[c])
                    return meet(total, share)
        return total

    def _share(self, p, inverse):
        """The range of p / (p + q + ...), which lies between 0 and 1 where p, q, ... are nonnegative, or None."""
        graph = self.graph
        if graph.operands[inverse][1] != graph.minus_one:
            return None
        whole = graph.operands[inverse][0]
        if graph.operation[whole] != ADD or p not in graph.operands[whole]:
            return None
        signs = [self._known[c].sign for c in graph.operands[whole]]
        if not all(s in IMPLIED["nonnegative"] for s in signs):
            return None
        own = self._known[p].sign
        signs.remove(own)
        return Range(0, 1, own == "positive", "positive" in signs)

    def _power(self, base, exponent):
        b, k = self._known[base], self.graph.value_of(exponent)
        if k is not None and abs(k) > 64:
            b = TAGS.get(b.sign, REALS)     # only the sign: no endpoint is raised to a large power
        if k is not None and k.denominator == 1:
            return power(b, int(k)) if k > 0 else reciprocal(power(b, -int(k)))
        e = self._known[exponent]
        strict = (b.low > 1 or b.high < 1 or b.low_open and b.low == 1 or b.high_open and b.high == 1) \
            and e.sign in ("positive", "negative")
        if k is None and b.low < 0 and self.graph.integral(exponent):
            return REALS
        above = (b.low >= 1 and e.low >= 0) or (b.low >= 0 and b.high <= 1 and e.high <= 0)
        below = (b.high <= 1 and e.low >= 0) or (b.low >= 1 and e.high <= 0)
        positive = b.sign in ("positive", "negative", "nonzero") or e.high < 0 or \
            (k is None and not self.graph.integral(exponent))
        found = about_one(positive, above, below, strict)
        return found if positive else found._replace(low_open=False)


def sign_of(graph, node, facts=()):
    """The sign of a node on the declared domain (see Signs)."""
    return Signs(graph, facts).sign(node)
