"""Infinite sums: rows with their conditions of convergence, and discounted sums of bounded sequences.

sum k^m r^k = sum_j S(m, j) j! r^j / (1-r)^{j+1} and sum k^m x^k / k! = e^x sum_j S(m, j) x^j, with the Stirling numbers
of the second kind; sum_{k >= 1} r^k / k = -log(1 - r); sum (r P)^k = (I - r P)^{-1} for a stochastic P.
A bounded sequence: the tails W_J = sum_{j >= J} r^{j-J} x_j satisfy W_J = x_J + r W_{J+1}, so every discounted sum is
one of finitely many members and of one tail, an undetermined function of r.
"""

from fractions import Fraction
from itertools import product as combinations
from math import comb, factorial

from derive.term import MINUS_ONE, ONE, ZERO, add, free_names, mul, num, pow_
from derive.term import replace as put
from verifiers.graph import POSITIVE
from verifiers.instance.declared import member
from verifiers.instance.functions import in_domain
from verifiers.instance.matrices import inverse_of, scaled
from verifiers.instance.sizes import position
from verifiers.instance.structure import eye
from verifiers.instance.value import Array
from verifiers.verdict import CannotDecide, Reason

CONVERGENCE = "where the geometric series converges: its ratio is between -1 and 1"
HIGHEST = 6             # power of the index
MOST_TERMS = 32         # products a summand is expanded to
TAIL = 16               # the member from which on a bounded sequence is one number
NO_ROW = "an infinite sum for which there is no row"


def infinite_sum(evaluator, term, env):
    """sum_{k=a}^inf of a body, product by product.  Raises CannotDecide where no row fits."""
    body, variable, domain = term.args
    low = domain.args[0]
    if low.head != "num":
        body, low = put(body, {variable: add(variable, low)}), ZERO
    if low.value != int(low.value) or low.value < 0:
        raise CannotDecide(Reason.LIMIT, "an infinite sum from an unknown first term")
    if body.head == "mul" and any(_is_matrix_power(evaluator, f, variable) for f in body.args) \
            or _is_matrix_power(evaluator, body, variable):
        return _neumann(evaluator, body, variable, int(low.value), env)
    parts = [_product(evaluator, p, variable, int(low.value), env) for p in expanded(body, variable)]
    return evaluator.graph.add(*parts)


def expanded(body, variable):
    """The products of which a body is the sum, sums with the variable in them multiplied out."""
    if body.head == "add":
        return [p for a in body.args for p in expanded(a, variable)]
    choices = []
    for f in body.args if body.head == "mul" else (body,):
        base, exponent = f.args if f.head == "pow" else (f, ONE)
        whole = exponent.head == "num" and exponent.value == int(exponent.value) and 0 < exponent.value <= HIGHEST
        if base.head == "add" and whole and variable.value in free_names(base):
            choices += [[[p] for p in base.args]] * int(exponent.value)
        elif f.head == "binom" and f.args[1].head == "num" and 0 <= f.args[1].value <= HIGHEST:
            j = int(f.args[1].value)
            choices += [[[num(Fraction(1, factorial(j)))]]]
            choices += [[[p] for p in _parts(add(f.args[0], num(-i)))] for i in range(j)]
        else:
            choices.append([[f]])
    found = [mul(*(f for c in chosen for f in c)) for _, chosen in zip(range(MOST_TERMS + 1), combinations(*choices),
                                                                       strict=False)]
    if len(found) > MOST_TERMS:
        raise CannotDecide(Reason.BUDGET, "a summand of too many products")
    return [q for p in found for q in (expanded(p, variable) if p != body and _is_open(p, variable) else [p])]


def _parts(term):
    return term.args if term.head == "add" else (term,)


def _is_open(term, variable):
    """Whether a product still has a sum with the variable among its factors."""
    return any(f.head == "add" and variable.value in free_names(f) for f in (term.args if term.head == "mul" else ()))


class _Factors:
    """A product sorted by how its factors depend on the variable."""

    def __init__(self, variable):
        self.variable, self.constant, self.ratio = variable, [], []
        self.degree, self.factorial, self.members = 0, False, []

    def take(self, factor):
        """Raises CannotDecide for a factor of no row."""
        variable = self.variable
        base, exponent = factor.args if factor.head == "pow" else (factor, ONE)
        if variable.value not in free_names(factor):
            self.constant.append(factor)
        elif base is variable and exponent.head == "num" and exponent.value == int(exponent.value):
            self.degree += int(exponent.value)
        elif exponent is MINUS_ONE and base.head == "factorial" and base.args[0] is variable and not self.factorial:
            self.factorial = True
        elif factor.head == "index":
            self.members.append(factor)
        elif factor.head == "pow" and variable.value not in free_names(base):
            slope, offset = affine(exponent, variable)
            self.ratio.append(base if slope == 1 else pow_(base, num(slope)))
            self.constant += [pow_(base, t) for t in offset]
        else:
            raise CannotDecide(Reason.LIMIT, NO_ROW)


def _product(evaluator, body, variable, low, env):
    """The sum of one product."""
    found, graph = _Factors(variable), evaluator.graph
    for factor in body.args if body.head == "mul" else (body,):
        found.take(factor)
    mixed = found.members and (found.degree or found.factorial or len(found.members) > 1)
    if not found.ratio and not found.factorial or not -1 <= found.degree <= HIGHEST or mixed \
            or found.degree == -1 and (low < 1 or found.factorial):
        raise CannotDecide(Reason.LIMIT, NO_ROW)
    r, c = evaluator.scalar(mul(*found.ratio), env), evaluator.scalar(mul(*found.constant), env)
    if found.factorial:
        return graph.mul(c, exponential_series(graph, r, low, found.degree))
    if CONVERGENCE not in evaluator.notes:
        evaluator.notes.append(CONVERGENCE)
    if found.members:
        return graph.mul(c, discounted(evaluator, found.members[0], variable, r, low, env))
    series = logarithmic_series if found.degree == -1 else geometric_series
    return graph.mul(c, series(graph, r, low, found.degree))


def affine(exponent, variable):
    """(slope, offset terms) of an exponent a k + b + ...; the slope is a whole number."""
    slope, offset = 0, []
    for part in exponent.args if exponent.head == "add" else (exponent,):
        if part is variable:
            slope += 1
        elif part.head == "mul" and len(part.args) == 2 and part.args[0].head == "num" and part.args[1] is variable:
            slope += part.args[0].value
        elif variable.value not in free_names(part):
            offset.append(part)
        else:
            raise CannotDecide(Reason.LIMIT, "an exponent that is not affine in the index")
    if slope == 0 or slope != int(slope):
        raise CannotDecide(Reason.LIMIT, "an exponent that is not affine in the index")
    return int(slope), offset


def stirling(m, j):
    """The number of partitions of m things into j sets."""
    return sum((-1) ** (j - i) * comb(j, i) * i ** m for i in range(j + 1)) // factorial(j)


def _first(graph, low, degree, term):
    """The terms before the first one."""
    return [graph.mul(graph.num(k ** degree if degree else 1), term(k)) for k in range(low)]


def _power(graph, r, k):
    return graph.pow(r, graph.num(k)) if k else graph.one


def geometric_series(graph, ratio, low, degree):
    """sum_{k >= low} k^m r^k for |r| < 1."""
    graph.require(POSITIVE, graph.sub(graph.one, graph.mul(ratio, ratio)))
    rest = graph.sub(graph.one, ratio)
    whole = graph.add(*(graph.mul(graph.num(stirling(degree, j) * factorial(j)), _power(graph, ratio, j),
                                  graph.pow(rest, graph.num(-j - 1))) for j in range(degree + 1)))
    return graph.sub(whole, graph.add(*_first(graph, low, degree, lambda k: _power(graph, ratio, k))))


def logarithmic_series(graph, ratio, low, _):
    """sum_{k >= low} r^k / k for |r| < 1."""
    graph.require(POSITIVE, graph.sub(graph.one, graph.mul(ratio, ratio)))
    first = [graph.mul(graph.num(Fraction(1, k)), _power(graph, ratio, k)) for k in range(1, low)]
    return graph.neg(graph.add(graph.fun("log", graph.sub(graph.one, ratio)), *first))


def exponential_series(graph, x, low, degree):
    """sum_{k >= low} k^m x^k / k!."""
    polynomial = graph.add(*(graph.mul(graph.num(stirling(degree, j)), _power(graph, x, j)) for j in range(degree + 1)))
    first = _first(graph, low, degree, lambda k: graph.div(_power(graph, x, k), graph.num(factorial(k))))
    return graph.sub(graph.mul(polynomial, graph.fun("exp", x)), graph.add(*first))


# -- bounded sequences ------------------------------------------------------------------------------------------------
def discounted(evaluator, factor, variable, ratio, low, env):
    """sum_{k >= low} r^k x_{k+s} = r^low W_{low+s} for a bounded sequence, |r| < 1."""
    base, *places = factor.args
    d = evaluator.declared.subscripted(base.value) if base.head == "name" else None
    if d is None or len(places) != 1 or d.shape or d.definition is not None or d.kind != "scalar" \
            or "bounded" not in d.structure or d.domain not in ("real", "positive", "nonnegative") or d.entries_of:
        raise CannotDecide(Reason.LIMIT, "an infinite sum of members that are not declared bounded")
    if affine(places[0], variable)[0] != 1:
        raise CannotDecide(Reason.LIMIT, NO_ROW)
    graph = evaluator.graph
    graph.require(POSITIVE, graph.sub(graph.one, graph.mul(ratio, ratio)))
    first = position(evaluator, put(places[0], {variable: num(low)}), env)
    if not isinstance(first, int) or not -TAIL < first <= TAIL:
        raise CannotDecide(Reason.LIMIT, NO_ROW)
    evaluator.tails.add(places[0])
    evaluator.touch("tail")
    tail = in_domain(evaluator, d, graph.unknown(f"{d.name}.tail", [ratio]))
    parts = [(j - first, member(evaluator, d.name, (j,), env)) for j in range(first, TAIL)] + [(TAIL - first, tail)]
    return graph.add(*(graph.mul(_power(graph, ratio, low + k), x) for k, x in parts))


# -- powers of a matrix -----------------------------------------------------------------------------------------------
def _is_matrix_power(evaluator, factor, variable):
    """Whether a factor is a power P^{k ...} of a declared stochastic matrix."""
    if factor.head != "pow" or factor.args[0].head != "name" or variable.value not in free_names(factor.args[1]):
        return False
    d = evaluator.table.get(factor.args[0].value)
    return d is not None and d.kind == "matrix" and "stochastic" in d.structure


def _neumann(evaluator, body, variable, low, env):
    """sum_{k >= 0} r^k P^k = (I - r P)^{-1} for |r| < 1."""
    factors = body.args if body.head == "mul" else (body,)
    matrix = [f for f in factors if _is_matrix_power(evaluator, f, variable)]
    found = _Factors(variable)
    for f in factors:
        if f is not matrix[0]:
            found.take(f)
    plain = len(matrix) == 1 and matrix[0].args[1] is variable and low == 0 and found.ratio
    if not plain or found.degree or found.factorial or found.members or matrix[0] is not factors[-1]:
        raise CannotDecide(Reason.LIMIT, NO_ROW)
    graph, p = evaluator.graph, evaluator.value(matrix[0].args[0], env)
    if not isinstance(p, Array) or p.free or p.rows != p.columns:
        raise CannotDecide(Reason.LIMIT, NO_ROW)
    r, c = evaluator.scalar(mul(*found.ratio), env), evaluator.scalar(mul(*found.constant), env)
    graph.require(POSITIVE, graph.sub(graph.one, graph.mul(r, r)))
    evaluator.touch("inverse")
    rest = scaled(graph, graph.neg(r), p)
    system = Array(p.rows, p.columns, tuple(graph.add(a, b) for a, b in zip(eye(graph, p.rows).entries, rest.entries,
                                                                             strict=True)))
    return scaled(graph, c, inverse_of(graph, system))
