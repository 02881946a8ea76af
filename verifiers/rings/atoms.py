"""Generators of the function field an identity lives in: pairs (a, m) with m = exp(a), over random points mod p.

``exp(u)`` is a product of powers of known m where u is a rational combination of the known a, found by elimination
mod p and rational reconstruction; else it is a new generator.  Every m of an exponential is a twelfth power by
construction, so that its roots exist.  A root of anything else is a residue's root of unknown branch: ``flips``
multiplies it by a root of unity, and an identity counts only if it holds for every choice (``verifiers.rings.trials``).
Of the root of a prime number every choice says the same: roots of different primes are independent (Besicovitch 1940),
so that there is one field they generate, and each choice is a map of it into the residues; ``degree`` is that of the
field, by which the norm of an element is larger than the element.

Sources: Risch's structure theorem (Epstein and Caviness 1979) for what the elimination finds; Schwartz and Zippel.
"""

import random
from collections import namedtuple
from fractions import Fraction

from verifiers.rings.fields import Echelon, Lost, small_rational

TWELVE = 12
MOST_ELIMINATED = 6_000_000     # operations of one evaluation's linear algebra, about a third of a second
FEWEST = 6              # points below which columns may look alike by accident


class NeedMore(Exception):
    """Too few points are left for the linear algebra."""


class Thinned(Exception):
    """Some points have no root of a node: the evaluation is to be begun again with those that are ``left``."""

    def __init__(self, left):
        super().__init__()
        self.left = left


class Unsettled(Exception):
    """A node this ring gives no value, though it may have one."""


class Undefined(Exception):
    """A node that has no value at any point: the logarithm of 0, say."""


class Generator(namedtuple("Generator", "log value twelfth slope node prime", defaults=(None, False))):
    """m = exp(a): columns ``log`` and ``value``, a twelfth root of the value or None, and where it comes from.

    slope  a function giving the directional derivative of a as a column, or None for a constant
    node   the node whose value this is, where it is not an exponential
    prime  whether m is a prime number
    """

    __slots__ = ()


class Atoms:
    """All generators of one evaluation at ``drawn`` random points, or at those of them that are ``kept``.

    found  (residue, order) -> root or None, shared by the evaluations of one test
    """

    def __init__(self, field, seed, drawn, flips=(), kept=None, found=None):
        self.field, self.p, self.drawn = field, field.p, drawn
        self.kept = tuple(range(drawn)) if kept is None else kept
        self.count = len(self.kept)
        self.rng = random.Random(seed)
        self.flips, self.branches = flips, []
        self.generators, self.by_log = [], {}
        self.eliminated = 0
        self._echelon = self.echelon()
        self._angles, self._angle_echelon, self._by_angle = [], self.echelon(), {}
        self._letters, self._waiting = {}, []
        self._opaque, self._roots, self.degree = {}, {}, 1
        self.found = {} if found is None else found
        self.weight = TWELVE        # degree bound of the atoms met so far, for the error bound
        self.relations = 0

    def echelon(self):
        """An empty Echelon; all of them share one allowance of operations."""
        return Echelon(self.p, self._spend)

    def _spend(self, operations):
        self.eliminated += operations
        if self.eliminated > MOST_ELIMINATED:
            raise Unsettled("too much linear algebra")

    def random_column(self):
        bits, p = self.rng.getrandbits, self.p - 1
        if self.count == self.drawn:
            return [bits(64) % p + 1 for _ in range(self.count)]
        every = [bits(64) for _ in range(self.drawn)]
        return [every[k] % p + 1 for k in self.kept]

    def twelfth_power(self, root):
        p, column = self.p, []
        for r in root:
            r4 = r * r % p
            r4 = r4 * r4 % p
            column.append(r4 * r4 % p * r4 % p)
        return column

    def opaque(self, key):
        """An unanalysed value: the same key (a name and the argument columns) has the same random column."""
        if key not in self._opaque:
            self._opaque[key] = self.random_column()
        return self._opaque[key]

    def known_opaque(self, key):
        return self._opaque.get(key)

    def invert(self, column):
        """The inverses; raises ZeroDivisionError where one is 0."""
        return self.field.invert(column)

    def integer_power(self, column, k):
        return self.field.power(self.invert(column), -k) if k < 0 else self.field.power(column, k)

    # -- exponentials -------------------------------------------------------------------------------------------------
    def exp(self, column, slope):
        """exp of a column; ``slope`` gives the derivative of the column where it is asked for."""
        return self._exponential(column, slope, self.generators, self._echelon, self.by_log, False)

    def exp_i(self, column):
        """exp(i u), a unit of the complex numbers, kept apart from the real exponentials."""
        return self._exponential(column, None, self._angles, self._angle_echelon, self._by_angle, True)

    def letter(self, node, column, slope):
        """The generator exp(x) of a variable x, which no relation is looked for as long as there are only such."""
        if node not in self._letters:
            root = self.random_column()
            made = self._letters[node] = Generator(column, self.twelfth_power(root), root, slope)
            self._waiting.append(made)
        return self._letters[node]

    def many(self):
        """How many generators there are that are no constants."""
        return sum(g.slope is not None for g in self.generators) + len(self._waiting)

    def settle(self):
        """Enter the generators of variables, before a relation among others and them is looked for."""
        waiting, self._waiting = self._waiting, []
        for made in waiting:
            reduced = self._echelon.reduce(made.log)
            if reduced[0] is not None:
                self._enter(made, self.generators, self._echelon, self.by_log, reduced)

    def _exponential(self, column, slope, generators, echelon, known, angle):
        p = self.p
        if not any(column):
            return [1] * self.count
        if self._waiting:
            self.settle()
        key = tuple(column)
        if key in known:
            return generators[known[key]].value
        opposite = known.get(tuple(p - x if x else 0 for x in column))
        if opposite is not None:
            return self.invert(generators[opposite].value)
        reduced = echelon.reduce(column)
        if reduced[0] is None:
            self.relations += 1
            found = self._product(generators, reduced[2])
            # a combination that cannot be used: an independent value is sound, and only less complete
            return self.opaque(("exp", angle, key)) if found is None else found
        root = self.random_column()
        made = Generator(column, self.twelfth_power(root), root, slope)
        self._enter(made, generators, echelon, known, reduced)
        return made.value

    def _product(self, generators, combination):
        total = None
        for j, c in combination.items():
            if c == 0:
                continue
            q = small_rational(c, self.p)
            factor = None if q is None else self.power(generators[j], q, j)
            if factor is None:
                return None
            total = factor if total is None else [x * y % self.p for x, y in zip(total, factor, strict=True)]
        return total

    def _enter(self, made, generators, echelon, known, reduced):
        if len(echelon.rows) + 3 > self.count:
            raise NeedMore
        generators.append(made)
        known[tuple(made.log)] = len(generators) - 1
        echelon.insert(len(generators) - 1, reduced)

    def add_generator(self, log, value, twelfth, slope, node=None, prime=False):
        """Enter a pair whose logarithm is a fresh random column; returns its index."""
        self._enter(Generator(log, value, twelfth, slope, node, prime), self.generators, self._echelon, self.by_log,
                    self._echelon.reduce(log))
        return len(self.generators) - 1

    def rank(self):
        """The larger of the two ranks met."""
        return max(len(self._echelon.rows), len(self._angle_echelon.rows))

    # -- powers and roots ---------------------------------------------------------------------------------------------
    def power(self, generator, q, key):
        """generator ** q as a column, or None where the root cannot be had; ``key`` names the generator."""
        q = Fraction(q)
        self.weight += TWELVE * int(abs(q) + 1)
        if q.denominator == 1:
            return self.integer_power(generator.value, int(q)) if q else [1] * self.count
        if TWELVE % q.denominator:
            return None
        if generator.twelfth is not None:
            return self.integer_power(generator.twelfth, int(q * TWELVE))
        total = None
        for order, share in self._partial_orders(q):
            factor = self.integer_power(self._root(generator, order, key), share)
            total = factor if total is None else [x * y % self.p for x, y in zip(total, factor, strict=True)]
        return total

    @staticmethod
    def _partial_orders(q):
        """q as a sum of multiples of 1/2, 1/3 and 1/4, so that roots of different orders fit each other."""
        n, d = q.numerator, q.denominator
        return {2: ((2, n),), 3: ((3, n),), 4: ((4, n),),
                6: ((2, n), (3, -n)), 12: ((3, n), (4, -n))}[d]

    def _root(self, generator, order, key):
        """The root of order 2, 3 or 4 on the branch that ``flips`` names; points without one are dropped."""
        if (key, order) in self._roots:
            return self._roots[key, order]
        base, step = (self._root(generator, 2, key), 2) if order == 4 else (generator.value, order)
        turn = 1
        if generator.prime:
            self.degree *= step
        else:
            branch = len(self.branches)
            self.branches.append(step)
            turn = pow(self.field.unity[step], self.flips[branch], self.p) if branch < len(self.flips) else 1
        known = self.found
        for x in base:
            if (x, step) not in known:
                known[x, step] = self.field.sqrt(x) if step == 2 else self.field.cube_root(x)
        column = [known[x, step] for x in base]
        if None in column:
            left = tuple(k for k, r in zip(self.kept, column, strict=True) if r is not None)
            if len(left) < FEWEST:
                raise Lost if len(set(base)) == 1 else NeedMore
            raise Thinned(left)
        column = [r * turn % self.p for r in column] if turn != 1 else column
        self._roots[key, order] = column
        return column
