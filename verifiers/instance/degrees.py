"""Degrees of nodes in weighted variables, as numerator over a product of powers of nodes."""

from collections import namedtuple

from verifiers.graph import ADD, FUN, MUL, NUM, POW, VAR


class Degree(namedtuple("Degree", "top below", defaults=({},))):
    """A node is a polynomial of degree ``top`` over the product of base^k for the (base, k) in ``below``."""

    __slots__ = ()


class Degrees:
    """Upper bounds of degrees, where the variables in ``weight`` count so much each and all others nothing.

    A node in which a counted variable stands under a function, a root or a symbolic power has none (None).  With
    ``jets`` a derivative of an undetermined function is a variable of its own that counts its order, and one more for
    a component of a vector: its values are as free as those of the function.
    """

    def __init__(self, graph, weight, jets=False):
        self.graph, self.weight, self.jets, self.memo = graph, weight, jets, {}

    def of(self, node):
        for n in self.graph.missing((node,), self.memo):
            self.memo[n] = self._of(n)
        return self.memo[node]

    def pair(self, left, right):
        """The degree of left - right with all denominators cleared, or None."""
        a, b = self.of(left), self.of(right)
        if a is None or b is None:
            return None
        below = _least(a.below, b.below)
        return max(self._lifted(a, below), self._lifted(b, below))

    def _of(self, node):
        operation, operands = self.graph.operation[node], self.graph.operands[node]
        if operation == VAR:
            return Degree(self.weight.get(node, 0))
        if operation == NUM:
            return Degree(0)
        if self.jets and operation == FUN and isinstance(operands[0], tuple):
            return Degree(sum(operands[0][2]) + ("#" in operands[0][1]))
        parts = [self.memo[c] for c in self.graph.children(node)]
        if None in parts:
            return None
        if operation == ADD:
            below = _least(*(p.below for p in parts))
            return Degree(max(self._lifted(p, below) for p in parts), below)
        if operation == MUL:
            below = {}
            for p in parts:
                for base, k in p.below.items():
                    below[base] = below.get(base, 0) + k
            return Degree(sum(p.top for p in parts), below)
        if all(p.top == 0 and not p.below for p in parts):
            return Degree(0)
        return self._power(*operands) if operation == POW else None

    def _power(self, base, exponent):
        k, inner = self.graph.value_of(exponent), self.memo[base]
        if k is None or k.denominator != 1:
            return None
        k = int(k)
        if k >= 0:
            return Degree(k * inner.top, {b: k * m for b, m in inner.below.items()})
        return Degree(-k * self._weight_of(inner.below), {base: -k})

    def _weight_of(self, below):
        return sum(self.memo[base].top * k for base, k in below.items())

    def _lifted(self, degree, below):
        """The degree of the numerator over the larger denominator ``below``."""
        return degree.top + self._weight_of(below) - self._weight_of(degree.below)


def _least(*denominators):
    """The least common multiple."""
    common = {}
    for below in denominators:
        for base, k in below.items():
            common[base] = max(common.get(base, 0), k)
    return common
