"""Canonical forms of signs: sign(u v) = sign(u) sign(v), and sign(a x + a y) = sign(x + y) for a > 0.

Two signs that are one function become one node, so that fewer cases are looked at and none that cannot happen.  A node
is written c m r: c a positive rational, m a product of powers of nodes known to be positive, r a product of the rest.
Of a sum the positive monomial of one term is taken out, of the term with the first variable that is not positive.
"""

from collections import Counter
from fractions import Fraction
from math import gcd, lcm

from verifiers.graph import ADD, MUL, NUM, POW


def unified(graph, nodes, signs):
    """{sign node: an equal node} for the sign nodes (innermost first) that are products of signs, or one met before.

    What the facts of ``signs`` tell of stays as it is.
    """
    found, kept = {}, {}
    for n in nodes:
        argument, = graph.substitute((graph.operands[n][1],), found)
        if graph.operands[n][1] in signs.facts:
            continue
        sign, factors = Primitives(graph, signs).signs(argument)
        parts = [graph.num(sign)]
        for factor in factors:
            if len(factors) == 1 and factor not in kept:
                first = graph.mul(parts[0], graph.sign(argument))
                kept[factor], kept[negated(graph, factor)] = first, graph.neg(first)
            parts.append(kept.get(factor, factor))
        plain = graph.mul(*parts)
        if plain != n:
            found[n] = plain
    return found


def negated(graph, sign):
    """sign(-u) for a node sign(u), the sum u term by term."""
    u = graph.operands[sign][1]
    return graph.sign(graph.add(*map(graph.neg, graph.operands[u])) if graph.operation[u] == ADD else graph.neg(u))


class Primitives:
    """Nodes as (rational, {positive node: power}, [other factors])."""

    def __init__(self, graph, signs):
        self.graph, self.signs_known, self.memo = graph, signs, {}

    def signs(self, node):
        """(-1, 0 or 1, sign nodes) whose product is the sign of the node wherever that is defined."""
        rational, _, rest = self.of(node)
        if rational == 0:
            return 0, []
        sign, nodes = (rational > 0) - (rational < 0), []
        for r in rest:
            if self.signs_known.sign(r) == "negative":
                sign = -sign
            else:
                nodes.append(self.graph.sign(r))
        return sign, nodes

    def of(self, node):
        if node not in self.memo:
            self.memo[node] = self._of(node)
        return self.memo[node]

    def _of(self, node):
        graph, operation, operands = self.graph, self.graph.operation[node], self.graph.operands[node]
        if operation == NUM:
            return Fraction(operands), {}, []
        if operation == MUL:
            return self._product([self.of(c) for c in operands])
        if operation == POW:
            k = graph.value_of(operands[1])
            if k is not None and k.denominator == 1 and abs(k) < 9:
                rational, positive, rest = self.of(operands[0])
                if rational:
                    inside = [graph.pow(graph.mul(*rest), graph.num(k))] if rest else []
                    return rational ** int(k), {n: k * e for n, e in positive.items()}, inside
        if self.signs_known.sign(node) == "positive" and operation != ADD:
            return Fraction(1), {node: 1}, []
        return self._sum(operands) if operation == ADD else (Fraction(1), {}, [node])

    @staticmethod
    def _product(parts):
        rational, positive, rest = Fraction(1), Counter(), []
        for r, p, others in parts:
            rational *= r
            for n, e in p.items():
                positive[n] += e
            rest += others
        return rational, {n: e for n, e in positive.items() if e}, sorted(rest)

    def _sum(self, terms):
        """The primitive form of a sum: a common rational, the positive monomial of one term, common factors, a sum."""
        graph, parts = self.graph, [self.of(t) for t in terms]
        scale = Fraction(gcd(*(r.numerator for r, _, _ in parts)), lcm(*(r.denominator for r, _, _ in parts)))
        first = min(parts, key=lambda p: (graph.variables(p[2]) or [len(graph)], sorted(p[1].items())))[1]
        common = Counter(parts[0][2])
        for _, _, rest in parts[1:]:
            common &= Counter(rest)
        made = []
        for rational, positive, rest in parts:
            powers = Counter(positive)
            powers.subtract(first)
            monomial = [graph.pow(n, graph.num(e)) for n, e in sorted(powers.items()) if e]
            made.append(graph.mul(graph.num(rational / scale), *monomial, *(Counter(rest) - common).elements()))
        whole = graph.add(*made)
        value = graph.value_of(whole)
        if value is not None:
            return (scale * value, dict(first), sorted(common.elements())) if value else (Fraction(0), {}, [])
        if self.signs_known.sign(whole) == "positive":
            return scale, {**first, whole: first.get(whole, 0) + 1}, sorted(common.elements())
        return scale, dict(first), sorted([*common.elements(), whole])
