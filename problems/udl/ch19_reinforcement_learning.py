"""Reinforcement learning: control variates, the baseline of policy gradients."""

from sympy import sqrt

from derive.derivation import EQ, IFF, LE, prove
from derive.lang import ArgMin, Cov, Deriv, E, Var, define, eq, gt, random, real
from derive.rules.algebra import algebra, definition, expand, factor, fold
from derive.rules.calculus import differentiate
from derive.rules.expectation import covariance_linearity, linearity
from derive.rules.inequalities import add_nonnegative
from derive.rules.optimisation import linear_solve, stationarity
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-19.7", ["udl-19.7-mean", "udl-19.7-var", "udl-19.7-c"],
         topics="expectation variance policy-gradient", source=PRINCE.format("19.7"), alias="control-variate")
def control_variate():
    """A control variate keeps the mean of an estimate; the multiple of it that leaves the least variance.

    Let {a} and {b} be random variables of finite variance, {b} not constant, {mu_b.definition}, and {c} a number.
    Show that {goals}.
    """
    a = random("a", structure="finite_variance")
    b = random("b", structure="finite_variance")
    c = real("c")
    mean = define("mu_b", E(b))
    best, spread = Cov(a, b)/Var(b), Var(a) + c**2*Var(b) - 2*c*Cov(a, b)

    return (
        prove(E(a - c*(b - mean)), EQ, E(a))
        .by(linearity,            E(a) - c*(E(b) - mean))
        .by(definition(mean),     E(a) - c*(E(b) - E(b)))
        .by(algebra,              E(a))
        .qed("udl-19.7-mean"),
        prove(Var(a - c*(b - mean)), EQ, spread)
        .by(expand,               Var(a - c*b + c*mean))
        .by(covariance_linearity, Var(a) + c**2*Var(b) - 2*c*Cov(a, b))
        .qed("udl-19.7-var"),
        prove(eq(Deriv(spread, c), 0), IFF, eq(c, best), given=gt(Var(b), 0))
        .by(differentiate,        eq(2*c*Var(b) - 2*Cov(a, b), 0))
        .by(linear_solve(c),      eq(c, best))
        .qed("udl-19.7-c"),
        prove(ArgMin(spread, c), EQ, best, given=gt(Var(b), 0))
        .by(stationarity,         best)
        .qed("udl-19.7-c"),
    )


@problem("udl-19.7-gain", topics="expectation variance policy-gradient", source=PRINCE.format("19.7"),
         alias="control-variate-gain")
def control_variate_gain():
    """What a control variate gains.

    Let {a} and {b} be random variables of finite variance, neither constant, {mu_b.definition} and
    {rho_ab.definition}.  With the best multiple of the control variate, show that {goals}.
    """
    a = random("a", structure="finite_variance")
    b = random("b", structure="finite_variance")
    mean = define("mu_b", E(b))
    correlation = define("rho_ab", Cov(a, b)/sqrt(Var(a)*Var(b)))
    best, varied = Cov(a, b)/Var(b), (gt(Var(a), 0), gt(Var(b), 0))

    return (
        prove(Var(a - best*(b - mean)), EQ, Var(a) - Cov(a, b)**2/Var(b), given=gt(Var(b), 0))
        .by(expand,               Var(a - best*b + best*mean))
        .by(covariance_linearity, Var(a) - 2*best*Cov(a, b) + best**2*Var(b))
        .by(algebra,              Var(a) - Cov(a, b)**2/Var(b))
        .qed(),
        prove(Var(a - best*(b - mean)), EQ, (1 - correlation**2)*Var(a), given=varied)
        .by(expand,               Var(a - best*b + best*mean))
        .by(covariance_linearity, Var(a) - 2*best*Cov(a, b) + best**2*Var(b))
        .by(algebra,              Var(a) - Cov(a, b)**2/Var(b))
        .by(factor,               (1 - Cov(a, b)**2/(Var(a)*Var(b)))*Var(a))
        .by(fold(correlation),    (1 - correlation**2)*Var(a))
        .qed(),
        prove(Var(a - best*(b - mean)), LE, Var(a), given=gt(Var(b), 0))
        .by(covariance_linearity, Var(a) - 2*best*Cov(a, b) + best**2*Var(b))
        .by(algebra,              Var(a) - Cov(a, b)**2/Var(b))
        .by(add_nonnegative(Cov(a, b)**2/Var(b)), Var(a))
        .qed(),
    )
