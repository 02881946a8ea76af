"""One evaluation of a graph at random points modulo p: every node becomes a column of residues.

Rational nodes are evaluated as they are; exponentials, logarithms, powers and special functions go through the
generators of ``atoms``, so that two columns agree only where the nodes agree as functions (up to the error bound of
``verifiers.rings.bounds``).  A positivity used on the way is recorded in ``used``.
"""

from fractions import Fraction

from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, NUM, POSITIVE, POW, VAR, is_unknown
from verifiers.rings import gammas
from verifiers.rings.atoms import TWELVE, Atoms, Undefined, Unsettled
from verifiers.rings.domain import linear
from verifiers.rings.logarithms import Logarithms, plain

WIDE = 24               # exponentials beyond which those of sums of variables are taken apart


class Evaluation:
    """The columns of the nodes of ``graph``.

    signs   Signs: what is known of the sign of a node
    split   whether the sign of a factor may be assumed, which is then recorded in ``used``
    flips   which branch each compound root takes
    roots   the nodes to be evaluated; their variables get their columns first, in order, on every branch alike

    used    [(tag, node)]: conditions the merging of atoms used, the tag a domain tag
    covered  conditions that are in ``used`` or follow from it
    wanted  nodes whose sign would have let more be merged
    """

    def __init__(self, graph, field, seed, count, signs, split=False, flips=(), roots=(), kept=None, found=None):
        self.graph, self.field, self.p, self.signs, self.split = graph, field, field.p, signs, split
        self.atoms = Atoms(field, seed, count, flips, kept, found)
        self.logs = Logarithms(self)
        self.used, self.covered, self.wanted, self.held_back = [], set(), {}, False
        self.twelfth = {}
        self._values, self._slopes, self.gamma_classes = {}, {}, []
        self.roots = tuple(roots)
        self.wide = sum(graph.operation[n] == FUN and graph.operands[n][0] == "exp"
                        for n in graph.reachable(roots)) > WIDE
        for n in graph.variables(roots):
            self._values[n] = self._variable(n)

    # -- values -------------------------------------------------------------------------------------------------------
    def value(self, node):
        """The column of a node."""
        values = self._values
        if node not in values:
            for n in self.graph.missing((node,), values):
                if n not in values:
                    values[n] = self._evaluate(n)
        return values[node]

    def is_known(self, node):
        return node in self._values

    def constant(self, value):
        return [self.field.residue(value)] * self.atoms.count

    def _variable(self, node):
        """A random twelfth power, or its opposite where the variable is known to be negative."""
        root = self.twelfth[node] = self.atoms.random_column()
        column = self.atoms.twelfth_power(root)
        return [self.p - x for x in column] if self.signs.sign(node) in ("negative", "nonpositive") else column

    def _evaluate(self, node):
        operation, operands, p = self.graph.operation[node], self.graph.operands[node], self.p
        if operation == NUM:
            return self.constant(operands)
        if operation == VAR:
            return self._variable(node)
        if operation == POW:
            return self._power(*operands)
        if operation == ADD or operation == MUL:
            columns = [self._values[c] for c in operands]
            if operation == ADD:
                return [sum(row) % p for row in zip(*columns, strict=True)]
            total = columns[0]
            for column in columns[1:]:
                total = [x * y % p for x, y in zip(total, column, strict=True)]
            return total
        return self._function(node, *operands)

    def _power(self, base, exponent):
        k = self.graph.value_of(exponent)
        if k is not None and k.denominator == 1:
            column = self.value(base)
            if k < 0 and not any(column):
                raise self.no_value(base, "a division by 0")
            return self.atoms.integer_power(column, int(k))
        if k is not None:
            return self.root_power(base, Fraction(k))
        return self.symbolic_power(base, exponent)

    def root_power(self, base, q):
        """base ** q for a rational q; the base is nonnegative wherever this is defined."""
        monomial = self.logs.factor(base)
        if monomial is None:
            if q < 0:
                raise self.no_value(base, "a division by 0")
            return self.constant(0)
        self.record(base, monomial, NONNEGATIVE if q > 0 else POSITIVE)
        found = self.logs.power(monomial, q)
        return found if found is not None else self.atoms.opaque(("root", q, tuple(self.value(base))))

    def symbolic_power(self, base, exponent):
        """base ** exponent = exp(exponent log base), with a formal logarithm where only integers are put in."""
        e, p = self.value(exponent), self.p
        if not any(self.value(base)) and self.graph.integral(exponent):
            raise Unsettled("a symbolic power of 0")
        if self.graph.integral(exponent) and not self.signs.implies(NONNEGATIVE, base):
            column, slope = self.logs.formal(base), None
        else:
            column, slope = self.log(base), lambda: self.log_slope(base)

        def slope_of_product():
            if slope is None:
                raise Unsettled("no derivative of a power of a base of unknown sign")
            return [(x * y + z * w) % p for x, y, z, w in zip(e, slope(), self.slope(exponent), column, strict=True)]
        return self.atoms.exp([x * y % p for x, y in zip(e, column, strict=True)], slope_of_product)

    def log(self, node):
        monomial = self.logs.factor(node)
        if monomial is None:
            raise self.no_value(node, "the logarithm of 0")
        self.record(node, monomial, POSITIVE)
        return self.logs.log(monomial)

    def no_value(self, node, why):
        """The exception for a node that is 0 at all points: certain only where no branch of a root is involved."""
        return Undefined(why) if rational(self.graph, node) else Unsettled(why)

    def record(self, node, monomial, tag):
        """Note the conditions a factorisation of ``node`` rests on: nonnegative is enough under a root."""
        self.covered.add((tag, node))
        if monomial.entails not in (tag, POSITIVE):
            self.used.append((tag, node))
        for strict, node in monomial.assumed:
            self.used.append((POSITIVE if strict else tag, node))

    def _function(self, node, name, *arguments):
        if is_unknown(name):
            return self.atoms.opaque((name, *(tuple(self.value(a)) for a in arguments)))
        argument = arguments[0]
        if name == "exp":
            found = self._spread(argument) if self.wide else None
            return self.atoms.exp(self.value(argument), lambda: self.slope(argument)) if found is None else found
        if name == "log":
            return self.log(argument)
        if name in ("sin", "cos"):
            return self._circular(name, argument)
        if name in gammas.FAMILY:
            return gammas.value(self, name, argument)
        return self._odd_or_even(name, argument)

    def _spread(self, exponent):
        """exp(a x + b y + ...) = exp(x)^a exp(y)^b ... for variables x, y, ...; None for other exponents.

        Many exponentials of sums of variables, as of the logits of many classes, then need no linear algebra.
        """
        form, graph, p = linear(self.graph, exponent), self.graph, self.p
        if any(n is None or graph.operation[n] != VAR or TWELVE % c.denominator for n, c in form.items()):
            return None
        total = [1] * self.atoms.count
        for n, c in form.items():
            generator = self.atoms.letter(n, self.value(n), lambda n=n: self.slope(n))
            factor = generator.value if c == 1 else self.atoms.power(generator, c, n)
            total = [x * y % p for x, y in zip(total, factor, strict=True)]
        return total

    def _circular(self, name, argument):
        """sin and cos out of exp(i u)."""
        p, field = self.p, self.field
        e = self.atoms.exp_i(self.value(argument))
        inverse = self.atoms.invert(e)
        if name == "cos":
            return [(x + y) * field.half % p for x, y in zip(e, inverse, strict=True)]
        scale = field.half * pow(field.i, -1, p) % p
        return [(x - y) * scale % p for x, y in zip(e, inverse, strict=True)]

    def _odd_or_even(self, name, argument):
        """An opaque function of one argument, with f(-u) = -f(u) or f(-u) = f(u) where that holds."""
        column, p = self.value(argument), self.p
        parity = PARITY.get(name, 0)
        if parity == -1 and not any(column):
            return [0] * self.atoms.count
        if parity and self.atoms.known_opaque((name, tuple(column))) is None:
            opposite = self.atoms.known_opaque((name, tuple(p - x if x else 0 for x in column)))
            if opposite is not None:
                return opposite if parity == 1 else [p - x if x else 0 for x in opposite]
        return self.atoms.opaque((name, tuple(column)))

    # -- directional derivatives, used only to propose relations, each of which is then tested ------------------------
    def slope(self, node):
        """The derivative of a node in a random direction."""
        slopes = self._slopes
        if node not in slopes:
            for n in self.graph.missing((node,), slopes):
                if n not in slopes:
                    slopes[n] = self._slope(n)
        return slopes[node]

    def log_slope(self, node):
        p = self.p
        return [x * y % p for x, y in zip(self.slope(node), self.atoms.invert(self.value(node)), strict=True)]

    def _slope(self, node):
        operation, operands, p = self.graph.operation[node], self.graph.operands[node], self.p
        if operation == NUM:
            return [0] * self.atoms.count
        if operation == VAR:
            return self.atoms.random_column()
        if operation == ADD:
            return [sum(row) % p for row in zip(*(self._slopes[c] for c in operands), strict=True)]
        value = self.value(node)
        if operation == MUL:
            column, slope = self.value(operands[0]), self._slopes[operands[0]]
            for c in operands[1:]:
                x, y = self.value(c), self._slopes[c]
                slope = [(a * b + c * d) % p for a, b, c, d in zip(column, y, slope, x, strict=True)]
                column = [a * b % p for a, b in zip(column, x, strict=True)]
            return slope
        if operation == POW:
            return self._slope_of_power(value, *operands)
        name, *arguments = operands
        total = [0] * self.atoms.count
        for k, a in enumerate(arguments):
            if any(self._slopes[a]):
                partial = self.value(self.graph.partial(name, arguments, k, node))
                total = [(t + x * y) % p for t, x, y in zip(total, partial, self._slopes[a], strict=True)]
        return total

    def _slope_of_power(self, value, base, exponent):
        p, k = self.p, self.graph.value_of(exponent)
        ratio = self.log_slope(base)
        if k is not None:
            c = self.field.residue(k)
            return [c * x % p * y % p for x, y in zip(value, ratio, strict=True)]
        e, d, log = self.value(exponent), self.slope(exponent), self.log(base)
        return [v * ((x * y + z * w) % p) % p for v, x, y, z, w in zip(value, e, ratio, d, log, strict=True)]


def rational(graph, node):
    """Whether a node is built from numbers and variables by sums, products and integer powers."""
    return all(plain(graph, n) for n in graph.reachable((node,)))


PARITY = {"sign": -1, "erf": -1, "arctan": -1, "bessel0": 1, "bessel1": -1}
