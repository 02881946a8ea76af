"""Proofs that a node is nowhere negative: sums of squares, cases of signs, and a few rows (log, exp, roots).

Each row replaces the node by one that is not larger, so that a proof of the new node proves the old one.  Sources:
log t <= t - 1 and e^t >= 1 + t (tangent lines), of which Gibbs' inequality and Jensen's for the logarithm are cases.
"""

from fractions import Fraction
from itertools import product

from verifiers.graph import ADD, FUN, MUL, NONNEGATIVE, POSITIVE, POW
from verifiers.proofs.givens import hides
from verifiers.proofs.polynomials import provably_nonnegative
from verifiers.rings.domain import Signs

CASES = 3               # sign nodes split at most
LOGS = 14
DEPTH = 4


class Prover:
    """Searches a proof of node >= 0 over one graph.

    facts   (tag, node) that hold; identical(a, b): a proof that two nodes are one, by the identity test
    """

    def __init__(self, graph, facts, identical):
        self.graph, self.facts, self.identical = graph, tuple(facts), identical

    def nonnegative(self, node, strict=False):
        """The name of the method that proved it, or None."""
        return self._prove(cancelled(self.graph, node), self.facts, strict, DEPTH)

    def _prove(self, node, facts, strict, depth):
        signs = Signs.under(self.graph, facts)
        if provably_nonnegative(self.graph, node, signs, strict):
            return "signs and sums of squares"
        if depth == 0:
            return None
        for name, row in ROWS:
            for cases in row(self, node, facts, signs, strict):
                if all(self._prove(n, f, s, depth - 1) for n, f, s in cases):
                    return name
        if not strict and self.identical(node, self.graph.zero):
            return "equality"
        return None


def cancelled(graph, node):
    """The node as a combination of nodes that are no sums, equal ones taken together."""
    total = {}

    def collect(n, scale):
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == ADD:
            for c in operands:
                collect(c, scale)
            return
        if operation == MUL:
            numbers = [graph.value_of(c) for c in operands if graph.value_of(c) is not None]
            rest = graph.mul(*(c for c in operands if graph.value_of(c) is None))
            if numbers:
                return collect(rest, scale * numbers[0])
        total[n] = total.get(n, 0) + scale

    collect(node, Fraction(1))
    return graph.add(*(graph.mul(graph.num(c), n) for n, c in total.items() if c))


def _below(graph, node, name):
    return [n for n in graph.reachable((node,)) if graph.operation[n] == FUN and graph.operands[n][0] == name]


def by_constraints(prover, node, facts, signs, strict):
    """A constraint c >= 0, linear in a variable, is used up: the variable is written as c and the rest."""
    g = prover.graph
    below = set(g.reachable((node,)))
    for k, (tag, fact) in enumerate(facts):
        if tag not in (POSITIVE, NONNEGATIVE) or g.operation[fact] not in (ADD, MUL) or _steps(g, fact) \
                or not below.intersection(g.variables((fact,))):
            continue
        for v in g.variables((fact,)):
            slope = g.value_of(g.diff(fact, v))
            if not slope or v not in below:
                continue
            excess = g.var(f"{tag} excess of {fact}", tag)
            rest, = g.substitute([fact], {v: g.zero})
            solution = g.mul(g.num(1 / slope), g.sub(excess, rest))
            new, *moved = g.substitute([node, *(f for j, (_, f) in enumerate(facts) if j != k)], {v: solution})
            kept = [(t, m) for (t, _), m in zip([f for j, f in enumerate(facts) if j != k], moved, strict=False)]
            yield [(new, (*kept, *_domain_fact(g, v, solution)), strict)]


def _steps(graph, node):
    return _below(graph, node, "sign") or _below(graph, node, "floor")


def _domain_fact(graph, variable, solution):
    tag = {"positive": POSITIVE, "weight": POSITIVE, "unit": POSITIVE, "nonnegative": NONNEGATIVE}.get(
        graph.domain[variable])
    return ((tag, solution),) if tag else ()


def by_cases(prover, node, facts, signs, strict):
    """|u| is u where u >= 0 and -u where u <= 0; the sign of u at 0 may not matter."""
    g = prover.graph
    nodes = _below(g, node, "sign")
    innermost = [s for s in nodes if not _below(g, g.operands[s][1], "sign")]
    if not innermost or len(nodes) > CASES or not all(_absolute(g, node, s) for s in innermost):
        return
    cases = []
    for values in product((1, -1), repeat=len(innermost)):
        new, = g.substitute([node], {s: g.num(v) for s, v in zip(innermost, values, strict=False)})
        known = tuple((NONNEGATIVE, g.mul(g.num(v), g.operands[s][1])) for s, v in zip(innermost, values, strict=False))
        cases.append((new, facts + known, strict))
    yield cases


def _absolute(graph, node, sign):
    """Whether sign(u) occurs only as a factor beside u itself, so that its value at u = 0 does not matter."""
    inner = graph.operands[sign][1]
    parents = [n for n in graph.reachable((node,)) if sign in graph.children(n)]
    return all(graph.operation[p] == MUL and inner in graph.operands[p] for p in parents)


def by_root(prover, node, facts, signs, strict):
    """A - c sqrt(u) >= 0 where A, c >= 0 and A^2 - c^2 u >= 0."""
    g = prover.graph
    roots = [n for n in g.reachable((node,)) if g.operation[n] == POW and g.operands[n][1] == g.half]
    for root in roots[:4]:
        t = g.var(f"root {root}", "nonnegative")
        linear, = g.substitute([node], {root: t})
        slope = g.diff(linear, t)
        if t in g.reachable((slope,)) or hides(g, linear, t):
            continue
        rest, = g.substitute([linear], {t: g.zero})
        if signs.implies(NONNEGATIVE, g.neg(slope)):
            u = g.operands[root][0]
            yield [(rest, facts, False), (g.sub(g.mul(rest, rest), g.mul(slope, slope, u)), facts, strict)]


def by_log(prover, node, facts, signs, strict):
    """sum_g c_g log R_g >= sum_g c_g (1 - 1/R_g) for c_g >= 0, the logarithms grouped by their coefficients."""
    g = prover.graph
    logs = _below(g, node, "log")
    if not logs or len(logs) > LOGS or strict:
        return
    fresh = {n: g.var(f"log {n}") for n in logs}
    linear, = g.substitute([node], fresh)
    weights = {n: g.diff(linear, v) for n, v in fresh.items()}
    if any(v in g.reachable((w,)) for w in weights.values() for v in fresh.values()) or \
            any(hides(g, linear, v) for v in fresh.values()):
        return
    rest, = g.substitute([linear], {v: g.zero for v in fresh.values()})
    for groups in (_grouped(prover, weights, signs), _clustered(prover, weights, signs)):
        if groups is None:
            continue
        bound = [g.mul(c, g.sub(g.one, g.inv(ratio))) for c, ratio in groups]
        yield [(g.add(rest, *bound), facts, strict)]


def _grouped(prover, weights, signs):
    """(coefficient >= 0, ratio) with sum of weight log u = sum of coefficient log ratio, or None."""
    g = prover.graph
    up = [(c, g.operands[n][1]) for n, c in weights.items() if signs.implies(NONNEGATIVE, c)]
    down = [(g.neg(c), g.operands[n][1]) for n, c in weights.items() if signs.implies(NONNEGATIVE, g.neg(c))]
    if len(up) + len(down) != len(weights):
        return None
    groups = []
    for c, u in list(up):
        match = next(((d, v) for d, v in down if d == c or prover.identical(c, d)), None)
        if match:
            groups.append((c, g.div(u, match[1])))
            up.remove((c, u))
            down.remove(match)
    return _distributed(prover, groups, up, down)


def _distributed(prover, groups, up, down):
    """A single logarithm whose coefficient is the sum of all the others' is shared out among them."""
    g = prover.graph
    for single, many, inverted in ((up, down, True), (down, up, False)):
        if len(single) == 1 and (many or groups):
            c, u = single[0]
            shares = groups + [(d, g.inv(v) if inverted else v) for d, v in many]
            if prover.identical(c, g.add(*(d for d, _ in shares))):
                return [(d, g.mul(ratio, u) if inverted else g.div(ratio, u)) for d, ratio in shares]
    return groups + up + [(d, g.inv(v)) for d, v in down]


def _clustered(prover, weights, signs):
    """As ``_grouped``, with one ratio for each coefficient; one that is the sum of all the others is shared out."""
    g, clusters = prover.graph, []
    for n, c in weights.items():
        known = next(((k, e) for k in clusters for e, d in ((1, c), (-1, g.neg(c))) if prover.identical(k[0], d)), None)
        cluster, power = known or ([c], 1)
        if known is None:
            clusters.append(cluster)
        cluster.append(g.pow(g.operands[n][1], g.num(power)))
    for cluster in clusters:
        if not signs.implies(NONNEGATIVE, cluster[0]):
            cluster[:] = [g.neg(cluster[0]), *(g.inv(u) for u in cluster[1:])]
    if len(clusters) > 2:
        for cluster in clusters:
            others = [k for k in clusters if k is not cluster]
            if prover.identical(cluster[0], g.add(*(k[0] for k in others))):
                clusters = [[*k, *cluster[1:]] for k in others]
                break
    if all(signs.implies(NONNEGATIVE, k[0]) for k in clusters):
        return [(k[0], g.mul(*k[1:])) for k in clusters]
    return None


def by_exp(prover, node, facts, signs, strict):
    """c e^u >= c (1 + u) for c >= 0."""
    g = prover.graph
    nodes = _below(g, node, "exp")
    if not nodes or len(nodes) > LOGS or strict:
        return
    for chosen in (nodes, *([n] for n in nodes if len(nodes) > 1)):
        fresh = {n: g.var(f"exp {n}", "positive") for n in chosen}
        linear, = g.substitute([node], fresh)
        weights = {n: g.diff(linear, v) for n, v in fresh.items()}
        below = {n for w in weights.values() for n in g.reachable((w,))}
        if any(hides(g, linear, v) for v in fresh.values()):
            continue
        if not below & set(fresh.values()) and all(signs.implies(NONNEGATIVE, w) for w in weights.values()):
            new, = g.substitute([linear], {v: g.add(g.one, g.operands[n][1]) for n, v in fresh.items()})
            yield [(new, facts, strict)]


ROWS = (("cases of signs", by_cases), ("a constraint and sums of squares", by_constraints), ("a square root", by_root),
        ("log t <= t - 1", by_log), ("e^t >= 1 + t", by_exp))


