"""Positive nodes as monomials in generators: what makes logarithms and roots of products, and of sums, comparable.

A product splits into its factors where their signs are known; what is left over is one leaf.  A leaf that is
c m_1^q_1 m_2^q_2 ... for known generators is found by elimination on logarithmic derivatives and then tested at every
point.  A factor of unknown sign is split off only where ``evaluation.split`` allows it, and the assumption is recorded.
"""

from collections import namedtuple
from fractions import Fraction
from math import lcm

from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, NUM, POSITIVE, POW, VAR
from verifiers.rings import gammas
from verifiers.rings.atoms import NeedMore, Unsettled
from verifiers.rings.fields import prime_factors, small_rational
from verifiers.verdict import CannotDecide

CANDIDATES = 80
SURELY_PRIME = 10 ** 10     # a factor below is a prime: all of 10^5 were divided out (verifiers.rings.fields)
PLUS, MINUS = ("positive", "nonnegative"), ("negative", "nonpositive")


def plain(graph, node):
    """Whether a node is a sum, a product or an integer power of its children."""
    if graph.operation[node] == POW:
        k = graph.value_of(graph.operands[node][1])
        return k is not None and k.denominator == 1
    return graph.operation[node] != FUN


class Monomial(namedtuple("Monomial", "powers extra assumed entails", defaults=(None, (), None))):
    """The product of generator j to the power powers[j], times exp(extra).

    extra    (column, function giving its slope) or None
    assumed  ((strict, node), ...): nodes taken to be positive (strict) or nonnegative
    entails  the condition on the whole that follows from those, or None
    """

    __slots__ = ()


class Logarithms:
    """The factorisations of one evaluation."""

    def __init__(self, evaluation):
        self.evaluation, self.graph, self.p = evaluation, evaluation.graph, evaluation.p
        self.atoms = evaluation.atoms
        self._known, self._variables, self._primes, self._leaves, self._slopes = {}, {}, {}, {}, {}
        self.defined, self._open, self._gathering, self._squares = set(), set(), False, set()

    # -- monomials ----------------------------------------------------------------------------------------------------
    def log(self, monomial):
        """The column of the logarithm."""
        p = self.p
        total = monomial.extra[0] if monomial.extra else [0] * self.atoms.count
        for j, q in monomial.powers.items():
            c = self.evaluation.field.residue(q)
            total = [(t + c * x) % p for t, x in zip(total, self.atoms.generators[j].log, strict=True)]
        return total

    def power(self, monomial, q):
        """The column of the monomial to the power q, or None where a root cannot be had."""
        p, total = self.p, [1] * self.atoms.count
        for j, k in monomial.powers.items():
            factor = self.atoms.power(self.atoms.generators[j], k * q, j)
            if factor is None:
                return None
            total = [x * y % p for x, y in zip(total, factor, strict=True)]
        if monomial.extra:
            c, (column, slope) = self.evaluation.field.residue(q), monomial.extra
            factor = self.atoms.exp([c * x % p for x in column], lambda: [c * x % p for x in slope()])
            total = [x * y % p for x, y in zip(total, factor, strict=True)]
        return total

    def times(self, *parts):
        """The product of (Monomial, exponent) pairs."""
        powers, assumed, extras, p = {}, [], [], self.p
        for monomial, k in parts:
            for j, q in monomial.powers.items():
                powers[j] = powers.get(j, 0) + q * k
            assumed.extend(monomial.assumed)
            if monomial.extra:
                extras.append((self.evaluation.field.residue(Fraction(k)), monomial.extra))
        extra = None
        if extras:
            def total(columns):
                return [sum(row) % p for row in zip(*columns, strict=True)]
            extra = (total([[c * x % p for x in e[0]] for c, e in extras]),
                     lambda: total([[c * x % p for x in e[1]()] for c, e in extras]))
        return Monomial({j: q for j, q in powers.items() if q}, extra, tuple(assumed))

    # -- factorisation ------------------------------------------------------------------------------------------------
    def factor(self, node):
        """The Monomial of a node that is positive or 0 wherever it is used; None for an exact 0."""
        if node not in self._known:
            self.defined.add(node)
            self._open.add(node)
            self._known[node] = self._factor(node)
            self._open.discard(node)
        return self._known[node]

    def _factor(self, node):
        graph, evaluation = self.graph, self.evaluation
        operation, operands = graph.operation[node], graph.operands[node]
        if operation == NUM:
            return self.number(Fraction(operands)) if operands > 0 else self._leaf(node)
        if operation == VAR:
            return self._variable(node)
        if operation == MUL:
            return self._product(node)
        if operation == POW:
            base, k = operands[0], graph.value_of(operands[1])
            if k is not None and k.denominator == 1:
                return self._product(node)
            if k is None and graph.integral(operands[1]) and not evaluation.signs.implies(NONNEGATIVE, base):
                return self._leaf(node)
            inner = self.factor(base)
            if inner is None:
                return None
            if k is not None:
                return self.times((inner, Fraction(k)))
            return self._symbolic(node, base, operands[1], inner)
        if operation == FUN and operands[0] == "exp":
            return Monomial({}, (evaluation.value(operands[1]), lambda: evaluation.slope(operands[1])))
        if operation == FUN and operands[0] == "gamma":
            return Monomial({}, (gammas.log_gamma(evaluation, operands[1]), lambda: evaluation.log_slope(node)))
        return self._leaf(node)

    def _symbolic(self, node, base, exponent, inner):
        """base ** exponent with a positive base: its logarithm is the exponent times that of the base."""
        evaluation, p = self.evaluation, self.p
        column = [x * y % p for x, y in zip(evaluation.value(exponent), self.log(inner), strict=True)]
        strict = tuple((True, n) for _, n in inner.assumed)
        return Monomial({}, (column, lambda: evaluation.log_slope(node)), strict)

    def number(self, value):
        """A positive rational as a product of primes."""
        powers = {}
        for n, side in ((value.numerator, 1), (value.denominator, -1)):
            for q, k in prime_factors(n).items():
                if q not in self._primes:
                    column = self.evaluation.constant(q)
                    self._primes[q] = self.atoms.add_generator(self.atoms.random_column(), column, None, None,
                                                               prime=q < SURELY_PRIME)
                powers[self._primes[q]] = Fraction(side * k)
        return Monomial(powers)

    def _variable(self, node):
        """The generator |x| of a variable."""
        if node not in self._variables:
            evaluation, value = self.evaluation, self.evaluation.value(node)
            if evaluation.signs.sign(node) in MINUS:
                value = [self.p - x for x in value]
            self._variables[node] = self.atoms.add_generator(
                self.atoms.random_column(), value, evaluation.twelfth[node], lambda: evaluation.log_slope(node), node)
        return Monomial({self._variables[node]: Fraction(1)})

    def _factors(self, node):
        """(rational constant, {base: integer exponent}) with the node as their product."""
        graph, constant, bases = self.graph, Fraction(1), {}
        for part in graph.operands[node] if graph.operation[node] == MUL else (node,):
            k = 1
            if graph.operation[part] == POW:
                e = graph.value_of(graph.operands[part][1])
                if e is not None and e.denominator == 1:
                    part, k = graph.operands[part][0], int(e)
            if graph.operation[part] == NUM and graph.operands[part]:
                constant *= Fraction(graph.operands[part]) ** k
            else:
                bases[part] = bases.get(part, 0) + k
        return constant, bases

    def _product(self, node):
        """Split a product into its factors as far as their signs are known or may be assumed."""
        constant, bases = self._factors(node)
        side, parts, unknown = (1 if constant > 0 else -1), [(self.number(abs(constant)), 1)], []
        for base, k in bases.items():
            sign = self.evaluation.signs.sign(base)
            if sign in PLUS:
                parts.append((self.factor(base), k))
            elif sign in MINUS:
                side = -side if k % 2 else side
                parts.append((self.opposite(base), k))
            elif k:
                unknown.append((base, k))
        odd = [b for b, k in unknown if k % 2]
        if side < 0 and not odd:
            return self._leaf(node)
        if self.evaluation.split:
            parts += [self._assumed(b, k, odd, side) for b, k in unknown]
        elif len(unknown) == 1 and odd:
            # the sign of the one factor follows from that of the product
            parts.append((self.factor(odd[0]) if side > 0 else self.opposite(odd[0]), unknown[0][1]))
        elif unknown:
            for b, k in unknown:
                self.evaluation.held_back = True
                if k % 2 == 0:
                    self.evaluation.wanted[b] = None
            rest = self.graph.mul(*(self.graph.pow(b, self.graph.num(k)) for b, k in unknown))
            parts.append((self._leaf(rest if side > 0 else self.graph.neg(rest)), 1))
        return None if any(m is None for m, _ in parts) else self.times(*parts)

    def _assumed(self, base, k, odd, side):
        """The factor base ** k, its sign assumed; a last odd one follows from the others."""
        flipped = bool(odd) and base == odd[-1] and side < 0
        monomial = self.opposite(base) if flipped else self.factor(base)
        if odd == [base] or monomial is None:
            return monomial, k
        node = self.graph.neg(base) if flipped else base
        return monomial._replace(assumed=(*monomial.assumed, (k < 0, node))), k

    def opposite(self, node):
        """The Monomial of -node, for a node that is negative."""
        if self.graph.operation[node] == VAR and self.evaluation.signs.sign(node) in MINUS:
            return self._variable(node)
        return self._leaf(self.graph.neg(node))

    # -- leaves -------------------------------------------------------------------------------------------------------
    def _leaf(self, node):
        """A node that is not split: an old leaf, a monomial in old generators, a square, or a new generator."""
        column = self.evaluation.value(node)
        key = tuple(column)
        if not any(column):
            return None
        if key not in self._leaves:
            sums = self._sums(node)
            if key not in self._leaves:
                self._leaves[key] = self._constant(column) or self._relation(node, column) \
                    or self._square(sums, column) or self._new(node, column)
        return self._leaves[key]

    def _sums(self, node):
        """(sum, its column) for the sums of the claim that do not rest on the node: whatever is factored for them is
        known to the node's relation afterwards, in whichever order the claim has them."""
        graph, evaluation = self.graph, self.evaluation
        sums = [n for n in graph.reachable(evaluation.roots) if graph.operation[n] == ADD and n != node]
        if self._gathering:     # only what is there already: a leaf met while the sums of another are evaluated
            return [(n, evaluation.value(n)) for n in sums if evaluation.is_known(n)]
        self._gathering = True
        found = [(n, evaluation.value(n)) for n in sums if self._independent(n)]
        self._gathering = False
        return found

    def _constant(self, column):
        """The Monomial of a leaf that is one positive rational at every point, or None."""
        values = set(column)
        c = small_rational(values.pop(), self.p) if len(values) == 1 else None
        return self.number(c)._replace(entails=POSITIVE) if c is not None and c > 0 else None

    def _new(self, node, column):
        index = self.atoms.add_generator(self.atoms.random_column(), column, None,
                                         lambda: self.evaluation.log_slope(node), node)
        return Monomial({index: Fraction(1)})

    def _slope(self, j):
        """The slope of the logarithm of a generator, or None where it has none."""
        if j not in self._slopes:
            slope = self.atoms.generators[j].slope
            try:
                self._slopes[j] = slope() if slope else None
            except (CannotDecide, Unsettled):
                self._slopes[j] = None
        return self._slopes[j]

    def _relation(self, node, column):
        """The Monomial of a leaf in generators met before, tested at every point, or None."""
        evaluation = self.evaluation
        fresh = [v for v in self.graph.variables((node,)) if v not in self._variables]
        known = [v for v in fresh if evaluation.split or evaluation.signs.implies(NONNEGATIVE, v)]
        evaluation.held_back = evaluation.held_back or len(known) < len(fresh)
        if self.atoms.many() + len(known) > CANDIDATES:
            return None
        self.atoms.settle()
        for v in known:
            self._variable(v)
        candidates = [j for j, g in enumerate(self.atoms.generators) if g.slope and self._usable(g.node)]
        if not candidates:
            return None
        try:
            target = evaluation.log_slope(node)
        except (CannotDecide, Unsettled):
            return None
        echelon = self.atoms.echelon()
        for j in candidates:
            slope = self._slope(j)
            reduced = echelon.reduce(slope) if slope else (None,)
            if reduced[0] is not None:
                if len(echelon.rows) + 3 > self.atoms.count:
                    raise NeedMore
                echelon.insert(j, reduced)
        pivot, _, combination = echelon.reduce(target)
        if pivot is not None:
            return None
        powers = {j: small_rational(c, self.p) for j, c in combination.items() if c}
        return None if None in powers.values() else self._tested(column, powers)

    def _usable(self, node):
        """Whether a generator is positive wherever both sides are defined, or may be assumed so."""
        if node is None or node in self.defined or self.graph.operation[node] != VAR:
            return True
        return self.evaluation.split or self.evaluation.signs.implies(NONNEGATIVE, node)

    def _tested(self, column, powers):
        """column = c * product of the powers with a small rational c, or None."""
        p, atoms = self.p, self.atoms
        d = lcm(*(q.denominator for q in powers.values()))
        if d > 12 or not powers:
            return None
        rest = atoms.integer_power(column, d)
        for j, q in powers.items():
            factor = atoms.integer_power(atoms.generators[j].value, -int(q * d))
            rest = [x * y % p for x, y in zip(rest, factor, strict=True)]
        values = set(rest)
        c = small_rational(values.pop(), p) if len(values) == 1 else None
        if c is None or c <= 0:
            return None
        self.atoms.relations += 1
        assumed = [(q < 0, atoms.generators[j].node) for j, q in powers.items()
                   if atoms.generators[j].node is not None]
        whole = self.times((self.number(c), Fraction(1, d)), (Monomial(powers, None, tuple(assumed)), 1))
        # the d-th power of the column is positive: for an even d that says nothing of the column itself
        return whole._replace(entails=POSITIVE if d % 2 else None)

    def _square(self, sums, column):
        """A leaf c g^2 for one of the sums g, or None."""
        p = self.p
        for g, values in sums:
            if (column[0] * values[1] % p * values[1] - column[1] * values[0] % p * values[0]) % p or 0 in values:
                continue
            inverse = self.atoms.integer_power(values, -2)
            ratio = {x * y % p for x, y in zip(column, inverse, strict=True)}
            c = small_rational(ratio.pop(), p) if len(ratio) == 1 else None
            if c is not None and c > 0 and g not in self._squares:
                self._squares.add(g)
                found = self._of_square(self.number(c), g)
                self._squares.discard(g)
                return found
        return None

    def _of_square(self, constant, g):
        """The Monomial of constant g^2, or None where the sign of g is needed and may not be assumed."""
        sign = self.evaluation.signs.sign(g)
        if sign in PLUS or sign in MINUS:
            root = self.factor(g) if sign in PLUS else self.opposite(g)
            return root and self.times((constant, 1), (root, 2))._replace(entails=NONNEGATIVE)
        self.evaluation.held_back = True
        self.evaluation.wanted[g] = None
        if not self.evaluation.split:
            return None
        inner = self.factor(g)
        if inner is None:
            return None
        inner = inner._replace(assumed=(*inner.assumed, (False, g)))
        return self.times((constant, 1), (inner, 2))._replace(entails=NONNEGATIVE)

    def _independent(self, node):
        """Whether a node can be evaluated now: no root or logarithm under it is of a node being factored."""
        graph = self.graph
        return not any(not plain(graph, n) and not self._open.isdisjoint(graph.children(n))
                       for n in graph.reachable((node,)))

    # -- formal logarithms --------------------------------------------------------------------------------------------
    def formal(self, node):
        """A column l with (node) ** n = exp(n l) for integers n only: no sign is assumed, no root may be taken."""
        graph, p = self.graph, self.p
        operation, operands = graph.operation[node], graph.operands[node]
        if operation == MUL:
            return [sum(row) % p for row in zip(*map(self.formal, operands), strict=True)]
        k = graph.value_of(operands[1]) if operation == POW else None
        if k is not None and k.denominator == 1:
            return [k * x % p for x in self.formal(operands[0])]
        column = self.evaluation.value(node)
        if not any(column):
            raise Unsettled("a symbolic power of 0")
        key = "formal", tuple(column)
        if key not in self._leaves:
            index = self.atoms.add_generator(self.atoms.random_column(), column, None, None, node)
            self._leaves[key] = self.atoms.generators[index].log
        return self._leaves[key]
