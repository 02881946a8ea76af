"""Integrals by rows: whole spaces of declared laws, Gaussians times polynomials, powers, a full period.

An integral that no row covers raises CannotDecide(INTEGRAL); a plan may ask for ``verifiers.instance.quadrature``.
Rows: DLMF 5.9.1 (gamma), 7.2.1 (erf), 10.32.1 (I_0(z) = 1/pi int_0^pi exp(z cos t) dt); all by elementary calculus.
"""

from fractions import Fraction

from derive.term import Term, name, replace
from verifiers.graph import FUN, MUL, POSITIVE, POW
from verifiers.instance.antiderivatives import between
from verifiers.instance.densities import combined, key_of_value, note_points, points_in, whole_space
from verifiers.instance.evaluator import means
from verifiers.instance.moments import gamma
from verifiers.instance.polynomials import hiding, polynomial
from verifiers.instance.quadrature import NODES, by_quadrature
from verifiers.instance.references import class_of, reference
from verifiers.instance.value import Array
from verifiers.verdict import CannotDecide, Reason

DEGREE = 12
EXISTENCE = "where the integral over an infinite range exists"


@means("int")
def integral(evaluator, term, env):
    """The integral of a body over the whole space of a law, a line, a half-line or an interval."""
    body, variable, domain = term.args
    if variable.head != "name":
        letter = name("z~")
        return integral(evaluator, Term("int", (replace(body, {variable: letter}), letter, domain)), env)
    if domain.head == "implied":
        points = whole_space(evaluator, term, env)
        if points is None:
            raise CannotDecide(Reason.INTEGRAL, "the range of an integral is not declared")
        return averaged(evaluator, body, points)
    if domain.head != "range":
        raise CannotDecide(Reason.INTEGRAL, "an integral over a set")
    low, high = (_bound(evaluator, b, env) for b in domain.args)
    space = class_of(evaluator, variable.value, body)
    if space is not None:
        return averaged(evaluator, body, _part(evaluator, space, variable, env, low, high))
    mark = evaluator.graph.mark()
    try:
        return by_row(evaluator, body, variable, env, low, high)
    except CannotDecide as refusal:
        evaluator.graph.withdraw(mark)
        if refusal.reason != Reason.INTEGRAL or NODES not in evaluator.plan:
            raise
        return by_quadrature(evaluator, body, variable, env, low, high)


def averaged(evaluator, body, points):
    note_points(evaluator, points, evaluator.value(body, points[0][1]))
    return combined(evaluator.graph, [(w, evaluator.value(body, e)) for w, e in points])


def _bound(evaluator, term, env):
    """A bound as a node, or "inf" / "-inf"."""
    if term.head == "infinity":
        return "inf"
    if term.head == "mul" and term.args[-1].head == "infinity" and len(term.args) == 2 and term.args[0].value == -1:
        return "-inf"
    value = evaluator.value(term, env)
    if isinstance(value, Array):
        raise CannotDecide(Reason.INTEGRAL, "an integral with a vector for a bound")
    return value


def _part(evaluator, space, variable, env, low, high):
    """Points of the whole line, or of a half-line under a symmetric law."""
    points = points_in(evaluator, space, variable, env)
    if (low, high) == ("-inf", "inf"):
        return points
    if _is_support(evaluator, space, low, high):
        return points
    record, zero = reference(evaluator), evaluator.graph.zero
    if space in record.even and (low, high) in ((zero, "inf"), ("-inf", zero)):
        wanted = 1 if low == zero else -1
        return tuple((w, e) for w, e in points if record.points[key_of_value(e[-1][1])][1] * wanted > 0)
    raise CannotDecide(Reason.INTEGRAL, "part of the space of a declared law")


def _is_support(evaluator, space, low, high):
    """True where the bounds are those on which every law of the space is declared."""
    letter = reference(evaluator).letter
    laws = [d for d in evaluator.claim.symbols if d.kind in ("mass", "density")
            and space in {letter(f.value) for f in d.formals[:d.bar] or (name("x"),)}]
    return bool(laws) and all(d.low is not None and d.high is not None and
                              (evaluator.value(d.low), evaluator.value(d.high)) == (low, high) for d in laws)


def by_row(evaluator, body, variable, env, low, high):
    """The integral of a scalar body by a row of this file."""
    graph = evaluator.graph
    x = graph.var(f"{variable.value}~integral{len(env)}",
                  "positive" if low == graph.zero else "real")
    depends = depends_on(graph, x)
    if {"inf", "-inf"} & {low, high} and EXISTENCE not in evaluator.notes:
        evaluator.notes.append(EXISTENCE)

    def made():
        value = evaluator.value(body, env + ((variable.value, x),))
        if isinstance(value, Array):
            entries = tuple(_row(graph, e, x, low, high) for e in value.entries)
            return Array(value.rows, value.columns, entries, value.free)
        return _row(graph, value, x, low, high)

    return hiding(graph, depends, made)


def _row(graph, node, x, low, high):
    if (low, high) == (graph.zero, "inf") and _has_log(graph, node, x):
        t = graph.var(graph.operands[x] + "~log")

        def moved():
            inside = graph.substitute((node,), {x: graph.fun("exp", t)})[0]
            return _row(graph, graph.mul(inside, graph.fun("exp", t)), t, "-inf", "inf")

        return hiding(graph, depends_on(graph, t), moved)
    parts = _period(graph, node, x, low, high)
    if parts is not None:
        return parts
    corner = _corner(graph, node, x) if (low, high) == ("-inf", "inf") else None
    if corner is not None:
        return graph.add(*(_half_of_the_line(graph, node, x, corner, side) for side in (1, -1)))
    terms = polynomial(graph, node, depends_on(graph, x))
    if terms is None:
        raise CannotDecide(Reason.BUDGET, "an integrand with too many terms")
    return graph.add(*(graph.mul(c, monomial(graph, dict(m), x, low, high)) for m, c in terms.items()))


def _corner(graph, node, x):
    """(place, {sign node: its value to the right}) where every sign in the node changes at one place c, else None."""
    depends, place, steps = depends_on(graph, x), None, {}
    for n in graph.reachable((node,)):
        if graph.operation[n] != FUN or graph.operands[n][0] != "sign" or not depends(n):
            continue
        terms = polynomial(graph, graph.operands[n][1], depends)
        slope = graph.value_of(terms.get(((x, 1),), graph.zero)) if terms is not None else None
        if not slope or set(terms) - {(), ((x, 1),)}:
            return None
        here = graph.mul(graph.num(Fraction(-1) / slope), terms.get((), graph.zero))
        if place not in (None, here):
            return None
        place, steps[n] = here, 1 if slope > 0 else -1
    return None if place is None else (place, steps)


def _half_of_the_line(graph, node, x, corner, side):
    """The integral from the corner to the right (or left): x = c + t or c - t with t > 0."""
    place, steps = corner
    t = graph.var(f"{graph.operands[x]}~{'right' if side > 0 else 'left'}", "positive")

    def moved():
        flat, = graph.substitute((node,), {s: graph.num(side * v) for s, v in steps.items()})
        inside, = graph.substitute((flat,), {x: graph.add(place, graph.mul(graph.num(side), t))})
        return _row(graph, inside, t, graph.zero, "inf")

    return hiding(graph, depends_on(graph, t), moved)


def depends_on(graph, x):
    """node -> whether it depends on x, remembered."""
    known = {}

    def depends(node):
        if node not in known:
            for n in graph.reachable((node,)):
                if n not in known:
                    known[n] = n == x or any(known[c] for c in graph.children(n))
        return known[node]

    return depends


def _has_log(graph, node, x):
    log = graph.fun("log", x)
    return log in graph.reachable((node,))


def monomial(graph, powers, x, low, high):
    """The integral of c x^p exp(-a x^2 + b x) over the interval, or by an antiderivative between finite bounds."""
    mark = graph.mark()
    try:
        return _product(graph, powers, x, low, high)
    except CannotDecide as refusal:
        graph.withdraw(mark)
        if refusal.reason != Reason.INTEGRAL or {"inf", "-inf"} & {low, high}:
            raise
        found = between(graph, [(g, graph.num(k)) for g, k in powers.items()], x, low, high, depends_on(graph, x))
        if found is None:
            raise
        return found


def _product(graph, powers, x, low, high):
    factors = Factors(graph, x, low == graph.zero)
    for g, k in powers.items():
        factors.take(g, graph.num(k))
    a, b, c = quadratic(graph, graph.add(*factors.exponents), x)
    front = graph.mul(graph.fun("exp", c), *factors.constants)
    power = graph.add(*factors.powers)
    if a == graph.zero and b == graph.zero:
        return graph.mul(front, power_rule(graph, power, low, high))
    return graph.mul(front, exponential(graph, power, a, b, low, high))


class Factors:
    """A product taken apart: constants, the powers of x, the exponents of exp; x > 0 where ``positive``."""

    def __init__(self, graph, x, positive):
        self.graph, self.x, self.positive = graph, x, positive
        self.constants, self.powers, self.exponents = [], [], []
        self.depends = depends_on(graph, x)

    def take(self, node, exponent):
        """Take in node ** exponent.  Raises CannotDecide where it is no such product."""
        graph = self.graph
        operation, operands = graph.operation[node], graph.operands[node]
        whole = graph.value_of(exponent) is not None and graph.value_of(exponent).denominator == 1
        if not self.depends(node) and not self.depends(exponent):
            self.constants.append(graph.pow(node, exponent))
        elif node == self.x and not self.depends(exponent):
            self.powers.append(exponent)
        elif operation == FUN and operands[0] == "exp" and not self.depends(exponent):
            self.exponents.append(graph.mul(exponent, operands[1]))
        elif operation == POW and (whole or self.positive and operands[0] == self.x):
            self.take(operands[0], graph.mul(exponent, operands[1]))
        elif operation == MUL and (whole or self.positive):
            self.take(graph.mul(*(f for f in operands if not self.depends(f))), exponent)
            for factor in filter(self.depends, operands):
                self.take(factor, exponent)
        else:
            raise CannotDecide(Reason.INTEGRAL, "an integrand for which there is no row")


def quadratic(graph, node, x):
    """(a, b, c) of the exponent -a x^2 + b x + c."""
    terms = polynomial(graph, node, depends_on(graph, x))
    out = {0: graph.zero, 1: graph.zero, 2: graph.zero}
    for m, coefficient in (terms or {((None, 3),): None}).items():
        degree = m[0][1] if m else 0
        if len(m) > 1 or degree > 2 or m and m[0][0] != x:
            raise CannotDecide(Reason.INTEGRAL, "an exponent that is no quadratic")
        out[degree] = coefficient
    return graph.neg(out[2]), out[1], out[0]


def power_rule(graph, power, low, high):
    """The integral of x^p between two finite bounds."""
    k = graph.value_of(power)
    if "inf" in (low, high) or low == "-inf" or k is None or k == -1:
        raise CannotDecide(Reason.INTEGRAL, "the integral of a power over an infinite range or of unknown exponent")
    if k < 0 and not (low == graph.zero and k > -1):
        raise CannotDecide(Reason.INTEGRAL, "the integral of a negative power")
    up = graph.num(k + 1)
    ends = [graph.zero if e == graph.zero else graph.pow(e, up) for e in (high, low)]
    return graph.mul(graph.num(Fraction(1) / (k + 1)), graph.sub(*ends))


def exponential(graph, power, a, b, low, high):
    """The integral of x^p exp(-a x^2 + b x)."""
    k = graph.value_of(power)
    if (low, high) == ("-inf", "inf") and k is not None and k.denominator == 1 and 0 <= k <= DEGREE:
        return gaussian_line(graph, int(k), a, b)
    if (low, high) == (graph.zero, "inf"):
        return half_line(graph, power, a, b)
    if a != graph.zero and k == 0 and not {"inf", "-inf"} & {low, high}:
        return error_function(graph, a, b, low, high)
    if a == graph.zero and k is not None and k.denominator == 1 and 0 <= k <= DEGREE and not {"inf", "-inf"} & {
            low, high}:
        graph.require("nonzero", b)
        return graph.sub(*(by_parts(graph, int(k), b, e) for e in (high, low)))
    if k == 1 and b == graph.zero and not {"inf", "-inf"} & {low, high}:        # x exp(-a x^2)
        graph.require("nonzero", a)
        ends = [graph.fun("exp", graph.neg(graph.mul(a, e, e))) for e in (low, high)]
        return graph.mul(graph.half, graph.inv(a), graph.sub(*ends))
    raise CannotDecide(Reason.INTEGRAL, "an exponential integrand for which there is no row")


def by_parts(graph, power, b, x):
    """The antiderivative of x^k e^{bx}: e^{bx} sum_j (-1)^j k!/(k-j)! x^{k-j} / b^{j+1}."""
    slope, parts, factor = graph.inv(b), [], graph.inv(b)
    for j in range(power + 1):
        parts.append(graph.mul(factor, graph.pow(x, graph.num(power - j))) if j < power else factor)
        factor = graph.mul(graph.num(-(power - j)), factor, slope)
    return graph.mul(graph.fun("exp", graph.mul(b, x)), graph.add(*parts))


def gaussian_line(graph, power, a, b):
    """sqrt(pi / a) exp(b^2 / 4a) E[x^p] for x ~ N(b / 2a, 1 / 2a); a > 0."""
    graph.require(POSITIVE, a)
    variance = graph.inv(graph.mul(graph.num(2), a))
    mean = graph.mul(b, variance)
    moments = [graph.one, mean]
    for n in range(2, power + 1):
        moments.append(graph.add(graph.mul(mean, moments[-1]), graph.mul(graph.num(n - 1), variance, moments[-2])))
    scale = graph.sqrt(graph.div(graph.var("pi", "pi"), a))
    return graph.mul(scale, graph.fun("exp", graph.mul(b, b, variance, graph.half)), moments[power])


def half_line(graph, power, a, b):
    """int_0^inf x^p e^{-a x^2} = a^{-s} gamma(s)/2, s = (p + 1)/2; int_0^inf x^p e^{bx} = (-b)^{-p-1} gamma(p + 1)."""
    up = graph.add(power, graph.one)
    graph.require(POSITIVE, up)
    if b == graph.zero:
        graph.require(POSITIVE, a)
        s = graph.mul(graph.half, up)
        return graph.mul(graph.half, graph.pow(a, graph.neg(s)), gamma(graph, s))
    if a == graph.zero:
        rate = graph.neg(b)
        graph.require(POSITIVE, rate)
        return graph.mul(graph.pow(rate, graph.neg(up)), gamma(graph, up))
    raise CannotDecide(Reason.INTEGRAL, "a Gaussian off its centre on a half-line")


def error_function(graph, a, b, low, high):
    """int_l^h exp(-a x^2 + b x) = sqrt(pi / 4a) exp(b^2 / 4a) [erf(sqrt(a)(h - b/2a)) - erf(sqrt(a)(l - b/2a))]."""
    graph.require(POSITIVE, a)
    root, centre = graph.sqrt(a), graph.div(b, graph.mul(graph.num(2), a))
    scale = graph.sqrt(graph.div(graph.var("pi", "pi"), graph.mul(graph.num(4), a)))
    front = graph.mul(scale, graph.fun("exp", graph.mul(b, centre, graph.half)))
    if b == graph.zero and low == graph.neg(high):
        return graph.mul(graph.num(2), front, graph.fun("erf", graph.mul(root, high)))
    ends = [graph.fun("erf", graph.mul(root, graph.sub(e, centre))) for e in (high, low)]
    return graph.mul(front, graph.sub(*ends))


# -- a full period -------------------------------------------------------------------------------------------------
def _period(graph, node, x, low, high):
    """The integral over a full period of terms c exp(k cos(x - m)): 2 pi c I_0(k); None where it is none."""
    if {"inf", "-inf"} & {low, high} or not _is_period(graph, low, high):
        return None
    depends = depends_on(graph, x)
    terms = polynomial(graph, node, depends)
    if terms is None:
        return None
    two_pi = graph.mul(graph.num(2), graph.var("pi", "pi"))
    parts = []
    for m, c in terms.items():
        concentration = _cosine_exponent(graph, m, x, depends)
        if concentration is None:
            return None
        parts.append(graph.mul(c, two_pi, graph.fun("bessel0", concentration) if m else graph.one))
    return graph.add(*parts)


def _is_period(graph, low, high):
    pi = graph.var("pi", "pi")
    width = graph.sub(high, low)
    at_one, at_zero = (graph.value_of(graph.substitute((width,), {pi: graph.num(v)})[0]) for v in (1, 0))
    return (at_one, at_zero) == (2, 0) and graph.variables((width,)) == [pi] and _linear(graph, width, pi)


def _linear(graph, node, x):
    terms = polynomial(graph, node, depends_on(graph, x))
    return terms is not None and all(not m or m == ((x, 1),) for m in terms)


def _cosine_exponent(graph, monomial_, x, depends):
    """k of exp(k cos(x - m)), 0 for a constant, else None."""
    if not monomial_:
        return graph.zero
    if len(monomial_) > 1 or graph.operation[monomial_[0][0]] != FUN:
        return None
    (g, power), = monomial_
    function, inner = graph.operands[g][0], graph.operands[g][1]
    if function != "exp":
        return None
    terms = polynomial(graph, inner, depends)
    if terms is None or len(terms) != 1:
        return None
    (m, k), = terms.items()
    if len(m) != 1 or m[0][1] != 1 or graph.operation[m[0][0]] != FUN or graph.operands[m[0][0]][0] != "cos":
        return None
    angle = polynomial(graph, graph.operands[m[0][0]][1], depends)
    if angle is None or set(angle) - {(), ((x, 1),)} or graph.value_of(angle.get(((x, 1),), graph.zero)) not in (1, -1):
        return None
    return graph.mul(graph.num(power), k)
