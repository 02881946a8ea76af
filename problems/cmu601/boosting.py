"""Boosting: the weight of a weak learner that lowers the exponential loss most."""

from sympy import Rational, exp, log, sqrt

from derive.derivation import EQ, IFF, prove
from derive.lang import (
    ArgMin,
    Deriv,
    Indicator,
    MinOf,
    Sum,
    define,
    eq,
    gt,
    index,
    lt,
    ne,
    real,
    sequence,
    size,
)
from derive.rules.algebra import fold, substitution, under_one_root
from derive.rules.calculus import differentiate
from derive.rules.identities import exp_log
from derive.rules.optimisation import linear_solve, log_of_both_sides, minimum_at, multiply_by
from derive.rules.sums import linearity_of_sum, sign_cases
from problems import problem

SHEET = "CMU 10-601, formula sheet, boosting"


@problem("cmu-boost-alpha", topics="boosting exponential-loss", source=SHEET, alias="adaboost-weight")
def adaboost_weight():
    """The weight of a weak learner in AdaBoost.

    With weights {w} that sum to one, labels {y} and votes {h} out of -1 and 1, {epsilon_t.definition} is the weighted
    error of a learner, with 0 < {epsilon_t} < 1.  Show that {goals}.
    """
    N, i = size("N"), index("i")
    over = (i, 1, N)
    alpha = real("alpha")
    w = sequence("w", over, domain="nonnegative", structure="sums_to_one")
    y, h = sequence("y h", over, domain="sign")
    e = define("epsilon_t", Sum(w[i]*Indicator(ne(y[i], h[i])), over))
    loss, best = (1 - e)*exp(-alpha) + e*exp(alpha), Rational(1, 2)*log((1 - e)/e)
    between = gt(e, 0), lt(e, 1)
    wrong = Indicator(ne(y[i], h[i]))
    error = Sum(w[i]*wrong, over)
    return (
        prove(Sum(w[i]*exp(-alpha*y[i]*h[i]), over), EQ, loss, given=between)
        .by(sign_cases(y[i], h[i]), Sum(w[i]*((1 - wrong)*exp(-alpha) + wrong*exp(alpha)), over))
        .by(linearity_of_sum,   (Sum(w[i], over) - error)*exp(-alpha) + error*exp(alpha))
        .by(substitution(Sum(w[i], over), 1), (1 - error)*exp(-alpha) + error*exp(alpha),
            because="the weights sum to one")
        .by(fold(e),            loss)
        .qed(),
        prove(eq(Deriv(loss, alpha), 0), IFF, eq(alpha, best), given=between)
        .by(differentiate,      eq(-(1 - e)*exp(-alpha) + e*exp(alpha), 0))
        .by(multiply_by(exp(alpha)), eq(-(1 - e) + e*exp(2*alpha), 0))
        .by(linear_solve(exp(2*alpha)), eq(exp(2*alpha), (1 - e)/e))
        .by(log_of_both_sides,  eq(2*alpha, log((1 - e)/e)))
        .by(linear_solve(alpha), eq(alpha, best))
        .qed(),
        prove(ArgMin(loss, alpha), EQ, best, given=between)
        .by(minimum_at(best),   best, because=gt(Deriv(loss, alpha, alpha), 0))
        .qed(),
        prove(MinOf(loss, alpha), EQ, 2*sqrt(e*(1 - e)), given=between)
        .by(minimum_at(best),   (1 - e)*exp(-best) + e*exp(best), because=gt(Deriv(loss, alpha, alpha), 0))
        .by(exp_log,            (1 - e)/sqrt((1 - e)/e) + e*sqrt((1 - e)/e))
        .by(under_one_root,     2*sqrt(e*(1 - e)), because=between)
        .qed(),
    )
