"""Orders, proportionality, equivalences and extrema: each reduction proves the true and refutes the near miss."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import float_check, judge
from verifiers.verdict import Conditional, Proved, Refuted, Supported, Undecided, Unreadable

SEEDS = (2, 5)
REALS = {s: "real scalar" for s in "abcdxyz"}
POSITIVE = {s: "positive scalar" for s in "pqrst"}
LAWS = {"p": "probability mass function on a finite set", "q": "positive probability mass function on the same set"}
BAYES = {"q(z)": "positive probability density function on R", "p(z)": "positive probability density function on R",
         "l(x|z)": "positive probability density function of x for each z", "x": "real scalar",
         "e(x)": r"e(x) = \int l(x|z)p(z)dz"}
SUMS = {"x_i": "real scalars, i = 1..N", "y_i": "real scalars, i = 1..N", "N": "integer >= 1"}

HOLD = [
    (r"x^2+y^2", r"\ge", r"2xy", REALS),
    (r"x-1", r"\ge", r"\log x", {"x": "positive scalar"}),
    (r"\frac{p+q}{2}", r"\ge", r"\sqrt{pq}", POSITIVE),
    (r"e^{x}", r"\ge", "1+x", REALS),
    (r"\left|x+y\right|", r"\le", r"\left|x\right|+\left|y\right|", REALS),
    (r"(ac+bd)^2", r"\le", r"(a^2+b^2)(c^2+d^2)", REALS),
    (r"\frac{1}{1+e^{-x}}\left(1-\frac{1}{1+e^{-x}}\right)", r"\le", r"\frac{1}{4}", REALS),
    (r"\left(\sum_{i=1}^{N}x_iy_i\right)^2", r"\le", r"\sum_{i=1}^{N}x_i^2\sum_{i=1}^{N}y_i^2", SUMS),
    (r"\sum_xp(x)\log\frac{p(x)}{q(x)}", r"\ge", "0", LAWS),
    (r"x^2+1", ">", "0", REALS),
    (r"2\sum_{i=1}^{N}\sum_{j=1}^{N}(x_i-x_j)^2", r"\ge", "0", SUMS),
    (r"\int q(z)\log l(x|z)dz-\int q(z)\log\frac{q(z)}{p(z)}dz", r"\le", r"\log e(x)", BAYES),
]

FAIL = [
    (r"x^2", r"\ge", "x", REALS),
    (r"\log x", r"\ge", "x-1", {"x": "positive scalar"}),
    (r"\sqrt{pq}", r"\ge", r"\frac{p+q}{2}", POSITIVE),
    (r"e^{x}", r"\ge", r"1+x+\frac{x^2}{2}", REALS),
    (r"\left|x+y\right|", r"\ge", r"\left|x\right|+\left|y\right|", REALS),
    (r"(ac+bd)^2", r"\ge", r"(a^2+b^2)(c^2+d^2)", REALS),
    (r"\frac{1}{1+e^{-x}}\left(1-\frac{1}{1+e^{-x}}\right)", r"\le", r"\frac{24}{100}", REALS),
    (r"\left(\sum_{i=1}^{N}x_iy_i\right)^2", r"\ge", r"\sum_{i=1}^{N}x_i^2\sum_{i=1}^{N}y_i^2", SUMS),
    (r"\sum_xp(x)\log\frac{p(x)}{q(x)}", r"\le", "0", LAWS),
    (r"x^2", ">", "0", REALS),
    (r"\sum_{i=1}^{N}\sum_{j=1}^{N}(x_i-2x_j)^3", r"\ge", "0", SUMS),
    (r"\sum_{i=1}^{N}\sum_{j=1}^{N}x_i(x_i-x_j)^2", r"\ge", "0", SUMS),
    (r"(x-1)^2", r"\ge", r"\frac{1}{100000000}", REALS),
    (r"1+x^2", r"\ge", r"\frac{x^4}{1000000}", REALS),
    (r"\int q(z)\log l(x|z)dz-\int q(z)\log\frac{q(z)}{p(z)}dz", r"\ge", r"\log e(x)", BAYES),
    (r"\int q(z)\log l(x|z)dz-\int q(z)\log\frac{q(z)}{2p(z)}dz", r"\le", r"\log e(x)", BAYES),
]


def decide(row, seed, given=(), about=None):
    left, relation, right, symbols = row
    return judge(read_claim(left, relation, right, dict(symbols), list(given), about), seed)


def ids(rows):
    return [" ".join(row[:3]) for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", HOLD, ids=ids(HOLD))
def test_true_orders_are_proved(row, seed):
    verdict = decide(row, seed)
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", FAIL, ids=ids(FAIL))
def test_false_orders_are_refuted(row, seed):
    verdict = decide(row, seed)
    assert isinstance(verdict, (Refuted, Conditional)), verdict


PROPORTIONAL = (r"e^{-\frac{(x-a)^2}{2}}", r"\propto", r"e^{ax-\frac{x^2}{2}}", REALS)
NOT_PROPORTIONAL = (r"e^{-\frac{(x-a)^2}{2}}", r"\propto", r"e^{2ax-\frac{x^2}{2}}", REALS)


@pytest.mark.parametrize("seed", SEEDS)
def test_proportionality(seed):
    assert isinstance(decide(PROPORTIONAL, seed, about="x"), Proved)
    assert isinstance(decide(NOT_PROPORTIONAL, seed, about="x"), (Refuted, Conditional))
    assert isinstance(decide(PROPORTIONAL, seed, about="a"), (Refuted, Conditional))


def test_the_tape_of_a_proportionality_leaves_constants_out():
    gaps = []
    for left, relation, right, symbols in (PROPORTIONAL, NOT_PROPORTIONAL):
        gaps.append(float_check(read_claim(left, relation, right, dict(symbols), [], "x"))[0])
    assert gaps[0] < 1e-9 < 1e-3 < gaps[1]


GAUSS = {"a": "vector d", "b": "vector d", "x": "vector d", "A": "positive definite matrix d x d",
         "B": "positive definite matrix d x d", "d": "integer >= 1",
         r"\operatorname{Norm}_{x}[\mu,\Sigma]": r"\operatorname{Norm}_{x}[\mu,\Sigma] = "
         r"\frac{1}{(2\pi)^{D/2}|\Sigma|^{1/2}}"
         r"\exp\left[-\frac{1}{2}(x-\mu)^{T}\Sigma^{-1}(x-\mu)\right] with D the length of x"}
PRODUCT = r"\operatorname{Norm}_{x}[a,A]\operatorname{Norm}_{x}[b,B]"
CENTRE = r"(A^{-1}+B^{-1})^{-1}(A^{-1}a+B^{-1}b)"


@pytest.mark.parametrize("mean, spread, verdict", [(CENTRE, "(A^{-1}+B^{-1})^{-1}", Proved), (CENTRE, "A+B", Refuted),
                                                   ("a+b", "(A^{-1}+B^{-1})^{-1}", Refuted)])
def test_product_of_gaussians_of_every_length(mean, spread, verdict):
    row = PRODUCT, r"\propto", rf"\operatorname{{Norm}}_{{x}}\left[{mean},{spread}\right]", GAUSS
    assert isinstance(decide(row, 2, about="x"), verdict)


LINEAR = {"X": "n x d matrix", "y": "vector n", "w": "vector d", "l": "positive scalar", "I": "identity matrix d x d"}
EQUIVALENT = [
    (r"ax+b=0", r"\iff", r"x=-\frac{b}{a}", {**REALS, "a": "nonzero scalar"}, ()),
    (r"x+y=1\wedge x-y=3", r"\iff", r"x=2\wedge y=-1", REALS, ()),
    (r"3x+1\ge y", r"\iff", r"6x\ge 2y-2", REALS, ()),
    (r"\frac{1}{1+e^{-10(x-1)}}>\frac{1}{2}", r"\iff", "x>1", REALS, ()),
    (r"\frac{1}{1+e^{-(a+bx)}}=\frac{1}{2}", r"\iff", r"x=-\frac{a}{b}", REALS, (r"b\ne 0",)),
    (r"y=x\wedge xy=1", r"\iff", r"y=x\wedge x^2=1", REALS, ()),
    (r"x^2+y^2=0", r"\iff", r"x=0\wedge y=0", REALS, ()),
    (r"3(x-y)^2+(y-1)^4=0", r"\iff", r"x=1\wedge y=1", REALS, ()),
    (r"2Ia-2\sum_{i=1}^{I}t_i=0", r"\iff", r"a=\frac{1}{I}\sum_{i=1}^{I}t_i",
     {**REALS, "I": "integer >= 1", "t_i": "real sequence t_i, i = 1..I"}, ()),
    (r"X^\top(Xw-y)+lw=0", r"\iff", r"w=(X^\top X+lI)^{-1}X^\top y", LINEAR, ()),
]

NOT_EQUIVALENT = [
    (r"X^\top(Xw-y)+lw=0", r"\iff", r"w=(X^\top X-lI)^{-1}X^\top y", LINEAR, ()),
    (r"X^\top(Xw-y)=0", r"\iff", r"w=(X^\top X)^{-1}X^\top y", LINEAR, ()),
    (r"ax+b=0", r"\iff", r"x=\frac{b}{a}", {**REALS, "a": "nonzero scalar"}, ()),
    (r"x+y=1\wedge x-y=3", r"\iff", r"x=2", REALS, ()),
    (r"3x+1\ge y", r"\iff", r"6x\le 2y-2", REALS, ()),
    (r"\frac{1}{1+e^{-10(x-1)}}>\frac{1}{2}", r"\iff", "x>0", REALS, ()),
    (r"xy=x", r"\iff", "y=1", REALS, ()),
    (r"x^2-y^2=0", r"\iff", r"x=0\wedge y=0", REALS, ()),
    (r"x^2+y=0", r"\iff", r"x=0\wedge y=0", REALS, ()),
    (r"\max_it_i=\min_it_i", r"\iff", r"\sum_{i=1}^{I}t_i=0",
     {"I": "integer >= 1", "t_i": "real sequence t_i, i = 1..I"}, ()),
    (r"y=x\wedge xy=1", r"\iff", r"y=x\wedge x^2=2", REALS, ()),
    (r"y=x\wedge xy=1", r"\iff", r"y=x\wedge (x-a)(x^2-1)=0", REALS, ()),
    (r"\frac{x^2}{x}=0", r"\iff", "x=0", REALS, ()),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", EQUIVALENT, ids=ids(EQUIVALENT))
def test_equivalences_are_proved(row, seed):
    verdict = decide(row[:4], seed, row[4])
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("row", NOT_EQUIVALENT, ids=ids(NOT_EQUIVALENT))
def test_what_is_no_equivalence_is_not_proved(row, seed):
    verdict = decide(row[:4], seed, row[4])
    assert isinstance(verdict, (Refuted, Conditional, Undecided)), verdict


ARRAYS = {"X": "matrix n x d", r"\mathbf{y}": "vector n", r"\mathbf{w}": "vector d", "n": "integer >= 1",
          "d": "integer >= 1", r"\lambda": "positive scalar", r"\mathbf{I}": "identity matrix d x d",
          r"\mathbf{v}_j": "vectors d", "r_j": "real sequence", r"\Omega": "finite set"}
RIDGE = (r"\operatorname{argmin}_{\mathbf{w}}\left[\frac{1}{2}\|\mathbf{y}-X\mathbf{w}\|^2"
         r"+\lambda\|\mathbf{w}\|^2\right]")
ALTERNATING = (r"\operatorname{argmin}_{\mathbf{w}}\left[\frac{1}{2}\sum_{j\in\Omega}(r_j-\mathbf{w}^T\mathbf{v}_j)^2"
               r"+\lambda\|\mathbf{w}\|^2\right]")
EXTREMA = [
    (r"\operatorname{argmin}_x\left[(x-a)^2+b\right]", "=", "a", REALS),
    (r"\operatorname{argmax}_x\left[-(x-a)^2\right]", "=", "a", REALS),
    (r"\min_x\left[x^2-2ax\right]", "=", "-a^2", REALS),
    (RIDGE, "=", r"(X^TX+2\lambda\mathbf{I})^{-1}X^T\mathbf{y}", ARRAYS),
    (ALTERNATING, "=", r"\left(\sum_{j\in\Omega}\mathbf{v}_j\mathbf{v}_j^T+2\lambda\mathbf{I}\right)^{-1}"
     r"\sum_{j\in\Omega}r_j\mathbf{v}_j", ARRAYS),
]
QUADRATIC = {"X": "n x d real matrix", "Z": "n x d matrix of full column rank", "y": "real vector of length n",
             "w": "vector in R^d", "l": "positive scalar", "I": "d x d identity", "P": "positive definite matrix d x d",
             "q": "vector in R^d", "S": "positive semidefinite matrix d x d"}
FITTED = r"(X^\top X+lI)^{-1}X^\top y"
EXTREMA += [
    (r"\arg\min_w \|y-Xw\|^2+l\|w\|^2", "=", FITTED, QUADRATIC),
    (r"\min_w \|y-Xw\|^2+l\|w\|^2", "=", rf"y^\top y-y^\top X{FITTED}", QUADRATIC),
    (r"\max_w\left[q^\top w-\frac12w^\top Pw\right]", "=", r"\frac12q^\top P^{-1}q", QUADRATIC),
    (r"\operatorname{argmin}_w\|y-Zw\|^2", "=", r"(Z^\top Z)^{-1}Z^\top y", QUADRATIC),
    (r"\operatorname{argmin}_w\left[\frac12w^\top(S+lI)w-q^\top w\right]", "=", "(S+lI)^{-1}q", QUADRATIC),
]
NOT_EXTREMA = [
    (r"\operatorname{argmin}_x\left[(x-a)^2+b\right]", "=", "b", REALS),
    (r"\operatorname{argmin}_x\left[-(x-a)^2\right]", "=", "a", REALS),
    (r"\operatorname{argmin}_x\left[x^4-2x^2\right]", "=", "0", REALS),
    (RIDGE, "=", r"(X^TX+\lambda\mathbf{I})^{-1}X^T\mathbf{y}", ARRAYS),
    (ALTERNATING, "=", r"\left(\sum_{j\in\Omega}\mathbf{v}_j\mathbf{v}_j^T+\lambda\mathbf{I}\right)^{-1}"
     r"\sum_{j\in\Omega}r_j\mathbf{v}_j", ARRAYS),
    (r"\arg\min_w \|y-Xw\|^2+l\|w\|^2", "=", r"(X^\top X+2lI)^{-1}X^\top y", QUADRATIC),
    (r"\min_w \|y-Xw\|^2+l\|w\|^2", "=", rf"y^\top y+y^\top X{FITTED}", QUADRATIC),
    (r"\max_w\left[q^\top w-\frac12w^\top Pw\right]", "=", r"q^\top P^{-1}q", QUADRATIC),
    (r"\min_w\left[q^\top w-\frac12w^\top Pw\right]", "=", r"\frac12q^\top P^{-1}q", QUADRATIC),
    (r"\operatorname{argmin}_w\|y-Xw\|^2", "=", r"(X^\top X)^{-1}X^\top y", QUADRATIC),
    (r"\operatorname{argmin}_w\left[\frac12w^\top(S-lI)w-q^\top w\right]", "=", "(S-lI)^{-1}q", QUADRATIC),
]


@pytest.mark.parametrize("row", EXTREMA, ids=ids(EXTREMA))
def test_extrema_are_proved(row):
    verdict = decide(row, 3)
    assert isinstance(verdict, (Proved, Supported)), verdict


@pytest.mark.parametrize("row", NOT_EXTREMA, ids=ids(NOT_EXTREMA))
def test_a_stationary_point_is_no_extremum(row):
    verdict = decide(row, 3)
    assert isinstance(verdict, (Refuted, Conditional, Undecided)), verdict


def test_limits_and_approximations_are_left_undecided():
    assert isinstance(decide((r"x", r"\approx", r"x", REALS), 1, about="x small"), Undecided)


SPREAD = {"x": "real", "m": "real", "s": "positive scalar"}
SQUARE = r"-\frac{1}{2}(x-m)^2"
UP_TO = [       # declaration of the constant, right side, what the step is about, verdict
    ("constant independent of x", r"mx-\frac12x^2+\text{const}", None, Proved),
    ("constant independent of x", r"2mx-\frac12x^2+\text{const}", None, Refuted),
    ("terms not depending on m", r"mx-\frac12m^2+\text{const}", None, Proved),
    ("terms not depending on m", r"mx-\frac12x^2+\text{const}", None, Refuted),
    ("constant", r"mx-\frac12x^2+\text{const}", None, Undecided),
    ("constant", r"mx-\frac12x^2+\text{const}", "x", Proved),
    (None, r"mx-\frac12x^2+\text{const}", "x", Proved), (None, r"mx-\frac12x^2+\text{const}", "m", Refuted),
    ("constant independent of s", r"mx-\frac12x^2+\text{const}", None, Undecided),
    ("constant independent of q", r"mx-\frac12x^2+\text{const}", None, Undecided),
]


@pytest.mark.parametrize("words, right, about, verdict", UP_TO)
def test_equations_up_to_a_constant(words, right, about, verdict):
    symbols = SPREAD if words is None else {**SPREAD, r"\text{const}": words}
    assert isinstance(decide((SQUARE, "=", right, symbols), 2, about=about), verdict)


def test_a_constant_that_is_no_summand_is_a_number():
    symbols = {"x": "real", "C": "constant independent of x"}
    assert isinstance(decide((r"\frac{d}{dx}(x^2+C)", "=", "2x", symbols), 2), Proved)
    assert isinstance(decide((r"\frac{d}{dx}(Cx^2)", "=", "2x", symbols), 2), Refuted)


NET = {"W": "m x n matrix", "v": "vector in R^m", "x": "vector in R^n", "b": "vector in R^m",
       r"\sigma": "differentiable activation function applied elementwise", "g": "g(t) = 1/(1+e^{-t})",
       r"\mathbf{1}": "all-ones vector in R^m", "c": "real", "f": "twice differentiable f: R^m -> R"}
ENTRYWISE = [   # a prime of a function of numbers is taken of each entry, or is the matrix of derivatives
    (r"\nabla_x v^\top\sigma(Wx+b)", r"W^\top(v\odot\sigma'(Wx+b))", True),
    (r"\nabla_x v^\top\sigma(Wx+b)", r"W^\top\operatorname{diag}(\sigma'(Wx+b))v", True),
    (r"\nabla_x v^\top\sigma(Wx+b)", r"W^\top\sigma'(Wx+b)v", True),
    (r"\nabla_x v^\top\sigma(Wx+b)", r"W^\top(v\odot\sigma(Wx+b))", False),
    (r"\nabla_x v^\top\sigma(Wx+b)", r"W^\top v", False),
    (r"\nabla_x v^\top g(Wx)", r"W^\top(v\odot g(Wx)\odot(1-g(Wx)))", True),
    (r"\nabla_x v^\top g(Wx)", r"W^\top(v\odot g(Wx)\odot(1+g(Wx)))", False),
    (r"\nabla_x f(Wx+b)", r"W^\top(\nabla f)(Wx+b)", True), (r"\nabla_x f(Wx+b)", r"(\nabla f)(Wx+b)", False),
    (r"b+c", r"b+c\mathbf{1}", None), (r"b^\top(b+1)", r"b^\top b+1", False), (r"(WW^\top+1)b", r"WW^\top b+b", None),
]


@pytest.mark.parametrize("left, right, true", ENTRYWISE)
def test_functions_of_numbers_at_arrays(left, right, true):
    verdict = decide((left, "=", right, NET), 3)
    wanted = {True: (Proved, Supported), False: (Refuted,), None: (Undecided, Unreadable)}[true]
    assert isinstance(verdict, wanted), verdict


PUSHED = {"X": "n x d matrix", "l": "positive scalar", "A": "invertible n x n matrix", "U": "n x k matrix",
          "C": "invertible k x k matrix", "V": "k x n matrix"}


@pytest.mark.parametrize("left, right, verdict", [
    (r"(X^\top X+lI)^{-1}X^\top", r"X^\top(XX^\top+lI)^{-1}", Proved),
    (r"(X^\top X+lI)^{-1}X^\top", r"X^\top(XX^\top-lI)^{-1}", Refuted),
    (r"(X^\top X+lI)^{-1}", r"(XX^\top+lI)^{-1}", Refuted),
    (r"(2X^\top X+2lI)^{-1}", r"\frac12(X^\top X+lI)^{-1}", Proved),
    (r"(2X^\top X+2lI)^{-1}", r"2(X^\top X+lI)^{-1}", Refuted),
])
def test_inverses_of_sums_at_every_size(left, right, verdict):
    assert isinstance(decide((left, "=", right, PUSHED), 3), verdict)
