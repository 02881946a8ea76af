"""Rules: every identity at rational points, every docstring an identity, and what the rules of each area write."""

import itertools
import re

import pytest
import sympy as sp
from sympy import Rational, cos, exp, log, oo, sin, sqrt

from derive.derivation import find
from derive.lang import (
    KL,
    ArgMin,
    Cov,
    Deriv,
    Det,
    E,
    Grad,
    Hess,
    Indicator,
    Integral,
    Matrix,
    Norm,
    Normal,
    NormalDensity,
    Prod,
    Softplus,
    Sum,
    Tr,
    Var,
    Zeros,
    bound,
    chain,
    closed_unit,
    define,
    define_recursion,
    density,
    eq,
    eye,
    function,
    gt,
    index,
    inverse,
    matrix,
    positive,
    random,
    real,
    relu,
    scope,
    sequence,
    sigmoid,
    size,
    states,
    unit,
    vector,
    vectors,
)
from derive.lang.evaluation import evaluated, inert
from derive.lang.functions import ReLU, Sigmoid
from derive.lang.normal import same
from derive.rules import RULES, decision, densities, expectation, identity, matrices, optimisation, sums
from derive.rules import algebra as alg
from derive.rules import calculus as calc
from derive.rules.registry import Rule, register
from derive.term import Relation

ROWS = [rule for rule in RULES.values() if rule.pattern]
RELATION = re.compile(r"=|<|>|\biff\b|proportional|means")
# heads SymPy lacks, by their textbook formulas
FORMULAS = {Sigmoid: lambda u: 1/(1 + exp(-u)), Softplus: lambda u: log(1 + exp(u)), ReLU: lambda u: sp.Max(0, u)}


def _points(symbol):
    if symbol.is_positive:
        return Rational(1, 3), Rational(2), Rational(7, 5)
    if symbol.is_integer:
        return -2, 0, 3
    return Rational(-7, 4), Rational(0), Rational(5, 3)


def _number(expr, point):
    for head, formula in FORMULAS.items():
        expr = expr.replace(head, formula)
    return sp.N(expr.doit().xreplace(point), 40)


@pytest.mark.parametrize("rule", ROWS, ids=str)
def test_an_identity_holds_at_rational_points(rule):
    left, right = rule.pattern
    symbols = sorted(left.free_symbols, key=str)
    for values in itertools.product(*map(_points, symbols)):
        point = {s: sp.sympify(v) for s, v in zip(symbols, values, strict=True)}
        gap = abs(_number(left, point) - _number(right, point))
        assert gap < sp.Float("1e-30"), point


@pytest.mark.parametrize("rule", ROWS, ids=str)
def test_an_identity_rewrites_its_own_left_side(rule):
    left, right = rule.pattern
    assert same(rule.rewrite(left), right)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_the_first_line_of_a_rule_is_an_identity(rule):
    assert RELATION.search(rule.statement), rule.statement
    assert "_" not in rule.name or not re.match(r"(apply|do|use)_|.*\d$", rule.name)


def test_a_name_is_given_once():
    with pytest.raises(ValueError, match="twice"):
        register(RULES["algebra"])
    x = sp.Symbol("x", real=True)
    with pytest.raises(ValueError, match="twice"):
        identity("pythagoras", sin(x), cos(x))


def test_an_identity_needs_its_assumptions():
    a, x = sp.Symbol("a", positive=True), sp.Symbol("x", real=True)
    assert RULES["log_product"].rewrite(log(2*a)) == log(2) + log(a)
    assert RULES["log_power"].rewrite(log(x**2)) == log(x**2)


def _calculus():
    x, y, a = real("x y a")
    n, i, j, k = size("n"), index("i"), index("j"), index("k")
    o = vector("o", n)
    z = real("z")
    f = function("f", z, z**3)
    c = sequence("c", (i, 1, n))
    s = sigmoid
    return [
        (calc.chain_rule,      Deriv(exp(x*y), x),          exp(x*y)*y,                                 True),
        (calc.chain_rule,      Deriv(exp(x*y), x),          exp(x*y)*x,                                 False),
        (calc.chain_rule,      Deriv(log(x**2 + 1), x),     Deriv(x**2, x)/(x**2 + 1),                  True),
        (calc.power_rule,      Deriv((x + y)**3, x),        3*(x + y)**2,                               True),
        (calc.power_rule,      Deriv((x + y)**3, x),        3*(x + y)**3,                               False),
        (calc.product_rule,    Deriv(x*exp(x), x),          exp(x) + x*Deriv(exp(x), x),                True),
        (calc.product_rule,    Deriv(x*exp(x), x),          x*Deriv(exp(x), x),                         False),
        (calc.quotient_rule,   Deriv(x/(1 + x), x),         ((1 + x) - x)/(1 + x)**2,                   True),
        (calc.quotient_rule,   Deriv(x/(1 + x), x),         ((1 + x) + x)/(1 + x)**2,                   False),
        (calc.sum_rule,        Deriv(a*sin(x) + y, x),      a*Deriv(sin(x), x),                         True),
        (calc.sum_rule,        Deriv(a*sin(x) + y, x),      a*Deriv(sin(x), x) + 1,                     False),
        (calc.leibniz,         Deriv(Sum(sin(c[i]*x), (i, 1, n)), x), Sum(Deriv(sin(c[i]*x), x), (i, 1, n)), True),
        (calc.kronecker_delta, Deriv(o[i], o[j]),           Indicator(eq(i, j)),                        True),
        (calc.kronecker_delta, Deriv(o[1], o[2]),           0*x,                                        True),
        (calc.kronecker_delta, Deriv(o[i], o[j]),           1 + 0*x,                                    False),
        (calc.differentiate,   Deriv(sigmoid(a*x), x),      a*s(a*x)*(1 - s(a*x)),                      True),
        (calc.differentiate,   Deriv(relu(x), x),           Indicator(gt(x, 0)),                        True),
        (calc.differentiate,   Deriv(f(2*x), x),            24*x**2,                                    True),
        (calc.differentiate,   Deriv(f(2*x), x),            12*x**2,                                    False),
        (calc.differentiate,   Deriv(x**2*y, x, y),         2*x,                                        True),
        (calc.differentiate,   Deriv(Sum(exp(o[k]), (k, 1, n)), o[j]),
         Sum(exp(o[k])*Indicator(eq(k, j)), (k, 1, n)),                                                 True),
        (calc.differentiate,   Deriv(y, x),                 0*x,                                        True),
    ]


def _sums():
    n, i, j, k = size("n"), index("i"), index("j"), index("k")
    a, b = sequence("a b", (i, 1, n))
    c, q = real("c"), unit("q")
    over = (i, 1, n)
    return [
        (sums.linearity_of_sum, Sum(c*a[i] + b[i], over),   c*Sum(a[i], over) + Sum(b[i], over),        True),
        (sums.linearity_of_sum, Sum(a[i]*b[i], over),       Sum(a[i], over)*Sum(b[i], over),            False),
        (sums.factor_out,       Sum(c*a[i], over),          c*Sum(a[i], over),                          True),
        (sums.constant_sum,     Sum(c, over),               n*c,                                        True),
        (sums.constant_sum,     Sum(c, (i, 0, n)),          n*c,                                        False),
        (sums.kronecker_contraction, Sum(a[i]*Indicator(eq(i, j)), over), a[j],                         True),
        (sums.kronecker_contraction, Sum(a[i]*Indicator(eq(i, j)), over), a[i],                         False),
        (sums.split_last,       Sum(a[i], over),            Sum(a[i], (i, 1, n - 1)) + a[n],            True),
        (sums.split_last,       Prod(a[i], over),           Prod(a[i], (i, 1, n - 1))*a[n],             True),
        (sums.split_last,       Prod(a[i], over),           Prod(a[i], (i, 1, n - 1))*a[n - 1],         False),
        (sums.write_out,        Sum(a[i], (i, 1, 3)),       a[1] + a[2] + a[3],                         True),
        (sums.log_of_product,   log(Prod(exp(a[i]), over)), Sum(a[i], over),                            True),
        (sums.interchange,      Sum(Sum(a[i]*b[j], (j, 1, n)), over), Sum(Sum(a[i]*b[j], over), (j, 1, n)), True),
        (sums.rename_index(i, k), Sum(a[i], over),          2*Sum(a[k], (k, 1, n)),                     False),
        (decision.geometric_series, Sum(q**k, (k, 0, oo)),  1/(1 - q),                                  True),
        (decision.geometric_series, Sum(q**k, (k, 0, oo)),  1/(1 + q),                                  False),
    ]


def _matrices():
    m, n = size("m n")
    A, B, C = matrix("A", m, n), matrix("B", n, m), matrix("C", n, n)
    S = matrix("S", n, n, structure="positive_definite")
    L, x, b = matrix("L", n, n), *vector("x b", n)
    return [
        (matrices.transpose_product, (A@B).T,                 B.T@A.T,                                  True),
        (matrices.transpose_product, (C@S).T,                 C.T@S,                                    False),
        (matrices.matrix_algebra,    A@(x + b),               A@x + A@b,                                True),
        (matrices.matrix_algebra,    C@S,                     S@C,                                      False),
        (matrices.norm_definition,   Norm(x)**2,              x.T@x,                                    True),
        (matrices.norm_definition,   Norm(A)**2,              Tr(A.T@A),                                True),
        (matrices.norm_definition,   Norm(A)**2,              Tr(A@A.T)*2,                              False),
        (matrices.cyclic_trace,      Tr(A@B),                 Tr(B@A),                                  True),
        (matrices.cyclic_trace,      Tr(C@S@L),                Tr(S@C@L),                                False),
        (matrices.cyclic_trace,      x.T@C@x,                 Tr(C@x@x.T),                              True),
    ]


def _inverses():
    m, n = size("m n")
    A, B, C = matrix("A", m, n), matrix("B", n, m), matrix("C", n, n)
    S, I, c = matrix("S", n, n, structure="positive_definite"), eye(n), positive("c")
    v, x, b = vector("v", m), *vector("x b", n)
    return [
        (matrices.inverse_cancels,   inverse(C)@C@x,          x,                                        True),
        (matrices.inverse_cancels,   inverse(C)@S@C@x,        S@x,                                      False),
        (matrices.inverse_cancels,   inverse(A.T@A)@A.T@A@x,  x,                                        True),
        (matrices.inverse_product,   inverse(C@S),            inverse(S)@inverse(C),                    True),
        (matrices.inverse_product,   inverse(C@S),            inverse(C)@inverse(S),                    False),
        (matrices.inverse_product,   inverse(c*I)@x,          x/c,                                      True),
        (matrices.push_through,      inverse(B@A + c*I)@B@v,  B@inverse(A@B + c*eye(m, "J"))@v,         True),
        (matrices.push_through,      inverse(B@A + c*I)@B@v,  B@inverse(A@B - c*eye(m, "J"))@v,         False),
        (matrices.trace_linearity,   Tr(c*I),                 c*n,                                      True),
        (matrices.determinant_of_scaled, Det(c*C),            c**n*Det(C),                              True),
        (matrices.determinant_of_scaled, Det(c*C),            c*Det(C),                                 False),
        (matrices.complete_the_square, x.T@S@x - 2*(b.T@x),
         (x - inverse(S)@b).T@S@(x - inverse(S)@b) - b.T@inverse(S)@b,                                  True),
        (matrices.complete_the_square, x.T@S@x - 2*(b.T@x),
         (x - inverse(S)@b).T@S@(x - inverse(S)@b) + b.T@inverse(S)@b,                                  False),
        (matrices.complete_the_square, x.T@C@x - 2*(b.T@x),
         (x - inverse(C)@b).T@C@(x - inverse(C)@b) - b.T@inverse(C)@b,                                  False),
    ]


def _entries():
    n, i, k, c = size("n"), index("i"), index("k"), positive("c")
    L, x = matrix("L", n, n, entries="l"), vector("x", n)
    return [
        (matrices.entry_definition,  (L@x)[i],                Sum(L[i, k]*x[k], (k, 1, n)),             True),
        (matrices.entry_definition,  (L@x)[i],                Sum(L[k, i]*x[k], (k, 1, n)),             False),
        (matrices.matrix_arithmetic, Matrix([[1, 2], [3, 4]])@Matrix([1, c]), Matrix([1 + 2*c, 3 + 4*c]), True),
        (matrices.matrix_arithmetic, Matrix([[1, 2], [3, 4]])@Matrix([1, c]), Matrix([1 + 3*c, 2 + 4*c]), False),
        (matrices.matrix_arithmetic, Det(Matrix([[1, c], [c, 4]])), 4 - c**2,                           True),
    ]


def _differentials():
    m, n = size("m n")
    A, B, C = matrix("A", m, n), matrix("B", n, m), matrix("C", n, n)
    S = matrix("S", n, n, structure="positive_definite")
    v, x, b = vector("v", m), *vector("x b", n)
    return [
        (matrices.matrix_differential, Grad(x.T@C@x, x),      C@x + C.T@x,                              True),
        (matrices.matrix_differential, Grad(x.T@C@x, x),      2*C@x,                                    False),
        (matrices.matrix_differential, Grad(x.T@S@x, x),      2*S@x,                                    True),
        (matrices.matrix_differential, Grad(b.T@x, x),        b,                                        True),
        (matrices.matrix_differential, Grad(log(Det(C)), C),  inverse(C).T,                             True),
        (matrices.matrix_differential, Grad(log(Det(C)), C),  inverse(C),                               False),
        (matrices.matrix_differential, Grad(Tr(A@B), A),      B.T,                                      True),
        (matrices.matrix_differential, Grad(Tr(A@B), A),      B,                                        False),
        (matrices.matrix_differential, Grad(b.T@inverse(C)@x, C), -inverse(C).T@b@x.T@inverse(C).T,     True),
        (matrices.matrix_differential, Grad(Norm(A)**2, A),   2*A,                                      True),
        (matrices.matrix_differential, Grad(v.T@A@x, A),      v@x.T,                                    True),
        (matrices.matrix_differential, Grad(v.T@A@x, A),      2*v@x.T,                                  False),
        (matrices.matrix_differential, Grad(exp(b.T@x), x),   exp(b.T@x)*b,                             True),
        (matrices.jacobian,          Deriv(A@x + v, x),       A.T,                                      True),
        (matrices.jacobian,          Deriv(C@x, x),           C,                                        False),
        (matrices.hessian,           Hess(x.T@C@x, x),        C + C.T,                                  True),
        (matrices.hessian,           Hess(x.T@C@x, x),        2*C,                                      False),
    ]


def _expectation():
    X, Y = random("X"), random("Y")
    Z = random("Z", independent_of=X, mean=0, variance=4)
    a, b = real("a b")
    n, i, j = size("n"), index("i"), index("j")
    eps = random("epsilon", (i, 1, n), mean=0, variance=9, structure="independent")
    v, w = vector("v w", size("d"))
    mu = define("mu", E(X))
    return [
        (expectation.linearity,  E(a*X + b*Y + 3),            a*E(X) + b*E(Y) + 3,                      True),
        (expectation.linearity,  E(a*X),                      E(X),                                     False),
        (expectation.linearity,  E((X - mu)**2),              E(X**2) - 2*mu*E(X) + mu**2,              True),
        (expectation.linearity,  E(X*v + w),                  E(X)*v + w,                               True),
        (expectation.linearity,  E(Sum(a*eps[i], (i, 1, n))), a*Sum(E(eps[i]), (i, 1, n)),              True),
        (expectation.variance_definition, Var(X),             E((X - E(X))**2),                         True),
        (expectation.variance_definition, Var(X),             E((X + E(X))**2),                         False),
        (expectation.variance_moments, Var(X),                E(X**2) - E(X)**2,                        True),
        (expectation.covariance_moments, Cov(X, Y),           E(X*Y) - E(X)*E(Y),                       True),
        (expectation.covariance_linearity, Cov(a*X + 1, Y),   a*Cov(X, Y),                              True),
        (expectation.covariance_linearity, Var(a*X + b),      a**2*Var(X),                              True),
        (expectation.covariance_linearity, Var(a*X + b),      a*Var(X),                                 False),
        (expectation.covariance_linearity, Var(X + Y),        Var(X) + Var(Y) + 2*Cov(X, Y),            True),
        (expectation.covariance_linearity, Cov(X*v),          Var(X)*v@v.T,                             True),
        (expectation.independence, E(X*Z),                    E(X)*E(Z),                                True),
        (expectation.independence, E(X*Y),                    E(X)*E(Y),                                False),
        (expectation.independence, Var(X + Z),                Var(X) + Var(Z),                          True),
        (expectation.independence, Var(X + Y),                Var(X) + Var(Y),                          False),
        (expectation.declared_moments, E(eps[i]**2) + E(Z),   9 + 0*a,                                  True),
        (expectation.declared_moments, E(eps[i]**2),          3 + 0*a,                                  False),
        (expectation.declared_moments, Var(Z),                4 + 0*a,                                  True),
        (expectation.covariance_linearity, Cov(eps[i], eps[j]), Var(eps[i])*Indicator(eq(i, j)),        True),
    ]


def _densities():
    x, m, c = real("x m c")
    v, s = positive("v s")
    d = size("d")
    u, mu, z = vector("u mu", d)[0], vector("mu", d), bound("z")
    S = matrix("S", d, d, structure="positive_definite")
    p, q = density("p", z, domain="positive"), density("q", z, domain="positive")
    gap = (u - mu).T@inverse(S)@(u - mu)
    law = Normal(mean=m, var=v)
    return [
        (densities.log_density, log(NormalDensity(x, m, v)), -log(2*sp.pi*v)/2 - (x - m)**2/(2*v),      True),
        (densities.log_density, log(NormalDensity(x, m, v)), -log(2*sp.pi*v)/2 - (x - m)**2/(2*v**2),   False),
        (densities.log_density, log(NormalDensity(u, mu, S)),
         -d*log(2*sp.pi)/2 - log(Det(S))/2 - gap/2,                                                     True),
        (densities.normal_density, NormalDensity(x, m, v),   exp(-(x - m)**2/(2*v))/sqrt(2*sp.pi*v),    True),
        (densities.drop_constants(x), c*exp(-(x - m)**2/2),  exp(-x**2/2 + m*x),                        True),
        (densities.drop_constants(x), c*exp(-(x - m)**2/2),  exp(-x**2/2 - m*x),                        False),
        (densities.kl_definition(z), KL(q, p),               E(log(q(z)) - log(p(z)), (z, q)),          True),
        (densities.kl_definition(z), KL(q, p),               E(log(p(z)) - log(q(z)), (z, q)),          False),
        (densities.expectation_definition, E(z**2, (z, p)),  Integral(p(z)*z**2, z),                    True),
        (densities.normalisation, Integral(p(z)*c, z),       c,                                         True),
        (densities.normalisation, Integral(p(z)*z, z),       c,                                         False),
        (densities.gaussian_moments, E(z**2, (z, law)),      m**2 + v,                                  True),
        (densities.gaussian_moments, E(z**4, (z, Normal(mean=0, var=v))), 3*v**2,                       True),
        (densities.gaussian_moments, E(z**4, (z, Normal(mean=0, var=v))), v**2,                         False),
    ]


def _optimisation():
    n, d, lam = size("n"), size("d"), positive("lambda")
    X, y, w = matrix("X", n, d), vector("y", n), vector("w", d)
    I, a, c, t = eye(d), positive("a"), real("c"), index("t")
    ridge = inverse(X.T@X + lam*I)@X.T@y
    loss = Norm(y - X@w)**2 + lam*Norm(w)**2
    i = index("i")
    r, u = sequence("r", (i, 1, n)), vectors("u", d, (i, 1, n))
    g, p = unit("gamma"), closed_unit("p")
    one, two = states("s_1 s_2")
    V = chain("V", transition=Matrix([[p, 1 - p], [0, 1]]), reward=Matrix([1, 0]), discount=g, states=(one, two))
    s = define_recursion("s", t, lambda s: a*s[t - 1])
    return [
        (optimisation.stationarity,    ArgMin(loss, w),      ridge,                                     True),
        (optimisation.stationarity,    ArgMin(loss, w),      inverse(X.T@X - lam*I)@X.T@y,              False),
        (optimisation.stationarity,    ArgMin(a*c**2 - 2*c, c), 1/a,                                    True),
        (optimisation.stationarity,    ArgMin(a*c**2 - 2*c, c), a + 0*c,                                False),
        (optimisation.linear_solve(w), eq((X.T@X)@w + lam*w, X.T@y), eq(w, ridge),                      True),
        (optimisation.linear_solve(w), eq((X.T@X)@w + lam*w, X.T@y), eq(w, X.T@y),                      False),
        (optimisation.linear_solve(w), eq(Sum((u[i].T@w - r[i])*u[i], (i, 1, n)), Zeros(d)),
         eq(w, inverse(Sum(u[i]@u[i].T, (i, 1, n)))@Sum(r[i]*u[i], (i, 1, n))),                         True),
        (optimisation.log_of_both_sides, eq(exp(c), a),      eq(c, log(a)),                             True),
        (decision.bellman_expectation, V(one),               1 + g*(p*V(one) + (1 - p)*V(two)),         True),
        (decision.bellman_expectation, V(one),               g*(p*V(one) + (1 - p)*V(two)),             False),
        (decision.bellman_expectation, V(two),               g*V(two),                                  True),
        (alg.definition(s),            s[3],                 a*s[2],                                    True),
        (alg.definition(s),            s[3],                 a*s[3],                                    False),
        (decision.induction(s[t - 1], a**(t - 1)), a*s[t - 1], a**t,                                    True),
    ]


CASES = {"calculus": _calculus, "sums": _sums, "matrices": _matrices, "inverses": _inverses,
         "differentials": _differentials, "entries": _entries, "expectation": _expectation,
         "densities": _densities, "optimisation": _optimisation}


@pytest.mark.parametrize("area", CASES)
def test_what_follows_and_what_does_not(area):
    with scope(), inert():
        for rule, left, right, follows in CASES[area]():
            derivation = find(left).by(rule, right)
            answer, written = derivation.replays(derivation.lines[0])
            assert answer is follows, f"{rule}: {left} to {right}: the rule writes {written}"


def test_inequalities_keep_their_relation():
    less = Rule("less", Relation.LE, "a <= b", evaluated)
    with scope(), inert():
        x, y = real("x y")
        assert find(x, Relation.LE).by(less, y).qed().claim().relation is Relation.LE
