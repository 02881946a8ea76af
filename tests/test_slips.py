"""Slips are named: each wrong step has one known slip, the mended line is proved, and no slip is guessed.

The mends come from mathematics: each row states the line that its author meant.
"""

import pytest

from derive.checking.step import judged
from derive.printing import latex
from derive.reading.claims import read_claim
from derive.term import free_names
from derive.term.record import replace
from verifiers.judge import judge
from verifiers.verdict import Proved, Refuted

MATRICES = {"A": "matrix n x n", "B": "matrix n x n", "x": "vector n", "b": "vector n"}
REALS = {"a": "positive scalar", "b": "positive scalar", "x": "real scalar", "y": "real scalar"}
DATA = {"x_i": "real scalars, i = 1..n", "n": "integer >= 2"}
LAWS = {"X": "random variable", "Y": "random variable"}
# left, wrong right, declarations, slip
STEPS = [
    (r"(x-y)^2", r"x^2+2xy+y^2", REALS, "sign"),
    (r"\frac{d}{dx}e^{-ax}", r"e^{-ax}", REALS, "missing_chain_rule"),
    (r"\frac{d}{dx}x^3", r"2x^2", REALS, "wrong_constant"),
    (r"\log(ab)", r"\log a\log b", REALS, "log_of_product"),
    (r"\log\frac{a}{b}", r"\frac{\log a}{\log b}", REALS, "log_of_product"),
    (r"\sqrt{a^2+b^2}", r"a^2+b^2", REALS, "missing_root"),
    (r"\frac{1}{1+e^{-x}}", r"\frac{1}{e^{-x}}", REALS, "missing_term"),
    (r"a^2-2ab+b^2", r"a-b", REALS, "missing_square"),
    (r"\frac{a}{b}\cdot\frac{1}{a+b}", r"\frac{b}{a(a+b)}", REALS, "inverted"),
    (r"(AB)^T", r"A^TB^T", MATRICES, "matrix_order"),
    (r"\nabla_x(x^TAx)", r"2Ax", MATRICES, "assumed_symmetric"),
    (r"\nabla_x(b^TAx)", r"Ab", MATRICES, "dropped_transpose"),
    (r"\nabla_x\|Ax-b\|^2", r"A^T(Ax-b)", MATRICES, "missing_factor_two"),
    (r"\det(2A)", r"2\det(A)", {"A": "matrix 3 x 3"}, "determinant_scaling"),
    (r"\sum_{i=1}^{n}x_i-x_n", r"\sum_{i=1}^{n}x_i", DATA, "wrong_bound"),
    (r"\sum_{i=1}^{n}(x_i-c)^2", r"\sum_{i=1}^{n}x_i^2-2c\sum_{i=1}^{n}x_i+c^2", DATA | {"c": "real scalar"},
     "missing_factor"),
    (r"\mathbb{E}[(X-\mathbb{E}[X])(Y-\mathbb{E}[Y])]", r"\mathbb{E}[XY]+\mathbb{E}[X]\mathbb{E}[Y]", LAWS, "sign"),
    (r"\operatorname{Var}[aX]", r"a\operatorname{Var}[X]", LAWS | {"a": "real scalar"}, "missing_square"),
    (r"\operatorname{Var}[X+Y]", r"\operatorname{Var}[X]+\operatorname{Var}[Y]+\operatorname{Cov}[X,Y]", LAWS,
     "missing_factor_two"),
    (r"\sum_{s'}p(s'|s,a)(r+\gamma v(s'))", r"r+\sum_{s'}p(s'|s,a)v(s')",
     {"p(s'|s,a)": "conditional probability mass function of a finite MDP", "r": "real scalar",
      r"\gamma": "scalar in (0,1)", "v": "real function of the state"}, "missing_discount"),
]


@pytest.mark.parametrize("step", STEPS, ids=[s[1] for s in STEPS])
def test_the_slip_is_named_and_the_mended_line_is_proved(step):
    left, wrong, symbols, slip = step
    claim, verdict = judged(left, wrong, "=", symbols, seed=1)
    assert verdict.mistake == slip
    if verdict.mended is None:      # it would be the left side again, or is proved at the sizes tried only
        return
    mended = replace(claim, right=verdict.mended)
    assert isinstance(judge(mended, seed=2), Proved), latex(verdict.mended, claim.symbols)
    assert free_names(claim.right) <= free_names(verdict.mended)


# Steps that are wrong in more than one place, or by no usual slip.
BEYOND = [
    (r"x^2+y^2", r"x^5-7y+3", REALS),
    (r"\nabla_x(x^TAx)", r"3B^TBx+7b", MATRICES),
    (r"\operatorname{Var}[X+Y]", r"\mathbb{E}[X]^3-5", LAWS),
]


@pytest.mark.parametrize("step", BEYOND, ids=[s[1] for s in BEYOND])
def test_no_slip_is_guessed(step):
    left, wrong, symbols = step
    verdict = judged(left, wrong, "=", symbols, seed=1)[1]
    assert isinstance(verdict, Refuted)
    assert verdict.mistake is None


def test_orders_and_proportions_have_slips_too():
    reals = {"x": "positive scalar", "y": "positive scalar", r"\mu": "real scalar (the variable of proportionality)"}
    assert judged("x+y", r"2\sqrt{xy}", "<=", reals, seed=1)[1].mistake == "inequality_direction"
    verdict = judged(r"\exp(-\frac{1}{2}(\mu-x)^2)", r"\exp(\frac{1}{2}\mu^2+x\mu)", r"\propto", reals, seed=1)[1]
    assert verdict.mistake == "sign"


def test_a_mended_line_reads_back():
    claim, verdict = judged(r"\nabla_x(b^TAx)", "Ab", "=", MATRICES, seed=1)
    text = latex(verdict.mended, claim.symbols)
    assert read_claim(r"\nabla_x(b^TAx)", "=", text, MATRICES).right is verdict.mended
