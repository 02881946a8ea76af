"""Givens and constraints that are equations: each is solved for a variable and put in, so that only inequalities remain.

An equation that is linear in a variable is solved exactly, its pivot under needs; one in which a variable occurs once
is peeled (exp, log, odd powers, roots).  What cannot be solved stays, and then nothing may be refuted by points.
"""

from dataclasses import dataclass

from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, NONZERO, POSITIVE, POW, VAR, ZERO

KEPT_DOMAINS = {"positive": POSITIVE, "nonnegative": NONNEGATIVE, "nonzero": NONZERO, "weight": POSITIVE}
FREE = ("real", "positive", "nonnegative", "nonzero", "weight")
GROWTH_CAP = 20000      # nodes under the solved pairs


@dataclass
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


def solve(graph, roots, constraints, prefer=()):
    """Put the equations among ``constraints`` into ``roots`` and the other conditions.

    prefer   variables to solve for first
    """
    equations = [n for tag, n in constraints if tag == ZERO]
    state = Solved(list(roots), [(t, n) for t, n in constraints if t != ZERO], {}, [], [])
    while equations:
        equation = _next(graph, equations, prefer)
        equations.remove(equation)
        if graph.value_of(equation) == 0:
            continue
        found = _linear(graph, equation, prefer) or _peeled(graph, equation, prefer)
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


def _linear(graph, equation, prefer):
    """(variable, solution, pivots, conditions) where the equation is linear in the variable; constant pivots first."""
    best = None
    for rank, v in enumerate(_candidates(graph, equation, prefer)):
        slope = graph.diff(equation, v)
        below = graph.reachable((slope,))
        if slope == graph.zero or v in below or _hides(graph, equation, v):
            continue
        constant = graph.value_of(slope) is not None
        cost = (v not in prefer, not constant, len(below), rank)
        if best is None or cost < best[0]:
            best = cost, v, slope, constant
    if best is None:
        return None
    _, v, slope, constant = best
    rest, = graph.substitute([equation], {v: graph.zero})
    return v, graph.neg(graph.div(rest, slope)), () if constant else (slope,), ()


def _hides(graph, equation, variable):
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


def variables_left(graph, solved):
    """The variables the solved roots and conditions still depend on."""
    nodes = [*solved.roots, *(n for _, n in solved.conditions), *solved.solutions.values()]
    return [v for v in graph.variables(nodes) if graph.operation[v] == VAR]
