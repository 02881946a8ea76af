"""Rows for expectations of functions of Gaussians: exponentials, signs, lengths, and odd functions of centred ones."""

from fractions import Fraction

from verifiers.graph import ADD, FUN, MUL, POW, VAR
from verifiers.instance.moments import covariance_of, gamma, is_gaussian, mean_of, signed, tilted
from verifiers.instance.outcomes import chance, support
from verifiers.instance.polynomials import polynomial
from verifiers.verdict import CannotDecide, Reason

ODD = ("sign", "erf", "sin", "arctan")


def parity(integral, node, key):
    """1, -1 or None: how a node changes when every placeholder of a space changes its sign."""
    graph, memo = integral.graph, {}
    for n in graph.reachable((node,)):
        operation, operands = graph.operation[n], graph.operands[n]
        below = [memo[c] for c in graph.children(n)]
        if key not in integral.spaces(n):
            memo[n] = 1
        elif operation == VAR:
            memo[n] = -1
        elif operation == ADD:
            memo[n] = below[0] if len(set(below)) == 1 else None
        elif operation == MUL:
            memo[n] = None if None in below else (-1) ** below.count(-1)
        elif set(below) == {1}:
            memo[n] = 1
        elif operation == POW:
            k = graph.value_of(operands[1])
            whole = k is not None and k.denominator == 1 and below[0] is not None
            memo[n] = below[0] ** (int(k) % 2) if whole else None
        else:
            memo[n] = function_parity(operands[0], below)
    return memo[node]


def function_parity(function, below):
    if below != [-1]:
        return None
    return -1 if function in ODD else 1 if function == "cos" else None


def centred(evaluator, key):
    """True for the space of a Gaussian of mean zero: symmetric about 0."""
    slots = [s for s, k in chance(evaluator).space_of.items() if k == key]
    return all(is_gaussian(evaluator, s) and mean_of(evaluator, s) == evaluator.graph.zero for s in slots)


def length_row(integral, powers):
    """E[(sum x_i^2)^s] of a standard Gaussian vector of length n: 2^s gamma(n/2 + s) / gamma(n/2); or None."""
    evaluator, graph, slots = integral.evaluator, integral.graph, chance(integral.evaluator).slots
    if len(powers) > 1:
        return None
    (g, k), = powers.items()
    base, exponent = graph.operands[g] if graph.operation[g] == POW else (None, None)
    terms = None if base is None else polynomial(graph, base, integral.spaces)
    power = graph.value_of(exponent) if base is not None else None
    if terms is None or power is None:
        return None
    mine = [s for s, key in chance(evaluator).space_of.items() if {key} == integral.spaces(g)]
    wanted = {((s, 2),): graph.one for s in mine}
    standard = all(mean_of(evaluator, s) == graph.zero and covariance_of(evaluator, s, t) ==
                   (graph.one if s == t else graph.zero) for s in mine if s in slots for t in mine)
    if terms != wanted or not standard:
        return None
    evaluator.not_general(Reason.SIZE_BOUND, "the length of a Gaussian vector was judged at explicit sizes")
    s, half = power * k, Fraction(len(mine), 2)
    if half + s <= 0:
        raise CannotDecide(Reason.INTEGRAL, "a moment of a length that does not exist")
    return graph.mul(graph.pow(graph.num(2), graph.num(s)), gamma(graph, graph.num(half + s)),
                     graph.inv(gamma(graph, graph.num(half))))


def gaussian_row(integral, powers):
    """E of a monomial in functions of Gaussians by a row: exp of linear forms, signs of centred scalars; or None."""
    evaluator, graph, slots = integral.evaluator, integral.graph, chance(integral.evaluator).slots
    if not all(is_gaussian(evaluator, s) for g in powers for s in support(evaluator, g)):
        return None
    plain = [g for g, k in powers.items() if g in slots for _ in range(k)]
    rest = {g: k for g, k in powers.items() if g not in slots}
    if any(graph.operation[g] != FUN for g in rest):
        return length_row(integral, powers)
    named = {graph.operands[g][0] for g in rest}
    if named == {"exp"}:
        slopes, constant = {}, []
        for g, k in rest.items():
            terms = polynomial(graph, graph.mul(graph.num(k), graph.operands[g][1]), integral.spaces)
            if terms is None or any(m and (len(m) > 1 or m[0][1] > 1 or m[0][0] not in slots) for m in terms):
                return None
            for m, c in terms.items():
                if m:
                    slopes[m[0][0]] = graph.add(slopes.get(m[0][0], graph.zero), c)
                else:
                    constant.append(c)
        return graph.mul(graph.fun("exp", graph.add(*constant)), tilted(evaluator, plain, slopes))
    if named == {"sign"} and len(rest) == 1 and len(set(plain)) <= 1:
        (g, k), = rest.items()
        terms = polynomial(graph, graph.operands[g][1], integral.spaces)
        inner, scale = next(((m[0][0], graph.value_of(c)) for m, c in (terms or {}).items() if m), (None, None))
        if len(terms or ()) == 1 and scale and inner in slots and set(plain) <= {inner} and ((inner, 1),) in terms:
            return graph.mul(graph.num((1 if scale > 0 else -1) ** k), signed(evaluator, inner, len(plain), k))
    return None
