"""Moments of laws known by mean and covariance: Isserlis for Gaussians, degree two for all others.

Source: L. Isserlis, On a formula for the product-moment coefficient of any order of a normal frequency distribution,
Biometrika 12 (1918); in the form E[x_1 f] = mean_1 E[f] + sum_j cov(1, j) E[df/dx_j] (Stein).
"""

from fractions import Fraction
from math import factorial

from derive.term import Relation
from verifiers.instance.atoms import scalar_moments
from verifiers.instance.outcomes import Slot, chance, free_label, member_env, no_witness
from verifiers.instance.sizes import size
from verifiers.instance.statements import kind_of, moments, splits
from verifiers.instance.value import Array, sized
from verifiers.verdict import CannotDecide, Reason

DEGREE = 8          # highest degree of a Gaussian moment
FACTORS = 12        # gamma is multiplied out up to this argument


def is_gaussian(evaluator, node):
    """True for a placeholder of a Gaussian law."""
    slot = chance(evaluator).slots.get(node)
    if slot is None or slot.name in chance(evaluator).named:
        return False
    return slot.name in chance(evaluator).laws or kind_of(evaluator.table[slot.name], evaluator.claim) == "gaussian"


def mean_of(evaluator, node):
    """The mean of a placeholder: declared, 0 where standard, else a free variable."""
    slot = chance(evaluator).slots[node]
    bound = chance(evaluator).laws.get(slot.name)
    if bound is not None:
        return _entry(evaluator, bound[0], slot.entry)
    mean, _ = scalar_moments(evaluator, slot)
    if mean is not None:
        return mean
    d = evaluator.table[slot.name]
    if "standard" in d.structure:
        return evaluator.graph.zero
    return evaluator.graph.var(f"mean[{free_label(d, slot)}]")


def free_means(evaluator, declaration):
    """The means, as arrays of free variables, of the members of a random array of which no mean is declared."""
    slots = {s: n for n, s in chance(evaluator).slots.items() if s.name == declaration.name}
    declared = moments(evaluator.claim, declaration).mean is not None or "standard" in declaration.structure
    found = []
    for member in () if declared else dict.fromkeys(s.member for s in slots):
        entries = sorted((s for s in slots if s.member == member), key=lambda s: s.entry)
        found.append(Array(len(entries), 1, tuple(mean_of(evaluator, slots[s]) for s in entries)))
    return found


def _entry(evaluator, value, place):
    if not isinstance(value, Array):
        return value
    return evaluator.graph.zero if value.free else value.entries[place]


def covariance_of(evaluator, one, other):
    """The covariance of two placeholders of one space."""
    graph = evaluator.graph
    a, b = chance(evaluator).slots[one], chance(evaluator).slots[other]
    bound = chance(evaluator).laws.get(a.name)
    if bound is not None:
        return _matrix_entry(evaluator, bound[1], a.entry, b.entry, bound[2])
    d = evaluator.table[a.name]
    declared = moments(evaluator.claim, d)
    if a.member != b.member:
        return _cross(evaluator, d, declared, a, b)
    if declared.variance is not None:
        if not d.shape or splits(d) and not d.indices:
            return scalar_moments(evaluator, a)[1]
        if "standard" in d.structure:
            return graph.one if a.entry == b.entry else graph.zero
        value = evaluator.value(declared.variance, member_env(evaluator, d.indices, a.member))
        return _matrix_entry(evaluator, value, a.entry, b.entry, size(evaluator, d.shape[0]))
    if not d.shape or splits(d) and not d.indices:
        return graph.var(f"var[{free_label(d, a)}]", "positive")
    rows = [[graph.var(f"root[{free_label(d, Slot(a.name, a.member, i))}]{j}") for j in range(i + 1)]
            for i in (a.entry, b.entry)]
    return graph.add(*(graph.mul(x, y) for x, y in zip(*rows, strict=False)))


def _matrix_entry(evaluator, value, i, j, length):
    """The entry of a covariance matrix of that length; a scalar is the variance of a law of one dimension."""
    graph = evaluator.graph
    if isinstance(value, int) and length != 1:
        raise CannotDecide(Reason.DECLARATION, "a scalar declared as the covariance of a vector")
    matrix = sized(value, graph, (length, length))
    if matrix.shape != (length, length):
        raise CannotDecide(Reason.DECLARATION, "a covariance of another shape than its vector")
    return matrix[i, j]


def _cross(evaluator, declaration, declared, a, b):
    if declared.cross is None:
        raise CannotDecide(Reason.DECLARATION,
                           f"how the members of {declaration.name} depend on one another is not declared")
    if evaluator.claim.relation != Relation.EQ:
        no_witness(evaluator, "declared covariances may not be those of a law at every point")
    letters, others, right = declared.cross
    env = member_env(evaluator, [t.value for t in letters], a.member) + \
        member_env(evaluator, [t.value for t in others], b.member)
    return evaluator.value(right, env)


def moment(evaluator, nodes):
    """E of a product of placeholders of one space (repeats allowed) whose mean and covariance are known."""
    nodes = tuple(sorted(nodes))
    if not nodes:
        return evaluator.graph.one
    if len(nodes) > 2 and not all(is_gaussian(evaluator, n) for n in nodes):
        raise CannotDecide(Reason.DECLARATION, "moments above the second of a law of which two are declared")
    if len(nodes) > DEGREE:
        raise CannotDecide(Reason.BUDGET, f"a Gaussian moment of degree {len(nodes)}")
    return _moment(evaluator, nodes, {})


def _moment(evaluator, nodes, memo, shift=None):
    if nodes not in memo:
        graph = evaluator.graph
        if not nodes:
            return graph.one
        first, rest = nodes[0], nodes[1:]
        mean = mean_of(evaluator, first)
        if shift is not None:
            mean = graph.add(mean, shift(first))
        parts = [graph.mul(mean, _moment(evaluator, rest, memo, shift))]
        for k, other in enumerate(rest):
            remaining = rest[:k] + rest[k + 1:]
            parts.append(graph.mul(covariance_of(evaluator, first, other),
                                   _moment(evaluator, remaining, memo, shift)))
        memo[nodes] = graph.add(*parts)
    return memo[nodes]


def tilted(evaluator, nodes, slopes):
    """E[prod nodes exp(sum_i b_i x_i)] for Gaussian x, ``slopes`` = {x_i: b_i}: the row of the exponential tilt.

    exp(b.m + b.S b / 2) times the moment under the mean m + S b.
    """
    graph = evaluator.graph
    linear = [graph.mul(b, mean_of(evaluator, x)) for x, b in slopes.items()]
    square = [graph.mul(graph.half, b, c, covariance_of(evaluator, x, y))
              for x, b in slopes.items() for y, c in slopes.items()]

    def shift(node):
        return graph.add(*(graph.mul(b, covariance_of(evaluator, node, x)) for x, b in slopes.items()))

    factor = graph.fun("exp", graph.add(*linear, *square))
    return graph.mul(factor, _moment(evaluator, tuple(sorted(nodes)), {}, shift))


def signed(evaluator, node, power, signs):
    """E[x^power sign(x)^signs] for a Gaussian x of mean zero.

    Odd total: 0.  Else E|x|^power = s^power (power - 1)!! for even power, sqrt(2/pi) s^power 2^m m! for power 2m + 1.
    """
    graph = evaluator.graph
    if mean_of(evaluator, node) != graph.zero:
        raise CannotDecide(Reason.INTEGRAL, "the sign of a Gaussian that is not centred")
    if (power + signs) % 2:
        return graph.zero
    variance = covariance_of(evaluator, node, node)
    if power % 2 == 0:
        return _moment(evaluator, (node,) * power, {})
    half = (power - 1) // 2
    root = graph.sqrt(graph.div(graph.mul(graph.num(2), variance), graph.var("pi", "pi")))
    return graph.mul(graph.num(Fraction(2) ** half * factorial(half)), graph.pow(variance, graph.num(half)), root)


def gamma(graph, s):
    """gamma(s): a number for whole s, a multiple of sqrt(pi) for half-integers, else the function."""
    k = graph.value_of(s)
    if k is None or not 0 < k <= FACTORS or k.denominator > 2:
        return graph.fun("gamma", s)
    value, at = Fraction(1), Fraction(1) if k.denominator == 1 else Fraction(1, 2)
    while at < k:
        value, at = value * at, at + 1
    root = graph.sqrt(graph.var("pi", "pi")) if k.denominator == 2 else graph.one
    return graph.mul(graph.num(value), root)
