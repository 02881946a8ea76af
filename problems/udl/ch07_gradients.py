"""Gradients and initialization: derivatives of single steps of a network."""

from sympy import exp, log

from derive.derivation import EQ, prove
from derive.lang import (
    Deriv,
    Indicator,
    Sum,
    binary,
    define,
    eq,
    function,
    index,
    matrix,
    real,
    size,
    vector,
)
from derive.rules.algebra import algebra, definition
from derive.rules.calculus import chain_rule, differentiate, kronecker_delta, leibniz, sum_rule
from derive.rules.matrices import jacobian
from derive.rules.sums import kronecker_contraction
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-7.5", topics="gradient classification", source=PRINCE.format("7.5"))
def cross_entropy_gradient():
    """Derivative of the binary cross-entropy loss by the network output.

    For a label {y}, a network output {f} and {sig.definition} the loss is {ell.definition}.  Show that {goal}.
    """
    y, f, z = binary("y"), real("f"), real("z")
    sig = function("sig", z, 1/(1 + exp(-z)))
    loss = define("ell", -(1 - y)*log(1 - sig(f)) - y*log(sig(f)))
    slope = exp(-f)/(1 + exp(-f))**2

    return (
        prove(Deriv(loss, f), EQ, sig(f) - y)
        .by(definition(loss), Deriv(-(1 - y)*log(1 - sig(f)) - y*log(sig(f)), f))
        .by(sum_rule,         Deriv(-(1 - y)*log(1 - sig(f)), f) + Deriv(-y*log(sig(f)), f))
        .by(chain_rule,       (1 - y)/(1 - sig(f))*Deriv(sig(f), f) - y/sig(f)*Deriv(sig(f), f))
        .by(differentiate,    (1 - y)/(1 - sig(f))*slope - y/sig(f)*slope)
        .by(definition(sig),  (1 - y)*sig(f) - y*(1 - sig(f)))
        .by(algebra,          sig(f) - y)
        .qed()
    )


@problem("udl-7.6", topics="gradient matrix", source=PRINCE.format("7.6"))
def preactivation_jacobian():
    """Derivative of the pre-activations by the hidden units.

    For {z.definition}, show that the entries have {goal}, so that {goals}.
    """
    n, m = size("D_h"), size("D_z")
    i, j, k = index("i"), index("j"), index("k")
    h, beta, Omega = vector("h", n, entries="h"), vector("beta", m), matrix("Omega", m, n, entries="omega")
    z = define("z", beta + Omega@h, entries="z")

    return (
        prove(Deriv(z[i], h[j]), EQ, Omega[i, j])
        .by(definition(z), Deriv(beta[i] + Sum(Omega[i, k]*h[k], (k, 1, n)), h[j]))
        .by(leibniz,       Sum(Omega[i, k]*Deriv(h[k], h[j]), (k, 1, n)))
        .by(kronecker_delta, Sum(Omega[i, k]*Indicator(eq(k, j)), (k, 1, n)))
        .by(kronecker_contraction, Omega[i, j])
        .qed(),
        prove(Deriv(z, h), EQ, Omega.T, layout="denominator")
        .by(definition(z), Deriv(beta + Omega@h, h))
        .by(jacobian,      Omega.T)
        .qed(),
    )
