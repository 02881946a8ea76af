"""The oracle of the mutants: what it calls true, what false, and where it says nothing."""

import pytest

from derive.reading.claims import read_claim
from mutation import equivalent_equations
from oracle_equations import equivalent

REAL = {"x": "real scalar", "y": "real scalar"}
FRAME = {"m": "integer >= 1", "p": "integer >= 1", "d": "integer >= 1", "a_i": "orthogonal vectors d, i = 1..m",
         "b_j": "vectors d, j = 1..p", "e_j": "real sequence, j = 1..p"}
APART = ("a_i^Tb_j = 0",)
THROUGH = r"\sum_{j=1}^{p}\sum_{i=1}^{m}e_ja_i^Tb_ja_i"
TALL = {"m": "integer >= 1", "n": "integer >= 1", "A": "matrix m x n with full column rank"}
NORMAL = {"n": "integer >= 1", "w": "vector n", "v": "vector n", "B": "positive definite matrix n x n"}
STEEP = {"x": "real scalar", "f": "f = e^x", "g": r"g = e^{f^2}", "h": r"h = \sin(f)", "y": "y = g+h"}
DENSITY = r"\exp(-\frac{1}{2}(w-v)^TB^{-1}(w-v))"
TRUE = [
    ("what is given for every index is built in", THROUGH, "=", r"2\mathbf{0}", FRAME, APART),
    ("a wide matrix is outside", r"(A^TA)^{-1}A^TA A^T", "=", "A^T", TALL),
    ("a vector of one entry", DENSITY, r"\propto", r"2\operatorname{Norm}_{w}[v,B]", NORMAL, (), "w"),
    ("no rest of cancellation", r"\frac{\partial y}{\partial h}", "=", "1", STEEP),
    ("an integral in an integral", r"\int_0^1\frac{x}{\int_0^2t\,dt}\,dx", "=", r"\frac{1}{4}", {})]
FALSE = [
    ("without what is given", THROUGH, "=", r"2\mathbf{0}", FRAME),
    ("a tall matrix is inside", r"A(A^TA)^{-1}A^T", "=", "I", {**TALL, "I": "identity matrix m x m"}),
    ("another spread", DENSITY, r"\propto", r"2\operatorname{Norm}_{w}[v,2B]", NORMAL, (), "w"),
    ("beside the cancellation", r"\frac{\partial y}{\partial h}", "=", "1.0000001", STEEP),
    ("an integral in an integral", r"\int_0^1\frac{x}{\int_0^2t\,dt}\,dx", "=", r"\frac{1}{3}", {})]
EQUATIONS = [
    ("2x = 4y", "x = 2y", True), ("2x = 4y", "x = y", False), ("x = y", "x^2 = y^2", False),
    ("x = y", "-x = -y", True), ("x = y", "x-y = y-x", True), ("x = y", "x = y+1", False)]


@pytest.mark.parametrize("row", TRUE, ids=lambda row: row[0])
def test_a_true_claim_holds_in_every_world(row):
    assert equivalent(claim(*row[1:])) is True


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row[0])
def test_a_false_claim_fails_in_one(row):
    assert equivalent(claim(*row[1:])) is False


@pytest.mark.parametrize(("one", "other", "same"), EQUATIONS)
def test_equations_are_the_same_where_their_solutions_are(one, other, same):
    assert bool(equivalent_equations(claim(one, r"\iff", other, REAL))) is same


def claim(left, relation, right, symbols, given=(), about=None):
    return read_claim(left, relation, right, dict(symbols), list(given), about)
