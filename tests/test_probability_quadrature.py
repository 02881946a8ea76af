"""Integrals without a row: two quadratures that agree tell true claims from false ones, and leave the rest open."""

from random import Random

import pytest

from derive.reading.claims import read_claim
from verifiers.instance.build import build
from verifiers.instance.plan import plans
from verifiers.instance.quadrature import COUNTS, NODES
from verifiers.integral_check import numeric_integral_check

LETTERS = {"a": "positive scalar", "b": "scalar in (0,1)"}
ROWS = {        # integral: true value, false value
    r"\int_{0}^{\pi}\exp(b\cos t)\,dt": (r"\int_{\pi}^{2\pi}\exp(b\cos t)\,dt", r"\pi"),
    r"\int_{-\infty}^{\infty}\frac{1}{1+t^2}dt": (r"\pi", "3"),
    r"\int_{-\infty}^{\infty}\frac{1}{\cosh(t)}dt": (r"\pi", r"\frac{\pi}{2}"),
    r"\int_{0}^{\infty}\frac{1}{(b+t)^2}dt": (r"\frac{1}{b}", "1"),
    r"\int_{0}^{1}\log(1+bt)dt": (r"\frac{(1+b)\log(1+b)-b}{b}", r"\log(1+b)"),
    r"\int_{0}^{1}\int_{0}^{1}\cos(bst)\,ds\,dt": (r"\int_{0}^{1}\frac{\sin(bt)}{bt}dt", r"\frac{\sin(b)}{b}"),
}
UNSTEADY = {r"\int_{0}^{\infty}\frac{1}{1+t}dt": "1", r"\int_{0}^{1}\frac{\cos(t)}{t}dt": "1",
            r"\int_{-1}^{1}|t-b|dt": "1+b^2"}


@pytest.mark.parametrize("integral", ROWS)
def test_two_quadratures_tell_true_from_false(integral):
    for right, outcome in zip(ROWS[integral], ("agree", "differ"), strict=True):
        claim = read_claim(integral, "=", right, LETTERS, [])
        assert numeric_integral_check(claim, Random(1)).outcome == outcome


@pytest.mark.parametrize("integral", UNSTEADY)
def test_what_does_not_converge_is_unclear(integral):
    claim = read_claim(integral, "=", UNSTEADY[integral], LETTERS, [])
    assert numeric_integral_check(claim, Random(1)).outcome == "unclear"


def test_a_quadrature_proves_nothing():
    claim = read_claim(r"\int_{0}^{1}\log(1+bt)dt", "=", "b", LETTERS, [])
    made = build(claim, next(iter(plans(claim))).resized({NODES: ("concrete", COUNTS[0])}))
    assert made.covers is not None
