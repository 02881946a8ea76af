"""Signs and ranges from declared domains, and the linear test for cases that cannot happen."""

from random import Random

import pytest

from scalars import Text
from verifiers.graph import NONZERO, POSITIVE
from verifiers.rings import balls
from verifiers.rings.domain import IMPLIED, Signs, sign_of
from verifiers.rings.feasible import feasible
from verifiers.rings.points import draw

DECLARED = {"R": "x y", "P": "s t", "P0": "a", "M": "m", "NZ": "k", "U": "p q", "B": "b", "S": "e", "N": "n", "D": "r"}
SIGNS = [
    ("s", "positive"), ("s*t", "positive"), ("s + a", "positive"), ("a", "nonnegative"), ("m", "negative"),
    ("m*s", "negative"), ("m*m", "positive"), ("x**2", "nonnegative"), ("x*x", "nonnegative"), ("x**2 + 1", "positive"),
    ("k**2", "positive"), ("x", None), ("k", "nonzero"), ("1 - p", "positive"), ("p*(1 - p)", "positive"),
    ("1 - p*q", "positive"), ("1 - p**2", "positive"), ("1 - p**s", "positive"), ("1 - p**n", "positive"),
    ("1 - r**2", "positive"), ("1 + r", "positive"), ("exp(x)", "positive"), ("1 - sigmoid(x)", "positive"),
    ("1 - exp(x)/(exp(x) + exp(y))", "positive"), ("1 - exp(-s)", "positive"), ("exp(s) - 1", "positive"),
    ("log(1 + s)", "positive"), ("log(p)", "negative"), ("softplus(x)", "positive"), ("sqrt(s)", "positive"),
    ("sqrt(a)", "nonnegative"), ("cosh(x)", "positive"), ("e", "nonzero"), ("e**2", "positive"), ("b", "nonnegative"),
    ("n", "positive"), ("n - 1", "nonnegative"), ("pi - 3", "positive"), ("pi - 4", "negative"),
    ("sign(s)", "positive"),
    ("sign(m)", "negative"), ("x - x", "zero"), ("x + 1 - x", "positive"), ("1 - sin(x)", "nonnegative"),
    ("gamma(s)", "positive"), ("bessel0(x)", "positive"), ("s - t", None), ("log(s)", None), ("1/s", "positive"),
    ("1/m", "negative"), ("x**-2", "positive"), ("s**x", "positive"), ("sqrt(2) - 1", "positive"),
    ("s**(10**9)", "positive"), ("(-1)**n", None), ("arctan(s)", "positive"), ("erf(m)", "negative"), ("f(x)", None),
]


@pytest.mark.parametrize(("formula", "expected"), SIGNS)
def test_sign(formula, expected):
    text = Text(**DECLARED)
    assert sign_of(text.graph, text(formula)) == expected


@pytest.mark.parametrize("formula", [f for f, s in SIGNS if s and "10**9" not in f and "f(" not in f])
def test_sign_holds_at_drawn_points(formula):
    text = Text(**DECLARED)
    node = text(formula)
    expected = sign_of(text.graph, node)
    for point in draw(text.graph, text.graph.variables((node,)), Random(7), 12):
        found = balls.sign(text.graph, node, point, (53, 320))
        if found not in (balls.UNDEFINED, balls.UNKNOWN):
            word = {1: "positive", -1: "negative", 0: "zero"}[found]
            assert any(word in IMPLIED[t] and expected in IMPLIED[t] for t in IMPLIED), point


FACTS = [
    ("s*x", POSITIVE, "x", "positive"), ("m*x", POSITIVE, "x", "negative"), ("x*exp(y)", POSITIVE, "x", "positive"),
    ("x**3", POSITIVE, "x", "positive"), ("x*y", POSITIVE, "x", "nonzero"), ("abs(x)", POSITIVE, "x", "nonzero"),
    ("x - 1", POSITIVE, "x - 1", "positive"), ("1/x", POSITIVE, "x", "positive"), ("x*y", NONZERO, "y", "nonzero"),
]


@pytest.mark.parametrize(("formula", "tag", "node", "expected"), FACTS)
def test_facts_reach_the_factors(formula, tag, node, expected):
    text = Text(**DECLARED)
    assert Signs(text.graph, [(tag, text(formula))]).sign(text(node)) == expected


FEASIBLE = [
    ([("positive", "x - 1"), ("negative", "x + 1")], False), ([("positive", "x"), ("positive", "y - x")], True),
    ([("positive", "x - y"), ("positive", "y - x")], False), ([("zero", "x - y"), ("positive", "x - y")], False),
    ([("negative", "s")], False), ([("negative", "s - t"), ("negative", "t - s")], False),
    ([("nonnegative", "x - y"), ("nonnegative", "y - x")], True), ([("positive", "p - 1")], False),
    ([("positive", "x"), ("positive", "-2*x + 1"), ("positive", "x - 1")], False),
    ([("positive", "x*y - 1"), ("negative", "x*y")], False), ([("positive", "x*y"), ("negative", "x")], True),
]


@pytest.mark.parametrize(("facts", "expected"), FEASIBLE)
def test_feasible(facts, expected):
    text = Text(**DECLARED)
    assert feasible(text.graph, [(tag, text(f)) for tag, f in facts]) is expected
