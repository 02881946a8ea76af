"""Sums over a declared finite set: proved for every number of members, and what depends on the members is not."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import judge
from verifiers.verdict import Proved, Refuted, Supported

SYMBOLS = {r"\Omega": "finite set", r"\Psi": "finite set", "x_j": "real sequence", "y_j": "real sequence",
           "z_j": "real sequence, j = 1..5", "c": "real scalar"}

TRUE = [
    (r"\sum_{j\in\Omega}(x_j+y_j)", r"\sum_{j\in\Omega}x_j+\sum_{l\in\Omega}y_l"),
    (r"\left(\sum_{j\in\Omega}x_j\right)^2", r"\sum_{j\in\Omega}\sum_{l\in\Omega}x_jx_l"),
    (r"\sum_{j\in\Omega}(x_j-c)^2", r"\sum_{j\in\Omega}x_j^2-2c\sum_{j\in\Omega}x_j+c^2\sum_{j\in\Omega}1"),
    (r"\sum_{j\in\Omega}x_j\sum_{l\in\Psi}y_l", r"\sum_{l\in\Psi}\sum_{j\in\Omega}x_jy_l"),
    (r"\prod_{j\in\Omega}e^{x_j}", r"e^{\sum_{j\in\Omega}x_j}"),
]
FALSE = [
    (r"\sum_{j\in\Omega}x_j", r"\sum_{j\in\Psi}x_j"),
    (r"\left(\sum_{j\in\Omega}x_j\right)^2", r"\sum_{j\in\Omega}x_j^2"),
    (r"\sum_{j\in\Omega}x_j", "x_1+x_2"),
    (r"\sum_{j\in\Omega}j", "0"),
    (r"\sum_{j\in\Omega}1", "3"),
    (r"\sum_{j\in\Omega}\sum_{l\in\Omega}x_jy_l", r"\sum_{j\in\Omega}x_jy_j"),
]
# True, but the members are more than places of sums there: it is tested on a set of a few members.
TESTED = [
    (r"\sum_{j\in\Omega}\sum_{l\in\Omega}\mathbb{1}[l=j]x_jy_l", r"\sum_{j\in\Omega}x_jy_j"),
    (r"\sum_{j\in\Omega}x_jx_{j+1}", r"\sum_{j\in\Omega}x_{j+1}x_j"),
]


@pytest.mark.parametrize("rows, kind", [(TRUE, Proved), (FALSE, Refuted), (TESTED, Supported)])
def test_sums_over_a_set(rows, kind):
    for left, right in rows:
        verdict = judge(read_claim(left, "=", right, SYMBOLS), seed=1)
        assert isinstance(verdict, kind), (left, right, verdict)


def test_a_set_within_a_range_is_not_every_range():
    verdict = judge(read_claim(r"\sum_{j\in\Omega}z_j", "=", r"\sum_{j=1}^{5}z_j", SYMBOLS), seed=1)
    assert not isinstance(verdict, (Proved, Supported)), verdict
