"""A node as a polynomial in chosen generators."""

from verifiers.graph import ADD, MUL, POW

TERMS, POWER = 4000, 12          # monomials of one polynomial; highest power multiplied out


def polynomial(graph, node, depends):
    """The node as {monomial: coefficient}, monomial = sorted ((generator, power), ...); None beyond TERMS.

    Generators are the variables that ``depends`` (node -> truth) singles out, and functions or powers of them that are
    no polynomials; coefficients are free of them.
    """
    memo = {}

    def times(a, b):
        out = {}
        for m, c in a.items():
            for n, d in b.items():
                powers = dict(m)
                for g, k in n:
                    powers[g] = powers.get(g, 0) + k
                key = tuple(sorted(powers.items()))
                out.setdefault(key, []).append(graph.mul(c, d))
        if len(out) > TERMS:
            raise OverflowError
        return {m: graph.add(*cs) for m, cs in out.items()}

    def go(n):
        if n not in memo:
            memo[n] = _go(n)
        return memo[n]

    def _go(n):
        operation, operands = graph.operation[n], graph.operands[n]
        if not depends(n):
            return {(): n}
        if operation == ADD:
            out = {}
            for part in map(go, operands):
                for m, c in part.items():
                    out.setdefault(m, []).append(c)
            return {m: graph.add(*cs) for m, cs in out.items()}
        if operation == MUL:
            out = {(): graph.one}
            for part in map(go, operands):
                out = times(out, part)
            return out
        if operation == POW:
            k = graph.value_of(operands[1])
            if k is not None and k.denominator == 1 and 0 < k <= POWER:
                out = {(): graph.one}
                for _ in range(int(k)):
                    out = times(out, go(operands[0]))
                return out
        return {((n, 1),): graph.one}

    try:
        return go(node)
    except OverflowError:
        return None
