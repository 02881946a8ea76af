"""The scalar graph: folding, recorded conditions, substitution, derivatives."""

from fractions import Fraction

import pytest

from scalars import Text, named
from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE, Graph
from verifiers.rings import balls
from verifiers.verdict import CannotDecide

SAME = [
    ("x + 0", "x"), ("1*x", "x"), ("0*x", "0"), ("x + y", "y + x"), ("x*y", "y*x"), ("x*(y*z)", "(x*y)*z"),
    ("2*3*x", "6*x"), ("x**0", "1"), ("x**1", "x"), ("(x**2)**3", "x**6"), ("(x**2)**-1", "x**-2"),
    ("2**10", "1024"), ("log(exp(x))", "x"), ("exp(0)", "1"), ("log(1)", "0"), ("sign(-3)", "-1"),
    ("max(x, y)", "max(x, y)"), ("0.5*x", "x/2"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_equal_forms_are_one_node(left, right):
    text = Text(R="x y z")
    assert text(left) == text(right)


DIFFERENT = [("x/x", "1"), ("sqrt(x**2)", "x"), ("(x**0.5)**2", "x"), ("exp(log(x))", "x"), ("sqrt(4)", "2"),
             ("x - x", "0"), ("0**-1", "0")]


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_could_lose_a_domain_is_not_folded(left, right):
    text = Text(R="x")
    assert text(left) != text(right)


CONDITIONS = [
    ("1/x", NONZERO, "x"), ("x**-3", NONZERO, "x"), ("0/x", NONZERO, "x"), ("sqrt(x)", NONNEGATIVE, "x"),
    ("x**(1/3)", NONNEGATIVE, "x"), ("x**(-1/2)", POSITIVE, "x"), ("log(x)", POSITIVE, "x"), ("x**y", POSITIVE, "x"),
    ("lgamma(x)", POSITIVE, "x"), ("gamma(x)", POSITIVE, "x"), ("digamma(x)", POSITIVE, "x"),
    ("x**(n - 1)", NONZERO, "x"), ("D(log(x), x)", NONZERO, "x"), ("0*log(x)", POSITIVE, "x"),
]


@pytest.mark.parametrize(("formula", "tag", "node"), CONDITIONS)
def test_condition_is_recorded_at_construction(formula, tag, node):
    text = Text(R="x y", N="n")
    before = text.graph.mark()
    text(formula)
    assert (tag, text(node)) in text.graph.conditions_since(before)


@pytest.mark.parametrize("formula", ["x**2", "x**3", "x**n", "exp(x)", "abs(x)", "max(x, y)", "x**b", "sin(x)"])
def test_no_condition_where_every_real_will_do(formula):
    text = Text(R="x y", N="n", B="b")
    before = text.graph.mark()
    text(formula)
    assert text.graph.conditions_since(before) == ()


def test_conditions_are_listed_once():
    g = Graph()
    x = g.var("x")
    before = g.mark()
    g.inv(x)
    g.inv(x)
    assert g.conditions_since(before) == ((NONZERO, x),)


def test_substitution_is_simultaneous():
    text = Text(R="x y")
    g, x, y = text.graph, text("x"), text("y")
    swapped, = g.substitute([text("x - 2*y + exp(x)")], {x: y, y: x})
    assert swapped == text("y - 2*x + exp(y)")


def test_substitution_reaches_unknown_functions():
    text = Text(R="x y")
    moved, = text.graph.substitute([text("f(x)")], {text("x"): text("y**2")})
    assert moved == text("f(y**2)")


DERIVATIVES = [
    ("x**3 - 2*x", "3*x**2 - 2"), ("exp(x*y)", "y*exp(x*y)"), ("log(x)", "1/x"), ("sin(x)", "cos(x)"),
    ("cos(x)", "-sin(x)"), ("x**y", "y*x**(y - 1)"), ("y**x", "y**x*log(y)"), ("arctan(x)", "1/(1 + x**2)"),
    ("erf(x)", "2*exp(-x**2)/sqrt(pi)"), ("lgamma(x)", "digamma(x)"), ("gamma(x)", "gamma(x)*digamma(x)"),
    ("digamma(x)", "trigamma(x)"), ("bessel0(x)", "bessel1(x)"), ("sqrt(x)", "1/(2*sqrt(x))"),
    ("sigmoid(x)", "sigmoid(x)*(1 - sigmoid(x))"), ("softplus(x)", "sigmoid(x)"), ("tanh(x)", "1 - tanh(x)**2"),
    ("abs(x)", "sign(x)"), ("x*y*x", "2*x*y"), ("bessel1(x)", "bessel0(x) - bessel1(x)/x"), ("floor(x)", "0"),
]


@pytest.mark.parametrize(("formula", "expected"), DERIVATIVES)
def test_derivative_agrees_with_the_formula_and_with_a_difference(formula, expected):
    text = Text(P="x y")
    g, x = text.graph, text("x")
    found = text(f"D({formula}, x)")
    point = named(text, {"x": "7/5", "y": "3/4"})
    assert balls.compare(g, (found, text(expected)), point).outcome == "same"
    # the central difference with a step of 10^-30 has an error of about 10^-60
    step = g.num(Fraction(1, 10 ** 30))
    ends = [g.substitute([text(formula)], {x: end(x, step)})[0] for end in (g.add, g.sub)]
    gap = g.sub(g.div(g.sub(*ends), g.mul(g.num(2), step)), found)
    assert balls.sign(g, g.sub(g.mul(gap, gap), g.num(Fraction(1, 10 ** 100))), point) == -1


def test_derivative_of_an_unknown_function_is_the_next_unknown_function():
    text = Text(R="x y")
    g = text.graph
    found = text("D(f(x**2, y), x)")
    assert found == g.mul(g.num(2), text("x"), g.unknown("f", (text("x**2"), text("y")), (1, 0)))


def test_mixed_partials_commute():
    text = Text(R="x y")
    assert text("D(D(f(x, y), x), y)") == text("D(D(f(x, y), y), x)")


def test_a_function_without_a_derivative_is_not_guessed():
    text = Text(P="x")
    with pytest.raises(CannotDecide):
        text("D(trigamma(x), x)")


@pytest.mark.parametrize(("x", "relu", "step", "is_zero"), [(-2, 0, 0, 0), (0, 0, 0, 1), (3, 3, 1, 0)])
def test_pieces_at_exact_points(x, relu, step, is_zero):
    text = Text(R="x")
    values = balls.evaluate(text.graph, [text(f"{n}(x)") for n in ("relu", "step", "is_zero")], named(text, {"x": x}))
    assert values == [relu, step, is_zero]


@pytest.mark.parametrize(("formula", "is_integral"), [
    ("n", True), ("2*n - 1", True), ("n**2 + b", True), ("n/2", False), ("x", False), ("sign(x)", True),
    ("n**-1", False),
    ("n + x", False), ("floor(x)*n", True)])
def test_integral_by_form(formula, is_integral):
    text = Text(N="n", B="b", R="x")
    assert text.graph.integral(text(formula)) is is_integral
