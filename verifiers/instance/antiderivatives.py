"""Integrals between finite bounds by an antiderivative that is continuous between them: powers, logarithms, f'/f.

An antiderivative with a pole or logarithm is used only where its argument is plainly positive from bound to bound, so
that nothing is lost: the integral of 1/x from -2 to -1 exists and is no difference of logarithms of the bounds.
Rows: DLMF 4.10 (elementary), 5.12.1 (beta integral).
"""

from verifiers.graph import ADD, FUN, MUL, NONZERO, POSITIVE, POW
from verifiers.instance.moments import gamma
from verifiers.instance.polynomials import polynomial
from verifiers.instance.positivity import is_positive


def between(graph, factors, x, low, high, depends):
    """The integral of a product of (base, exponent) pairs from low to high, or None where no row covers it."""
    powers = {}
    for base, exponent in factors:
        for b, e in _flat(graph, base, exponent, depends):
            powers[b] = graph.add(powers[b], e) if b in powers else e
    constants = [graph.pow(b, e) for b, e in powers.items() if not depends(b)]
    rest = {b: e for b, e in powers.items() if depends(b)}
    if any(depends(e) for e in powers.values()):
        return None
    for row in (_beta, _power, _logarithm, _wave, _chain):
        found = row(graph, dict(rest), x, low, high, depends)
        if found is not None:
            return graph.mul(*constants, found)
    return None


def _flat(graph, base, exponent, depends):
    """(base, exponent) pairs of a power of a product of positive or whole powers."""
    operation, operands = graph.operation[base], graph.operands[base]
    k = graph.value_of(exponent)
    if operation == POW and k is not None and k.denominator == 1:
        yield from _flat(graph, operands[0], graph.mul(exponent, operands[1]), depends)
    elif operation == MUL and k is not None and k.denominator == 1:
        for factor in operands:
            yield from _flat(graph, factor, exponent, depends)
    else:
        yield base, exponent


def _ends(graph, f, low, high):
    return graph.sub(f(high), f(low))


def _positive_between(graph, g, x, low, high, degree):
    """Whether a polynomial c x^d + c' is positive from bound to bound: at both ends of a line, or everywhere."""
    if degree == 1:
        return all(is_positive(graph, graph.substitute((g,), {x: end})[0]) for end in (low, high))
    return is_positive(graph, g)


def _power(graph, rest, x, low, high, depends):
    """x^p: x^{p+1}/(p+1), log x."""
    p = rest.pop(x, None)
    if p is None or rest or not is_positive(graph, high):
        return None
    k, up = graph.value_of(p), graph.add(p, graph.one)
    if low == graph.zero:
        graph.require(POSITIVE, up)         # it exists for no other power
        return graph.mul(graph.pow(high, up), graph.inv(up))
    if not is_positive(graph, low):
        return None
    if k == -1:
        return _ends(graph, lambda e: graph.fun("log", e), low, high)
    if k is None and not is_positive(graph, up):
        return None
    return graph.mul(graph.inv(up), _ends(graph, lambda e: graph.pow(e, up), low, high))


def _logarithm(graph, rest, x, low, high, depends):
    """x^p log x: x^{p+1} (log x/(p+1) - 1/(p+1)^2)."""
    log = graph.fun("log", x)
    p = rest.pop(x, graph.zero)
    if rest != {log: graph.one} or not (is_positive(graph, low) and is_positive(graph, high)):
        return None
    up = graph.add(p, graph.one)
    if graph.value_of(up) in (0, None):
        return None
    slope = graph.inv(up)
    return _ends(graph, lambda e: graph.mul(graph.pow(e, up), graph.sub(
        graph.mul(slope, graph.fun("log", e)), graph.mul(slope, slope))), low, high)


def _wave(graph, rest, x, low, high, depends):
    """sin(b x + c) and cos(b x + c)."""
    if len(rest) != 1:
        return None
    (node, exponent), = rest.items()
    if exponent != graph.one or graph.operation[node] != FUN or graph.operands[node][0] not in ("sin", "cos"):
        return None
    function, angle = graph.operands[node]
    terms = polynomial(graph, angle, depends)
    if terms is None or set(terms) - {(), ((x, 1),)}:
        return None
    b = terms[((x, 1),)]
    if graph.value_of(b) is None:
        graph.require(NONZERO, b)
    other, sign = ("cos", -1) if function == "sin" else ("sin", 1)
    return graph.mul(graph.num(sign), graph.inv(b), _ends(graph, lambda e: graph.fun(
        other, graph.substitute((angle,), {x: e})[0]), low, high))


def _chain(graph, rest, x, low, high, depends):
    """x^{d-1} g^q with g = a x^d + c: g^{q+1}/(a d (q+1)), log g/(a d)."""
    p = graph.value_of(rest.pop(x, graph.zero))
    if len(rest) != 1 or p is None or p.denominator != 1 or p < 0:
        return None
    (g, q), = rest.items()
    degree = int(p) + 1
    terms = polynomial(graph, g, depends) if graph.operation[g] == ADD else None
    if terms is None or set(terms) - {(), ((x, degree),)} or ((x, degree),) not in terms:
        return None
    slope = graph.mul(graph.num(degree), terms[((x, degree),)])
    if not (graph.value_of(slope) or is_positive(graph, slope) or is_positive(graph, graph.neg(slope))):
        return None
    if not _positive_between(graph, g, x, low, high, degree):
        return None
    up = graph.add(q, graph.one)

    def at(end):
        value, = graph.substitute((g,), {x: end})
        return graph.fun("log", value) if up == graph.zero else graph.pow(value, up)

    if up != graph.zero and not graph.value_of(up) and not is_positive(graph, up):
        return None
    scale = graph.inv(slope) if up == graph.zero else graph.inv(graph.mul(slope, up))
    return graph.mul(scale, _ends(graph, at, low, high))


def _beta(graph, rest, x, low, high, depends):
    """x^p (1 - x)^q from 0 to 1: gamma(p+1) gamma(q+1)/gamma(p+q+2), which exists for p, q > -1 alone."""
    mirror = graph.sub(graph.one, x)
    if (low, high) != (graph.zero, graph.one) or mirror not in rest or set(rest) - {x, mirror}:
        return None
    a, b = (graph.add(rest.get(g, graph.zero), graph.one) for g in (x, mirror))
    for end in (a, b):
        graph.require(POSITIVE, end)
    return graph.mul(gamma(graph, a), gamma(graph, b), graph.inv(gamma(graph, graph.add(a, b))))
