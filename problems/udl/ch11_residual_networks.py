"""Residual networks: the variance of the sum of two branches."""

from derive.derivation import EQ, IFF, prove
from derive.lang import Cov, E, Var, eq, ne, random
from derive.rules.algebra import expand, substitution
from derive.rules.expectation import covariance_definition, linearity, variance_definition
from derive.rules.optimisation import add_to_both_sides, multiply_by
from problems import erratum, problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-11.4", ["udl-11.4-var"], topics="variance residual", source=PRINCE.format("11.4"),
         alias="variance-of-a-sum")
def variance_of_a_sum():
    """Variance of the sum of two branches.

    For random numbers {x} and {y} of finite variance show that {goals}.
    """
    x, y = random("x y")
    a, b = x - E(x), y - E(y)
    erratum(Var(x + y), EQ, Var(x) + Var(y) + Cov(x, y), "the covariance counts twice", given=ne(Cov(x, y), 0))
    return (
        prove(Var(x + y), EQ, Var(x) + Var(y) + 2*Cov(x, y))
        .by(variance_definition,   E((x + y - E(x + y))**2))
        .by(linearity,             E((x + y - (E(x) + E(y)))**2))
        .by(expand,                E(a**2 + 2*a*b + b**2))
        .by(linearity,             E(a**2) + 2*E(a*b) + E(b**2))
        .by(variance_definition,   Var(x) + 2*E(a*b) + Var(y))
        .by(covariance_definition, Var(x) + Var(y) + 2*Cov(x, y))
        .qed(),
        prove(eq(Cov(x, y), 0), IFF, eq(Var(x + y), Var(x) + Var(y)))
        .by(multiply_by(2),        eq(2*Cov(x, y), 0))
        .by(add_to_both_sides(Var(x) + Var(y)), eq(Var(x) + Var(y) + 2*Cov(x, y), Var(x) + Var(y)))
        .by(substitution(Var(x) + Var(y) + 2*Cov(x, y), Var(x + y)), eq(Var(x + y), Var(x) + Var(y)),
            because="the variance of a sum")
        .qed(),
    )
