"""The float tape: NumPy and its compiled twin agree, undefined is nan, and the running bound holds."""

import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from test_rings_fuzz import expression

from scalars import Text, named
from verifiers.graph import Graph
from verifiers.rings import balls, floats, special
from verifiers.rings.points import UnknownFunctions, draw

BACKENDS = ("numpy", "numba")
VALUES = [
    ("x + y", 1.5 + 0.25), ("x*y", 0.375), ("x - y", 1.25), ("x/y", 6.0), ("x**3", 3.375), ("x**-2", 1 / 2.25),
    ("sqrt(x)", math.sqrt(1.5)), ("x**(-1/2)", 1 / math.sqrt(1.5)), ("x**y", 1.5 ** 0.25), ("exp(x)", math.exp(1.5)),
    ("log(x)", math.log(1.5)), ("sin(x)", math.sin(1.5)), ("cos(x)", math.cos(1.5)), ("arctan(x)", math.atan(1.5)),
    ("sign(-x)", -1.0), ("sign(x - x)", 0.0), ("floor(x)", 1.0), ("floor(-x)", -2.0), ("erf(x)", math.erf(1.5)),
    ("gamma(x)", math.gamma(1.5)), ("lgamma(x)", math.lgamma(1.5)), ("pi", math.pi), ("abs(-x)", 1.5),
    ("max(x, y)", 1.5), ("min(x, y)", 0.25), ("0.1*x", 0.15),
    # DLMF 5.4.16: digamma(1/2) = -euler - 2 log 2, and 5.4.12 with the recurrence for trigamma(1/2) = pi^2/2
    ("digamma(x - 1)", -0.5772156649015329 - 2 * math.log(2)), ("trigamma(x - 1)", math.pi ** 2 / 2),
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("formula", "expected"), VALUES)
def test_value(formula, expected, backend):
    text = Text(R="x y")
    found = floats.evaluate(text.graph, [text(formula)], [named(text, {"x": "3/2", "y": "1/4"})], backend)
    assert found.shape == (1, 1) and found[0, 0] == pytest.approx(expected, rel=1e-13)


UNDEFINED = [
    ("1/x", 0), ("x**-3", 0), ("log(x)", 0), ("log(x)", -1), ("sqrt(x)", -1), ("x**(1/3)", -1), ("x**(-1/2)", 0),
    ("x**x", -1), ("x**x", 0), ("gamma(x)", 0), ("gamma(x)", "-1/2"), ("lgamma(x)", -2), ("digamma(x)", 0),
    ("trigamma(x)", -1), ("0/x + 1/x", 0), ("sign(log(x))", -1), ("max(1, sqrt(x))", -1), ("x**-1*0 + sqrt(x - 1)", 0),
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("formula", "x"), UNDEFINED)
def test_undefined_is_nan(formula, x, backend):
    text = Text(R="x")
    node, points = text(formula), [named(text, {"x": x}), named(text, {"x": 3})]
    found = floats.evaluate(text.graph, [node], points, backend)[0]
    assert math.isnan(found[0]) and not math.isnan(found[1])
    values, bounds = floats.evaluate_with_error(text.graph, [node], points, backend=backend)
    assert np.isnan(values[0]).tolist() == np.isnan(bounds[0]).tolist() == [True, False]


DEFINED = [("x**n", {"x": -2, "n": 3}, -8), ("x**n", {"x": 0, "n": 1}, 0), ("x**(n - 1)", {"x": 0, "n": 1}, 1),
           ("x**b", {"x": 0, "b": 0}, 1), ("sqrt(x)", {"x": 0}, 0), ("x**0", {"x": 0}, 1)]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("formula", "point", "expected"), DEFINED)
def test_integer_exponents_and_roots_of_zero(formula, point, expected, backend):
    text = Text(R="x", N="n", B="b")
    assert floats.evaluate(text.graph, [text(formula)], [named(text, point)], backend)[0, 0] == expected


def test_backends_agree_on_random_expressions():
    for seed in range(120):
        rng = Random(seed)
        graph, unknown = Graph(), UnknownFunctions(rng)
        names = [graph.var("x"), graph.var("s", "positive"), graph.var("b", "binary"), graph.var("n", ("integer", 1))]
        roots = [expression(graph, rng, names, 12) for _ in range(3)]
        points = draw(graph, names, rng, 16)
        one, bound = floats.evaluate_with_error(graph, roots, points, unknown)
        two = floats.evaluate(graph, roots, points, "numba", unknown)
        assert np.array_equal(np.isnan(one), np.isnan(two)), seed
        finite = np.isfinite(one) & np.isfinite(two) & np.isfinite(bound)
        assert np.all(np.abs(one[finite] - two[finite]) <= 4 * bound[finite] + 1e-300), seed


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_running_bound_covers_the_exact_value(backend):
    covered = 0
    for seed in range(80):
        rng = Random(1000 + seed)
        graph, unknown = Graph(), UnknownFunctions(rng)
        names = [graph.var("x"), graph.var("s", "positive"), graph.var("p", "unit")]
        roots = [expression(graph, rng, names, 10)]
        points = draw(graph, names, rng, 6)
        values, bounds = floats.evaluate_with_error(graph, roots, points, unknown, backend)
        for k, point in enumerate(points):
            if not (np.isfinite(values[0, k]) and bounds[0, k] < 1e100):
                continue
            gap = graph.sub(*unknown.explicit(graph, roots), graph.num(Fraction(values[0, k].item())))
            slack = graph.num(Fraction(1.01 * bounds[0, k].item()) + Fraction(1, 10 ** 290))
            beyond = graph.sub(graph.abs(gap), slack)
            assert balls.sign(graph, beyond, point, (320,)) != 1, (seed, k)
            covered += 1
    assert covered > 200


ERROR = [("(1 + x) - 1 - x", "1/10"), ("exp(x) - exp(x)*1.0000000000001", 1), ("log(1 + exp(x)) - x", 30)]


@pytest.mark.parametrize("formula", [f for f, _ in ERROR])
def test_cancellation_shows_in_the_bound(formula):
    text = Text(R="x")
    points = [named(text, {"x": dict(ERROR)[formula]})]
    value, bound = floats.evaluate_with_error(text.graph, [text(formula)], points)
    assert 0 < bound[0, 0] < 1e-12 and abs(value[0, 0]) < 1e-11


@pytest.mark.parametrize("x", [0.1, 0.5, 1.0, 2.5, 9.9, 10.1, 39.9, 40.1, 300.0])
@pytest.mark.parametrize(("name", "tolerance"), [("digamma", 1e-13), ("trigamma", 1e-13), ("bessel0", 2e-14),
                                                 ("bessel1", 2e-14), ("lgamma", 1e-13), ("gamma", 1e-12)])
def test_special_function_against_balls(name, x, tolerance):
    text = Text(R="x")
    if name == "gamma" and x > 170:
        return
    exact = balls.evaluate(text.graph, [text(f"{name}(x)")], {text("x"): Fraction(x)}, 128)[0]
    assert getattr(special, name)(x) == pytest.approx(float(exact), rel=tolerance, abs=tolerance)


def test_worst_gap_is_relative_and_skips_undefined():
    assert floats.worst_gap(np.array([1.0, 100.0, np.nan]), np.array([1.0, 101.0, 5.0])) == pytest.approx(1 / 101)
    assert math.isnan(floats.worst_gap(np.array([np.nan]), np.array([1.0])))
