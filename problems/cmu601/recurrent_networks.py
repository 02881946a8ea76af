"""Softmax outputs of a recurrent network: their Jacobian and the gradient of the cross-entropy."""

from sympy import exp, log

from derive.derivation import EQ, prove
from derive.lang import Deriv, Indicator, Sum, define, eq, index, size, vector
from derive.rules.algebra import algebra, definition, fold, substitution
from derive.rules.calculus import differentiate, quotient_rule
from derive.rules.identities import log_quotient
from derive.rules.sums import kronecker_contraction, linearity_of_sum
from problems import erratum, problem, state

SHEET = "CMU 10-601, formula sheet, recurrent networks"


@problem("cmu-rnn-softmaxjac", topics="softmax gradient", source=SHEET, alias="softmax-jacobian")
def softmax_jacobian():
    """Jacobian of the softmax.

    For scores {o} in {K} classes let {yhat.definition}.  Show that {goal}.
    """
    K, k = size("K", low=2), index("k")
    i, j = index("i", 1, K), index("j", 1, K)
    o = vector("o", K, entries="o")
    yhat = define(r"\hat{y}", exp(o[i])/Sum(exp(o[k]), (k, 1, K)), (i, 1, K))
    state(yhat=yhat)
    total = Sum(exp(o[k]), (k, 1, K))
    same = Indicator(eq(i, j))
    erratum(Deriv(yhat[i], o[j]), EQ, yhat[i]*(same - yhat[i]), "the last factor is the probability of class j")
    return (
        prove(Deriv(yhat[i], o[j]), EQ, yhat[i]*(same - yhat[j]))
        .by(definition(yhat),      Deriv(exp(o[i])/total, o[j]))
        .by(quotient_rule,         (total*Deriv(exp(o[i]), o[j]) - exp(o[i])*Deriv(total, o[j]))/total**2)
        .by(differentiate,         (total*exp(o[i])*same - exp(o[i])*Sum(exp(o[k])*Indicator(eq(k, j)), (k, 1, K)))
                                   / total**2)
        .by(kronecker_contraction, (total*exp(o[i])*same - exp(o[i])*exp(o[j]))/total**2)
        .by(algebra,               exp(o[i])/total*(same - exp(o[j])/total))
        .by(fold(yhat[i], yhat[j]), yhat[i]*(same - yhat[j]))
        .qed()
    )


@problem("cmu-rnn-dJdo", topics="softmax cross-entropy gradient", source=SHEET, alias="cross-entropy-of-softmax")
def cross_entropy_of_softmax():
    """Gradient of the cross-entropy of a softmax by its scores.

    For scores {o} in {K} classes, targets {y} that sum to one, {yhat.definition} and {J.definition}, show that
    {goals}.
    """
    K, k = size("K", low=2), index("k")
    i, j = index("i", 1, K), index("j", 1, K)
    o, y = vector("o", K, entries="o"), vector("y", K, entries="y", structure="sums_to_one")
    yhat = define(r"\hat{y}", exp(o[i])/Sum(exp(o[k]), (k, 1, K)), (i, 1, K))
    J = define("J", -Sum(y[i]*log(yhat[i]), (i, 1, K)))
    state(yhat=yhat)
    total, over = Sum(exp(o[k]), (k, 1, K)), (i, 1, K)
    loss = -Sum(y[i]*log(exp(o[i])/total), over)

    def slope(start):
        return (
            start
            .by(log_quotient,        Deriv(-Sum(y[i]*(o[i] - log(total)), over), o[j]))
            .by(linearity_of_sum,    Deriv(-Sum(y[i]*o[i], over) + Sum(y[i], over)*log(total), o[j]))
            .by(substitution(Sum(y[i], over), 1), Deriv(-Sum(y[i]*o[i], over) + log(total), o[j]))
            .by(differentiate,       -Sum(y[i]*Indicator(eq(i, j)), over)
                                     + Sum(exp(o[k])*Indicator(eq(k, j)), (k, 1, K))/total)
            .by(kronecker_contraction, exp(o[j])/total - y[j]))

    return (
        slope(prove(Deriv(J, o[j]), EQ, yhat[j] - y[j], given=eq(Sum(y[i], over), 1))
              .by(definition(J), Deriv(-Sum(y[i]*log(yhat[i]), over), o[j]))
              .by(definition(yhat), Deriv(loss, o[j])))
        .by(fold(yhat[j]), yhat[j] - y[j])
        .qed(),
        slope(prove(Deriv(loss, o[j]), EQ, exp(o[j])/total - y[j], given=eq(Sum(y[i], over), 1)))
        .qed(),
    )
