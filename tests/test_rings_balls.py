"""Ball arithmetic at exact points: near misses, exact zeros, and what is undefined against what is not decided."""

import pytest

from scalars import Text, named
from verifiers.rings import balls

COMPARISONS = [
    ("x*(1 + 10**-13)", "x", {"x": 1}, "differ"),
    ("exp(x)*1.0000000000001", "exp(x)", {"x": 2}, "differ"),
    ("log(1 + exp(x))", "x", {"x": 40}, "differ"),
    ("sqrt(x**2 + 1) - x", "0", {"x": 10 ** 9}, "differ"),
    ("exp(100*x**2)/exp(100*x**2 - 1)", "exp(1) + 10**-20", {"x": 3}, "differ"),
    ("exp(pi*sqrt(163))", "640320**3 + 744", {}, "differ"),
    ("tanh(x)", "1", {"x": 30}, "differ"),
    ("1 - 1/exp(1)", "1 + 1/exp(1)", {}, "differ"),
    ("sqrt(3 - 2*sqrt(2))", "1 - sqrt(2)", {}, "differ"),
    ("sqrt(3 - 2*sqrt(2))", "sqrt(2) - 1", {}, "same"),
    ("log(1 + exp(x)) - log(1 + exp(-x))", "x", {"x": "7/3"}, "same"),
    ("sin(x)**2 + cos(x)**2", "1", {"x": 100}, "same"),
    ("gamma(x + 1)", "x*gamma(x)", {"x": "22/7"}, "same"),
    ("digamma(x + 1)", "digamma(x) + 1/x", {"x": "22/7"}, "same"),
    ("trigamma(1)", "pi**2/6", {}, "same"),
    ("digamma(2*x)", "digamma(x)/2 + digamma(x + 1/2)/2 + log(2)", {"x": "5/4"}, "same"),
    ("gamma(1/2)", "sqrt(pi)", {}, "same"),
    ("bessel0(0)", "1", {}, "same"), ("erf(-x)", "-erf(x)", {"x": 3}, "same"),
    ("arctan(1)", "pi/4", {}, "same"), ("4*arctan(1/5) - arctan(1/239)", "pi/4", {}, "same"),
    ("x**n", "-8", {"x": -2, "n": 3}, "same"), ("4**x", "2", {"x": "1/2"}, "same"),
    ("x**b", "1", {"x": 0, "b": 0}, "same"),
    ("sqrt(4)", "2", {}, "same"), ("sqrt(x)", "0", {"x": 0}, "same"), ("floor(x)", "-2", {"x": "-3/2"}, "same"),
    ("floor(pi)", "3", {}, "same"), ("sign(pi - 3)", "1", {}, "same"), ("max(x, 2)", "2", {"x": 2}, "same"),
    ("sqrt(x**2)", "x", {"x": -3}, "differ"), ("log(x**2)", "2*log(x)", {"x": -3}, "undefined_right"),
    ("log(x)", "x", {"x": 0}, "undefined_left"), ("1/x", "1/x", {"x": 0}, "undefined"),
    ("1/(x - y)", "1", {"x": "1/3", "y": "1/3"}, "undefined_left"), ("1", "sqrt(x)", {"x": "-1/9"}, "undefined_right"),
    ("x**x", "1", {"x": 0}, "undefined_left"), ("x**(-1/2)", "1", {"x": 0}, "undefined_left"),
    ("x**(1/3)", "x", {"x": -1}, "undefined_left"), ("gamma(x)", "1", {"x": 0}, "undefined_left"),
    ("log(1 - x)", "0", {"x": 1}, "undefined_left"), ("0*log(x - 2) + 1/x", "1", {"x": 1}, "same"),
    # an inexact 0 under a division is not decided, and never called undefined
    ("1/(sqrt(2)*sqrt(2) - 2)", "1", {}, "unknown"), ("log(exp(x)*exp(-x) - 1)", "1", {"x": "1/3"}, "unknown"),
    ("sign(sin(pi/7) - sin(6*pi/7))", "0", {}, "unknown"), ("sqrt(sin(pi/7) - sin(6*pi/7))", "0", {}, "unknown"),
    ("1/x", "1/(sqrt(2)*sqrt(2) - 2)", {"x": 0}, "unknown"),
]


@pytest.mark.parametrize(("left", "right", "point", "outcome"), COMPARISONS)
def test_compare(left, right, point, outcome):
    text = Text(R="x y", N="n", B="b")
    pair = text(left), text(right)
    assert balls.compare(text.graph, pair, named(text, point)).outcome == outcome


def test_agreement_is_stated_in_bits():
    text = Text(R="x")
    found = balls.compare(text.graph, (text("exp(x)*exp(-x)"), text("1")), named(text, {"x": "1/3"}))
    assert found.outcome == "same" and 980 <= found.bits <= 1000
    assert balls.compare(text.graph, (text("x + 1 - x"), text("1")), named(text, {"x": "1/3"})).bits is None


def test_more_bits_decide_more():
    text = Text(R="x")
    pair, point = (text("log(1 + exp(x))"), text("x")), named(text, {"x": 800})
    assert balls.compare(text.graph, pair, point).outcome == "same"
    assert balls.compare(text.graph, pair, point, balls.PATIENT).outcome == "differ"


def test_different_values_look_different():
    text = Text(R="x")
    found = balls.compare(text.graph, (text("exp(x)*(1 + 10**-30)"), text("exp(x)")), named(text, {"x": 1}))
    assert found.outcome == "differ" and found.left != found.right and found.order == 1


@pytest.mark.parametrize(("left", "right", "order"), [("1", "2", -1), ("exp(1)", "2", 1), ("pi", "22/7", -1)])
def test_order(left, right, order):
    text = Text()
    assert balls.compare(text.graph, (text(left), text(right)), {}).order == order


HOLDS = [("positive", "x", 1, True), ("positive", "x", 0, False), ("nonnegative", "x", 0, True),
         ("nonzero", "x", 0, False), ("nonzero", "x - 1/3", "1/3", False), ("negative", "x", -1, True),
         ("zero", "x", 0, True), ("positive", "log(x)", -1, False), ("positive", "sin(pi/7) - sin(6*pi/7)", 1, None),
         ("nonpositive", "x", 0, True)]


@pytest.mark.parametrize(("tag", "formula", "x", "expected"), HOLDS)
def test_holds(tag, formula, x, expected):
    text = Text(R="x")
    assert balls.holds(text.graph, (tag, text(formula)), named(text, {"x": x})) is expected


@pytest.mark.parametrize("formula", ["2**(10**9)", "exp(exp(exp(exp(5))))", "(1/3)**(10**6)", "x**(10**12)"])
def test_hostile_numbers_end(formula):
    text = Text(R="x")
    found = balls.compare(text.graph, (text(formula), text("1")), named(text, {"x": "3/2"}), (53, 128))
    assert found.outcome in ("differ", "unknown")


def test_precision_of_the_library_is_left_as_it_was():
    import flint
    before = flint.ctx.prec
    text = Text(R="x")
    balls.compare(text.graph, (text("exp(x)"), text("exp(x)*1")), named(text, {"x": 1}))
    assert flint.ctx.prec == before
