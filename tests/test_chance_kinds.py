"""Kinds of chance that words declare: laws under conditions, independence, values, mixtures.  Read, and enforced.

Every row is (symbols, givens, left, true right side, false right side).
"""

import pytest

from derive.checking.step import judged

BARE = {r"\pi, \mu": "policies, positive everywhere", "f": "real function", "H": "entropy"}
RATIO = r"\mathbb{E}_{a\sim\mu}\left[\frac{\pi(a|s)}{\mu(a|s)}f(s,a)\right]"
THREE = {"X, Y, Z": "discrete random variables", "H": "entropy", "I": "mutual information"}
PAIR = {"X, Y": "independent discrete random variables", "Z": "discrete random variable", "H": "entropy",
        "I": "mutual information"}
APART = ["I(X;Y|Z)=0"]

PROVED = [
    (BARE, [], RATIO, r"\mathbb{E}_{a\sim\pi}[f(s,a)]", r"\mathbb{E}_{a\sim\mu}[f(s,a)]"),
    (BARE, [], r"\mathrm{KL}(\pi\|\mu)", r"\sum_a\pi(a|s)\log\frac{\pi(a|s)}{\mu(a|s)}",
     r"\sum_a\mu(a|s)\log\frac{\pi(a|s)}{\mu(a|s)}"),
    (BARE, [], r"H(\pi)", r"-\sum_a\pi(a|s)\log\pi(a|s)", r"-\sum_a\pi(a|s)\log\mu(a|s)"),
]
ROWS = PROVED + [
    (THREE, APART, "H(X|Y,Z)", "H(X|Z)", "H(X|Y)"), (THREE, APART, "H(X,Y|Z)", "H(X|Z)+H(Y|Z)", "H(X)+H(Y)"),
    (THREE, ["I(X;Y)=0"], "H(X,Y)", "H(X)+H(Y)", "H(X)-H(Y)"),
    (THREE, ["I(X;Z)=0"], "H(X,Z)", "H(X)+H(Z)", "H(X)+H(Y)"),
    (PAIR, [], "H(X,Y,Z)", "H(X)+H(Y)+H(Z|X,Y)", "H(X)+H(Y)+H(Z)"), (PAIR, [], "I(X;Y)", "0", "H(X)"),
]
UNDECIDED = [   # what is given is not built in: neither refuted nor proved
    (THREE, ["H(X)=H(Y)"], "H(X,Y)", "H(X)+H(Y)"),
    (THREE, ["I(X;Y)=0"], r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]"),
]


def said(symbols, givens, left, right):
    return judged(left, right, "=", symbols, givens, None, 3)[1].name


@pytest.mark.parametrize("symbols, givens, left, true, false", ROWS, ids=[f"{r[2]} = {r[3]}" for r in ROWS])
def test_what_is_read_is_enforced(symbols, givens, left, true, false):
    assert said(symbols, givens, left, true) in ("proved", "supported")
    assert said(symbols, givens, left, false) in ("refuted", "conditional")


@pytest.mark.parametrize("symbols, givens, left, true, false", PROVED, ids=[f"{r[2]} = {r[3]}" for r in PROVED])
def test_laws_under_conditions_are_proved(symbols, givens, left, true, false):
    assert said(symbols, givens, left, true) == "proved"


@pytest.mark.parametrize("symbols, givens, left, right", UNDECIDED, ids=[f"{r[2]} = {r[3]}" for r in UNDECIDED])
def test_what_is_not_built_in_decides_nothing(symbols, givens, left, right):
    assert said(symbols, givens, left, right) in ("undecided", "unreadable")
