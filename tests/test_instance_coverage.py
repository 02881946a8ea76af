"""What a proof of one instance covers: a claim that holds at small sizes only is covered by no instance it holds at."""

from itertools import islice

import pytest

from derive.reading.claims import read_claim
from derive.term import ONE, Claim, Declaration, Relation, add, index, inv, mul, name, num, pow_, range_, sub, term
from verifiers.graph import Graph
from verifiers.instance.build import build
from verifiers.instance.degrees import Degrees
from verifiers.instance.plan import plans
from verifiers.instance.summations import degree
from verifiers.instance.survey import survey
from verifiers.instance.table import Table
from verifiers.rings.prime import identity

DATA = {"x_i": "real sequence, i = 1..N", "N": "integer >= 1"}
SHORT = DATA | {"N": "integer >= 2"}
SQUARE = {"A": "matrix n x n", "B": "matrix n x n", "C": "matrix n x n", "n": "integer >= 1"}
VECTORS = {r"\mathbf{x}": "vector d", r"\mathbf{y}": "vector d", "d": "integer >= 1"}
PRODUCT = {r"\beta_s": r"real sequence with 0 < \beta_s < 1, s = 1..T", "t": "integer >= 2",
           r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}(1-\beta_s)"}
INDEPENDENT = {"x_i": r"i.i.d. random variables with mean \mu and variance \sigma^2", "N": "integer >= 1"}
LETTERS = SHORT | {"i": "index in 1..N", "j": "index in 1..N"}

# False, though each holds at some size, at some order of the indices, or with few members.
LIES = [
    ("N", "2", DATA),
    ("N", "1", DATA),
    (r"\sum_{i=1}^{N}x_i", "x_1+x_2", SHORT),
    (r"\sum_{i=1}^{N}x_i", "x_1+x_N", SHORT),
    (r"\sum_{i=1}^{N}x_i-\sum_{i=1}^{N-1}x_i", "x_1", SHORT),
    (r"\sum_{i=1}^{N}x_i^2", r"\left(\sum_{i=1}^{N}x_i\right)^2", DATA),
    (r"\sum_{i=1}^{N}i", r"\frac{N(N+1)}{2}+(N-1)(N-2)(N-3)", DATA), (r"\prod_{i=1}^{N}e^{x_i}", "e^{x_1}", DATA),
    (r"\prod_{i=1}^{N}x_i", "x_1x_2", SHORT), (r"\log\sum_{i=1}^{N}e^{x_i}", r"\sum_{i=1}^{N}x_i", DATA),
    (r"\sum_{i=1}^{N}\sum_{j=1}^{i}x_ix_j", r"\left(\sum_{i=1}^{N}x_i\right)^2", DATA),
    (r"\sum_{i=1}^{N}\frac{x_i}{\sum_{l=1}^{N}x_lx_i}", r"\frac{1}{\sum_{l=1}^{N}x_l}", DATA),
    (r"\sum_{i\ne j}x_i", r"\sum_{i=1}^{N}x_i-1", DATA | {"j": "index in 1..N"}),
    ("x_i", "x_j", LETTERS),
    ("x_ix_1", "x_ix_i", LETTERS),
    ("x_i-x_j", "0", LETTERS),
    (r"\mathbb{1}[i=j]", "0", LETTERS),
    (r"\frac{\partial x_j}{\partial x_1}", "0", {r"\mathbf{x}": "vector d with entries x_i", "d": "integer >= 2",
                                                 "j": "index in 1..d"}),
    (r"A_{ij}", "A_{ji}", SQUARE | {"i": "index in 1..n", "j": "index in 1..n"}),
    (r"x_iy_j\mathbb{1}[i=j]", "0", SHORT | {"y_j": "real sequence, j = 1..N", "i": "index in 1..N",
     "j": "index in 1..N"}),
    ("AB", "BA", SQUARE), ("(AB-BA)^2C", "C(AB-BA)^2", SQUARE), (r"\det(2A)", r"4\det(A)", SQUARE),
    (r"\operatorname{tr}(A^2)", r"\operatorname{tr}(A)^2-2\det(A)", SQUARE), (r"\det(A+B)", r"\det(A)+\det(B)", SQUARE),
    (r"\operatorname{tr}(\mathbf{I})", "2", SQUARE | {r"\mathbf{I}": "identity matrix n x n"}),
    (r"A^2-\operatorname{tr}(A)A+\det(A)\mathbf{I}", r"\mathbf{0}", SQUARE | {r"\mathbf{I}": "identity matrix n x n"}),
    (r"A\otimes B", r"B\otimes A", SQUARE),
    (r"\|\mathbf{x}+\mathbf{y}\|^2", r"\|\mathbf{x}\|^2+\|\mathbf{y}\|^2", VECTORS),
    (r"\mathbf{x}\mathbf{y}^T", r"\mathbf{y}\mathbf{x}^T", VECTORS),
    (r"\mathbf{x}^T\mathbf{y}", "x_1y_1+x_2y_2", VECTORS),
    (r"\|\mathbf{x}\|^2\|\mathbf{y}\|^2", r"(\mathbf{x}^T\mathbf{y})^2+(x_1y_2-x_2y_1)^2", VECTORS |
     {"d": "integer >= 2"}),
    (r"\nabla^2_{\mathbf{x}}\|\mathbf{x}\|^2", r"2\frac{\mathbf{x}\mathbf{x}^T}{\mathbf{x}^T\mathbf{x}}", VECTORS),
    ("y_1", "1", {r"\mathbf{y}": "one-hot vector K", "K": "integer >= 2"}),
    (r"\|Q\|^2", "2", {"Q": "orthogonal matrix n x n", "n": "integer >= 1"}),
    (r"\frac{\alpha_t}{\alpha_{t-1}}", r"1-\beta_1", PRODUCT), (r"\alpha_{t-1}", r"1-\beta_{t-1}", PRODUCT),
    (r"\alpha_{t}", r"(1-\beta_t)(1-\beta_{t-1})", PRODUCT), (r"\alpha_{2t-2}", r"\alpha_t", PRODUCT),
    ("(-1)^n", "1", {"n": "integer >= 1"}), ("x^n", "x^2", {"n": "integer >= 2", "x": "real scalar"}),
    ("n!", "n", {"n": "integer >= 1"}), (r"\binom{n}{2}", "1", {"n": "integer >= 2"}),
    (r"\mathbb{E}[\|\mathbf{z}\|^2]", "2", {r"\mathbf{z}": "standard normal random vector D", "D": "integer >= 1"}),
    (r"\mathrm{Var}\left[\sum_{i=1}^{N}x_i\right]", r"N^2\sigma^2", INDEPENDENT),
    (r"\mathrm{Var}\left[\sum_{i=1}^{N}x_i\right]", r"(3N-2)\sigma^2", INDEPENDENT),
    (r"\sum_{i=1}^{n}p_i^2", r"1-2p_1p_2", {"p_i": "nonnegative weights, sum to 1, i = 1..n", "n": "integer >= 2"}),
]


@pytest.mark.parametrize("left, right, symbols", LIES, ids=lambda v: v if isinstance(v, str) else "")
def test_no_lie_is_covered(left, right, symbols, rng):
    claim = read_claim(left, "=", right, symbols)
    for plan in islice(plans(claim), 4):
        instance = build(claim, plan)
        if instance.covers is None:
            assert identity(instance.graph, instance.pairs, rng).status != "proved"


# True for every size, and seen to be so.
COVERED = [
    (r"\sum_{i=1}^{N}(x_i-c)", r"\sum_{i=1}^{N}x_i-Nc", DATA | {"c": "real scalar"}),
    (r"\log\prod_{i=1}^{N}e^{x_i}", r"\sum_{i=1}^{N}x_i", DATA), ("N+N", "2N", DATA),
    (r"\mathrm{Var}\left[\sum_{i=1}^{N}x_i\right]", r"N\sigma^2", INDEPENDENT),
    (r"\mathbf{x}^TA\mathbf{x}", r"\frac{1}{2}\mathbf{x}^T(A+A^T)\mathbf{x}", {r"\mathbf{x}": "vector n",
     "A": "matrix n x n"}),
    (r"\frac{\mathbf{x}^T\mathbf{y}}{\|\mathbf{x}\|}",
     r"\frac{\mathbf{y}^T\mathbf{x}}{\sqrt{\mathbf{x}^T\mathbf{x}}}", VECTORS),
    ("x_i+x_j", "x_j+x_i", LETTERS), (r"\alpha_t", r"(1-\beta_t)\alpha_{t-1}", PRODUCT),
    (r"2^{n}\cdot 2", "2^{n+1}", {"n": "integer >= 1"}), (r"\operatorname{tr}(\mathbf{I})", "n", {
        r"\mathbf{I}": "identity matrix n x n", "n": "integer >= 1"}),
]


@pytest.mark.parametrize("left, right, symbols", COVERED, ids=lambda v: v if isinstance(v, str) else "")
def test_general_claims_are_covered(left, right, symbols):
    claim = read_claim(left, "=", right, symbols)
    assert build(claim, next(plans(claim))).covers is None


# Vectors of two families, orthogonal across and within the first: (left, right, whether it holds for all m, p and d).
FAMILIES = {r"\mathbf{a}_i": "nonzero orthogonal vectors d, i = 1..m", r"\mathbf{b}_j": "vectors d, j = 1..p",
            "m": "integer >= 1", "p": "integer >= 1", "d": "integer >= 1"}
SUM_A, SUM_B = r"\sum_{i=1}^{m}\mathbf{a}_i", r"\sum_{j=1}^{p}\mathbf{b}_j"
ACROSS = [
    (rf"\left({SUM_A}\mathbf{{a}}_i^T\right){SUM_B}", r"\mathbf{0}", True),
    (rf"\left({SUM_A}\right)^T\left({SUM_A}+{SUM_B}\right)", r"\sum_{i=1}^{m}\mathbf{a}_i^T\mathbf{a}_i", True),
    (rf"\left({SUM_B}\right)^T{SUM_B}", r"\sum_{j=1}^{p}\mathbf{b}_j^T\mathbf{b}_j", False),
    (rf"{SUM_A}", r"\mathbf{a}_1", False), ("m", "2", False), (r"\mathbf{b}_1^T\mathbf{b}_2", "0", False),
    (rf"\left({SUM_A}\mathbf{{a}}_i^T\right){SUM_A}", rf"\left({SUM_A}\right)\mathbf{{a}}_1^T\mathbf{{a}}_1", False),
]


@pytest.mark.parametrize("left, right, holds", ACROSS, ids=lambda v: v if isinstance(v, str) else "")
def test_orthogonal_families_are_covered_and_no_lie_about_them(left, right, holds, rng):
    claim = read_claim(left, "=", right, FAMILIES, [r"\mathbf{a}_i^T\mathbf{b}_j=0"])
    found = [build(claim, plan) for plan in islice(plans(claim), 4)]
    proved = [i for i in found if i.covers is None and identity(i.graph, i.pairs, rng).status == "proved"]
    assert bool(proved) is holds


def test_fixed_indices_come_in_every_pattern_of_equality():
    claim = read_claim("x_ix_j", "=", "x_jx_i", LETTERS)
    plan = next(plans(claim))
    assert sorted(case["i"] == case["j"] for case in plan.cases) == [False, True]


def test_different_letters_given_are_kept_different():
    claim = read_claim("x_ix_j", "=", "x_jx_i", LETTERS, (r"i\ne j",))
    assert all(case["i"] != case["j"] for plan in islice(plans(claim), 3) for case in plan.each_case())


# -- degrees and counts ---------------------------------------------------------------------------------------------
def test_degrees_of_quotients():
    graph = Graph()
    w, v, u = (graph.var(n) for n in "wvu")
    degrees = Degrees(graph, {w: 1, v: 1})
    total = graph.add(w, v)
    share = graph.div(graph.mul(w, u), total)
    assert degrees.of(graph.mul(w, w, u)).top == 2
    assert degrees.of(graph.fun("exp", u)).top == 0 and degrees.of(graph.fun("exp", w)) is None
    assert degrees.pair(graph.add(share, graph.div(graph.mul(v, u), total)), u) == 1


I, N, X = name("i"), name("N"), name("x")
SUM = term("sum", index(X, I), I, range_(ONE, N))
SQUARES = term("sum", pow_(index(X, I), num(2)), I, range_(ONE, N))


@pytest.mark.parametrize("left, right, expected", [
    (SUM, num(0), 1), (mul(SUM, SUM), SQUARES, 2), (mul(inv(N), SUM), num(0), 1), (mul(inv(N), SUM), SUM, 2),
    (sub(mul(inv(N), SQUARES), pow_(mul(inv(N), SUM), num(2))), num(0), 3), (term("exp", SUM), num(0), None),
    (term("prod", index(X, I), I, range_(ONE, N)), num(0), None), (index(X, N), num(0), None),
    (term("sum", mul(index(X, I), inv(mul(index(X, I), SUM))), I, range_(ONE, N)), num(0), None),
    (add(SUM, N), num(0), 1),
])
def test_sums_are_counted(left, right, expected):
    symbols = (Declaration("x", "scalar", indices=("i",), ranges=(range_(ONE, N),)),
               Declaration("N", "size", low=ONE, domain="integer"))
    claim = Claim(left, Relation.EQ, right, symbols)
    found = degree(claim, Table(symbols), "N", False)
    assert found is None if expected is None else found >= expected


def test_survey_tells_lengths_letters_and_sizes():
    claim = read_claim(r"\sum_{i=1}^{N}A_{ij}x_i", "=", r"\sum_{i=1}^{N}A_{ij}x_i", DATA | {"A": "matrix N x M"})
    found = survey(claim)
    assert set(found.sizes) == {"N", "M"} and set(found.letters) == {"j"} and found.lengths == {"N", "M"}


@pytest.fixture
def rng():
    from random import Random
    return Random(5)
