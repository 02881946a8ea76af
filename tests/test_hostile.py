"""Claims that are false in one corner of their domain, beside true neighbours: no false one may be proved.

Each row was, or could have been, a false verdict: a pivot that may vanish, a length that may be 1, a share that may be
0, names of which only pairs are independent, a right side with holes, a domain without values.
"""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import judge
from verifiers.verdict import Conditional, Proved, Refuted, Supported, Undecided, Unreadable

SEED = 1
FALSE = (Refuted, Conditional, Undecided, Unreadable)       # what may be said of a false claim
TRUE = (Proved, Supported, Undecided)                       # and of a true one

R = {s: "real scalar" for s in "abcduvwxyz"}
P = {s: "positive scalar" for s in "pqrst"}
X = {"N": "integer >= 1", "x_i": "real scalars, i = 1..N", "y_i": "real scalars, i = 1..N", "a": "real scalar"}
AT = {**X, "i": "index in 1..N", "j": "index in 1..N"}
THREE = {**AT, "N": "integer >= 2", "k": "index in 1..N, k != j"}
SHARES = {"w_i": "nonnegative weights, sum to 1, i = 1..N", "N": "integer >= 1", "y_i": "real scalars, i = 1..N",
          "i": "index in 1..N"}
SOFT = {**AT, "s_i": r"s_i = \frac{e^{x_i}}{\sum_{k=1}^{N}e^{x_k}}"}
M = {"A": "matrix n x n", "B": "matrix n x n", "S": "symmetric matrix n x n", "D": "positive definite matrix n x n",
     "W": "positive semidefinite matrix n x n", "Q": "orthogonal matrix n x n", "I": "identity matrix n x n",
     "x": "vector n", "y": "vector n", "n": "integer >= 1", "a": "real scalar"}
K = {"k": "integer >= 2", "x_k": "real sequence"}
G = {"m": "integer >= 1", "q": "scalar in (0,1)", "y_k": "real sequence, k = 1..m"}
HOT = {"y": "one-hot vector K", "t": "one-hot vector K", "x": "vector K", "K": "integer >= 1"}
XYZ = {"X": "random variable with finite variance", "Y": "random variable with finite variance",
       "Z": "random variable with finite variance"}
PAIRS = {"X": "random variable", "Y": "random variable, independent of X", "Z": "random variable, independent of X"}
ALL = {"X": "random variable", "Y": "random variable, independent of X", "Z": "random variable, independent of X and Y"}
LAWS = {"p": "probability mass function on a finite set", "q": "positive probability mass function on the same set"}
UNIT = {"t": "scalar in (0,1)"}

# (left, relation, right, symbols, givens, about): false as declared
HOSTILE = {
    "pivots of solved givens": [
        ("b", "=", "1", R, ["ab=a"]), ("x", "=", "y", R, ["ax=ay"]), ("x", "=", "0", R, ["xy=0"]),
        ("u", "=", "v", R, ["xu=xv", r"x\ge 0"]), ("a", "=", "b", R, ["ax+bx=2bx"]), ("y", "=", "z", R, ["x(y-z)=0"]),
        ("x", "=", r"\frac{b}{a}", R, ["ax=b"]), ("xy=x", r"\iff", "y=1", R), ("ax=ay", r"\implies", "x=y", R)],
    "a conclusion without a value": [
        ("x=y", r"\implies", r"\frac{x}{y}=1", R), ("x=y", r"\iff", r"\frac{x}{y}=1", R),
        ("x=y", r"\implies", r"\sqrt{x}=\sqrt{y}", R), ("x=y", r"\implies", r"\log x=\log y", R)],
    "a length that may be 1": [
        (r"\sum_{i=1}^{N}1", r"\ge", "2", X), ("N", ">", "1", X), (r"\log N", ">", "0", X), ("s_i", "<", "1", SOFT),
        ("x_i", "=", r"\frac{N-1}{N-1}x_i", AT), ("1", "=", r"\frac{N}{N-1}\left(1-\frac{1}{N}\right)", X),
        (r"\frac{1}{N}\sum_{i=1}^{N}x_i", "=", r"\frac{1}{N-1}\sum_{i=1}^{N}\left(x_i-\frac{1}{N}x_i\right)", X),
        (r"x_i", "=", r"\frac{1}{N-1}\sum_{j\ne i}x_i", AT), (r"\max_ix_i", ">", r"\min_ix_i", X)],
    "sets that are not written": [
        (r"\max_ix_i", "=", "x_1", X), (r"\max_i(ax_i)", "=", r"a\max_ix_i", X), (r"\prod_ix_i", "=", "x_1", X),
        (r"\max_i(x_i+y_i)", "=", r"\max_ix_i+\max_iy_i", X), (r"\min_ix_i", "=", r"\max_ix_i", X)],
    "bounds and indices": [
        (r"\sum_{i=1}^{N}x_i", "=", r"\sum_{j=0}^{N-1}x_{j^2+1}", X),
        (r"\sum_{i=1}^{N}x_i", "=", r"\sum_{i=0}^{N-1}x_i", X), (r"\sum_{i=1}^{N}x_i", "=", r"\sum_{i=1}^{N-1}x_i", X),
        (r"\sum_{i=1}^{N}x_ix_i", "=", r"\sum_{i=1}^{N}x_ix_N", X), ("x_i", "=", "x_j", AT),
        (r"\sum_{i=1}^{N}\sum_{j=1}^{i}x_ix_j", "=", r"\frac{1}{2}\left(\sum_{i=1}^{N}x_i\right)^2", X),
        (r"\frac{\partial x_i}{\partial x_j}", "=", "0", AT), ("(x_i-x_j)^2", ">", "0", AT),
        (r"\frac{\partial s_i}{\partial x_j}", "=", "s_i(1-s_i)", SOFT), ("i", r"\le", "j", AT)],
    "an index that is counted with": [
        ("a_k", "=", "2", {**K, "a_k": "a_k = k"}), ("a_kx_k", "=", "x_k^2", {**K, "a_k": "a_k = x_k^{k-1}"}),
        (r"a_kx_k", "=", "2x_k", {**K, "a_k": r"a_k = \binom{k}{1}"}), (r"\mathbb{1}[k\ge 3]x_k", "=", "0", K),
        ("f_k(c)", "=", "2c", {**K, "f_k": "f_k(x) = kx", "c": "real scalar"}), ("kx_k", "=", "2x_k", K)],
    "indices that are numbers of a sum": [
        (r"\sum_{k=1}^{m}q^k", "=", "q+q^2(m-1)", G), (r"\sum_{k=1}^{m}k^5", "=", "1+32(m-1)", G),
        (r"\sum_{k=1}^{m}ky_k", "=", r"y_1+2\sum_{k=2}^{m}y_k", G),
        (r"\sum_{k=1}^{m}a_k", "=", "1+32(m-1)", {**G, "a_k": "a_k = k^5"}),
        (r"\sum_{k=1}^{m}\mathbb{1}[k\le 2]y_k", "=", r"\sum_{k=1}^{m}y_k", G),
        (r"\sum_{k=1}^{m}f(k)", "=", "f(1)+(m-1)f(2)", {**G, "f": "real function"}),
        (r"\sum_{k=1}^{m}\sum_{j=1}^{2k}1", "=", "2+4(m-1)", G)],
    "powers of a matrix": [
        ("A^k", "=", "A^2", {**M, **K}), ("A^kA^k", "=", "A^4", {**M, **K}), ("A^{k+2}", "=", "A^{2k}", {**M, **K}),
        (r"\operatorname{tr}(A^{k+2})", "=", r"\operatorname{tr}(A^{2k})", {**M, **K})],
    "patterns of indices": [
        (r"\mathbb{1}[i\ne j]", "=", "1", AT), (r"\mathbb{1}[i\ne j]", ">", "0", AT),
        (r"x_ix_j", "=", r"\begin{cases}x_ix_j & i\ne j\\ 0 & i=j\end{cases}", AT),
        (r"(1-\mathbb{1}[i=j])(1-\mathbb{1}[i=k])x_i", "=", "0", THREE),
        (r"(x_i-x_j)(x_j-x_k)(x_i-x_k)", "=", "0", THREE), (r"\mathbb{1}[i=1]", "=", "0", THREE),
        (r"\mathbb{1}[i=3]", "=", "0", THREE), ("x_{N-1}", "=", "x_1", THREE), ("x_i", "=", "x_{N+1-i}", AT),
        (r"\begin{cases}1 & i=j\\ 1 & i=k\\ 7 & i\notin\{j,k\}\end{cases}", "=", "1", THREE)],
    "shares that may be 0": [
        ("w_i", ">", "0", SHARES), ("w_i", "=", r"e^{\log w_i}", SHARES),
        (r"\sum_{i=1}^{N}w_i^2", "<", "1", SHARES), (r"\sum_{i=1}^{N}w_i^2", ">", r"\frac{1}{N}", SHARES),
        ("P_{ij}", ">", "0", {"P": "stochastic matrix n x n", "n": "integer >= 1", "i": "index in 1..n",
                              "j": "index in 1..n"})],
    "roots, logarithms, signs": [
        (r"\sqrt{x^2-2x+1}", "=", "x-1", R), (r"\log(1-x^2)", "=", r"2\log(1-x)", R), ("x", "=", r"e^{\log x}", R),
        (r"\sqrt{3-2\sqrt{2}}", "=", r"1-\sqrt{2}", {}), (r"\sqrt{xy}", "=", r"\sqrt{x}\sqrt{y}", R),
        (r"\sqrt{p-2\sqrt{pq}+q}", "=", r"\sqrt{p}-\sqrt{q}", P), (r"\mathbb{1}[x\ge 0]", "=", r"\mathbb{1}[x>0]", R),
        ("1", "=", r"\frac{x}{x}", R), ("0^0", "=", "0", {}), (r"\max(x,0)", "=", "x", R)],
    "steps have slope 0": [
        (r"P(|X-\mu|\ge p)", r"\le", r"\frac{q^2}{2p^2}",
         {**P, "X": r"random variable with mean \mu and variance q^2"}),
        (r"\operatorname{sign}(b-\sqrt{p})", r"\le", "0", {**R, **P}),
        (r"\operatorname{sign}(b)a\ge 0", r"\iff", r"a\ge 0", {**R, "b": "nonzero scalar"})],
    "constants": [
        (r"e^{\pi\sqrt{163}}", "=", "640320^3+744", {}), (r"\pi", "=", "3.14159265358979323846", {}),
        ("1", "=", "1.0000000000000001", {}), (r"\log(2\pi)", "=", r"\log 2\log\pi", {}),
        ("10^{10^{10}}", "=", "10^{10^{10}}+1", {}), ("((2^{4095})^{4095})^{4095}", "=", "1", {})],
    "orders": [
        ("x^2", ">", "0", R), ("e^x", ">", "1+x", R), ("x^4-x^2+0.2499999", r"\ge", "0", R),
        (r"\frac{p+q}{2}", ">", r"\sqrt{pq}", P), (r"\log p", "<", "p-1", P), (r"|x+y|", "<", r"|x|+|y|", R)],
    "matrices": [
        ("AB", "=", "BA", M), ("x^TWx", ">", "0", M), (r"\det(Q)", "=", "1", M), ("x^TSx", r"\ge", "0", M),
        (r"\det(D)", "=", r"\operatorname{tr}(D)", M), ("W^{-1}W", "=", "2I", M), (r"\det(aA)", "=", r"a\det(A)", M),
        ("Ax", "=", "xA", M), ("x^TA", "=", "A^Tx", M), (r"\nabla_x[x^TAx]", "=", "2Ax", M),
        ("A^2-\\operatorname{tr}(A)A+\\det(A)I", "=", r"\mathbf{0}", M)],
    "one-hot vectors": [
        ("x^Ty", "=", "x_1", HOT), ("y^Tt", "=", "1", HOT), ("y^Tt", r"\ge", "1", HOT), ("y", "=", "t", HOT),
        ("y^Tx", r"\le", "x_1", HOT)],
    "functions inside of steps": [
        (r"\mathbb{1}[\sqrt{x}\ge 1]", r"\le", "0", {"x": "positive scalar"}),
        (r"\mathbb{1}[\log x\ge 1]", r"\le", "0", {"x": "positive scalar"}),
        (r"\mathbb{1}[e^x\ge 3]", r"\le", "0", {"x": "real scalar"}),
        (r"P(|X-\mu|\ge\epsilon)", r"\le", r"\frac{\sigma^2}{2\epsilon^2}", {
            "X": r"random variable with mean \mu and variance \sigma^2", r"\epsilon": "positive scalar",
            r"\sigma": "positive scalar"})],
    "names in labels": [
        (r"\frac{\partial}{\partial w}f_w(x)", "=", "0", {"f_w": "real function", "w": "real scalar",
                                                          "x": "real scalar"}),
        (r"\frac{\partial}{\partial w}x_w", "=", "0", {"x_w": "real scalar", "w": "real scalar"}),
        (r"\frac{\partial}{\partial\theta}\mathbb{E}_{x\sim p_\theta}[f(x)]", "=", "0", {
            r"p_\theta": "pmf on a finite set", r"\theta": "real scalar", "f": "real function"})],
    "random names": [
        (r"\mathbb{E}[XYZ]", "=", r"\mathbb{E}[X]\mathbb{E}[YZ]", PAIRS),
        (r"\mathbb{E}[XYZ]", "=", r"\mathbb{E}[X]\mathbb{E}[Y]\mathbb{E}[Z]", PAIRS),
        (r"\mathbb{E}[X|Y,Z]", "=", r"\mathbb{E}[X]", PAIRS),
        (r"\operatorname{Var}[X+Y]", "=", r"\operatorname{Var}[X]+\operatorname{Var}[Y]", XYZ),
        (r"\operatorname{Var}[X]", ">", "0", XYZ), (r"\mathbb{E}[X^2]", ">", r"\mathbb{E}[X]^2", XYZ)],
    "laws": [
        (r"D_{KL}(p\|q)", "=", r"D_{KL}(q\|p)", LAWS), (r"D_{KL}(p\|q)", ">", "0", LAWS),
        (r"-\sum_xp(x)\log p(x)", r"\le", "1", LAWS), (r"\sum_x\frac{p(x)^2}{q(x)}", r"\le", "1", LAWS)],
    "extrema": [
        (r"\operatorname*{argmax}_x(x-a)^2", "=", "a", R), (r"\operatorname*{argmin}_p(p-a)^2", "=", "a", R | P),
        (r"\min_p(p-a)^2", "=", "0", R | P), (r"\operatorname*{argmin}_x(x-a)^2", "=", "a", R, ["x>0"]),
        (r"\operatorname*{argmin}_x\left[x^2+\frac{1}{x^2}\right]", "=", "1", {"x": "nonzero scalar"}),
        (r"\operatorname*{argmax}_t\left[a\log t+b\log(1-t)\right]", "=", r"\frac{a}{a+b}", R | UNIT)],
    "labels": [
        (r"\mathbb{1}[2s=t]", "=", "0", {"s": "word in {A, B}", "t": "word in {A, B}"})],
    "proportional": [
        ("x^2", r"\propto", "-3x^2", R, (), "x"), ("ae^x", r"\propto", "e^x", R, (), "x"),
        ("0", r"\propto", "x", R, (), "x"), ("|x|", r"\propto", "x", R, (), "x")],
}

# true and provable, each next to a false one above
KIND = [
    ("u", "=", "v", R, ["xu=xv", "x>0"]), ("y", "=", "z", R, ["x(y-z)=0", "x=1"]),
    ("ax+b=0", r"\iff", r"x=-\frac{b}{a}", {**R, "a": "nonzero scalar"}), (r"\frac{x}{y}=1", r"\iff", "x=y", R),
    (r"\mathbb{1}[i\ne j]", "=", "1", {**AT, "N": "integer >= 2"}, [r"i\ne j"]),
    (r"x_ix_j", "=", r"\begin{cases}x_ix_j & i\ne j\\ x_i^2 & i=j\end{cases}", AT),
    ("N", r"\ge", "1", X), ("s_i", r"\le", "1", SOFT), ("s_i", "<", "1", {**SOFT, "N": "integer >= 2"}),
    ("x_i", "=", r"\frac{N-1}{N-1}x_i", {**AT, "N": "integer >= 2"}),
    (r"\sum_{i=1}^{N}\sum_{j=1}^{i}x_ix_j", "=",
     r"\frac{1}{2}\left(\sum_{i=1}^{N}x_i\right)^2+\frac{1}{2}\sum_{i=1}^{N}x_i^2", X),
    ("w_i", r"\ge", "0", SHARES), (r"\sum_{i=1}^{N}w_i", "=", "1", SHARES),
    (r"\sum_{i=1}^{N}w_i(y_i-\sum_{k=1}^{N}w_ky_k)", "=", "0", SHARES),
    (r"\left(\sum_{i=1}^{N}w_iy_i\right)^2", r"\le", r"\sum_{i=1}^{N}w_iy_i^2", SHARES),
    (r"\sqrt{p-2\sqrt{pq}+q}", "=", r"|\sqrt{p}-\sqrt{q}|", P), (r"\sqrt{5+2\sqrt{6}}", "=", r"\sqrt{2}+\sqrt{3}", {}),
    (r"\mathbb{E}[XYZ]", "=", r"\mathbb{E}[X]\mathbb{E}[Y]\mathbb{E}[Z]", ALL),
    (r"\operatorname{Var}[X+Y+Z]", "=",
     r"\operatorname{Var}[X]+\operatorname{Var}[Y]+\operatorname{Var}[Z]+2\operatorname{Cov}[Y,Z]", PAIRS),
    (r"D_{KL}(p\|q)", r"\ge", "0", LAWS), (r"\operatorname*{argmin}_p(p-q)^2", "=", "q", P),
    (r"\operatorname*{argmax}_t\left[p\log t+q\log(1-t)\right]", "=", r"\frac{p}{p+q}", P | UNIT),
    (r"e^{ax}e^{b}", r"\propto", "e^{ax}", R, (), "x"), ("xy=1", r"\implies", r"x=\frac{1}{y}", R),
]

# true, and beyond a proof
MILD = [
    (r"\max_i(-x_i)", "=", r"-\min_ix_i", X), (r"\det(Q)^2", "=", "1", M), ("y^Ty", "=", "1", HOT),
    ("y^Tt", r"\le", "1", HOT), ("v", r"\ge", "0", {"X": "random variable, mean 0, variance v", "v": "real scalar"}),
]

# no value satisfies what is declared: nothing may be proved, and nothing refuted
EMPTY = [
    ("x", "=", "x+1", R, ["x>1", "x<0"]), ("x", "=", "1", R, ["x=1", "x=2"]), ("x", "=", "2x", R, ["x^2+y^2=-1"]),
    ("x", "=", "0", R, ["1=2"]), ("x", "=", "0", R, ["1>2"]), ("x", "=", "2x", R, ["x>y", "y>z", "z>x"]),
    ("n", "=", "n+1", {"n": "integer >= 3, <= 2"}), ("n", "=", "n+1", {"n": "integer >= 3"}, ["n<2"]),
    ("x", "=", "2x", {"x": "positive scalar"}, ["x<0"]), ("x", "=", "y", M, ["x^Tx=-1"]),
    (r"\mathbb{E}[X]", "=", "7", {"X": "random variable, mean m, variance -1", "m": "real scalar"}),
    ("x", "=", "1", {"x": "x = y", "y": "y = x"}),
]


def decide(left, relation, right, symbols, given=(), about=None):
    return judge(read_claim(left, relation, right, dict(symbols), list(given), about), SEED)


def ids(rows):
    return [" ".join((*row[:3], *(row[4] if len(row) > 4 else ()))) for row in rows]


ROWS = [row for rows in HOSTILE.values() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_what_fails_in_a_corner_is_not_proved(row):
    verdict = decide(*row)
    assert isinstance(verdict, FALSE), verdict


@pytest.mark.parametrize("row", KIND, ids=ids(KIND))
def test_the_true_neighbour_is_proved(row):
    verdict = decide(*row)
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize("row", MILD, ids=ids(MILD))
def test_what_is_true_is_not_refuted(row):
    verdict = decide(*row)
    assert isinstance(verdict, TRUE), verdict


@pytest.mark.parametrize("row", EMPTY, ids=ids(EMPTY))
def test_an_empty_domain_decides_nothing(row):
    verdict = decide(*row)
    assert isinstance(verdict, (Undecided, Unreadable)), verdict


def test_the_counterexample_shows_what_the_givens_determine():
    verdict = decide("b", "=", "1", R, ["ab=a"])
    assert isinstance(verdict, Conditional) and ("a", "0") in verdict.witness
