"""Markov chains by the exact solve and by value iteration, infinite series, and what must stay undecided."""

from fractions import Fraction
from random import Random

import pytest

from derive.checking.step import judged
from derive.reading.claims import read_claim
from derive.term import Claim, Declaration, Relation, call, name, num, pow_, range_, rel, term
from derive.term.build import INFINITY, ONE, ZERO, div, matrix, mul, sub
from verifiers.instance.build import build
from verifiers.instance.processes import value_iteration
from verifiers.rings.balls import compare, evaluate
from verifiers.rings.points import draw
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Refuted, Supported

P, GAMMA = name("p"), name(r"\gamma")
STATES = ("x", "y_1", "y_2")
ROWS = ((ZERO, ONE, ZERO), (ZERO, P, sub(ONE, P)), (ZERO, ZERO, ONE))
CHAIN = (Declaration("V", "chain", transition=matrix(ROWS), reward=matrix(((ZERO,), (ONE,), (ZERO,))), discount=GAMMA,
                     states=STATES),
         Declaration(r"\gamma", "scalar", domain="unit"), Declaration("p", "scalar", domain="closed_unit"),
         *(Declaration(s, "label") for s in STATES))


def value(state):
    return call(name("V"), name(state))


def instance(left, right, symbols):
    return build(Claim(left, Relation.EQ, right, tuple(symbols)), {})


def proves(left, right, symbols):
    made = instance(left, right, symbols)
    return identity(made.graph, made.pairs, Random(3), given=made.left_conditions).status == "proved"


def differs(left, right, symbols):
    made = instance(left, right, symbols)
    variables = made.graph.variables([n for pair in made.pairs for n in pair])
    return any(compare(made.graph, pair, point).outcome == "differ"
               for point in draw(made.graph, variables, Random(4), 18) for pair in made.pairs)


BACKUP = (mul(GAMMA, P, value("y_1")), mul(GAMMA, sub(ONE, P), value("y_2")))
VALUES = {
    "Bellman": (value("y_1"), term("add", ONE, *BACKUP), term("add", *BACKUP)),
    "absorbing": (value("y_2"), ZERO, ONE),
    "closed form": (value("y_1"), div(ONE, sub(ONE, mul(GAMMA, P))), div(ONE, sub(ONE, GAMMA))),
    "one step": (value("x"), mul(GAMMA, value("y_1")), value("y_1")),
    "lookahead": (term("E", term("given", call(name("V"), name("s_1")), rel(Relation.EQ, name("s_0"), name("y_1")))),
                  div(sub(value("y_1"), ONE), GAMMA), value("y_1")),
    "series": (value("y_1"), term("sum", pow_(mul(GAMMA, P), name("k")), name("k"), range_(ZERO, INFINITY)),
               term("sum", pow_(mul(GAMMA, P), name("k")), name("k"), range_(ONE, INFINITY))),
}


@pytest.mark.parametrize("row", VALUES)
def test_values_of_a_chain(row):
    left, right, wrong = VALUES[row]
    assert proves(left, right, CHAIN)
    assert not proves(left, wrong, CHAIN)
    assert differs(left, wrong, CHAIN)


@pytest.mark.parametrize("count", (1, 2, 3, 4))
def test_exact_solve_agrees_with_value_iteration(count):
    rng = Random(count)
    weights = [[rng.randrange(1, 9) for _ in range(count)] for _ in range(count)]
    rows = [[Fraction(w, sum(row)) for w in row] for row in weights]
    reward = [Fraction(rng.randrange(-9, 10), 2) for _ in range(count)]
    states = tuple(f"s_{k}" for k in range(count))
    chain = Declaration("V", "chain", states=states, discount=num(Fraction(4, 5)),
                        transition=matrix([[num(e) for e in row] for row in rows]),
                        reward=matrix([[num(r)] for r in reward]))
    symbols = (chain, *(Declaration(s, "label") for s in states))
    swept = value_iteration([[float(e) for e in row] for row in rows], list(map(float, reward)), 0.8)
    for state, approximate in zip(states, swept, strict=True):
        made = instance(value(state), ZERO, symbols)
        (exact,) = evaluate(made.graph, [made.pairs[0][0]], {})
        assert abs(float(Fraction(str(exact))) - approximate) < 1e-10


DECISIONS = {"P(s'|s,a)": "transition kernel", "R(s,a)": "reward function", r"\gamma": "discount factor",
             r"\pi(a|s)": "stochastic policy",
             "v": r"v(s) = \sum_a \pi(a|s)\left(R(s,a)+\gamma\sum_{s'}P(s'|s,a)v(s')\right)",
             "q": r"q(s,a) = R(s,a)+\gamma\sum_{s'}P(s'|s,a)v(s')", "A": "A(s,a) = q(s,a)-v(s)"}
MAPS = {"P(s'|s,a)": "transition probabilities on a finite set of states for each action in a finite set",
        "R(s,a,s')": "real array", r"\gamma": "discount factor", r"\pi": "map from states to actions",
        r"V^{\pi}": r"V^{\pi}(s) = \sum_{s'}P(s'|s,\pi(s))\left(R(s,\pi(s),s')+\gamma V^{\pi}(s')\right)",
        r"V^{*}": r"V^{*}(s) = \max_{\pi}V^{\pi}(s)",
        r"Q^{\pi}": r"Q^{\pi}(s,a) = \sum_{s'}P(s'|s,a)\left(R(s,a,s')+\gamma V^{\pi}(s')\right)",
        r"Q^{*}": r"Q^{*}(s,a) = \sum_{s'}P(s'|s,a)\left(R(s,a,s')+\gamma V^{*}(s')\right)"}
BELLMAN = {
    "value": (DECISIONS, "v(s)", r"\sum_a\pi(a|s)q(s,a)", r"\sum_a q(s,a)"),
    "action value": (DECISIONS, "q(s,a)", r"R(s,a)+\gamma\sum_{s'}P(s'|s,a)\sum_{a'}\pi(a'|s')q(s',a')",
                     r"R(s,a)+\gamma\sum_{s'}P(s'|s,a)\sum_{a'}\pi(a'|s)q(s',a')"),
    "advantage": (DECISIONS, r"\sum_a\pi(a|s)A(s,a)", "0", "v(s)"),
    "policy": (MAPS, r"V^{\pi}(s)", r"Q^{\pi}(s,\pi(s))", r"Q^{\pi}(s,a)"),
    "optimality": (MAPS, r"V^{*}(s)", r"\max_{a}\sum_{s'}P(s'|s,a)\left(R(s,a,s')+\gamma V^{*}(s')\right)",
                   r"\max_{a}\sum_{s'}P(s'|s,a)\left(R(s,a,s')+V^{*}(s')\right)"),
    "optimal action value": (MAPS, r"V^{*}(s)", r"\max_{a}Q^{*}(s,a)", r"\min_{a}Q^{*}(s,a)"),
}


@pytest.mark.parametrize("row", BELLMAN)
def test_value_functions_solve_their_recursions(row):
    symbols, left, right, wrong = BELLMAN[row]
    assert isinstance(judged(left, right, "=", symbols, [], None, 3)[1], Supported)
    assert isinstance(judged(left, wrong, "=", symbols, [], None, 3)[1], Refuted)


SERIES = {
    "geometric": (r"\sum_{k=0}^{\infty}r^k", r"\frac{1}{1-r}", r"\frac{r}{1-r}"),
    "geometric from two": (r"\sum_{k=2}^{\infty}3r^k", r"\frac{3r^2}{1-r}", r"\frac{3r}{1-r}"),
    "shifted exponent": (r"\sum_{k=0}^{\infty}r^{2k+1}", r"\frac{r}{1-r^2}", r"\frac{1}{1-r^2}"),
    "mean of waiting": (r"\sum_{k=1}^{\infty}k(1-r)r^{k-1}", r"\frac{1}{1-r}", r"\frac{r}{1-r}"),
    "second moment": (r"\sum_{k=0}^{\infty}k^2r^k", r"\frac{r(1+r)}{(1-r)^3}", r"\frac{r}{(1-r)^3}"),
    "exponential": (r"\sum_{k=0}^{\infty}\frac{a^k}{k!}", r"\exp(a)", "1+a"),
    "exponential from one": (r"\sum_{k=1}^{\infty}\frac{a^k}{k!}", r"\exp(a)-1", r"\exp(a)"),
}
LETTERS = {"r": "scalar in (0,1)", "a": "real scalar"}


@pytest.mark.parametrize("row", SERIES)
def test_infinite_series(row):
    left, right, wrong = SERIES[row]
    true, false = (read_claim(left, "=", r, LETTERS, []) for r in (right, wrong))
    assert proves(true.left, true.right, true.symbols)
    assert differs(false.left, false.right, false.symbols)


def test_a_geometric_series_records_that_it_converges():
    claim = read_claim(r"\sum_{k=0}^{\infty}a^k", "=", r"\frac{1}{1-a}", LETTERS, [])
    made = build(claim, {})
    point = {made.graph.var("a"): Fraction(2)}
    conditions = [n for tag, n in made.left_conditions if tag == "positive"]
    assert [evaluate(made.graph, [n], point)[0] for n in conditions] == [-3]


UNDECIDED = {
    "no row": (r"\sum_{k=0}^{\infty}\frac{1}{k^2+1}", "a", LETTERS),
    "harmonic": (r"\sum_{k=1}^{\infty}\frac{1}{k}", "a", LETTERS),
    "part of a space": (r"\int_{0}^{a}p(t)\,dt", "1", LETTERS | {"p": "probability density on the real line"}),
    "a density's derivative": (r"\int f(t)\,dt", "1", LETTERS | {"f": "real function"}),
    "half a period": (r"\int_{0}^{\pi}\exp(a\cos t)\,dt", "1", LETTERS),
    "the third moment": (r"\mathbb{E}[(\mathbf{u}^{T}\mathbf{z})^3]", "0",
                         {r"\mathbf{z}": r"random vector d, mean \mathbf{0}, covariance \boldsymbol{\Sigma}",
                          r"\mathbf{u}": "vector d", r"\boldsymbol{\Sigma}": "positive semidefinite matrix d x d"}),
    "undeclared dependence": (r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]",
                              {"X": "standard normal random variable", "Y": "standard normal random variable"}),
}


@pytest.mark.parametrize("row", UNDECIDED)
def test_what_is_not_known_is_not_decided(row):
    left, right, symbols = UNDECIDED[row]
    with pytest.raises(CannotDecide):
        build(read_claim(left, "=", right, symbols, []), {"d": ("concrete", 2)})


def test_a_named_law_taken_as_any_law_refutes_nothing():
    symbols = {"X": "standard normal random variable"}
    made = build(read_claim(r"\mathbb{E}[\frac{1}{1+X^2}]", "=", "1", symbols, []), {})
    assert not made.enforced


def test_an_index_is_no_independent_draw_at_two_places():
    symbols = {"x_i": r"i.i.d. random variables, mean \mu, variance \sigma^2, i = 1..N", "N": "integer >= 2",
               r"\mu": "real scalar", r"\sigma": "positive scalar"}
    claim = read_claim(r"\mathbb{E}[(\sum_{i=1}^{N}x_i)^2]", "=", r"N^2\mu^2+N\sigma^2", symbols, [])
    with pytest.raises(CannotDecide):
        build(claim, {"N": ("atoms", 2)})
