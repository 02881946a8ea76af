"""Words of tables, decision processes, random matrices and values at points: read, said again, and enforced."""

import pytest

from derive.checking.step import judged
from derive.printing.words import key, say
from derive.reading.declarations import read_declarations
from derive.term import MINUS_ONE, ONE, ZERO, Relation, index, name, range_, rel, term
from derive.term.record import replace
from verifiers.verdict import Proved, Refuted, Supported, Undecided

N = name("n")
READ = [
    ("Q(s,a)", "real array", {"kind": "function", "structure": frozenset(["finite"]),
                              "formals": (name("s"), name("a"))}),
    ("V", "real array over states", {"kind": "function", "structure": frozenset(["finite"])}),
    (r"\pi", "map from states to actions", {"kind": "function", "structure": frozenset(["choice"])}),
    (r"\gamma", "discount factor", {"kind": "scalar", "domain": "unit"}),
    ("r", "correlation", {"kind": "scalar", "low": MINUS_ONE, "high": ONE}),
    ("b", r"real scalar not depending on \tau", {"kind": "scalar"}),
    ("Q", "random matrix n x d with independent entries of mean zero and variance one", {
        "kind": "random", "shape": (N, name("d")), "structure": frozenset(["independent"]), "mean": ZERO,
        "variance": ONE}),
    ("x_i", "uncorrelated random variables with variance v, i = 1..n", {
        "kind": "random", "indices": ("i",), "ranges": (range_(ONE, N),), "variance": name("v"), "constraints": (
            rel(Relation.EQ, term("Cov", index(name("x"), name("i")), index(name("x"), name("i'"))), ZERO),)}),
    ("x", "random variable symmetric about 0", {"kind": "random", "structure": frozenset(["even"])}),
    (r"\Delta\alpha", "positive scalar", {"kind": "scalar", "domain": "positive"}),
]
UNREAD = [("x", "probability of q, positive"), ("x_i", "random vectors d, i = 1..n, independent entries"),
          ("x", "random variable with pairwise correlation r"), ("A", "map from states"),
          ("x(a)", r"real scalar not depending on \tau")]

ATTENTION = {r"\mathbf{Q}": "random matrix n x d_k with independent entries of mean zero and variance one",
             r"\mathbf{K}": r"random matrix n x d_k with independent entries of mean zero and variance one, "
                            r"independent of \mathbf{Q}", "d_k": "integer >= 1"}
BOOST = {"y_i": "sequence in {-1,+1}, i = 1..N", "h(x_i)": "sequence in {-1,+1}, i = 1..N", "N": "integer >= 1",
         "w_i": "nonnegative weights summing to one, i = 1..N"}
WRONG = r"\sum_{i=1}^{N}w_i\mathbb{1}[y_i\ne h(x_i)]"
STEP = {r"\Delta\alpha": r"\Delta\alpha = \frac{1}{2}\log\frac{1-\epsilon}{\epsilon}", r"\epsilon": "scalar in (0,1)"}
APART = {"x": "real scalar", "a": "vector d", "b": "vector d", "r": "positive scalar"}

# Declarations, givens, left side, true right side, false right side.
ROWS = {
    "entries": (ATTENTION, [], r"\operatorname{Var}[\sum_{l=1}^{d_k}Q_{il}K_{jl}]", "d_k", "1"),
    "symmetric": ({"x": "random variable symmetric about 0"}, [], r"\mathbb{E}[x^3]", "0", "1"),
    "uncorrelated": ({"x_i": "uncorrelated random variables with mean zero and variance v, i = 1..n",
                      "v": "positive scalar"}, [], r"\operatorname{Var}[\sum_{i=1}^{n}x_i]", "nv", "n^2v"),
    "correlation": ({"x_i": r"random variables with common variance v and pairwise correlation \rho, i = 1..n",
                     "v": "positive scalar", r"\rho": "correlation"}, [], r"\operatorname{Var}[\sum_{i=1}^{n}x_i]",
                    r"nv+n(n-1)\rho v", "nv"),
    "values at points": (BOOST, [], WRONG, r"\frac{1}{2}(1-\sum_{i=1}^{N}w_iy_ih(x_i))",
                         r"\frac{1}{2}(1+\sum_{i=1}^{N}w_iy_ih(x_i))"),
    "one value": (BOOST, [], "h(x_1)^2", "1", "h(x_1)"),
    "likelihood of tokens": ({r"p(w_i|\mathbf{h}_i)": "positive real sequence, i = 1..T", "T": "integer >= 1"}, [],
                             r"\log\prod_{i=1}^{T}p(w_i|\mathbf{h}_i)", r"\sum_{i=1}^{T}\log p(w_i|\mathbf{h}_i)",
                             r"\prod_{i=1}^{T}\log p(w_i|\mathbf{h}_i)"),
    "difference": (STEP, [], r"e^{2\Delta\alpha}", r"\frac{1-\epsilon}{\epsilon}", r"\frac{\epsilon}{1-\epsilon}"),
    "probability": ({"p": "positive scalar, probability of one action"}, [], "|1-p|", "1-p", "1+p"),
    "shares of one step": ({r"w_{i,t}": "nonnegative real sequence summing to one, i = 1..N", "N": "integer >= 1"}, [],
                           r"\sum_{i=1}^{N}w_{i,t}", "1", "N"),
    "equations on other names": (APART, [r"\|a\|=r", r"\|b\|=r"], "x+x", "2x", "3x"),
}
OPEN = {
    "another point": (BOOST, [], "h(z)^2", "1"),
    "equations that nothing meets": ({"x": "real scalar", "y": "real scalar"}, ["y^2=-1"], "x+x", "3x"),
}


@pytest.mark.parametrize("latex, words, expected", READ, ids=[w for _, w, _ in READ])
def test_reads_and_says(latex, words, expected):
    found = read_declarations({latex: words})[0]
    plain = replace(type(found)(found.name, found.kind))
    differing = {k: v for k, v in vars(found).items() if v != getattr(plain, k) and k != "text"}
    assert differing | {"kind": found.kind} == expected
    again = read_declarations({key(found): say(found)})[0]
    assert replace(again, text="") == replace(found, text="")


@pytest.mark.parametrize("latex, words", UNREAD)
def test_does_not_read(latex, words):
    assert read_declarations({latex: words})[0].unread


@pytest.mark.parametrize("row", ROWS)
def test_the_word_is_enforced(row):
    symbols, givens, left, true, false = ROWS[row]
    assert isinstance(judged(left, true, "=", symbols, givens, None, 7)[1], (Proved, Supported))
    assert isinstance(judged(left, false, "=", symbols, givens, None, 7)[1], Refuted)


@pytest.mark.parametrize("row", OPEN)
def test_what_is_not_said_stays_open(row):
    symbols, givens, left, right = OPEN[row]
    assert isinstance(judged(left, right, "=", symbols, givens, None, 7)[1], Undecided)
