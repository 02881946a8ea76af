"""The float tape of relations that have no value: extrema by their gradient, equivalent orders by their differences."""

import pytest

from derive.checking.tape import on_tape
from derive.reading.claims import read_claim

R = {s: "real scalar" for s in "abx"} | {"p": "positive scalar"}
RIDGE = {"X": "matrix n x d", r"\mathbf{y}": "vector n", r"\mathbf{w}": "vector d", r"\lambda": "positive scalar",
         "n": "integer >= 1", "d": "integer >= 1", r"\mathbf{I}": "identity matrix d x d"}
LOSS = r"\operatorname{argmin}_{\mathbf{w}}\left[\|X\mathbf{w}-\mathbf{y}\|^2+\lambda\|\mathbf{w}\|^2\right]"

ROWS = [
    (r"\operatorname{argmin}_x\left[px^2-2ax\right]", "=", r"\frac{a}{p}", R, True),
    (r"\operatorname{argmin}_x\left[px^2-2ax\right]", "=", r"\frac{2a}{p}", R, False),
    (r"\min_x\left[px^2-2ax\right]", "=", r"-\frac{a^2}{p}", R, True),
    (r"\min_x\left[px^2-2ax\right]", "=", r"\frac{a^2}{p}", R, False),
    (LOSS, "=", r"(X^TX+\lambda\mathbf{I})^{-1}X^T\mathbf{y}", RIDGE, True),
    (LOSS, "=", r"(X^TX-\lambda\mathbf{I})^{-1}X^T\mathbf{y}", RIDGE, False),
    (r"pa\le pb", r"\iff", r"a\le b", R, True),
    (r"pa\le pb", r"\iff", r"b\le a", R, False),
    (r"pa=pb", r"\iff", "a=b", R, True),
]


@pytest.mark.parametrize("left, rel, right, symbols, holds", ROWS)
def test_the_tape_tells_true_from_false(left, rel, right, symbols, holds):
    tape = on_tape(read_claim(left, rel, right, symbols, []))
    assert tape.numpy and tape.alike and tape.points > 8, tape
    assert tape.holds is holds
