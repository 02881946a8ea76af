"""A node as a polynomial in chosen generators, and values whose bound variables leave no conditions behind."""

from verifiers.graph import ADD, MUL, POW

TERMS, POWER = 4000, 12          # monomials of one polynomial; highest power multiplied out


def hiding(graph, hidden, make):
    """What ``make`` returns, without the conditions it records on bound variables (``hidden``: node -> truth)."""
    mark = graph.mark()
    value = make()
    for tag, node in graph.withdraw(mark):
        if not hidden(node):
            graph.require(tag, node)
    return value


class TooLarge(Exception):
    """More than TERMS monomials."""


def polynomial(graph, node, depends):
    """The node as {monomial: coefficient}, monomial = sorted ((generator, power), ...); None beyond TERMS.

    Generators are the variables that ``depends`` (node -> truth) singles out, and functions or powers of them that are
    no polynomials; coefficients are free of them.
    """
    try:
        return _Expansion(graph, depends).of(node)
    except TooLarge:
        return None


class _Expansion:
    """Nodes multiplied out, each once."""

    def __init__(self, graph, depends):
        self.graph, self.depends, self.memo = graph, depends, {}

    def of(self, node):
        if node not in self.memo:
            self.memo[node] = self._of(node)
        return self.memo[node]

    def _of(self, node):
        graph = self.graph
        operation, operands = graph.operation[node], graph.operands[node]
        if not self.depends(node):
            return {(): node}
        if operation == ADD:
            return self.collected((m, c) for part in map(self.of, operands) for m, c in part.items())
        if operation == MUL:
            return self.product(map(self.of, operands))
        if operation == POW:
            k = graph.value_of(operands[1])
            if k is not None and k.denominator == 1 and 0 < k <= POWER:
                return self.product([self.of(operands[0])] * int(k))
        return {((node, 1),): graph.one}

    def product(self, factors):
        out = {(): self.graph.one}
        for factor in factors:
            out = self.collected((_times(m, n), self.graph.mul(c, d))
                                 for m, c in out.items() for n, d in factor.items())
        return out

    def collected(self, terms):
        """Equal monomials added up."""
        out = {}
        for m, c in terms:
            out.setdefault(m, []).append(c)
            if len(out) > TERMS:
                raise TooLarge
        return {m: self.graph.add(*cs) for m, cs in out.items()}


def _times(one, other):
    powers = dict(one)
    for generator, k in other:
        powers[generator] = powers.get(generator, 0) + k
    return tuple(sorted(powers.items()))
