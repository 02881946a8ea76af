"""Givens and constraints that are equations: each is solved for a variable and put in, only inequalities remain.

An equation that is linear in a variable is solved exactly, its pivot under needs; one in which a variable occurs once
is peeled (exp, log, odd powers, roots).  What cannot be solved stays, and then nothing may be refuted by points.
"""

from fractions import Fraction

from derive.term.record import record
from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, NONZERO, POSITIVE, POW, ZERO
from verifiers.rings.domain import Signs

KEPT_DOMAINS = {"positive": POSITIVE, "nonnegative": NONNEGATIVE, "nonzero": NONZERO, "weight": POSITIVE}
FACTS = 6               # facts that a node is compared with
FREE = ("real", "positive", "nonnegative", "nonzero", "weight")


@record
class Solved:
    """An instance after its equations were put in.

    roots        the roots handed in, with the solutions put in, in order
    conditions   (tag, node) that points must still satisfy
    solutions    {variable: node} in the remaining variables
    pivots       nodes assumed nonzero on the way
    open         equations that could not be solved
    """

    roots: list
    conditions: list
    solutions: dict
    pivots: list
    open: list


def solve(graph, roots, constraints, vanishes, prefer=()):
    """Put the equations among ``constraints`` into ``roots`` and the other conditions.

    vanishes   whether a node is 0 everywhere: such an equation says nothing, such a pivot divides by nothing
    prefer     variables to solve for first
    """
    equations = [n for tag, n in constraints if tag == ZERO]
    state = Solved(list(roots), [(t, n) for t, n in constraints if t != ZERO], {}, [], [])
    while equations:
        equation = _next(graph, equations, prefer)
        equations.remove(equation)
        if graph.value_of(equation) == 0 or vanishes(equation):
            continue
        signs = Known(graph, state.conditions, vanishes)
        equation = simplified(graph, equation, signs)
        separate = _separate(graph, equation, signs)
        if separate != [equation]:
            equations += separate
            continue
        found = _linear(graph, equation, prefer, vanishes) or _peeled(graph, equation, prefer)
        if found is None:
            state.open.append(equation)
            continue
        variable, solution, pivots, conditions = found
        equations = _put(graph, state, equations, variable, solution)
        state.pivots += pivots
        state.conditions += conditions
    return state


def _next(graph, equations, prefer):
    """The equation in the fewest variables first, those with a preferred variable before the rest."""
    def cost(node):
        variables = graph.variables((node,))
        return not any(v in prefer for v in variables), len(variables), node
    return min(equations, key=cost)


def _put(graph, state, equations, variable, solution):
    mapping = {variable: solution}
    nodes = graph.substitute([*state.roots, *(n for _, n in state.conditions), *state.solutions.values(),
                              *state.pivots, *state.open, *equations], mapping)
    take = iter(nodes)
    state.roots = [next(take) for _ in state.roots]
    state.conditions = [(t, next(take)) for t, _ in state.conditions]
    state.solutions = {v: next(take) for v in state.solutions}
    state.pivots = [next(take) for _ in state.pivots]
    state.open = [next(take) for _ in state.open]
    state.solutions[variable] = solution
    tag = KEPT_DOMAINS.get(graph.domain[variable])
    if tag:
        state.conditions.append((tag, solution))
    return list(take)


def _candidates(graph, equation, prefer):
    domain = graph.domain
    variables = [v for v in graph.variables((equation,)) if domain[v] in FREE]
    return sorted(variables, key=lambda v: (v not in prefer, FREE.index(domain[v]), v))


def _separate(graph, equation, signs):
    """Equations that together say the same: terms that are not negative sum to 0 where each is 0, a square at its base.

    An odd or broken power is left alone, and so is what is a sum of a single term.
    """
    if graph.operation[equation] == ADD and all(signs.implies(NONNEGATIVE, t) for t in graph.operands[equation]):
        return list(graph.operands[equation])
    if graph.operation[equation] == POW:
        base, exponent = graph.operands[equation]
        k = graph.value_of(exponent)
        if k is not None and k.denominator == 1 and k > 0:
            return [base]
    if graph.operation[equation] == MUL:
        kept = [c for c in graph.operands[equation] if not signs.implies(NONZERO, c)]
        if len(kept) == 1:
            return [kept[0]]
    return [equation]


class Known:
    """Signs of nodes from the domains and from facts, also of sums that are equal to a fact without looking so."""

    def __init__(self, graph, facts, vanishes):
        self.graph, self.vanishes, self.signs = graph, vanishes, Signs.under(graph, facts)
        self.facts, self.range = self.signs.facts, self.signs.range
        self.positive = [n for tag, n in facts if tag == POSITIVE][:FACTS]

    def implies(self, tag, node):
        """Whether the condition holds: by signs, of a product or power by its parts, of a sum by a fact it equals."""
        if self.signs.implies(tag, node):
            return True
        g = self.graph
        if tag == ZERO or not self.positive:
            return False
        if g.operation[node] == MUL:
            return all(self.implies(POSITIVE, c) for c in g.operands[node])
        if g.operation[node] == POW:
            return self.implies(POSITIVE, g.operands[node][0])
        return g.operation[node] == ADD and any(self.vanishes(g.sub(node, f)) for f in self.positive)


def simplified(graph, equation, signs):
    """An equation with the same solutions: nonzero factors dropped, and of two positive terms the logarithms taken."""
    if graph.operation[equation] == MUL:
        kept = [c for c in graph.operands[equation] if not signs.implies(NONZERO, c)]
        if len(kept) == 1:
            return simplified(graph, kept[0], signs)
    if graph.operation[equation] != ADD or len(graph.operands[equation]) != 2:
        return equation
    (c, first, u), (d, second, v) = (_factors(graph, t) for t in graph.operands[equation])
    for base in set(first) & set(second):
        shared = min(first[base], second[base])
        if shared < 0 or signs.implies(NONZERO, base):
            first[base] -= shared
            second[base] -= shared
    rest = [(b, k) for b, k in first.items() if k] + [(b, -k) for b, k in second.items() if k]
    if u == v == graph.zero or c * d >= 0 or not all(signs.implies(POSITIVE, b) for b, _ in rest):
        return equation
    logs = [graph.mul(graph.num(k), graph.fun("log", b)) for b, k in rest]
    scale = -Fraction(c) / d
    return graph.add(u, graph.neg(v), *logs, *([] if scale == 1 else [graph.fun("log", graph.num(scale))]))


def _factors(graph, term):
    """(coefficient, {base: exponent}, exponent of e) of a product."""
    coefficient, bases, exponent = Fraction(1), {}, []
    for factor in graph.operands[term] if graph.operation[term] == MUL else (term,):
        value = graph.value_of(factor)
        if value is not None:
            coefficient *= value
        elif graph.operation[factor] == FUN and graph.operands[factor][0] == "exp":
            exponent.append(graph.operands[factor][1])
        elif graph.operation[factor] == POW and graph.value_of(graph.operands[factor][1]) is not None:
            base, k = graph.operands[factor]
            bases[base] = bases.get(base, 0) + Fraction(graph.value_of(k))
        else:
            bases[factor] = bases.get(factor, 0) + Fraction(1)
    return coefficient, bases, graph.add(*exponent)


def _linear(graph, equation, prefer, vanishes):
    """(variable, solution, pivots, conditions) where the equation is linear in the variable; constant pivots first."""
    best = None
    for rank, v in enumerate(_candidates(graph, equation, prefer)):
        slope = graph.diff(equation, v)
        below = graph.reachable((slope,))
        if slope == graph.zero or v in below or hides(graph, equation, v):
            continue
        constant = graph.value_of(slope) is not None
        cost = (v not in prefer, not constant, len(below), rank)
        if best is None or cost < best[0]:
            best = cost, v, slope, constant
    if best is None or not best[3] and vanishes(best[2]):
        return None
    _, v, slope, constant = best
    rest, = graph.substitute([equation], {v: graph.zero})
    return v, graph.neg(graph.div(rest, slope)), () if constant else (slope,), ()


def hides(graph, equation, variable):
    """Whether the variable occurs under a step function, whose derivative is taken as 0."""
    return any(graph.operation[n] == FUN and graph.operands[n][0] in ("sign", "floor")
               and variable in graph.reachable((n,)) for n in graph.reachable((equation,)))


def _peeled(graph, equation, prefer):
    """As ``_linear``, where the variable occurs once, under functions that are one-to-one."""
    for v in _candidates(graph, equation, prefer):
        found = peel(graph, equation, v)
        if found is not None:
            solution, pivots, conditions = found
            return v, solution, pivots, conditions
    return None


def peel(graph, equation, variable):
    """(the value of the variable where the equation is 0, nodes divided by, conditions on the value), or None.

    One operation is undone at a time; a root is undone where its value is not negative.
    """
    node, value, pivots, conditions = equation, graph.zero, [], []
    while node != variable:
        holding = [k for k, c in enumerate(graph.children(node)) if variable in graph.reachable((c,))]
        if len(holding) != 1:
            return None
        child = graph.children(node)[holding[0]]
        others = [c for k, c in enumerate(graph.children(node)) if k != holding[0]]
        value = _undo(graph, node, others, holding[0], value, pivots, conditions)
        if value is None:
            return None
        node = child
    return value, tuple(p for p in pivots if graph.value_of(p) is None), tuple(conditions)


def _undo(graph, node, others, place, value, pivots, conditions):
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == ADD:
        return graph.sub(value, graph.add(*others))
    if operation == MUL:
        pivots.append(graph.mul(*others))
        return graph.div(value, graph.mul(*others))
    if operation == POW and place == 0:
        k = graph.value_of(operands[1])
        if k == -1:
            return graph.inv(value)
        if k is not None and k.denominator != 1 and k.numerator == 1:
            conditions.append((NONNEGATIVE, value))
            return graph.pow(value, graph.num(k.denominator))
    if operation == FUN and operands[0] == "exp":
        return graph.fun("log", value)
    if operation == FUN and operands[0] == "log":
        return graph.fun("exp", value)
    return None
