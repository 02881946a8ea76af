"""Determinants for every size: what multiplies, scales and exchanges is proved by words, near misses are refuted."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import judge
from verifiers.verdict import Proved, Refuted

SYMBOLS = {"A": "invertible matrix n x n", "B": "matrix n x n", "X": "matrix n x p", "U": "matrix n x k",
           "V": "matrix k x n", "u": "vector n", "v": "vector n", "c": "positive scalar", "a": "positive scalar",
           "S": "positive definite matrix n x n", "n": "integer >= 1", r"\sigma": "positive scalar", "r": "real scalar"}
# left, right, a wrong right
ROWS = [
    (r"\det(AB)", r"\det(A)\det(B)", r"\det(A)+\det(B)"),
    (r"\det(AB)", r"\det(BA)", r"\det(A)\det(S)"),
    (r"\det(cB)", r"c^n\det(B)", r"c\det(B)"),
    (r"\det(caB)", r"c^na^n\det(B)", r"c^na\det(B)"),
    (r"\det(-B)", r"(-1)^n\det(B)", r"-\det(B)"),
    (r"\det(A^{-1}B^TA)", r"\det(B)", r"\det(A)\det(B)"),
    (r"\det(A^{-1})", r"\frac{1}{\det(A)}", r"-\frac{1}{\det(A)}"),
    (r"\det(I+UV)", r"\det(I+VU)", r"1+\operatorname{tr}(UV)"),
    (r"\det(I+uv^T)", "1+v^Tu", "1-v^Tu"),
    (r"\det(A+uv^T)", r"\det(A)(1+v^TA^{-1}u)", r"\det(A)+v^Tu"),
    (r"\det(A+UV)", r"\det(A)\det(I+VA^{-1}U)", r"\det(A)\det(I+VAU)"),
    (r"\det(\sigma^2I+XX^T)", r"\sigma^{2n}\det(I+\sigma^{-2}X^TX)", r"\sigma^{2}\det(I+\sigma^{-2}X^TX)"),
    (r"\det(X^TX)", r"\det(2X^T\frac{1}{2}X)", r"\det(XX^T)"),
    (r"\log\det(\sigma S)", r"n\log\sigma+\log\det(S)", r"\log\sigma+\log\det(S)"),
    (r"\sqrt{\det(2\pi S)}", r"(2\pi)^{n/2}\sqrt{\det(S)}", r"(2\pi)^{n}\sqrt{\det(S)}"),
    (r"\frac{\partial}{\partial A}\log\det(A)", "A^{-T}", "A^{-1}"),
    (r"\frac{\partial}{\partial A}\det(A)", r"\det(A)A^{-T}", "A^{-T}"),
    (r"\frac{\partial}{\partial X}\log\det(X^TX)", "2X(X^TX)^{-1}", "X(X^TX)^{-1}"),
]


@pytest.mark.parametrize("left,right,wrong", ROWS, ids=[f"{left}={right}" for left, right, _ in ROWS])
def test_a_determinant_is_known_for_every_size(left, right, wrong):
    found = judge(read_claim(left, "=", right, SYMBOLS), seed=1)
    assert isinstance(found, Proved) and found.by == "words"
    assert isinstance(judge(read_claim(left, "=", wrong, SYMBOLS), seed=1), Refuted)


def test_a_root_is_split_at_positive_factors_only():
    assert judge(read_claim(r"\sqrt{r\det(2B)}", "=", r"2^{n/2}\sqrt{r\det(B)}", SYMBOLS), seed=1).name == "proved"
    assert judge(read_claim(r"\sqrt{r^2\det(S)}", "=", r"r\sqrt{\det(S)}", SYMBOLS), seed=1).name in (
        "conditional", "refuted")
