"""Chains: what a line must say, how relations compose, what a claim carries, what replay answers."""

import inspect

import pytest
from sympy import exp

from derive.derivation import EQ, IFF, LE, LT, PROPTO, DeriveError, OpenGoal, find, prove
from derive.lang import (
    And,
    Deriv,
    E,
    Norm,
    NormalDensity,
    Sum,
    define,
    eq,
    gt,
    index,
    matrix,
    ne,
    positive,
    random,
    real,
    scope,
    sequence,
    size,
    vector,
)
from derive.lang.evaluation import inert
from derive.rules.algebra import algebra, definition, expand, fold, substitution
from derive.rules.calculus import differentiate
from derive.rules.densities import drop_constants
from derive.rules.expectation import linearity
from derive.rules.optimisation import linear_solve, stationarity
from derive.rules.registry import Rule
from derive.term import Relation, name, num
from derive.term import index as term_index


@pytest.fixture(autouse=True)
def names():
    with scope() as names, inert():
        yield names


LESS = Rule("less", LE, "a <= b", lambda expr: expr)
STRICTLY_LESS = Rule("strictly_less", LT, "a < b", lambda expr: expr)
GREATER = Rule("greater", Relation.GE, "a >= b", lambda expr: expr)


def test_a_line_that_says_nothing_new_is_an_error():
    x = real("x")
    with pytest.raises(DeriveError, match="as it was"):
        prove(x, EQ, 2*x).by(algebra, x)


def test_an_error_names_the_authors_line():
    x = real("x")
    here = inspect.currentframe().f_lineno
    with pytest.raises(DeriveError) as caught:
        (prove(x*(x + 1), EQ, x**2 + x)
         .by(expand, x**2 + x)
         .by(algebra, x**2 + x))
    assert caught.value.line == here + 4


def test_a_line_records_where_it_was_written():
    x = real("x")
    here = inspect.currentframe().f_lineno
    chain = (prove(x*(x + 1), EQ, x**2 + x)
             .by(expand, x + x**2)
             .by(algebra, x**2 + x)
             .qed())
    assert [line.line for line in chain.lines] == [here + 2, here + 3]


@pytest.mark.parametrize("steps, goal", [
    ((LESS, STRICTLY_LESS), LT),
    ((algebra, LESS), LE),
    ((LESS, algebra), LE),
    ((algebra, algebra), EQ),
    ((STRICTLY_LESS, STRICTLY_LESS), LT),
])
def test_relations_compose(steps, goal):
    x, y, z = real("x y z")
    chain = prove(x, goal, z)
    for rule, shown in zip(steps, (y, z), strict=True):
        chain = chain.by(rule, shown)
    assert chain.qed().closed


def test_relations_that_do_not_compose_raise():
    x, y, z = real("x y z")
    with pytest.raises(DeriveError, match="does not continue"):
        prove(x, LE, z).by(LESS, y).by(GREATER, z)


@pytest.mark.parametrize("goal", [EQ, LT, IFF])
def test_the_relation_of_the_goal_has_to_be_reached(goal):
    x, y = real("x y")
    with pytest.raises(OpenGoal):
        prove(x, goal, y).by(LESS, y).qed()


def test_the_last_line_has_to_be_the_goal_as_stated():
    x = real("x")
    with pytest.raises(OpenGoal):
        prove(x*(x + 1), EQ, x**2 + x).by(expand, x + x**2).qed()
    with pytest.raises(OpenGoal, match="no line"):
        prove(x, EQ, 2*x).qed()


def test_bound_letters_do_not_matter_to_the_goal():
    n, i, j = size("n"), index("i"), index("j")
    a = sequence("a", (i, 1, n))
    chain = prove(2*Sum(a[i], (i, 1, n)), EQ, Sum(2*a[i], (i, 1, n))).by(algebra, Sum(2*a[j], (j, 1, n))).qed()
    assert chain.closed


def test_a_derivation_may_find_its_answer():
    x = real("x")
    chain = find(Deriv(x**2 + x, x)).by(differentiate, 2*x + 1).qed()
    assert chain.claim().right.head == "add"


def test_the_rule_writes_a_line_that_is_not_shown():
    x = real("x")
    assert prove(Deriv(x**3, x), EQ).by(differentiate).current == 3*x**2


def test_thunks_keep_lines_as_typed_outside_of_a_problem():
    from sympy import evaluate
    with evaluate(True):
        x = real("x")
        chain = prove(lambda: x + x, EQ, lambda: 2*x).by(algebra, lambda: 2*x).qed()
    assert chain.claim().left.args == (name("x"), name("x"))


def test_conditions_are_equivalent_by_equalities():
    x, a = real("x"), positive("a")
    chain = prove(eq(a*x - 1, 0), IFF, eq(x, 1/a)).by(linear_solve(x), eq(x, 1/a)).qed()
    line, claim = chain.claims()[0]
    assert claim.relation is Relation.IFF
    assert claim.left.head == claim.right.head == "rel"


def test_a_claim_carries_the_declarations_it_uses():
    n, i = size("n"), index("i")
    x, y = sequence("x", (i, 1, n)), sequence("y", (i, 1, n))
    real("unused")
    total = define("S", Sum(x[i], (i, 1, n)))
    chain = (prove(total + 1, EQ, 1 + Sum(x[i], (i, 1, n)), given=gt(y[i], 0))
             .by(definition(total), Sum(x[i], (i, 1, n)) + 1)
             .by(algebra, 1 + Sum(x[i], (i, 1, n)))
             .qed())
    for _, claim in chain.claims():
        assert [d.name for d in claim.symbols] in (["n", "x", "y", "S"], ["n", "x", "y"])
        assert claim.givens[0].args[0] is term_index(name("y"), name("i"))


def test_proportionality_names_its_variable():
    x, m = real("x m")
    s = positive("s")
    chain = (prove(NormalDensity(x, m, s), PROPTO, exp(-(x - m)**2/(2*s)), about=x)
             .by(drop_constants(x), exp(-(x - m)**2/(2*s))).qed())
    assert chain.claim().relation is Relation.PROPTO
    assert chain.claim().about == (name("x"),)
    assert chain.replays(chain.lines[0])[0]


def test_needs_stay_open_until_the_author_answers_for_them():
    c, a = real("c"), positive("a")
    open_ = find(stationarity_goal(a, c)).by(stationarity, 1/a).qed()
    assert open_.lines[0].needs == ("strict convexity",)
    closed = find(stationarity_goal(a, c)).by(stationarity, 1/a, because=gt(a, 0)).qed()
    assert closed.lines[0].needs == ()


def stationarity_goal(a, c):
    from derive.lang import ArgMin
    return ArgMin(a*c**2 - 2*c, c)


def test_numbers_for_symbols():
    x = real("x")
    claim = prove(x + 1, EQ, 1 + x).by(algebra, 1 + x).qed().substituted({x: 3})
    assert claim.left.args == (num(3), num(1))


def _lines():
    x, y = real("x y")
    a = positive("a")
    X, eps = random("X"), random("epsilon", mean=0)
    n, d = size("n d")
    A, v, w = matrix("A", n, d), vector("v", d), vector("w", n)
    f = define("f", x**2)
    return [
        (algebra,            x*(x + y),            x**2 + x*y,              True),
        (algebra,            x*(x + y),            x**2 - x*y,              False),
        (algebra,            (x**2 - 1)/(x - 1),   x + 1,                   True),
        (algebra,            Norm(A@v - w)**2,     v.T@A.T@A@v - 2*(w.T@A@v) + w.T@w, True),
        (algebra,            Norm(A@v - w)**2,     v.T@A.T@A@v - w.T@A@v + w.T@w,     False),
        (algebra,            v.T@A.T@w,            w.T@A@v,                 True),
        (definition(f),      f + x,                x**2 + x,                True),
        (definition(f),      x**2 + x,             f + x,                   True),
        (definition(f),      f + x,                x**2 - x,                False),
        (fold(f),            x**2 + x,             f + x,                   True),
        (fold(f),            x**3 + x,             f + x,                   False),
        (substitution(x, y), x**2 + 1,             y**2 + 1,                True),
        (substitution(x, y), x**2 + 1,             y + 1,                   False),
        (differentiate,      Deriv(exp(a*x), x),   a*exp(a*x),              True),
        (differentiate,      Deriv(exp(a*x), x),   exp(a*x),                False),
        (linearity,          E(a*X + x),           a*E(X) + x,              True),
        (linearity,          E(X**2),              E(X)**2,                 False),
        (linearity,          E(X*eps),             E(X)*E(eps),             False),
        (linear_solve(x),    eq(a*x, y),           eq(x, y/a),              True),
        (linear_solve(x),    eq(a*x, y),           eq(x, a*y),              False),
        (linear_solve(x),    And(eq(a*x, y), ne(y, 0)), And(eq(x, y/a), ne(y, 0)), True),
        (linear_solve(x),    And(eq(a*x, y), ne(y, 0)), And(eq(x, y/a)),    False),
    ]


@pytest.mark.parametrize("k", range(22))
def test_replay(k):
    rule, left, right, follows = _lines()[k]
    chain = find(left).by(rule, right)
    assert chain.replays(chain.lines[0])[0] is follows
