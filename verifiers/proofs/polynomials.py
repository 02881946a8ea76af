"""Sparse polynomials with rational coefficients over graph nodes, and proofs that one is nowhere negative.

A polynomial is {monomial: coefficient}, a monomial a sorted tuple of (generator, exponent).  Generators are variables
and whatever the polynomial does not look into (exp, log, roots); divisors are cleared first.
"""

from fractions import Fraction
from itertools import product

from verifiers.graph import ADD, MUL, NONNEGATIVE, NONZERO, NUM, POSITIVE, POW
from verifiers.verdict import CannotDecide, Reason

TERM_CAP, DEGREE_CAP, DEPTH = 3000, 40, 8
PRODUCT_CAP = 5_000          # terms met when a denominator is multiplied through
STEPS = 500             # polynomials looked at in one proof


def constant(value):
    return {(): Fraction(value)} if value else {}


def generator(node, exponent=1):
    return {((node, exponent),): Fraction(1)}


def plus(a, b, scale=1):
    total = dict(a)
    for m, c in b.items():
        total[m] = total.get(m, 0) + scale * c
        if not total[m]:
            del total[m]
    return total


def times(a, b):
    if len(a) * len(b) > TERM_CAP * 20:
        raise CannotDecide(Reason.BUDGET, "the polynomial has too many terms")
    total = {}
    for (m, c), (n, d) in product(a.items(), b.items()):
        key = _merge(m, n)
        total[key] = total.get(key, 0) + c * d
    total = {m: c for m, c in total.items() if c}
    if len(total) > TERM_CAP:
        raise CannotDecide(Reason.BUDGET, "the polynomial has too many terms")
    return total


def _merge(m, n):
    exponents = dict(m)
    for g, e in n:
        exponents[g] = exponents.get(g, 0) + e
    return tuple(sorted((g, e) for g, e in exponents.items() if e))


def raised(a, k):
    result = constant(1)
    for _ in range(k):
        result = times(result, a)
    return result


class Expansion:
    """Nodes of one graph as polynomials; a divisor that is no monomial becomes a generator of exponent -1."""

    def __init__(self, graph):
        self.graph, self._memo = graph, {}
        self.divisors = set()

    def polynomial(self, node):
        for n in self.graph.reachable((node,)):
            if n not in self._memo:
                self._memo[n] = self._expand(n)
        return self._memo[node]

    def _expand(self, node):
        g = self.graph
        operation, operands = g.operation[node], g.operands[node]
        if operation == NUM:
            return constant(operands)
        if operation == ADD:
            total = {}
            for c in operands:
                total = plus(total, self._memo[c])
            return total
        if operation == MUL:
            total = constant(1)
            for c in operands:
                total = times(total, self._memo[c])
            return total
        if operation == POW:
            k = g.value_of(operands[1])
            if k is not None and k.denominator == 1 and abs(k) <= DEGREE_CAP:
                return self._power(operands[0], int(k))
        return generator(node)

    def _power(self, base, k):
        inner = self._memo[base]
        if k >= 0:
            return raised(inner, k)
        if len(inner) == 1:
            (monomial, c), = inner.items()
            return {tuple((g, e * k) for g, e in monomial): c ** k}
        self.divisors.add(base)
        return generator(base, k)


def cleared(expansion, polynomial, signs):
    """The polynomial times positive powers of its divisors, so that no exponent is negative and its sign is kept.

    Raises CannotDecide where a divisor could be 0 and its sign is not known.
    """
    for _ in range(DEGREE_CAP):
        low = {}
        for m in polynomial:
            for g, e in m:
                if e < 0:
                    low[g] = min(low.get(g, 0), e)
        if not low:
            return polynomial
        g, e = min(low.items())
        k = -e
        if not signs.implies(POSITIVE, g):
            if not signs.implies(NONZERO, g):
                raise CannotDecide(Reason.NEEDS_LEMMA, "a divisor of unknown sign")
            k += k % 2
        if len(polynomial) * len(expansion.polynomial(g)) ** k > PRODUCT_CAP:
            raise CannotDecide(Reason.BUDGET, "a common denominator with too many terms")
        polynomial = _times_power(expansion, polynomial, g, k)
    raise CannotDecide(Reason.BUDGET, "too many divisors")



def _times_power(expansion, polynomial, g, k):
    """polynomial g^k; a generator that is itself a sum is multiplied out where its exponent is positive."""
    total = {}
    whole = expansion.polynomial(g)
    for m, c in polynomial.items():
        exponents = dict(m)
        e = exponents.pop(g, 0) + k
        rest = {tuple(sorted(exponents.items())): c}
        total = plus(total, times(rest, raised(whole, e)))
    return total


def generators(polynomial):
    return sorted({g for m in polynomial for g, _ in m})


def degree(polynomial, g):
    return max((dict(m).get(g, 0) for m in polynomial), default=0)


def coefficients(polynomial, g):
    """{exponent of g: polynomial in the other generators}."""
    table = {}
    for m, c in polynomial.items():
        exponents = dict(m)
        e = exponents.pop(g, 0)
        table.setdefault(e, {})[tuple(sorted(exponents.items()))] = c
    return table


def shifted(polynomial, g, low):
    """The polynomial with g = low + g, for a generator known to be at least ``low``."""
    total = {}
    base = plus(constant(low), generator(g))
    for e, coefficient in coefficients(polynomial, g).items():
        total = plus(total, times(coefficient, raised(base, e)))
    return total


class Nonnegative:
    """Proofs that a polynomial is nonnegative or positive wherever its generators have the given signs.

    positive, nonnegative   generators known to be > 0, >= 0; the others are any real number
    """

    def __init__(self, positive, nonnegative):
        self.positive = set(positive)
        self.nonnegative = set(nonnegative) | self.positive
        self.left = STEPS

    def proves(self, polynomial, strict=False, depth=DEPTH):
        """Whether the polynomial is proved >= 0 (> 0 if strict) within the steps that are left."""
        if not polynomial:
            return not strict
        self.left -= 1
        if depth == 0 or self.left < 0:
            return False
        polynomial = self._without_content(polynomial, strict)
        if polynomial is None:
            return False
        if self._term_by_term(polynomial, strict):
            return True
        return self._by_weights(polynomial, strict, depth) or self._by_discriminant(polynomial, strict, depth)

    def _without_content(self, polynomial, strict):
        """The polynomial divided by a monomial that is not negative; None where strictness is lost by it."""
        common = dict(next(iter(polynomial)))
        for m in polynomial:
            exponents = dict(m)
            common = {g: min(e, exponents.get(g, 0)) for g, e in common.items()}
        common = {g: e if g in self.nonnegative else e - e % 2 for g, e in common.items()}
        common = {g: e for g, e in common.items() if e}
        if not common:
            return polynomial
        if strict and not all(g in self.positive for g in common):
            return None
        inverse = {tuple(sorted((g, -e) for g, e in common.items())): Fraction(1)}
        return times(polynomial, inverse)

    def _term_by_term(self, polynomial, strict):
        def good(m):
            return all(g in self.nonnegative or e % 2 == 0 for g, e in m)
        if any(c < 0 or not good(m) for m, c in polynomial.items()):
            return False
        return not strict or any(all(g in self.positive for g, _ in m) for m in polynomial)

    def _by_weights(self, polynomial, strict, depth):
        """Each coefficient of the monomials in the nonnegative generators is itself nonnegative."""
        groups = {}
        for m, c in polynomial.items():
            weight = tuple((g, e) for g, e in m if g in self.nonnegative)
            rest = tuple((g, e) for g, e in m if g not in self.nonnegative)
            groups.setdefault(weight, {})[rest] = c
        if len(groups) < 2:
            return False
        if not all(self.proves(p, False, depth - 1) for p in groups.values()):
            return False
        return not strict or any(self.proves(p, True, depth - 1) and all(g in self.positive for g, _ in w)
                                 for w, p in groups.items())

    def _by_discriminant(self, polynomial, strict, depth):
        """a v^2 + b v + c >= 0 where a, c and 4ac - b^2 are; > 0 where the last is."""
        choices = [g for g in generators(polynomial) if degree(polynomial, g) == 2]
        choices.sort(key=lambda g: (g in self.nonnegative, len(coefficients(polynomial, g).get(2, {}))))
        for g in choices[:4]:
            table = coefficients(polynomial, g)
            a, b, c = (table.get(k, {}) for k in (2, 1, 0))
            if not self.proves(a, False, depth - 1) or not self.proves(c, False, depth - 1):
                continue
            gap = plus(times(times(constant(4), a), c), times(b, b), -1)
            if self.proves(gap, strict, depth - 1):
                return True
        return False


def provably_nonnegative(graph, node, signs, strict=False):
    """Whether node >= 0 (or > 0) is proved by signs, or by its polynomial over generators of known sign."""
    if signs.implies(POSITIVE if strict else NONNEGATIVE, node):
        return True
    expansion = Expansion(graph)
    try:
        polynomial = cleared(expansion, expansion.polynomial(node), signs)
    except CannotDecide:
        return False
    found = generators(polynomial)
    for g in found:
        low = signs.range(g).low
        if isinstance(low, (int, Fraction)) and low != 0:
            polynomial = shifted(polynomial, g, low)
    positive = [g for g in found if signs.implies(POSITIVE, g) and signs.range(g).low == 0]
    nonnegative = [g for g in found if isinstance(signs.range(g).low, (int, Fraction))]
    try:
        return Nonnegative(positive, nonnegative).proves(polynomial, strict)
    except CannotDecide:
        return False
