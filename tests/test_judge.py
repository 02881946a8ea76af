"""Equalities: for each tier the claims it must prove beside those it must refute, under several seeds."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import float_check, judge
from verifiers.verdict import Conditional, Proved, Refuted, Supported, Undecided, Unreadable

SEEDS = (1, 7)
REALS = {s: "real scalar" for s in "abcdxyz"}
POSITIVE = {s: "positive scalar" for s in "pqrst"}
SUMS = {"x_i": "real scalars, i = 1..N", "y_i": "real scalars, i = 1..N", "N": "integer >= 1", "a": "real scalar"}
MATRICES = {"A": "matrix n x n", "B": "matrix n x n", "C": "matrix n x n", "S": "symmetric matrix n x n",
            "x": "vector n", "y": "vector n", "X": "matrix m x n", "b": "vector m", "n": "integer >= 1",
            "m": "integer >= 1"}


def claim(left, relation, right, symbols, given=(), about=None):
    used = {k: v for k, v in symbols.items()}
    return read_claim(left, relation, right, used, list(given), about)


TRUE = [
    # scalars
    (r"(a+b)^2", r"a^2+2ab+b^2", REALS),
    (r"\log(pq)", r"\log p+\log q", POSITIVE),
    (r"\log\left(x^2\right)", r"2\log\left|x\right|", REALS),
    (r"\sqrt{x^2}", r"\left|x\right|", REALS),
    (r"e^{a}e^{b}", r"e^{a+b}", REALS),
    (r"\frac{1}{1+e^{-x}}", r"\frac{e^{x}}{1+e^{x}}", REALS),
    (r"\log(1+e^{x})-\log(1+e^{-x})", "x", REALS),
    (r"\cosh^2x-\sinh^2x", "1", REALS),
    (r"\max(x,y)", r"\frac{x+y+\left|x-y\right|}{2}", REALS),
    (r"\frac{d}{dx}\log(1+e^{x})", r"\frac{1}{1+e^{-x}}", REALS),
    (r"\frac{\partial}{\partial x}\left[x^3y\right]", r"3x^2y", REALS),
    (r"p^{a}p^{b}", r"p^{a+b}", {**REALS, **POSITIVE}),
    # sums of any length
    (r"\sum_{i=1}^{N}(x_i+a)", r"\sum_{i=1}^{N}x_i+Na", SUMS),
    (r"\sum_{i=1}^{N}\sum_{j=1}^{N}x_iy_j", r"\sum_{i=1}^{N}x_i\sum_{j=1}^{N}y_j", SUMS),
    (r"\sum_{i=1}^{N}\left(x_i-\frac{1}{N}\sum_{j=1}^{N}x_j\right)^2",
     r"\sum_{i=1}^{N}x_i^2-\frac{1}{N}\left(\sum_{i=1}^{N}x_i\right)^2", SUMS),
    (r"\log\prod_{i=1}^{N}e^{x_i}", r"\sum_{i=1}^{N}x_i", SUMS),
    # matrices
    (r"(AB)^{T}", r"B^{T}A^{T}", MATRICES),
    (r"\operatorname{tr}(ABC)", r"\operatorname{tr}(CAB)", MATRICES),
    (r"x^{T}Ay", r"y^{T}A^{T}x", MATRICES),
    (r"\nabla_x\left[x^{T}Sx\right]", r"2Sx", MATRICES),
    (r"\nabla_x\left\|Xx-b\right\|^2", r"2X^{T}(Xx-b)", MATRICES),
]

FALSE = [
    (r"(a+b)^2", r"a^2+b^2", REALS),
    (r"\log(p+q)", r"\log p+\log q", POSITIVE),
    (r"e^{a}+e^{b}", r"e^{a+b}", REALS),
    (r"\frac{1}{1+e^{-x}}", r"\frac{1}{1+e^{x}}", REALS),
    (r"\log(1+e^{x})-\log(1+e^{-x})", "-x", REALS),
    (r"\cosh^2x+\sinh^2x", "1", REALS),
    (r"\frac{d}{dx}\log(1+e^{x})", r"\frac{1}{1+e^{x}}", REALS),
    (r"\sqrt{3-2\sqrt{2}}", r"1-\sqrt{2}", {}),
    (r"\log(1+e^{x})", r"x", REALS),
    (r"1.0000000000001e^{x}", r"e^{x}", REALS),
    (r"\sum_{i=1}^{N}x_iy_i", r"\sum_{i=1}^{N}x_i\sum_{i=1}^{N}y_i", SUMS),
    (r"\sum_{i=1}^{N}(x_i+a)", r"\sum_{i=1}^{N}x_i+a", SUMS),
    (r"\sum_{i=1}^{N}x_i", r"\sum_{i=2}^{N}x_i", {**SUMS, "N": "integer >= 2"}),
    (r"\sum_{i=1}^{N}x_i^2", r"\left(\sum_{i=1}^{N}x_i\right)^2", SUMS),
    (r"(AB)^{T}", r"A^{T}B^{T}", MATRICES),
    (r"\operatorname{tr}(ABC)", r"\operatorname{tr}(ACB)", MATRICES),
    (r"(AB-BA)^2C", r"C(AB-BA)^2", MATRICES),
    (r"\det(A+B)", r"\det(A)+\det(B)", MATRICES),
    (r"\nabla_x\left\|Xx-b\right\|^2", r"2X(Xx-b)", {**MATRICES, "X": "matrix n x n", "b": "vector n"}),
]

CONDITIONAL = [
    (r"\log\left(x^2\right)", r"2\log x", REALS),
    (r"\sqrt{x^2}", "x", REALS),
    (r"\sqrt{x^2-2x+1}", "x-1", {"x": "positive scalar"}),
    (r"\left|ab\right|", r"ab", {"a": "positive scalar", "b": "real scalar"}),
    (r"x+1", r"\frac{x^2-1}{x-1}", REALS),
    (r"\nabla_x\left[x^{T}Ax\right]", r"2Ax", MATRICES),
    (r"\log(ab)", r"\log a+\log b", REALS),
]


def ids(rows):
    return [f"{row[0]} = {row[1]}" for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", TRUE, ids=ids(TRUE))
def test_true_equalities_are_proved(row, seed):
    verdict = judge(claim(row[0], "=", *row[1:]), seed)
    assert isinstance(verdict, Proved), verdict
    assert verdict.inhabitant or not verdict.inhabitant and not row[2]
    assert verdict.error_bound < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", FALSE, ids=ids(FALSE))
def test_false_equalities_are_refuted(row, seed):
    verdict = judge(claim(row[0], "=", *row[1:]), seed)
    assert isinstance(verdict, (Refuted, Conditional)), verdict
    if isinstance(verdict, Refuted) and verdict.by != "shapes":
        assert verdict.left != verdict.right


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", CONDITIONAL, ids=ids(CONDITIONAL))
def test_what_is_true_under_an_undeclared_assumption_is_conditional(row, seed):
    verdict = judge(claim(row[0], "=", *row[1:]), seed)
    assert isinstance(verdict, (Conditional, Refuted)), verdict
    if isinstance(verdict, Conditional):
        assert verdict.conditions and verdict.witness


@pytest.mark.parametrize("seed", range(6))
def test_no_seed_supports_a_hidden_sign(seed):
    verdict = judge(claim(r"\sqrt{x^2-2x+1}", "=", "x-1", {"x": "positive scalar"}), seed)
    assert not isinstance(verdict, (Proved, Supported)), verdict


def test_a_verdict_is_no_truth_value():
    with pytest.raises(TypeError):
        bool(judge(claim("x", "=", "x", REALS), 1))


def test_what_is_nowhere_defined_is_unreadable():
    verdict = judge(claim(r"\log(-1)", "=", r"\log(-1)", {}), 1)
    assert isinstance(verdict, (Unreadable, Undecided)), verdict


def test_a_domain_without_values_proves_nothing():
    verdict = judge(claim("x", "=", "x", {"x": "real scalar"}, ["x>1", "x<0"]), 1)
    assert isinstance(verdict, Undecided), verdict


def test_divisors_stand_beside_the_proof():
    verdict = judge(claim(r"\frac{x^2-1}{x-1}", "=", "x+1", REALS), 1)
    assert isinstance(verdict, Proved), verdict
    assert any(n.why == "divisor" for n in verdict.needs)


def test_a_given_is_put_in():
    symbols = {"x": "real scalar", "y": "real scalar", "c": "real scalar"}
    assert isinstance(judge(claim("x^2", "=", "y^2+2yc+c^2", symbols, ["x=y+c"]), 1), Proved)
    assert isinstance(judge(claim("x^2", "=", "y^2+c^2", symbols, ["x=y+c"]), 1), (Refuted, Conditional))


def test_a_given_alone_is_said_so():
    verdict = judge(claim("x", "=", "2y", {"x": "real scalar", "y": "real scalar"}, ["x=2y"]), 1)
    assert isinstance(verdict, Proved) and verdict.by == "given"


def test_the_slip_is_named():
    verdict = judge(claim(r"\log(1+e^{x})-\log(1+e^{-x})", "=", "-x", REALS), 1)
    assert isinstance(verdict, Refuted) and verdict.mistake == "sign", verdict


def test_the_float_check_runs_on_both_backends():
    good, bad = (claim(r"(a+b)^2", "=", right, REALS) for right in (r"a^2+2ab+b^2", r"a^2+b^2"))
    for backend in ("numpy", "numba"):
        worst, points = float_check(good, backend)
        assert worst < 1e-9 and points == 64
        assert float_check(bad, backend)[0] > 1e-3


SIGNS = {**REALS, **POSITIVE, "f": r"f(u) = \begin{cases}u & u>0\\ 0 & u\le 0\end{cases}", "v": "vector n",
         "n": "integer >= 1"}


@pytest.mark.parametrize("left, right", [
    (r"\max(px,py)", r"p\max(x,y)"), (r"\operatorname{ReLU}(px+pqy)", r"p\operatorname{ReLU}(x+qy)"),
    (r"\left|p-q\right|", r"\left|2q-2p\right|/2"), (r"\operatorname{ReLU}(x)-\operatorname{ReLU}(-x)", "x"),
    (r"\operatorname{sign}(xy)", r"\operatorname{sign}(x)\operatorname{sign}(y)"), ("f(pv)", "pf(v)"),
    (r"\mathbb{1}[2x>1]", r"1-\mathbb{1}[x\le 0.5]"), ("f(v)-f(-v)", "v")])
def test_signs_that_are_one_function_are_one(left, right):
    assert isinstance(judge(claim(left, "=", right, SIGNS), 1), Proved)


@pytest.mark.parametrize("left, right", [
    (r"\max(ax,ay)", r"a\max(x,y)"), (r"\operatorname{ReLU}(-x)", r"-\operatorname{ReLU}(x)"), ("f(-v)", "-f(v)"),
    (r"\operatorname{sign}(x-y)", r"\operatorname{sign}(x)-\operatorname{sign}(y)"), ("f(v)+f(-v)", "v"),
    (r"\mathbb{1}[2x>1]", r"1-\mathbb{1}[x<0.5]"), (r"\operatorname{sign}(0x)\operatorname{sign}(x)", "1")])
def test_signs_that_are_not_one_function_are_not(left, right):
    assert isinstance(judge(claim(left, "=", right, SIGNS), 1), (Refuted, Conditional))
