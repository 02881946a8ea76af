"""Integrals by antiderivatives, givens of matrices as rules, recurrences, sets of maximisers: proved or refuted."""

import pytest

from derive.checking import check_step

TRUE, FALSE, OPEN = ("proved",), ("refuted", "conditional"), ("undecided",)
NUMBERS = {"a": "positive scalar", "b": "positive scalar", "c": "real", "r": "real", "s": "real", "p": "scalar > -1",
           "\\Gamma": "gamma function"}
INTEGRALS = [   # integral, its value, what it is not
    (r"\int_a^b\frac{1}{x}dx", r"\log\frac ba", r"\log\frac ab"),
    (r"\int_a^b\frac{1}{x^2}dx", r"\frac1a-\frac1b", r"\frac1b-\frac1a"),
    (r"\int_a^b\left(\frac{a}{t}-1\right)dt", r"a\log\frac{b}{a}-b+a", r"a\log b-b"),
    (r"\int_r^s\frac{x}{x^2+1}dx", r"\frac12\log\frac{s^2+1}{r^2+1}", r"\log\frac{s^2+1}{r^2+1}"),
    (r"\int_0^a\frac{1}{1+t}dt", r"\log(1+a)", r"\log a"),
    (r"\int_0^a\frac{1}{(1+t)^2}dt", r"\frac{a}{1+a}", r"\frac{1}{1+a}"),
    (r"\int_0^b\frac{1}{\sqrt{a+x}}dx", r"2\sqrt{a+b}-2\sqrt{a}", r"\sqrt{a+b}-\sqrt{a}"),
    (r"\int_0^ax^pdx", r"\frac{a^{p+1}}{p+1}", r"\frac{a^p}{p+1}"),
    (r"\int_a^b\log x\,dx", r"b\log b-a\log a-b+a", r"b\log b-a\log a"),
    (r"\int_a^bx\log x\,dx", r"\frac{b^2}{2}\log b-\frac{a^2}{2}\log a-\frac{b^2-a^2}{4}",
     r"\frac{b^2}{2}\log b-\frac{a^2}{2}\log a"),
    (r"\int_0^1x^{a-1}(1-x)^{b-1}dx", r"\frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}",
     r"\frac{\Gamma(a)\Gamma(b)}{\Gamma(ab)}"),
    (r"\int_0^cxe^{-x}dx", r"1-(1+c)e^{-c}", r"1-e^{-c}"),
    (r"\int_0^cxe^{-ax^2}dx", r"\frac{1-e^{-ac^2}}{2a}", r"\frac{1-e^{-ac^2}}{a}"),
    (r"\int_r^s\sin(2x)dx", r"\frac{\cos(2r)-\cos(2s)}{2}", r"\frac{\cos(2s)-\cos(2r)}{2}"),
]
BEYOND = [      # an antiderivative with a pole between the bounds, or perhaps there, is used for nothing
    (r"\int_r^s\frac{1}{x}dx", r"\log s-\log r"), (r"\int_r^s\frac{1}{x^2}dx", r"\frac1r-\frac1s"),
    (r"\int_{-1}^{1}\frac{1}{x^2}dx", "-2"), (r"\int_0^a\frac{1}{1-t}dt", r"-\log(1-a)"),
]


@pytest.mark.parametrize("integral, value, other", INTEGRALS, ids=[i for i, _, _ in INTEGRALS])
def test_integrals_between_finite_bounds(integral, value, other):
    assert check_step(integral, value, symbols=NUMBERS, seed=1).name in TRUE
    assert check_step(integral, other, symbols=NUMBERS, seed=1).name in FALSE


@pytest.mark.parametrize("integral, value", BEYOND)
def test_integrals_past_a_pole_are_left_open(integral, value):
    assert check_step(integral, value, symbols=NUMBERS, seed=1).name in OPEN


ARRAYS = {"S": "symmetric d x d matrix", "u": "unit eigenvector of S with eigenvalue l", "l": "real",
          "v": "vector in R^d", "A": "d x d matrix", "w": "eigenvector of A with eigenvalue m",
          "m": "real scalar", "P": "d x d matrix", "n": "positive integer",
          "Q": "d x d matrix", "U": "d x k matrix with orthonormal columns", "B": "d x k matrix",
          "K": "skew-symmetric d x d matrix", r"\mathbf{1}": "vector of d ones", "I": "d x d identity matrix",
          "D": "invertible d x d matrix"}
RULES = [       # left, right, givens, verdicts
    ("u^T S u", "l", (), TRUE), ("u^T S u", "l^2", (), FALSE), ("u^T S S u", "l^2", (), TRUE),
    ("u^T S S u", "2l", (), FALSE), ("v^T S u", "l v^T u", (), TRUE), ("v^T S u", "l u^T u", (), FALSE),
    ("A^2 w", "m^2 w", (), TRUE), ("A^2 w", "m w", (), FALSE), (r"w^T A w", r"m\|w\|^2", (), TRUE),
    ("w^T A w", "m", (), FALSE), ("u^T A u", "m", (), FALSE), ("PPPv", "Pv", ("PP = P",), TRUE),
    ("PPPv", "v", ("PP = P",), FALSE), ("PPv", "Pv", (), FALSE),
    (r"\|v-UU^Tv\|^2", r"\|v\|^2-\|U^Tv\|^2", (), TRUE), (r"\|v-UU^Tv\|^2", r"\|v\|^2+\|U^Tv\|^2", (), FALSE),
    (r"\|v-BB^Tv\|^2", r"\|v\|^2-\|B^Tv\|^2", (), FALSE),
    ("v^TKw", "-w^TKv", (), TRUE), ("v^TKw", "w^TKv", (), FALSE), ("v^TAw", "-w^TAv", (), FALSE),
    (r"(I-\frac1d\mathbf{1}\mathbf{1}^T)^2", r"I-\frac1d\mathbf{1}\mathbf{1}^T", (), TRUE),
    (r"(I-\mathbf{1}\mathbf{1}^T)^2", r"I-\mathbf{1}\mathbf{1}^T", (), FALSE),
    ("A^nA", "AA^n", (), TRUE), ("A^nP", "PA^n", (), FALSE), ("A^TA^n", "A^nA^T", (), FALSE),
    (r"\nabla_v^2\frac12\|Av-w\|^2", "A^TA", (), TRUE), (r"\nabla_v^2\frac12\|Av-w\|^2", "2A^TA", (), FALSE),
    (r"(D+vw^T)^{-1}", r"D^{-1}-\frac{D^{-1}vw^TD^{-1}}{1+w^TD^{-1}v}", (), TRUE),
    (r"(D+vw^T)^{-1}", r"D^{-1}-\frac{D^{-1}vw^TD^{-1}}{1-w^TD^{-1}v}", (), FALSE),
    ("(P+Q)^2", "P-Q", ("PP = P", "QQ = Q", "PQ = 0", "QP = 0"), OPEN),
]


@pytest.mark.parametrize("left, right, given, verdicts", RULES)
def test_givens_are_rules_of_matrix_words(left, right, given, verdicts):
    assert check_step(left, right, symbols=ARRAYS, given=given, seed=1).name in verdicts


RECURRENCES = [
    ({"s_t": "s_t = b s_{t-1} for t >= 1", "b": "real"}, "s_t", "b^t s_0", TRUE),
    ({"s_t": "s_t = b s_{t-1} for t >= 1", "b": "real"}, "s_t", "b^{t-1} s_0", FALSE),
    ({"m_t": "m_t = b m_{t-1}+(1-b)g_t, t >= 1, m_0 = 0", "g_t": "real numbers", "b": "real"}, "m_t",
     r"(1-b)\sum_{i=1}^{t}b^{t-i}g_i", TRUE),
    ({"m_t": "m_t = b m_{t-1}+(1-b)g_t, t >= 1", "g_t": "real numbers", "b": "real"}, "m_t",
     r"(1-b)\sum_{i=1}^{t}b^{t-i}g_i", FALSE),
    ({"x_{k+1}": "x_{k+1} = x_k+b(x_k-x_{k-1})", "x_k": "vectors in R^d", "b": "real"}, "x_{k+1}-x_k",
     "b(x_k-x_{k-1})", TRUE),
    ({"x_{k+1}": "x_{k+1} = x_k+b(x_k-x_{k-1})", "x_k": "vectors in R^d", "b": "real"}, "x_{k+1}-x_k",
     "b(x_{k-1}-x_k)", FALSE),
]


@pytest.mark.parametrize("symbols, left, right, verdicts", RECURRENCES)
def test_recurrences_with_their_start(symbols, left, right, verdicts):
    assert check_step(left, right, symbols=symbols, seed=1).name in verdicts


SETS = {"z": "vector in R^K", "x_i": "real data, i = 1..n", "\\theta": "real", "s": "positive scalar",
        "n": "integer >= 1", "f": "function of \\theta", "a": "real scalar", "K": "integer >= 2"}
SOFTMAX = r"\operatorname{argmax}_k\frac{e^{z_k}}{\sum_{j=1}^{K}e^{z_j}}"
LIKELIHOOD = r"\operatorname{argmax}_\theta\prod_{i=1}^{n}e^{-(x_i-\theta)^2}"
EXTREMA = [
    (SOFTMAX, r"\operatorname{argmax}_kz_k", TRUE), (SOFTMAX, r"\operatorname{argmin}_kz_k", OPEN),
    (LIKELIHOOD, r"\operatorname{argmin}_\theta\sum_{i=1}^{n}(x_i-\theta)^2", TRUE),
    (LIKELIHOOD, r"\operatorname{argmax}_\theta\sum_{i=1}^{n}(x_i-\theta)^2", OPEN),
    (r"\operatorname{argmin}_\theta\left[a+2f(\theta)\right]", r"\operatorname{argmin}_\theta f(\theta)", TRUE),
    (r"\operatorname{argmin}_\theta\left[af(\theta)\right]", r"\operatorname{argmin}_\theta f(\theta)", OPEN),
    (r"\operatorname{argmax}_\theta f(\theta)^2", r"\operatorname{argmax}_\theta f(\theta)", OPEN),
    (r"\operatorname{argmax}_\theta\frac{\theta f(\theta)}{\theta}", r"\operatorname{argmax}_\theta f(\theta)", OPEN),
    (r"\operatorname{argmax}_\theta\left[\log s-\frac{(a-\theta)^2}{2s}\right]",
     r"\operatorname{argmin}_\theta(a-\theta)^2", TRUE),
]


@pytest.mark.parametrize("left, right, verdicts", EXTREMA)
def test_two_sets_of_maximisers(left, right, verdicts):
    assert check_step(left, right, symbols=SETS, seed=1).name in verdicts


FEATURES = {"\\phi(x)": r"\phi(x) = (1,\sqrt2x,x^2)^\top", "x": "real", "y": "real"}
OPERATORS = [   # declarations, left, right, verdicts
    ({"x_i": "positive observations, i = 1..n", "n": "sample size", "b": "rate parameter"},
     r"\operatorname{argmax}_{b>0}\left[n\log b-b\sum_{i=1}^{n}x_i\right]", r"\frac{n}{\sum_{i=1}^{n}x_i}", TRUE),
    ({"x_i": "positive observations, i = 1..n", "n": "sample size", "b": "rate parameter"},
     r"\operatorname{argmax}_{b>0}\left[n\log b-b\sum_{i=1}^{n}x_i\right]", r"\frac{\sum_{i=1}^{n}x_i}{n}", FALSE),
    ({"\\operatorname{prox}(v)": r"\operatorname{prox}(v) = \arg\min_u\frac12\|u-v\|^2+\frac{c}{2}\|u\|^2",
      "u": "vector in R^d", "v": "vector in R^d", "c": "positive"}, r"\operatorname{prox}(v)", r"\frac{v}{1+c}", TRUE),
    ({"\\operatorname{prox}(v)": r"\operatorname{prox}(v) = \arg\min_u\frac12\|u-v\|^2+\frac{c}{2}\|u\|^2",
      "u": "vector in R^d", "v": "vector in R^d", "c": "positive"}, r"\operatorname{prox}(v)", r"\frac{v}{1-c}", FALSE),
    (FEATURES, r"\phi(x)^\top\phi(y)", "(xy+1)^2", TRUE), (FEATURES, r"\phi(x)^\top\phi(y)", "(xy)^2+1", FALSE),
    ({"z": "vector in R^d", "m": "mean of the entries of z", "d": "integer >= 2"}, r"\sum_{i=1}^{d}(z_i-m)", "0", TRUE),
    ({"z": "vector in R^d", "m": "mean of the entries of z", "d": "integer >= 2"}, r"\sum_{i=1}^{d}z_i", "m", FALSE),
]


@pytest.mark.parametrize("symbols, left, right, verdicts", OPERATORS)
def test_domains_definitions_and_columns_written_out(symbols, left, right, verdicts):
    assert check_step(left, right, symbols=symbols, seed=1).name in verdicts


@pytest.mark.parametrize("given", [r"D+UCU^\top \text{ is invertible}", r"D+UCU^\top is invertible"])
def test_that_a_sum_is_invertible_is_a_given(given):
    symbols = {"D": "invertible n x n matrix", "U": "n x k matrix", "C": "invertible k x k matrix"}
    right = r"D^{-1}-D^{-1}U(C^{-1}+U^\top D^{-1}U)^{-1}U^\top D^{-1}"
    assert check_step(r"(D+UCU^\top)^{-1}", right, symbols=symbols, given=[given], seed=1).name in TRUE
    wrong = right.replace("C^{-1}+", "C+")
    assert check_step(r"(D+UCU^\top)^{-1}", wrong, symbols=symbols, given=[given], seed=1).name in FALSE
