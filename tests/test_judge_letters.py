"""Determinants, inverses and densities at every size, by letters: what must be proved and what must not."""

import pytest

from derive.checking.step import judged
from verifiers.verdict import Conditional, Proved, Refuted

M = {"A": "invertible matrix n x n", "B": "invertible matrix n x n", "V": "positive definite matrix n x n",
     "S": "symmetric matrix n x n", "Q": "orthogonal matrix n x n", "c": "positive scalar", "r": "real scalar",
     "n": "integer >= 2", "x": "vector n", "m": "vector n", "I": "identity matrix n x n", "X": "matrix n x p",
     "b": "vector p", "p": "integer >= 2"}

TRUE = [
    (r"\det(AB)", r"\det(A)\det(B)"), (r"\det(rA)", r"r^n\det(A)"), (r"\det(A^{-1})", r"\frac{1}{\det A}"),
    (r"\log\det(c^2I)", r"2n\log c"), ("(AB)^{-1}", "B^{-1}A^{-1}"), ("(cA)^{-1}", r"\frac{1}{c}A^{-1}"),
    ("(A^{T})^{-1}", "(A^{-1})^{T}"), (r"\det(ABA^{-1})", r"\det B"), ("A^{-1}(AB)B^{-1}", "I"),
    (r"\log\det(AVA^{T})", r"\log\det V+2\log\left|\det A\right|"), ("A(A^{-1}x)", "x"),
    ("x^{T}(AVA^{T})^{-1}x", "(A^{-1}x)^{T}V^{-1}(A^{-1}x)"), (r"\operatorname{tr}(A^{-1}BA)", r"\operatorname{tr}(B)"),
    (r"\log\mathcal{N}(x|m,c^2I)", r"-\frac{n}{2}\log(2\pi c^2)-\frac{1}{2c^2}\left\|x-m\right\|^2"),
    (r"\sqrt{\frac{1}{(2\pi)^n\det(c^2V)}}\exp\left[-\frac{1}{2}(x-Xb)^{T}(c^2V)^{-1}(x-Xb)\right]",
     r"\sqrt{\frac{1}{(2\pi c^2)^n\det V}}\exp\left[-\frac{1}{2c^2}(x-Xb)^{T}V^{-1}(x-Xb)\right]"),
    (r"\exp(-x^{T}x)\exp(-m^{T}m)", r"\exp(-\left\|x-m\right\|^2)\exp(-2x^{T}m)"),
]
FALSE = [
    (r"\det(A+B)", r"\det(A)+\det(B)"), (r"\det(rA)", r"r\det(A)"), (r"\det(A^{-1})", r"\det A"),
    (r"\log\det(c^2I)", r"2\log c"), ("(AB)^{-1}", "A^{-1}B^{-1}"), ("(cA)^{-1}", "cA^{-1}"),
    ("(A^{T})^{-1}", "A^{T}"), (r"\det(ABA^{-1})", r"\det A"), ("A^{-1}(BA)B^{-1}", "I"),
    (r"\log\det(AVA^{T})", r"\log\det V+\log\left|\det A\right|"),
    ("x^{T}(AVA^{T})^{-1}x", "(Ax)^{T}V^{-1}(Ax)"), (r"\operatorname{tr}(A^{-1}BA)", r"\operatorname{tr}(A)"),
    (r"\log\mathcal{N}(x|m,c^2I)", r"-\frac{n}{2}\log(2\pi c)-\frac{1}{2c^2}\left\|x-m\right\|^2"),
    (r"\sqrt{\frac{1}{(2\pi)^n\det(c^2V)}}\exp\left[-\frac{1}{2}(x-Xb)^{T}(c^2V)^{-1}(x-Xb)\right]",
     r"\sqrt{\frac{1}{(2\pi)^nc^2\det V}}\exp\left[-\frac{1}{2c^2}(x-Xb)^{T}V^{-1}(x-Xb)\right]"),
    (r"\exp(-x^{T}x)\exp(-m^{T}m)", r"\exp(-\left\|x-m\right\|^2)\exp(2x^{T}m)"), (r"\det(-S)", r"-\det S"),
    (r"\det Q", "1"), (r"\det V", r"\operatorname{tr}V"),
]


def verdict(left, right):
    return judged(left, right, "=", M, seed=1)[1]


@pytest.mark.parametrize("row", TRUE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_true_claims_are_proved(row):
    assert isinstance(verdict(*row), Proved), verdict(*row)


@pytest.mark.parametrize("row", FALSE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_false_claims_are_not(row):
    found = verdict(*row)
    assert isinstance(found, (Refuted, Conditional)), found


def test_a_size_that_sets_a_shape_stays_one_size():
    ones = {"P": "permutation matrix N x N", "u": "vector N of ones", "N": "integer >= 1"}
    assert not isinstance(judged("Pu", "u", "=", ones, seed=1)[1], Refuted)
    assert not isinstance(judged("Pu", "2u", "=", ones, seed=1)[1], Proved)
