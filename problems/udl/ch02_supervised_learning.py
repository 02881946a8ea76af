"""Supervised learning: one-dimensional linear regression by least squares."""

from derive.derivation import EQ, prove
from derive.lang import Deriv, Sum, define, index, real, sequence, size
from derive.rules.algebra import definition
from derive.rules.calculus import chain_rule, differentiate, leibniz
from derive.rules.sums import factor_out
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-2.1", topics="regression gradient", source=PRINCE.format("2.1"))
def least_squares_gradient():
    """Gradient of the least squares loss.

    For data {x} and {y} and parameters {phi_0} and {phi_1} the loss is {L.definition}.  Show that {goals}.
    """
    I, i = size("I"), index("i")
    x, y = sequence("x y", (i, 1, I))
    phi0, phi1 = real("phi_0 phi_1")
    L = define("L", Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)))
    residual = phi0 + phi1*x[i] - y[i]

    return (
        prove(Deriv(L, phi0), EQ, 2*Sum(residual, (i, 1, I)))
        .by(definition(L), Deriv(Sum(residual**2, (i, 1, I)), phi0))
        .by(leibniz,       Sum(Deriv(residual**2, phi0), (i, 1, I)))
        .by(chain_rule,    Sum(2*residual*Deriv(residual, phi0), (i, 1, I)))
        .by(differentiate, Sum(2*residual, (i, 1, I)))
        .by(factor_out,    2*Sum(residual, (i, 1, I)))
        .qed(),
        prove(Deriv(L, phi1), EQ, 2*Sum(x[i]*residual, (i, 1, I)))
        .by(definition(L), Deriv(Sum(residual**2, (i, 1, I)), phi1))
        .by(leibniz,       Sum(Deriv(residual**2, phi1), (i, 1, I)))
        .by(chain_rule,    Sum(2*residual*Deriv(residual, phi1), (i, 1, I)))
        .by(differentiate, Sum(2*residual*x[i], (i, 1, I)))
        .by(factor_out,    2*Sum(x[i]*residual, (i, 1, I)))
        .qed(),
    )
