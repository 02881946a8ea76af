"""Functions of one random scalar with a named or normal law: tilts, powers, logarithms, distribution functions.

Sources: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions; the means of exponentials are the
moment generating functions, those of signs the distribution functions.
"""

from verifiers.graph import FUN, POSITIVE, POW
from verifiers.instance.moments import covariance_of, is_gaussian, mean_of
from verifiers.instance.named import DEGREE, law_at, raw_moment, rising
from verifiers.instance.outcomes import support
from verifiers.instance.polynomials import polynomial
from verifiers.instance.positivity import is_positive

ON_POSITIVES = ("gamma", "exponential", "chi2")


def named_row(integral, powers):
    """E of a monomial in functions of one random scalar with a named or normal law by a row, else None."""
    evaluator, graph = integral.evaluator, integral.graph
    met = {s for g in powers for s in support(evaluator, g)}
    if len(met) != 1:
        return None
    (x,) = met
    if is_gaussian(evaluator, x):
        law = "normal", (mean_of(evaluator, x), covariance_of(evaluator, x, x))
    else:
        law = law_at(evaluator, x)
    if law is None:
        return None
    if len(powers) == 1:
        (g, k), = powers.items()
        if graph.operation[g] == FUN and graph.operands[g][0] == "sign":
            return _sign(integral, law, x, graph.operands[g][1], k)
        if graph.operation[g] == FUN and graph.operands[g] == ("log", x) and k == 1 and law[0] != "normal":
            return _logarithm(graph, law)
    if law[0] == "normal":
        return None
    return _tilted(integral, law, x, powers)


def _logarithm(graph, law):
    """E[log X]: digamma of the shape less the logarithm of the rate, and so on."""
    family, args = law
    if family in ("gamma", "exponential"):
        shape, rate = args if family == "gamma" else (graph.one, *args)
        return graph.sub(graph.fun("digamma", shape), graph.fun("log", rate))
    if family == "beta":
        return graph.sub(graph.fun("digamma", args[0]), graph.fun("digamma", graph.add(*args)))
    return None


def _tilted(integral, law, x, powers):
    """E[x^s exp(t x)] by the moments of the tilted law, or by a power of a positive x."""
    graph, power, slope, front = integral.graph, [], [], []
    for g, k in powers.items():
        operation, operands = graph.operation[g], graph.operands[g]
        if g == x:
            power.append(graph.num(k))
        elif operation == POW and operands[0] == x and not integral.spaces(operands[1]):
            power.append(graph.mul(graph.num(k), operands[1]))
        elif operation == FUN and operands[0] == "exp" or operation == POW and not integral.spaces(operands[0]):
            inner = operands[1]
            terms = polynomial(graph, inner, integral.spaces)
            if terms is None or set(terms) - {(), ((x, 1),)}:
                return None
            base = graph.one if operation == FUN else graph.fun("log", operands[0])
            slope.append(graph.mul(graph.num(k), terms[(x, 1),], base))
            front.append(graph.fun("exp", graph.mul(graph.num(k), terms.get((), graph.zero), base)))
        else:
            return None
    s, t = graph.add(*power), graph.add(*slope)
    whole = graph.value_of(s)
    whole = int(whole) if whole is not None and whole.denominator == 1 and whole >= 0 else None
    if t == graph.zero:
        value = raw_moment(graph, law, whole) if whole is not None else _power(graph, law, s)
    else:
        value = _transform(graph, law, whole, t) if whole is not None else None
    return None if value is None else graph.mul(*front, value)


def _power(graph, law, s):
    """E[X^s] of a positive X: gamma(a + s) / (gamma(a) rate^s), which exists where a + s > 0."""
    family, args = law
    if family in ON_POSITIVES:
        a, rate = {"gamma": lambda: args, "exponential": lambda: (graph.one, *args),
                   "chi2": lambda: (graph.mul(graph.half, args[0]), graph.half)}[family]()
        graph.require(POSITIVE, graph.add(a, s))
        return graph.mul(_ratio(graph, a, s), graph.pow(rate, graph.neg(s)))
    if family == "beta":
        graph.require(POSITIVE, graph.add(args[0], s))
        return graph.div(_ratio(graph, args[0], s), _ratio(graph, graph.add(*args), s))
    return None


def _ratio(graph, a, s):
    """gamma(a + s) / gamma(a): a product for whole s."""
    k = graph.value_of(s)
    if k is not None and k.denominator == 1 and abs(k) <= DEGREE:
        if k >= 0:
            return rising(graph, a, int(k))
        return graph.inv(rising(graph, graph.add(a, s), int(-k)))
    return graph.div(graph.fun("gamma", graph.add(a, s)), graph.fun("gamma", a))


def _transform(graph, law, k, t):
    """E[X^k exp(t X)]: the moment generating function times the moment of the tilted law; None without a row."""
    family, args = law
    growth = graph.fun("exp", t)
    if family == "poisson":
        tilted = graph.mul(args[0], growth)
        return graph.mul(graph.fun("exp", graph.sub(tilted, args[0])), raw_moment(graph, (family, (tilted,)), k))
    if family in ("bernoulli", "binomial"):
        n, p = args if family == "binomial" else (graph.one, *args)
        total = graph.add(graph.sub(graph.one, p), graph.mul(p, growth))
        tilted = graph.div(graph.mul(p, growth), total)
        return graph.mul(graph.pow(total, n), raw_moment(graph, (family, (*args[:-1], tilted)), k))
    if family in ("gamma", "exponential"):
        shape, rate = args if family == "gamma" else (graph.one, *args)
        rest = graph.sub(rate, t)
        graph.require(POSITIVE, rest)
        return graph.mul(graph.pow(graph.div(rate, rest), shape), raw_moment(graph, ("gamma", (shape, rest)), k))
    if family == "laplace" and k == 0:
        rest = graph.sub(graph.one, graph.mul(graph.pow(args[1], graph.num(2)), graph.pow(t, graph.num(2))))
        graph.require(POSITIVE, rest)
        return graph.div(graph.fun("exp", graph.mul(args[0], t)), rest)
    if family == "uniform" and k == 0:
        low, high = (graph.fun("exp", graph.mul(e, t)) for e in args)
        return graph.div(graph.sub(high, low), graph.mul(t, graph.sub(args[1], args[0])))
    return None


# -- distribution functions --------------------------------------------------------------------------------------------
def _sign(integral, law, x, inner, k):
    """E[sign(u(x))^k] for u increasing or decreasing in x, of a continuous law: d (1 - 2 F(c)), where u(c) = 0."""
    graph = integral.graph
    if law[0] not in _CUMULATIVE:
        return None
    found = threshold(integral, inner, x, law)
    if found is None:
        return None
    if k % 2 == 0:
        return graph.one
    place, direction = found
    below = _CUMULATIVE[law[0]](graph, place, *law[1])
    return graph.mul(graph.num(direction), graph.sub(graph.one, graph.mul(graph.num(2), below)))


def threshold(integral, u, x, law):
    """(c, d): u(x) > 0 exactly where d (x - c) > 0; None where that is not plain to see."""
    graph, direction = integral.graph, 1
    for _ in range(8):
        terms = polynomial(graph, u, integral.spaces)
        moving = [m for m in terms or () if m]
        if len(moving) != 1 or len(moving[0]) != 1 or moving[0][0][1] != 1:
            return None
        (g, _), a = moving[0][0], terms[moving[0]]
        side = 1 if is_positive(graph, a) else -1 if is_positive(graph, graph.neg(a)) else 0
        if not side:
            return None
        direction *= side
        level = graph.div(graph.neg(terms.get((), graph.zero)), a)
        if g == x:
            return level, direction
        operation, operands = graph.operation[g], graph.operands[g]
        if operation == FUN and operands[0] == "exp" and is_positive(graph, level):
            u = graph.sub(operands[1], graph.fun("log", level))
        elif operation == FUN and operands[0] == "log" and is_positive_law(integral, operands[1], x, law):
            u = graph.sub(operands[1], graph.fun("exp", level))
        else:
            return None
    return None


def is_positive_law(integral, inner, x, law):
    """Whether the argument of a logarithm is positive almost surely: x itself of a law on positive numbers."""
    low = law[1][0] if law[0] == "uniform" else None
    return inner == x and (law[0] in ON_POSITIVES or low is not None and (
        integral.graph.value_of(low) == 0 or is_positive(integral.graph, low)))


def _half(graph, inside):
    return graph.mul(graph.half, graph.add(graph.one, inside))


def _normal_below(graph, c, mean, variance):
    return _half(graph, graph.fun("erf", graph.div(graph.sub(c, mean), graph.sqrt(graph.mul(graph.num(2), variance)))))


def _exponential_below(graph, c, rate):
    return graph.mul(graph.step(c), graph.sub(graph.one, graph.fun("exp", graph.neg(graph.mul(rate, c)))))


def _uniform_below(graph, c, low, high):
    share = graph.div(graph.sub(c, low), graph.sub(high, low))
    return graph.max(graph.zero, graph.min(graph.one, share))


def _laplace_below(graph, c, location, scale):
    off = graph.sub(c, location)
    fall = graph.fun("exp", graph.neg(graph.div(graph.abs(off), scale)))
    return _half(graph, graph.mul(graph.sign(off), graph.sub(graph.one, fall)))


_CUMULATIVE = {"normal": _normal_below, "exponential": _exponential_below, "uniform": _uniform_below,
               "laplace": _laplace_below}
