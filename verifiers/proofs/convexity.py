"""Convexity of a graph node in some of its variables, by composition rules, else by its Hessian.

Source of the rules: disciplined convex programming (Boyd and Vandenberghe, Convex Optimization, section 3.2).
"""

from collections import Counter
from fractions import Fraction

from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, POSITIVE, POW, VAR
from verifiers.proofs.inequalities import Prover

CONSTANT, AFFINE, CONVEX, CONCAVE = "constant", "affine", "convex", "concave"
FLIPPED = {CONSTANT: CONSTANT, AFFINE: AFFINE, CONVEX: CONCAVE, CONCAVE: CONVEX, None: None}
HESSIAN_CAP = 4         # variables of a Hessian that is judged as a quadratic form


class Curvature:
    """constant, affine, convex, concave or None of nodes, as functions of ``variables`` alone."""

    def __init__(self, graph, variables, signs):
        self.graph, self.variables, self.signs, self._memo = graph, set(variables), signs, {}

    def of(self, node):
        for n in self.graph.reachable((node,)):
            if n not in self._memo:
                self._memo[n] = self._compute(n)
        return self._memo[node]

    def _compute(self, node):
        g = self.graph
        operation, operands = g.operation[node], g.operands[node]
        if operation == VAR:
            return AFFINE if node in self.variables else CONSTANT
        below = [self._memo[c] for c in g.children(node)]
        if all(b == CONSTANT for b in below):
            return CONSTANT
        if operation == ADD:
            return self._sum(below)
        if operation == MUL:
            return self._product(operands)
        if operation == POW:
            return self._power(*operands)
        return self._function(operands[0], operands[1:])

    @staticmethod
    def _sum(below):
        kinds = set(below) - {CONSTANT}
        if kinds <= {AFFINE}:
            return AFFINE
        return CONVEX if kinds <= {AFFINE, CONVEX} else CONCAVE if kinds <= {AFFINE, CONCAVE} else None

    def _product(self, operands):
        g = self.graph
        fixed = [c for c in operands if self._memo[c] == CONSTANT]
        moving = Counter(c for c in operands if self._memo[c] != CONSTANT)
        kind = self._moving(moving)
        if kind == AFFINE:
            return AFFINE
        scale = g.mul(*fixed)
        if self.signs.implies(NONNEGATIVE, scale):
            return kind
        return FLIPPED[kind] if self.signs.implies(NONNEGATIVE, g.neg(scale)) else None

    def _moving(self, moving):
        """The curvature of the varying factors: one alone, a square of an affine one, or u sign(u)."""
        g = self.graph
        if len(moving) == 1:
            (factor, count), = moving.items()
            return self._memo[factor] if count == 1 else \
                CONVEX if count % 2 == 0 and self._memo[factor] == AFFINE else None
        if len(moving) == 2 and set(moving.values()) == {1}:
            for s, u in (tuple(moving), tuple(moving)[::-1]):
                if g.operation[s] == FUN and g.operands[s] == ("sign", u) and self._memo[u] == AFFINE:
                    return CONVEX
        return None

    def _power(self, base, exponent):
        k, kind = self.graph.value_of(exponent), self._memo[base]
        if k is None or self._memo[exponent] != CONSTANT:
            return None
        if kind == AFFINE and k.denominator == 1 and k > 0 and k % 2 == 0:
            return CONVEX
        positive = self.signs.implies(POSITIVE, base)
        if k < 0 and positive and kind in (AFFINE, CONCAVE):
            return CONVEX
        if 0 < k < 1 and kind in (AFFINE, CONCAVE):
            return CONCAVE
        if k >= 1 and kind in (AFFINE, CONVEX) and self.signs.implies(NONNEGATIVE, base):
            return CONVEX
        return CONVEX if k == Fraction(1, 2) and self._sum_of_squares(base) else None

    def _sum_of_squares(self, node):
        g = self.graph
        parts = g.operands[node] if g.operation[node] == ADD else (node,)
        return all(self._memo[p] == CONVEX and self._is_square(p) for p in parts)

    def _is_square(self, node):
        g = self.graph
        if g.operation[node] == POW:
            return g.operands[node][1] == g.num(2)
        moving = [c for c in g.operands[node] if self._memo[c] != CONSTANT] if g.operation[node] == MUL else []
        return len(moving) == 2 and moving[0] == moving[1]

    def _function(self, name, arguments):
        kind = self._memo[arguments[0]] if len(arguments) == 1 else None
        if name == "exp" and kind in (AFFINE, CONVEX):
            return CONVEX
        if name == "log" and kind in (AFFINE, CONCAVE):
            return CONCAVE
        if name == "log" and self._sum_of_exponentials(arguments[0]):
            return CONVEX
        return None

    def _sum_of_exponentials(self, node):
        """A sum of nonnegative multiples of exponentials of affine nodes, and of nonnegative constants."""
        g = self.graph
        for part in g.operands[node] if g.operation[node] == ADD else (node,):
            factors = g.operands[part] if g.operation[part] == MUL else (part,)
            moving = [c for c in factors if self._memo[c] != CONSTANT]
            rest = g.mul(*(c for c in factors if self._memo[c] == CONSTANT))
            if not self.signs.implies(NONNEGATIVE, rest) or len(moving) > 1:
                return False
            if moving and not (g.operation[moving[0]] == FUN and g.operands[moving[0]][0] == "exp"
                               and self._memo[g.operands[moving[0]][1]] == AFFINE):
                return False
        return True


def convex(graph, node, variables, signs, identical):
    """The name of what shows that the node is convex in the variables, or None."""
    if Curvature(graph, variables, signs).of(node) in (CONSTANT, AFFINE, CONVEX):
        return "composition of convex functions"
    if len(variables) > HESSIAN_CAP or _kinked(graph, node):
        return None
    direction = [graph.var(f"direction {k}") for k in range(len(variables))]
    matrix = hessian(graph, node, variables)
    form = graph.add(*(graph.mul(a, b, matrix[i][j]) for i, a in enumerate(direction)
                       for j, b in enumerate(direction))) if len(variables) > 1 else matrix[0][0]
    facts = [(tag, n) for tag, n in signs_facts(signs)]
    return "a nonnegative Hessian" if Prover(graph, facts, identical).nonnegative(form) else None


def strongly_convex(graph, node, variables, signs):
    """Whether the node is a sum of convex ones among which each variable has a positive multiple of its square."""
    curvature = Curvature(graph, variables, signs)
    return curvature.of(node) == CONVEX and set(variables) <= _squared(graph, node, curvature)


def _squared(graph, node, curvature):
    """The variables whose squares are summands, positive multiples looked into."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == ADD:
        return set().union(*(_squared(graph, c, curvature) for c in operands))
    if operation == POW:
        return {operands[0]} & curvature.variables if operands[1] == graph.num(2) else set()
    if operation != MUL:
        return set()
    fixed = [c for c in operands if curvature.of(c) == CONSTANT]
    moving = [c for c in operands if curvature.of(c) != CONSTANT]
    if fixed and not curvature.signs.implies(POSITIVE, graph.mul(*fixed)):
        return set()
    if len(moving) == 2 and moving[0] == moving[1]:
        return set(moving) & curvature.variables
    return _squared(graph, moving[0], curvature) if len(moving) == 1 else set()


def signs_facts(signs):
    """The facts a Signs was made with, as (tag, node), as far as they are signs."""
    out = []
    for node, r in signs.facts.items():
        if r.sign in (POSITIVE, NONNEGATIVE):
            out.append((r.sign, node))
    return out


def _kinked(graph, node):
    return any(graph.operation[n] == FUN and graph.operands[n][0] in ("sign", "floor")
               for n in graph.reachable((node,)))


def hessian(graph, node, variables):
    """The matrix of second derivatives, rows of nodes."""
    slopes = [graph.diff(node, v) for v in variables]
    return [[graph.diff(s, v) for v in variables] for s in slopes]


def determinant(graph, matrix):
    """The determinant by expansion along the first row; for small matrices of nodes."""
    if len(matrix) == 1:
        return matrix[0][0]
    parts = []
    for j, head in enumerate(matrix[0]):
        minor = determinant(graph, [row[:j] + row[j + 1:] for row in matrix[1:]])
        parts.append(graph.mul(graph.num(-1 if j % 2 else 1), head, minor))
    return graph.add(*parts)
