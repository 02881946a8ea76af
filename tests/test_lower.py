"""Lowering: what is typed becomes the Term a reader of its print would build."""

import pytest
import sympy as sp
from sympy import Rational, cos, exp, log, oo, pi, sqrt

from derive import term as t
from derive.lang import (
    KL,
    And,
    ArgMin,
    Binom,
    Cases,
    Cov,
    Deriv,
    Dist,
    E,
    Elements,
    Given,
    Implied,
    Indicator,
    Matrix,
    Max,
    Normal,
    NormalDensity,
    Sum,
    Var,
    Where,
    Zeros,
    bound,
    define_recursion,
    density,
    eq,
    function,
    gt,
    index,
    inverse,
    matrix,
    ne,
    random,
    real,
    scope,
    sequence,
    size,
    vector,
)
from derive.lang.evaluation import inert
from derive.lower import NoTerm, declaration, lower
from derive.term import Relation, name, num

x, y, i, n = name("x"), name("y"), name("i"), name("n")
A, v, w = name(r"\mathbf{A}"), name(r"\mathbf{v}"), name(r"\mathbf{w}")
x_i = t.index(name("a"), i)


@pytest.fixture(autouse=True)
def names():
    with scope() as names, inert():
        yield names


SCALARS = [
    (lambda x, y: x - y,                  t.sub(x, y)),
    (lambda x, y: -x,                     t.neg(x)),
    (lambda x, y: -2*x,                   t.mul(num(-1), num(2), x)),
    (lambda x, y: x - 2*y,                t.sub(x, t.mul(num(2), y))),
    (lambda x, y: x - 2,                  t.sub(x, num(2))),
    (lambda x, y: x/y,                    t.div(x, y)),
    (lambda x, y: 1/x,                    t.inv(x)),
    (lambda x, y: x/2,                    t.div(x, num(2))),
    (lambda x, y: Rational(3, 4)*x,       t.mul(num(3), t.inv(num(4)), x)),
    (lambda x, y: Rational(-1, 2)*x,      t.mul(num(-1), t.HALF, x)),
    (lambda x, y: sqrt(x),                t.sqrt(x)),
    (lambda x, y: x**-1,                  t.inv(x)),
    (lambda x, y: x**2,                   t.pow_(x, num(2))),
    (lambda x, y: y + x + 1,              t.add(y, x, num(1))),
    (lambda x, y: (y + x)*x,              t.mul(t.add(y, x), x)),
    (lambda x, y: y*x*2,                  t.mul(y, x, num(2))),
    (lambda x, y: 1*x,                    t.mul(num(1), x)),
    (lambda x, y: x + 0*y,                t.add(x, t.mul(num(0), y))),
    (lambda x, y: exp(x)*log(y),          t.mul(t.term("exp", x), t.term("log", y))),
    (lambda x, y: exp(1),                 t.term("exp", num(1))),
    (lambda x, y: cos(2*pi*x),            t.term("cos", t.mul(num(2), t.PI, x))),
    (lambda x, y: Max(y, x),              t.term("max", y, x)),
    (lambda x, y: Binom(x, y),            t.term("binom", x, y)),
    (lambda x, y: Indicator(eq(x, y)),    t.term("indicator", t.rel(Relation.EQ, x, y))),
    (lambda x, y: Cases((x, gt(x, 0)), (y, gt(y, 0))), t.term("cases", x, t.rel(Relation.GT, x, num(0)), y,
                                                              t.rel(Relation.GT, y, num(0)))),
    (lambda x, y: Cases((x, gt(x, 0)), y), t.term("cases", x, t.rel(Relation.GT, x, num(0)), y)),
    (lambda x, y: And(ne(x, y), gt(x, 0)), t.term("and", t.rel(Relation.NE, x, y), t.rel(Relation.GT, x, num(0)))),
    (lambda x, y: Deriv(x*y, x, y),       t.deriv(t.mul(x, y), x, y)),
    (lambda x, y: ArgMin(x**2, x),        t.term("argmin", t.pow_(x, num(2)), x)),
    (lambda x, y: KL(Normal(mean=x, var=y), Normal(mean=0, var=1)),
     t.term("KL", t.term("normal", x, y), t.term("normal", num(0), num(1)))),
    (lambda x, y: NormalDensity(x, y, 1), t.term("normal_density", x, y, num(1))),
]


@pytest.mark.parametrize("typed, term", SCALARS)
def test_scalars(typed, term):
    assert lower(typed(*real("x y"))) is term


def test_arrays():
    m, k = size("m k")
    A_, v_, w_ = matrix("A", m, k), vector("v", k), vector("w", m)
    lam = real("lambda")
    table = [
        (A_@v_ - w_,              t.sub(t.mul(A, v), w)),
        (2*A_.T@(A_@v_ - w_),     t.mul(num(2), t.term("transpose", A), t.sub(t.mul(A, v), w))),
        ((v_.T@v_)*v_/2,          t.mul(t.term("transpose", v), v, v, t.inv(num(2)))),
        (lam*v_,                  t.mul(name(r"\lambda"), v)),
        (-v_,                     t.neg(v)),
        (inverse(A_.T@A_),        t.inv(t.mul(t.term("transpose", A), A))),
        ((A_.T@A_)**2,            t.pow_(t.mul(t.term("transpose", A), A), num(2))),
        (Zeros(k),                t.ZEROS),
        (A_[1, 2],                t.index(A, num(1), num(2))),
        (Matrix([[1, 0], [0, lam]]), t.matrix([[num(1), num(0)], [num(0), name(r"\lambda")]])),
        (Matrix([lam, 1]),        t.matrix([[name(r"\lambda")], [num(1)]])),
    ]
    for typed, term in table:
        assert lower(typed) is term


def test_binders_and_sets():
    i_, n_ = index("i"), size("n")
    a = sequence("a", (i_, 1, n_))
    x_, S = real("x"), size("m")
    range_ = t.range_(num(1), n)
    table = [
        (Sum(a[i_], (i_, 1, n_)),   t.term("sum", x_i, i, range_)),
        (Sum(a[i_], i_),            t.term("sum", x_i, i, t.IMPLIED)),
        (Sum(a[i_], (i_, Elements(1, 2))), t.term("sum", x_i, i, t.term("set", num(1), num(2)))),
        (Sum(a[i_], (i_, Where(Implied(), ne(i_, S)))),
         t.term("sum", x_i, i, t.term("filter", t.IMPLIED, t.rel(Relation.NE, i, name("m"))))),
        (Sum(x_**i_, (i_, 0, oo)),  t.term("sum", t.pow_(x, i), i, t.range_(num(0), t.INFINITY))),
        (a[i_ - 1],                 t.index(name("a"), t.sub(i, num(1)))),
    ]
    for typed, term in table:
        assert lower(typed) is term


def test_probability():
    z, x_ = bound("z"), random("x")
    p = density("p", z)
    q = density("q", z, given=bound("y"))
    law = t.call(name("q"), name("z"), given=(y,))
    table = [
        (E(x_),                          t.term("E", x)),
        (Var(2*x_),                      t.term("Var", t.mul(num(2), x))),
        (Cov(x_, x_),                    t.term("Cov", x, x)),
        (Cov(x_),                        t.term("Cov", x, x)),
        (E(z, (z, p)),                   t.term("E", name("z"), t.term("dist", name("z"), name("p")))),
        (E(z, Dist(z, q(z, given=bound("y")))), t.term("E", name("z"), t.term("dist", name("z"), law))),
        (E(Given(x_, eq(z, 1))),         t.term("E", t.term("given", x, t.rel(Relation.EQ, name("z"), num(1))))),
    ]
    for typed, term in table:
        assert lower(typed) is term


def test_a_function_is_called_and_declared():
    z = real("z")
    sig = function("sig", z, 1/(1 + exp(-z)))
    head = name(r"\operatorname{sig}")
    assert lower(sig(z**2)) is t.call(head, t.pow_(name("z"), num(2)))
    declared = declaration(sig.facts)
    assert declared.kind == "function"
    assert declared.formals == (name("z"),)
    assert declared.definition is t.inv(t.add(num(1), t.term("exp", t.neg(name("z")))))


def test_a_recursion_is_declared_over_its_index():
    step = index("t")
    s = define_recursion("s", step, lambda s: 2*s[step - 1])
    declared = declaration(s.facts)
    assert declared.indices == ("t",)
    assert declared.definition is t.mul(num(2), t.index(name("s"), t.sub(name("t"), num(1))))


def test_what_no_term_says_raises():
    with pytest.raises(NoTerm):
        lower(sp.Function("f")(real("x")))
