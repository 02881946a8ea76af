"""Sums, products, recursions and powers of symbolic length, by induction: what must be proved and what must not."""

import pytest

from support import verdict
from verifiers.verdict import Conditional, Proved, Refuted, Supported, Undecided

N = {"n": "integer >= 1", "m": "integer >= 1", "r": "real scalar", "a": "real scalar", "x": "real scalar",
     "q": "scalar in (0,1)"}
Z = {"z_t": "positive real sequence, t = 1..T", "T": "integer >= 2"}
X = {"x_i": "real sequence, i = 1..n", "n": "integer >= 1", "b": "real scalar"}
RUN = {"A": "matrix d x d", "B": "matrix d x m", "u_t": "vectors m, t = 1..T", "T": "integer >= 1", "d": "integer >= 1",
       "m": "integer >= 1", "s_t": "s_t = As_{t-1}+Bu_t, t = 1..T"}
M = {"A": "matrix d x d", "P": "invertible matrix d x d", "D": "matrix d x d", "I": "identity matrix d x d",
     "n": "integer >= 1", "d": "integer >= 1"}
START = [r"s_0=\mathbf{0}"]

TRUE = [
    (r"\sum_{k=0}^{n-1}q^k", r"\frac{1-q^n}{1-q}", N), (r"(1-r)\sum_{k=0}^{n-1}r^k", "1-r^n", N),
    (r"\sum_{k=1}^{n}kq^k", r"\frac{q-(n+1)q^{n+1}+nq^{n+2}}{(1-q)^2}", N), (r"\sum_{k=0}^{n}2^k", "2^{n+1}-1", N),
    (r"\prod_{k=1}^{n}a", "a^n", N), (r"\prod_{k=1}^{n}k", "n!", N), (r"\prod_{k=1}^{n}\frac{k+1}{k}", "n+1", N),
    (r"\prod_{t=2}^{T}\frac{z_t}{z_{t-1}}", r"\frac{z_T}{z_1}", Z),
    (r"\sum_{t=2}^{T}(z_t-z_{t-1})", "z_T-z_1", Z), (r"\sum_{i=1}^{n}(1-q)q^{n-i}", "1-q^n", N),
    (r"\sum_{k=1}^{n}k\cdot k!", "(n+1)!-1", N), (r"s_T", r"\sum_{t=1}^{T}A^{T-t}Bu_t", RUN, START),
    (r"A^{n+1}", "AA^n", M), ("(PDP^{-1})^n", "PD^nP^{-1}", M),
    (r"\sum_{k=0}^{n-1}A^k(I-A)", "I-A^n", M), (r"\frac{d}{dx}x^{n}", "nx^{n-1}", N),
    (r"\frac{1}{n+1}\sum_{i=1}^{n+1}y_i", r"m_n+\frac{1}{n+1}(y_{n+1}-m_n)",
     {"y_i": "real scalars, i = 1..n+1", "m_n": r"m_n = \frac{1}{n}\sum_{i=1}^{n}y_i", "n": "integer >= 1"}),
]
FALSE = [
    (r"\sum_{k=0}^{n}q^k", r"\frac{1-q^n}{1-q}", N), (r"(1-r)\sum_{k=0}^{n-1}r^k", "1-r^{n+1}", N),
    (r"\sum_{k=1}^{n}kq^k", r"\frac{q-nq^{n+1}+nq^{n+2}}{(1-q)^2}", N), (r"\sum_{k=0}^{n}2^k", "2^{n+1}", N),
    (r"\prod_{k=1}^{n}a", "an", N), (r"\prod_{k=1}^{n}k", "n^n", N), (r"\prod_{k=1}^{n}\frac{k+1}{k}", "n", N),
    (r"\prod_{t=2}^{T}\frac{z_t}{z_{t-1}}", r"\frac{z_1}{z_T}", Z), (r"\sum_{t=2}^{T}(z_t-z_{t-1})", "z_1-z_T", Z),
    (r"\sum_{i=1}^{n}(1-q)q^{n-i}", "1-q^{n-1}", N),
    (r"s_T", r"\sum_{t=1}^{T}A^{t-1}Bu_t", RUN, START), ("(PDP^{-1})^n", "P^nDP^{-n}", M),
    ("(AD)^n", "A^nD^n", M), (r"\sum_{k=0}^{n}A^k(I-A)", "I-A^n", M), ("A^{n+1}", "A^nD", M),
    (r"\frac{d}{dx}x^{n}", "nx^{n}", N),
    (r"\sum_{i=1}^{n}(x_i-\bar{x})b", r"nb", {**X, r"\bar{x}": r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n}x_i"}),
    (r"\sum_{i=1}^{n}\bar{x}", r"\bar{x}", {**X, r"\bar{x}": r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n}x_i"}),
]
# true at the least sizes, or undefined at one of them: the induction stops there
TRAPS = [
    (r"\sum_{k=1}^{n}k", r"\frac{n(n+1)}{2}+(n-1)(n-2)(n-3)(n-4)(n-5)(n-6)", N),
    (r"\sum_{k=1}^{n}1", "n+(n-1)(n-2)(n-3)(n-4)(n-5)(n-6)(n-7)", N), (r"\sum_{k=1}^{n}q^k", "q+q^2(n-1)", N),
    (r"\prod_{k=1}^{n}(k-3)", "0", N), (r"\frac{\sum_{k=1}^{n}k}{n-3}", r"\frac{n(n+1)}{2(n-3)}", N),
    (r"\sum_{k=1}^{n}x", "x", N),
]


@pytest.mark.parametrize("row", TRUE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_true_claims_are_proved(row):
    assert isinstance(verdict(*row), Proved), verdict(*row)


@pytest.mark.parametrize("row", FALSE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_false_claims_are_refuted(row):
    assert isinstance(verdict(*row), (Refuted, Conditional)), verdict(*row)


@pytest.mark.parametrize("row", TRAPS, ids=lambda r: f"{r[0]} = {r[1]}")
def test_what_holds_at_the_least_sizes_or_with_a_gap_is_not_proved(row):
    assert isinstance(verdict(*row), (Refuted, Conditional, Undecided, Supported)), verdict(*row)


MEANS = {**X, r"\bar{x}": r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n}x_i", "m_k": r"m_k = k\bar{x}", "f": r"f(u) = u\bar{x}",
         "S": r"S = \sum_ix_i"}


@pytest.mark.parametrize("left, right", [(r"\bar{x}", "x_1"), ("m_1", "x_1"), ("f(b)", "bx_1"), ("S", "x_1"),
                                         (r"\bar{x}", r"\frac{x_1}{n}"), (r"\sum_{i=1}^{n}\bar{x}", "x_1")])
def test_a_size_that_hides_in_a_definition_is_stepped_too(left, right):
    assert isinstance(verdict(left, right, MEANS), Refuted), verdict(left, right, MEANS)
