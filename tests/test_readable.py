"""Counterexamples and needs in the reader's words: what is declared, evaluated, and nothing internal."""

import re
from fractions import Fraction

import pytest

from derive.checking import judged
from derive.checking.record import shown
from derive.diagnostics import of_step
from derive.term import ZERO, Relation, index, name, rel, term
from verifiers.readable import both, number, spelled
from verifiers.witness import polynomial_text

R, RANDOM = "real scalar", {"X": "random variable", "Y": "random variable"}
INTERNAL = re.compile(r"@|P\[|extra\[|volume\[|\.L\[|\.S\[|#|\[\d")


def verdict_of(left, right, symbols, rel="=", given=(), seed=3):
    return judged(left, right, rel, symbols, given, None, seed)[1]


FALSE = {
    "scalars": (r"(a+b)^2", "a^2+b^2", {"a": R, "b": R}),
    "joint law": (r"\mathrm{E}[(X+Y)^2]", r"\mathrm{E}[X^2]+\mathrm{E}[Y^2]", RANDOM),
    "one law": (r"\mathrm{E}[X^2]", r"2\mathrm{E}[X]", RANDOM),
    "random vector": (r"\mathrm{E}[x^Tx]", r"\mathrm{E}[x]^T\mathrm{E}[x]", {"x": "random vector n"}),
    "conditional": (r"\mathrm{E}[\mathrm{Var}(X\mid Y)]", r"2\mathrm{Var}(X)", RANDOM),
    "masses": (r"\sum_x p(x)\log\frac{p(x)}{q(x)}", r"\sum_x q(x)\log\frac{q(x)}{p(x)}",
               {"p": "probability mass function", "q": "probability mass function"}),
    "family": (r"\sum_{i=1}^{n}x_i^2", r"(\sum_{i=1}^{n}x_i)^2", {"x_i": "real scalars", "n": "integer >= 2"}),
    "shares": (r"\sum_{i=1}^{n}w_i^2", "1", {"w_i": "positive weights, sum to 1", "n": "integer >= 2"}),
    "matrices": ("AB", "BA", {"A": "matrix n x n", "B": "matrix n x n"}),
    "positive definite": (r"\det V", r"\operatorname{tr}(V)", {"V": "positive definite matrix n x n"}),
    "orthogonal": ("QA", "AQ", {"Q": "orthogonal matrix n x n", "A": "symmetric matrix n x n"}),
    "function": (r"\frac{d}{dx}f(x)^2", "2f(x)", {"f": "real function", "x": R}),
}


@pytest.fixture(scope="module")
def refuted():
    return {name: verdict_of(*row) for name, row in FALSE.items()}


@pytest.mark.parametrize("name", FALSE)
def test_a_witness_shows_no_internal_label(name, refuted):
    verdict = refuted[name]
    assert verdict.name in ("refuted", "conditional") and verdict.witness
    for said, value in verdict.witness:
        assert not INTERNAL.search(said) and "@" not in value, verdict.witness
        assert "*" not in value, verdict.witness


@pytest.mark.parametrize("name", ["joint law", "one law", "random vector", "conditional"])
def test_probabilities_sum_to_one(name, refuted):
    law = next(value for _, value in refuted[name].witness if "probability" in value)
    chances = [Fraction(p) for p in re.findall(r"with probability (\d+(?:/\d+)?)", law)]
    assert sum(chances) == 1 and 2 <= len(chances) <= 4


@pytest.mark.parametrize("name, letters", [("masses", "pq"), ("shares", "w")])
def test_shares_of_one_are_shown_normalised(name, letters, refuted):
    rows = [value for said, value in refuted[name].witness if said[0] in letters]
    assert len(rows) == len(letters)
    assert all(sum(map(Fraction, row.split(", "))) == 1 for row in rows)


def test_points_of_one_space_are_different():
    verdict = verdict_of(r"\sum_x p(x)x^2", r"\left(\sum_x p(x)x\right)^2", {"p": "probability mass function"})
    places = dict(verdict.witness)["x_1, x_2"].split(", ")
    chances = [Fraction(c) for c in dict(verdict.witness)["p(x_1), p(x_2)"].split(", ")]
    assert len(set(places)) == 2
    assert Fraction(verdict.left) == sum(c*Fraction(x)**2 for c, x in zip(chances, places, strict=True))


def matrix(verdict, name):
    text = dict(verdict.witness)[name]
    return [[Fraction(x) for x in row.split(", ")] for row in re.findall(r"\[([^\[\]]+)\]", text)]


def test_structured_matrices_are_shown_themselves(refuted):
    v, q = matrix(refuted["positive definite"], "V"), matrix(refuted["orthogonal"], "Q")
    a = matrix(refuted["orthogonal"], "A")
    assert v[0][1] == v[1][0] and v[0][0] > 0 and v[0][0]*v[1][1] > v[0][1]**2
    assert [[sum(x*y for x, y in zip(r, s, strict=True)) for s in q] for r in q] == [[1, 0], [0, 1]]
    assert a[0][1] == a[1][0] and dict(refuted["orthogonal"].witness)["n"] == "2"


def test_the_entry_and_both_values_are_those_of_the_matrices_shown(refuted):
    verdict = refuted["matrices"]
    a, b = matrix(verdict, "A"), matrix(verdict, "B")
    i, j = (int(k) - 1 for k in re.fullmatch(r"entry \((\d), (\d)\)", verdict.detail).groups())
    assert Fraction(verdict.left) == sum(a[i][k]*b[k][j] for k in range(2))
    assert Fraction(verdict.right) == sum(b[i][k]*a[k][j] for k in range(2))


def test_the_function_taken_is_said(refuted):
    assert ("f(u)", "1 + u^2") in refuted["function"].witness


@pytest.mark.parametrize("name", ["scalars", "joint law", "masses", "matrices", "orthogonal"])
def test_the_seed_changes_no_witness(name, refuted):
    assert verdict_of(*FALSE[name], seed=77).witness == refuted[name].witness


# -- laws that tie random names and densities to what is claimed ------------------------------------------------------
TRUE = [
    (r"\mathrm{E}[X\mid X]", "X", "=", RANDOM), (r"\mathrm{E}[XY\mid Y]", r"Y\mathrm{E}[X\mid Y]", "=", RANDOM),
    (r"\mathrm{E}[X+Y\mid Y]", r"Y+\mathrm{E}[X\mid Y]", "=", RANDOM),
    (r"\mathrm{E}[X\mid Y]^2", r"\mathrm{E}[X^2\mid Y]", r"\le", RANDOM),
    (r"-\int_a^b f(x)\log f(x)\,dx", r"\log(b-a)", r"\le",
     {"f": "probability density on [a,b]", "a": R, "b": "real scalar, b > a"}),
    (r"\int_0^1 f(x)^2\,dx", "1", r"\ge", {"f": "probability density on [0,1]"}),
    (r"\int_0^1 xf(x)\,dx", "1", r"\le", {"f": "probability density on [0,1]"}),
]
WRONG = [
    (r"\mathrm{E}[X\mid Y]", r"2\mathrm{E}[X\mid Y]", "=", RANDOM),
    (r"\mathrm{E}[XY\mid Y]", r"X\mathrm{E}[Y\mid Y]", "=", RANDOM),
    (r"-\int_a^b f(x)\log f(x)\,dx", r"2\log(b-a)", r"\le",
     {"f": "probability density on [a,b]", "a": R, "b": "real scalar, b > a"}),
    (r"\int_0^1 f(x)^2\,dx", "2", r"\ge", {"f": "probability density on [0,1]"}),
]


@pytest.mark.parametrize("left, right, rel, symbols", TRUE)
def test_what_every_law_obeys_is_not_refuted(left, right, rel, symbols):
    assert verdict_of(left, right, symbols, rel).name in ("proved", "supported", "undecided")


@pytest.mark.parametrize("left, right, rel, symbols", WRONG)
def test_what_some_law_breaks_is_not_proved(left, right, rel, symbols):
    assert verdict_of(left, right, symbols, rel).name in ("refuted", "conditional", "undecided")


# -- needs and conditions ---------------------------------------------------------------------------------------------
SLOPE = {"x_i": "real scalars", "y_i": "real scalars", "w": R, "b": R, "N": "integer >= 2"}
NORMAL = (r"\sum_{i=1}^{N}x_i(y_i-wx_i-b)=0", r"\sum_{i=1}^{N}(y_i-wx_i-b)=0")
CONDITIONS = [
    ("x", r"\frac{x^2}{x}", {"x": R}, (), r"x\ne0"),
    ("a", r"\exp(\log a)", {"a": R}, (), "a>0"),
    ("1", r"\frac{\sum_{i=1}^{N}x_i}{\sum_{i=1}^{N}x_i}", {"x_i": "real scalars", "N": "positive integer"}, (),
     r"\sum_{i=1}^{N}x_i\ne0"),
    ("w", r"\frac{N\sum_i x_iy_i-\sum_i x_i\sum_i y_i}{N\sum_i x_i^2-(\sum_i x_i)^2}", SLOPE, NORMAL,
     r"N\sum_{i}x_i^2-\left(\sum_{i}x_i\right)^2\ne0"),
    (r"\mathrm{E}[XY]", r"\mathrm{E}[X]\mathrm{E}[Y]", RANDOM, (), "X and Y are independent"),
]


@pytest.mark.parametrize("left, right, symbols, given, condition", CONDITIONS)
def test_conditions_are_said_in_the_authors_symbols(left, right, symbols, given, condition):
    verdict = verdict_of(left, right, symbols, given=given)
    assert verdict.name == "conditional"
    assert [shown(c) for c in verdict.conditions] == [condition]


NEEDS = [
    (r"\sum_{i=1}^N \frac{x_i^2}{x_i}", r"\sum_{i=1}^N x_i\frac{x_i}{x_i}", {"x_i": "real scalars",
     "N": "positive integer"}, [rel(Relation.NE, index(name("x"), name("i")), ZERO)]),
    (r"\sum_{i=1}^N \frac{x_i^2}{x_i}", r"\sum_{i=1}^N x_i", {"x_i": "positive scalars", "N": "positive integer"}, []),
    (r"A^{-1}A", "I", {"A": "matrix n x n", "I": "identity matrix n x n"},
     [rel(Relation.NE, term("det", name("A")), ZERO)]),
]


@pytest.mark.parametrize("left, right, symbols, needs", NEEDS)
def test_needs_are_said_in_the_authors_symbols(left, right, symbols, needs):
    verdict = verdict_of(left, right, symbols)
    assert verdict.name == "proved" and [n.condition for n in verdict.needs] == needs


# -- numbers and names ------------------------------------------------------------------------------------------------
NUMBERS = [(Fraction(1, 3), "1/3"), (Fraction(-7), "-7"), (Fraction(22236, 11449), "1.942"), (0.26894142, "0.2689"),
           (1.5e-7, r"1.5 \cdot 10^{-7}")]
PAIRS = [(("1/2", "1/3"), ("1/2", "1/3")), (("[0.268941421370 +/- 5.52e-15]", "1"), ("0.2689", "1")),
         (("[+/- 1.80e-15]", "2"), ("0", "2")), (("[0.12345678 +/- 1e-12]", "[0.12345111 +/- 1e-12]"),
                                                   ("0.12346", "0.12345"))]
NAMES = [("x", (1,), "x_1"), ("A", (1, 2), "A_{1,2}"), ("x", (12,), "x_{12}"), (r"\alpha_t", (2,), r"\alpha_{t,2}"),
         (r"\mathbf{x}", (), r"\mathbf{x}")]


@pytest.mark.parametrize("value, text", NUMBERS)
def test_numbers_are_short(value, text):
    assert number(value) == text


@pytest.mark.parametrize("sides, words", PAIRS)
def test_two_values_are_told_apart(sides, words):
    assert both(*sides) == words


@pytest.mark.parametrize("base, subscripts, text", NAMES)
def test_names_with_subscripts(base, subscripts, text):
    assert spelled(base, subscripts) == text


def test_polynomials_as_text():
    half = Fraction(1, 2)
    assert polynomial_text({(): Fraction(1), (0,): -half, (0, 0): Fraction(1)}, ["u"]) == "1 - 1/2 u + u^2"
    assert polynomial_text({(0, 1): Fraction(-1)}, ["u_1", "u_2"]) == "-u_1 u_2"


# -- what is printed --------------------------------------------------------------------------------------------------
def test_a_refuted_step_is_shown_with_place_values_slip_and_help():
    symbols = {"A": "matrix n x n", "X": "matrix n x n", "B": "matrix n x n"}
    claim, verdict = judged(r"\frac{\partial}{\partial X}\operatorname{tr}(AXB)", "BA", "=", symbols, (), None, 3)
    lines = of_step("L", "=", "BA", verdict, claim.symbols).splitlines()
    assert lines[0] == "refuted by exact fractions" and lines[2] == " | L  =  BA"
    heads = [next((h for h in ("at n = 2", "entry (", "likely slip: dropped transpose; with ", "help: ")
                   if line.startswith(f"  = {h}")), None) for line in lines[4:]]
    assert [h for h in heads if h] == ["at n = 2", "entry (", "likely slip: dropped transpose; with ", "help: "]


def test_a_long_step_is_shown_in_full():
    left = "+".join(f"a_{{{k}}}" for k in range(60))
    text = of_step(left, "=", "b", verdict_of("a", "b", {"a": R, "b": R}))
    assert left in text.replace("\n |      ", "")
