"""Drawn points lie in their domains, begin small, take all signs; unknown functions are explicit polynomials."""

from fractions import Fraction
from random import Random

import pytest

from scalars import Text, named
from verifiers.graph import Graph
from verifiers.rings import balls
from verifiers.rings.points import UnknownFunctions, draw

INSIDE = {
    "real": lambda x: True,
    "positive": lambda x: x > 0,
    "weight": lambda x: x > 0,
    "nonnegative": lambda x: x >= 0,
    "negative": lambda x: x < 0,
    "nonpositive": lambda x: x <= 0,
    "nonzero": lambda x: x != 0,
    "unit": lambda x: 0 < x < 1,
    "closed_unit": lambda x: 0 <= x <= 1,
    "integer": lambda x: x.denominator == 1,
    "binary": lambda x: x in (0, 1),
    "sign": lambda x: x in (-1, 1),
    ("integer", 2): lambda x: x.denominator == 1 and x >= 2,
    ("integer", 0, 3): lambda x: x in (0, 1, 2, 3),
    ("between", -1, 1): lambda x: -1 < x < 1,
}


@pytest.mark.parametrize("tag", INSIDE, ids=str)
@pytest.mark.parametrize("seed", range(5))
def test_points_lie_in_the_domain(tag, seed):
    g = Graph()
    x = g.var("x", tag)
    points = draw(g, [x], Random(seed), 200)
    assert len(points) == 200
    assert all(isinstance(p[x], Fraction) and INSIDE[tag](p[x]) for p in points)
    assert len({p[x] for p in points}) >= 2


def test_first_points_are_short_to_write():
    g = Graph()
    names = [g.var(n, d) for n, d in (("x", "real"), ("s", "positive"), ("p", "unit"))]
    for point in draw(g, names, Random(3), 4):
        assert all(len(str(v)) <= 4 for v in point.values())


def test_magnitudes_reach_both_ways():
    g = Graph()
    x = g.var("x", "positive")
    values = [p[x] for p in draw(g, [x], Random(3), 64)]
    assert max(values) > 100 and min(values) < Fraction(1, 20)


def test_all_combinations_of_signs_come_first():
    g = Graph()
    names = [g.var(n) for n in "xyz"]
    signs = {tuple(p[v] > 0 for v in names) for p in draw(g, names, Random(5), 8)}
    assert len(signs) == 8


def test_pi_is_not_drawn():
    g = Graph()
    x, pi = g.var("x"), g.var("pi", "pi")
    assert all(set(p) == {x} for p in draw(g, [x, pi], Random(0), 3))


def test_same_seed_same_points():
    g = Graph()
    names = [g.var(n) for n in "xy"]
    assert draw(g, names, Random(9), 20) == draw(g, names, Random(9), 20)


# f and its derivatives are consistent: the fundamental relations of a polynomial of degree 3
RELATIONS = [
    ("D(f(x)**2, x)", "2*f(x)*D(f(x), x)", "same"),
    ("D(D(D(D(f(x), x), x), x), x)", "0", "same"),
    ("f(x + y)", "f(x) + D(f(x), x)*y + D(D(f(x), x), x)*y**2/2 + D(D(D(f(x), x), x), x)*y**3/6", "same"),
    ("D(f(x, y), x)", "D(f(x, y), y)", "differ"),
    ("f(x)", "f(y)", "differ"), ("f(x)", "h(x)", "differ"), ("f(x)", "f(x, x)", "differ"), ("f(x)", "f(-x)", "differ"),
]


@pytest.mark.parametrize(("left", "right", "expected"), RELATIONS)
def test_unknown_functions_are_one_polynomial_everywhere(left, right, expected):
    text = Text(R="x y")
    unknown = UnknownFunctions(Random(11))
    pair = text(left), text(right)
    assert balls.compare(text.graph, pair, named(text, {"x": "3/2", "y": "-2"}), unknown=unknown).outcome == expected


def test_nested_unknown_functions():
    text = Text(R="x")
    unknown = UnknownFunctions(Random(2))
    inner, = unknown.explicit(text.graph, [text("f(x)")])
    outer, = text.graph.substitute([text("h(x)")], {text("x"): inner})
    point = named(text, {"x": "1/2"})
    assert balls.compare(text.graph, (text("h(f(x))"), outer), point, unknown=unknown).outcome == "same"


def test_a_function_of_many_arguments_stays_small():
    unknown = UnknownFunctions(Random(2))
    assert len(unknown.terms("f", 12)) < 60
