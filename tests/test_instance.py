"""Claims become instances whose sides agree where the claim is true, and differ somewhere where it is false."""

import math
from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from derive.reading.claims import read_claim
from derive.term import (
    IMPLIED,
    ONE,
    Claim,
    Declaration,
    Relation,
    add,
    deriv,
    index,
    inv,
    mul,
    name,
    num,
    pow_,
    range_,
    rel,
    sub,
    term,
)
from verifiers.graph import ADD, MUL, NUM, POW, VAR, ZERO
from verifiers.instance.build import build
from verifiers.instance.plan import plans
from verifiers.instance.value import ShapeClash
from verifiers.verdict import CannotDecide, Reason

FUNCTIONS = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "gamma": math.gamma,
             "lgamma": math.lgamma, "erf": math.erf, "arctan": math.atan, "floor": math.floor,
             "sign": lambda x: (x > 0) - (x < 0)}
TOLERANCE = 1e-8


class Undefined(ArithmeticError):
    """A side has no value at the point."""


def value(graph, node, point):
    """The value of a node: Fractions as long as the operations are rational, floats after the first function."""
    memo = {}
    for n in graph.reachable((node,)):
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == NUM:
            memo[n] = Fraction(operands)
        elif operation == VAR:
            memo[n] = math.pi if graph.domain[n] == "pi" else point[n]
        elif operation == ADD:
            memo[n] = sum(memo[c] for c in operands)
        elif operation == MUL:
            memo[n] = math.prod(memo[c] for c in operands)
        elif operation == POW:
            memo[n] = _power(memo[operands[0]], memo[operands[1]])
        else:
            memo[n] = _function(graph, operands, [memo[c] for c in operands[1:]])
    return memo[node]


def _power(base, exponent):
    whole = exponent.denominator == 1 if isinstance(exponent, Fraction) else exponent == int(exponent)
    if base == 0 and exponent < 0 or base < 0 and not whole:
        raise Undefined
    return base ** int(exponent) if whole else float(base) ** float(exponent)


def _function(graph, operands, arguments):
    if isinstance(operands[0], tuple):      # an undetermined function: one fixed polynomial and its derivatives
        _, symbol, orders = operands[0]
        seed = sum(map(ord, symbol)) % 7 + 2
        total = seed * sum((k + 1) * float(a) for k, a in enumerate(arguments)) / 10
        slopes = [seed * (k + 1) / 10 for k, o in enumerate(orders) for _ in range(o)]
        turns = (math.sin(total), math.cos(total), -math.sin(total), -math.cos(total))
        return math.prod(slopes) * turns[sum(orders) % 4]
    if operands[0] == "log" and arguments[0] <= 0:
        raise Undefined
    return FUNCTIONS[operands[0]](arguments[0])


def draw(graph, nodes, rng):
    """A random point of the declared domains."""
    point = {}
    for v in graph.variables(nodes):
        tag = graph.domain[v]
        small = Fraction(rng.randint(1, 9), rng.randint(1, 5))
        if isinstance(tag, tuple):
            point[v] = Fraction(tag[1] + rng.randint(0, 3)) if len(tag) == 2 else Fraction(rng.randint(*tag[1:]))
        elif tag in ("unit", "closed_unit"):
            point[v] = Fraction(rng.randint(1, 8), 9)
        elif tag in ("binary", "sign", "integer"):
            point[v] = Fraction(rng.choice({"binary": (0, 1), "sign": (-1, 1), "integer": (1, 2, 3)}[tag]))
        elif tag in ("positive", "weight", "nonnegative"):
            point[v] = small
        else:
            point[v] = -small if tag == "negative" or rng.random() < 0.5 else small
    return point


def allowed(graph, constraints, point):
    """Whether the point satisfies the constraints of the instance; equations are met by construction only."""
    tests = {"positive": lambda x: x > 0, "nonnegative": lambda x: x >= 0, "nonzero": lambda x: abs(x) > TOLERANCE,
             ZERO: lambda x: abs(x) < TOLERANCE}
    return all(tests[tag](value(graph, n, point)) for tag, n in constraints)


def agree(instance, seed=0, count=12):
    """True or False: whether the sides are equal at every one of ``count`` random points; at least three are needed."""
    rng, met, graph = Random(seed), 0, instance.graph
    nodes = [n for pair in instance.pairs for n in pair] + [n for _, n in instance.constraints]
    for _ in range(40 * count):
        point = draw(graph, nodes, rng)
        try:
            if not allowed(graph, instance.constraints, point):
                continue
            values = [(value(graph, a, point), value(graph, b, point)) for a, b in instance.pairs]
        except (Undefined, OverflowError):
            continue
        met += 1
        if any(abs(a - b) > TOLERANCE * (1 + abs(a) + abs(b)) for a, b in values):
            return False
        if met == count:
            break
    assert met >= 3, "no point of the declared domain"
    return True


def instances(claim, count=4):
    """The plans of a claim, built."""
    built = []
    for plan in islice(plans(claim), count):
        try:
            built.append(build(claim, plan))
        except CannotDecide:
            continue
    return built


def read(left, right, symbols, given=()):
    return read_claim(left, "=", right, symbols, given)


DATA = {"x_i": "real sequence, i = 1..N", "y_i": "real sequence, i = 1..N", "N": "integer >= 1"}
OLS = {"X": "matrix n x d", "w": "vector d", "y": "vector n", "n": "integer >= 1", "d": "integer >= 1"}
SQUARE = {"A": "matrix n x n", "B": "matrix n x n", "n": "integer >= 1"}
SOFTMAX = {"y_i": r"y_i = \frac{\exp(z_i)}{\sum_{k=1}^{K}\exp(z_k)}", "z_i": "real sequence, i = 1..K",
           "K": "integer >= 2", "i": "index in 1..K", "j": "index in 1..K"}
WOODBURY = {"A": "positive definite matrix n x n", "U": "matrix n x k", "n": "integer >= 1", "k": "integer >= 1",
            r"\mathbf{I}": "identity matrix k x k"}
PRODUCT = {r"\beta_s": r"real sequence with 0 < \beta_s < 1, s = 1..T", "t": "integer >= 2",
           r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}(1-\beta_s)"}
RECURRENCE = {r"\mathbf{s}_t": r"\mathbf{s}_t = A\mathbf{s}_{t-1}+\mathbf{x}_t, t = 1..T",
              r"\mathbf{x}_t": "vectors D, t = 1..T", "A": "matrix D x D", "T": "integer >= 1", "D": "integer >= 1"}
GRAPH = {"x": "real scalar", "f_1": r"f_1 = \exp(x)", "f_2": "f_2 = f_1^2", "f_3": "f_3 = f_1+f_2",
         "f_4": r"f_4 = \exp(f_3)", "f_5": r"f_5 = \sin(f_3)", "y": "y = f_4+f_5"}
ORTHOGONAL = {r"\mathbf{a}_i": "nonzero vectors d, i = 1..m", "c_i": "real sequence, i = 1..m", "m": "integer >= 1",
              "d": "integer >= 1", r"\mathbf{M}": r"\mathbf{M} = \sum_{i=1}^{m}\frac{\mathbf{a}_i\mathbf{a}_i^{T}}"
              r"{\mathbf{a}_i^{T}\mathbf{a}_i}", r"\mathbf{v}_a": r"\mathbf{v}_a = \sum_{i=1}^{m}c_i\mathbf{a}_i"}
PERPENDICULAR = (r"\mathbf{a}_i^{T}\mathbf{a}_j=0 \quad (i\ne j)",)

# (left, right if true, right if false, symbols, givens, whether some instance covers every size)
TWINS = {
    "gradient of least squares in sums": (
        r"\frac{\partial}{\partial w}\sum_{i=1}^{N}(y_i-wx_i)^2", r"-2\sum_{i=1}^{N}x_i(y_i-wx_i)",
        r"2\sum_{i=1}^{N}x_i(y_i-wx_i)", DATA | {"w": "real scalar"}, (), True),
    "gradient of least squares in matrices": (
        r"\nabla_w\|Xw-y\|^2", "2X^T(Xw-y)", "X^T(Xw-y)", OLS, (), True),
    "normal equations": (
        r"X^TX\left((X^TX)^{-1}X^Ty\right)", "X^Ty", "2X^Ty", OLS | {"X": "matrix n x d, full column rank"}, (), False),
    "softmax Jacobian": (
        r"\frac{\partial y_i}{\partial z_j}", r"y_i(\mathbb{1}[i=j]-y_j)", r"y_i(\mathbb{1}[i=j]-y_i)", SOFTMAX,
        (), True),
    "softmax Jacobian off the diagonal only": (
        r"\frac{\partial y_i}{\partial z_j}-y_i\mathbb{1}[i=j]", "-y_iy_j", r"-y_iy_j-y_i\mathbb{1}[i=j]", SOFTMAX,
        (), True),
    "derivative of a trace": (
        r"\frac{\partial}{\partial X}\operatorname{tr}(AXB)", "A^TB^T", "BA",
        SQUARE | {"X": "matrix n x n"}, (), True),
    "Woodbury": (
        "(A+UU^T)^{-1}", r"A^{-1}-A^{-1}U(\mathbf{I}+U^TA^{-1}U)^{-1}U^TA^{-1}",
        r"A^{-1}+A^{-1}U(\mathbf{I}+U^TA^{-1}U)^{-1}U^TA^{-1}", WOODBURY, (), False),
    "recurrence in closed form": (
        r"\mathbf{s}_T", r"\sum_{t=1}^{T}A^{T-t}\mathbf{x}_t", r"\sum_{t=1}^{T}A^{t-1}\mathbf{x}_t", RECURRENCE,
        (r"\mathbf{s}_0=\mathbf{0}",), False),
    "trace in entries": (
        r"\operatorname{tr}(AB)", r"\sum_{i=1}^{n}\sum_{j=1}^{n}a_{ij}b_{ji}",
        r"\sum_{i=1}^{n}\sum_{j=1}^{n}a_{ij}b_{ij}",
        SQUARE | {"A": "matrix n x n with entries a_{ij}", "B": "matrix n x n with entries b_{ij}"}, (), True),
    "ratio of partial products": (
        r"\frac{\alpha_t}{\alpha_{t-1}}", r"1-\beta_t", r"1-\beta_1", PRODUCT, (), True),
    "derivative by a defined name": (
        r"\frac{\partial y}{\partial f_3}", r"\exp(f_3)+\cos(f_3)", r"\exp(f_3)+\sin(f_3)", GRAPH, (), True),
    "total derivative by an early name": (
        r"\frac{\partial y}{\partial f_1}", r"(\exp(f_3)+\cos(f_3))(1+2f_1)", r"\exp(f_3)+\cos(f_3)", GRAPH, (), True),
    "projection on an orthogonal family": (
        r"\mathbf{M}\mathbf{v}_a", r"\mathbf{v}_a", r"2\mathbf{v}_a", ORTHOGONAL, PERPENDICULAR, True),
    "scores among all others": (
        r"\frac{y_j}{\sum_{i\ne j}y_i}", r"\frac{\exp(z_j)}{\sum_{i\ne j}\exp(z_i)}",
        r"\frac{\exp(z_j)}{\sum_{i=1}^{K}\exp(z_i)}",
        SOFTMAX, (), True),
    "likelihood of positive factors": (
        r"\log\prod_{i=1}^{N}e^{x_i}", r"\sum_{i=1}^{N}x_i", r"\prod_{i=1}^{N}x_i", DATA, (), True),
    "variance of a mean": (
        r"\frac{1}{N}\sum_{i=1}^{N}x_i^2-\left(\frac{1}{N}\sum_{i=1}^{N}x_i\right)^2",
        r"\frac{1}{N}\sum_{i=1}^{N}\left(x_i-\frac{1}{N}\sum_{k=1}^{N}x_k\right)^2",
        r"\frac{1}{N}\sum_{i=1}^{N}\left(x_i-\frac{1}{N}\right)^2", DATA, (), True),
    "second derivatives": (
        r"\nabla^2_{\mathbf{w}}\left(\mathbf{w}^TA\mathbf{w}\right)", "A+A^T", "2A",
        {r"\mathbf{w}": "vector n", "A": "matrix n x n", "n": "integer >= 1"}, (), True),
    "derivative by a symmetric matrix": (
        r"\frac{\partial}{\partial S}\operatorname{tr}(AS)", "A^T", "A+A^T", SQUARE |
        {"S": "symmetric matrix n x n"}, (), True),
    "derivative at a point": (
        r"\left.\frac{d}{dx}x^3\right|_{x=a}", "3a^2", "3a", {"a": "real scalar", "x": "real scalar"}, (), True),
    "inner product of a long flat product": (
        r"A\mathbf{x}\mathbf{x}^T\mathbf{y}", r"(\mathbf{x}^T\mathbf{y})A\mathbf{x}",
        r"(\mathbf{x}^T\mathbf{x})A\mathbf{y}",
        {"A": "matrix m x n", r"\mathbf{x}": "vector n", r"\mathbf{y}": "vector n", "m": "integer >= 1",
        "n": "integer >= 1"},
        (), True),
    "an identity without a size": (
        r"\mathbf{x}^T(A+\lambda\mathbf{I})\mathbf{x}", r"\mathbf{x}^TA\mathbf{x}+\lambda\|\mathbf{x}\|^2",
        r"\mathbf{x}^TA\mathbf{x}+\lambda", {"A": "matrix n x n", r"\mathbf{x}": "vector n", r"\lambda": "real scalar",
                                             "n": "integer >= 1"}, (), True),
    "shares that sum to one": (
        r"\sum_{i=1}^{N}p_i(x_i-c)", r"\sum_{i=1}^{N}p_ix_i-c", r"\sum_{i=1}^{N}p_ix_i-Nc",
        DATA | {"p_i": "nonnegative weights, sum to 1, i = 1..N", "c": "real scalar"}, (), True),
    "rotation": (
        r"\|Q\mathbf{x}\|^2", r"\|\mathbf{x}\|^2", r"2\|\mathbf{x}\|^2",
        {"Q": "orthogonal matrix n x n", r"\mathbf{x}": "vector n", "n": "integer >= 1"}, (), False),
    "determinant of an orthogonal matrix": (
        r"\det(Q)^2", "1", r"\det(Q)", {"Q": "orthogonal matrix n x n", "n": "integer >= 1"}, (), False),
    "vectorised product": (
        r"\operatorname{vec}(AXB)", r"(B^T\otimes A)\operatorname{vec}(X)", r"(B\otimes A)\operatorname{vec}(X)",
        SQUARE | {"X": "matrix n x n", r"\operatorname{vec}": "column-stacking"}, (), True),
    "unit vectors": (
        r"\|\mathbf{u}-\mathbf{v}\|^2", r"2-2\mathbf{u}^T\mathbf{v}", r"2+2\mathbf{u}^T\mathbf{v}",
        {r"\mathbf{u}": "vector d", r"\mathbf{v}": "vector d", "d": "integer >= 1"},
        (r"\|\mathbf{u}\|=1", r"\|\mathbf{v}\|=1"), True),
    "kink": (
        r"\frac{d}{dx}\max(0,x)", r"\mathbb{1}[x>0]", r"\mathbb{1}[x<0]", {"x": "real scalar"}, (), True),
    "numbers only": (
        "(D_i+1)D+(D+1)E", "D_iD+D+DE+E", "D_iD+DE+E", {"D_i": "integer >= 1", "D": "integer >= 1",
        "E": "integer >= 1"},
        (), True),
}


@pytest.mark.parametrize("case", TWINS)
def test_true_claims_agree_at_every_plan(case):
    left, right, _, symbols, given, general = TWINS[case]
    built = instances(read(left, right, symbols, given))
    assert built and all(agree(i) for i in built)
    assert any(i.covers is None for i in built) == general


@pytest.mark.parametrize("case", TWINS)
def test_false_twins_differ(case):
    left, _, wrong, symbols, given, _ = TWINS[case]
    built = instances(read(left, wrong, symbols, given))
    assert built and not all(agree(i) for i in built)
    assert not any(agree(i) for i in built if i.covers is None)


# -- built with the constructors, without the reader ----------------------------------------------------------------
x, y, i, n = name("x"), name("y"), name("i"), name("n")
FAMILY = (Declaration("x", "scalar", indices=("i",), ranges=(range_(ONE, n),)),
          Declaration("n", "size", domain="integer", low=ONE))


OVER = range_(ONE, n)


def total(body, domain=OVER):
    return term("sum", body, i, domain)


@pytest.mark.parametrize("left, right, holds", [
    (total(index(x, i)), total(index(x, i), IMPLIED), True),
    (deriv(total(pow_(index(x, i), num(2))), index(x, name("j"))), mul(num(2), index(x, name("j"))), True),
    (deriv(total(pow_(index(x, i), num(2))), index(x, name("j"))), index(x, name("j")), False),
    (add(total(num(1)), num(-1)), sub(n, ONE), True),
    (total(index(x, i), range_(ONE, sub(n, ONE))), sub(total(index(x, i)), index(x, n)), True),
    (total(index(x, i), range_(ONE, sub(n, ONE))), sub(total(index(x, i)), index(x, ONE)), False),
])
def test_sums_by_constructors(left, right, holds):
    built = instances(Claim(left, Relation.EQ, right, FAMILY))
    assert built and all(agree(b) for b in built) is holds


@pytest.mark.parametrize("right, holds", [(inv(mul(num(2), pow_(x, num(2)))), True), (inv(x), False)])
def test_derivative_by_a_square(right, holds):
    positive = Declaration("x", "scalar", domain="positive")
    claim = Claim(deriv(term("log", x), pow_(x, num(2))), Relation.EQ, right, (positive,))
    assert agree(build(claim, {})) is holds


def test_distinct_sizes_for_distinct_names():
    claim = read("X^TXw", "X^TXw", OLS)
    for plan in islice(plans(claim), 4):
        assert plan["n"] != plan["d"]


def test_shape_clash_names_both_shapes():
    claim = read("Xw", "X^Tw", OLS)
    with pytest.raises(ShapeClash, match="x"):
        build(claim, {"n": ("concrete", 2), "d": ("concrete", 3)})


@pytest.mark.parametrize("symbols, left, reason", [
    ({"x": "real scalar"}, "x+q", Reason.DECLARATION),                       # q is not declared
    ({"x": "frobnicated thing"}, "x", Reason.DECLARATION),                   # the words are not read
    ({"A": "matrix n x n", "n": "integer >= 1"}, r"\exp(A)", Reason.DECLARATION),    # entrywise or matrix exponential
    ({r"\mathbf{x}": "vector d", "d": "integer >= 1"}, r"\mathbf{x}^2", Reason.DECLARATION),
    ({"z": "complex scalar"}, "z", Reason.NEEDS_LEMMA),
])
def test_what_is_not_said_is_not_guessed(symbols, left, reason):
    claim = read(left, left, symbols)
    with pytest.raises(CannotDecide) as refusal:
        build(claim, next(plans(claim)))
    assert refusal.value.reason is reason


def test_conditions_of_the_sides_are_kept_apart():
    claim = read(r"\log(x^2)", r"2\log(x)", {"x": "nonzero scalar"})
    instance = build(claim, next(plans(claim)))
    (square, _), = instance.pairs[:1]
    assert [tag for tag, _ in instance.left_conditions] == ["positive"]
    assert [tag for tag, _ in instance.right_conditions] == ["positive"]
    assert instance.left_conditions != instance.right_conditions


def test_a_given_that_cannot_be_built_forbids_refutation():
    claim = read("x", "x", {"x": "real scalar", "f": "real function"}, (r"\max_{z} f(z)=x",))
    assert not build(claim, next(plans(claim))).enforced


def test_inequalities_given_are_constraints_and_equations_tell_values():
    claim = read("x+y", "2y", {"x": "real scalar", "y": "real scalar"}, ("x=y", "x<5"))
    instance = build(claim, next(plans(claim)))
    assert instance.pairs[0][0] == instance.graph.add(*[instance.graph.var("y")] * 2)
    assert [tag for tag, _ in instance.constraints] == ["positive"]


def test_layouts():
    symbols = {r"\mathbf{x}": "vector n", "A": "matrix m x n", "m": "integer >= 1", "n": "integer >= 1"}
    left = r"\frac{\partial A\mathbf{x}}{\partial\mathbf{x}}"
    for right, layout, holds in (("A", None, True), ("A^T", "denominator", True), ("A", "numerator", True)):
        claim = read_claim(left, "=", right, symbols, layout=layout)
        assert all(agree(b) for b in instances(claim)) is holds
    with pytest.raises(ShapeClash):
        build(read_claim(left, "=", "A^T", symbols), {"m": ("concrete", 2), "n": ("concrete", 3)})


def test_condition_terms_of_filters():
    condition = rel(Relation.NE, i, name("j"))
    claim = Claim(total(index(x, i), term("filter", range_(ONE, n), condition)), Relation.EQ,
                  sub(total(index(x, i)), index(x, name("j"))), FAMILY)
    built = instances(claim)
    assert built[0].covers is None and all(agree(b) for b in built)
