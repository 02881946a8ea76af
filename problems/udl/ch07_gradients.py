"""Gradients and initialization: derivatives of single steps of a network."""

from sympy import cos, exp, log, sin

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
from derive.rules.algebra import algebra, definition, factor, substitution
from derive.rules.calculus import (
    chain_rule,
    chain_rule_through,
    differentiate,
    kronecker_delta,
    leibniz,
    sum_rule,
    total_derivative,
)
from derive.rules.identities import exp_power
from derive.rules.matrices import jacobian, matrix_chain_rule
from derive.rules.sums import kronecker_contraction
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-7.4", topics="gradient regression", source=PRINCE.format("7.4"))
def squared_error_gradient():
    """Derivative of the squared error by the network output.

    For a target {y} and a network output {f}, show that {goal}.
    """
    y, f = real("y f")
    return (
        prove(Deriv((y - f)**2, f), EQ, -2*(y - f))
        .by(chain_rule,    2*(y - f)*Deriv(y - f, f))
        .by(differentiate, -2*(y - f))
        .qed()
    )


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


@problem("udl-7.9", topics="gradient matrix", source=PRINCE.format("7.9"), alias="weight-matrix-gradient")
def weight_matrix_gradient():
    """Derivative of a loss by the weight matrix of a layer.

    A layer computes {f.definition} from {h}, and the loss {ell} is a differentiable function of {f}.  Show that
    {goals}.
    """
    n, m = size("D_h"), size("D_f")
    i, j, k, l = index("i"), index("j"), index("k"), index("l")
    h, beta = vector("h", n, entries="h"), vector("beta", m)
    Omega = matrix("Omega", m, n, entries="Omega")
    f = define("f", beta + Omega@h, entries="f")
    ell = function("ell", f, structure="smooth")
    return (
        prove(Deriv(f[i], Omega[i, j]), EQ, h[j])
        .by(definition(f), Deriv(beta[i] + Sum(Omega[i, k]*h[k], (k, 1, n)), Omega[i, j]))
        .by(leibniz,       Sum(Deriv(Omega[i, k], Omega[i, j])*h[k], (k, 1, n)))
        .by(kronecker_delta, Sum(Indicator(eq(k, j))*h[k], (k, 1, n)))
        .by(kronecker_contraction, h[j])
        .qed(),
        prove(Deriv(ell, Omega[i, j]), EQ, Deriv(ell, f[i])*h[j])
        .by(chain_rule_through(f[k], k, 1, m), Sum(Deriv(ell, f[k])*Deriv(f[k], Omega[i, j]), (k, 1, m)))
        .by(definition(f), Sum(Deriv(ell, f[k])*Deriv(beta[k] + Sum(Omega[k, l]*h[l], (l, 1, n)), Omega[i, j]),
                               (k, 1, m)))
        .by(kronecker_delta, Sum(Deriv(ell, f[k])*Sum(Indicator(eq(k, i))*Indicator(eq(l, j))*h[l], (l, 1, n)),
                                 (k, 1, m)))
        .by(kronecker_contraction, Deriv(ell, f[i])*h[j])
        .qed(),
        prove(Deriv(ell, Omega), EQ, Deriv(ell, f)@h.T)
        .by(matrix_chain_rule(f), Deriv(ell, f)@h.T)
        .qed(),
    )


def forward_graph():
    """The nodes of y = exp(f_3) + sin(f_3) with f_3 = exp(x) + exp(x)^2, each by those before it."""
    x = real("x")
    f1 = define("f_1", exp(x))
    f2 = define("f_2", f1**2)
    f3 = define("f_3", f1 + f2)
    f4 = define("f_4", exp(f3))
    f5 = define("f_5", sin(f3))
    return x, f1, f2, f3, f4, f5, define("y", f4 + f5)


@problem("udl-7.12", topics="backpropagation", source=PRINCE.format("7.12"), alias="reverse-mode")
def reverse_mode():
    """Reverse-mode differentiation of an acyclic graph.

    Let {f_1.definition}, {f_2.definition}, {f_3.definition}, {f_4.definition}, {f_5.definition} and {y.definition}.
    Going back from {y} through the graph, show that {goals}.
    """
    x, f1, f2, f3, f4, f5, y = forward_graph()
    inner = exp(f3) + cos(f3)
    return (
        *(prove(Deriv(y, f), EQ, 1)
          .by(definition(y),   Deriv(f4 + f5, f))
          .by(differentiate,   1)
          .qed() for f in (f5, f4)),
        prove(Deriv(y, f3), EQ, inner)
        .by(total_derivative(f4, f5), Deriv(y, f4)*Deriv(f4, f3) + Deriv(y, f5)*Deriv(f5, f3))
        .by(substitution(Deriv(y, f4), 1), Deriv(f4, f3) + Deriv(y, f5)*Deriv(f5, f3))
        .by(substitution(Deriv(y, f5), 1), Deriv(f4, f3) + Deriv(f5, f3))
        .by(definition(f4, f5), Deriv(exp(f3), f3) + Deriv(sin(f3), f3))
        .by(differentiate,     inner)
        .qed(),
        prove(Deriv(y, f2), EQ, inner)
        .by(total_derivative(f3), Deriv(y, f3)*Deriv(f3, f2))
        .by(substitution(Deriv(y, f3), inner), inner*Deriv(f3, f2))
        .by(definition(f3),    inner*Deriv(f1 + f2, f2))
        .by(differentiate,     inner)
        .qed(),
        prove(Deriv(y, f1), EQ, (1 + 2*f1)*inner)
        .by(total_derivative(f3), Deriv(y, f3)*Deriv(f3, f1))
        .by(substitution(Deriv(y, f3), inner), Deriv(f3, f1)*inner)
        .by(definition(f3),    Deriv(f1 + f2, f1)*inner)
        .by(sum_rule,          (Deriv(f1, f1) + Deriv(f2, f1))*inner)
        .by(definition(f2),    (Deriv(f1, f1) + Deriv(f1**2, f1))*inner)
        .by(differentiate,     (1 + 2*f1)*inner)
        .qed(),
        to_the_input(x, f1, f3, y),
        directly(x),
    )


def to_the_input(x, f1, f3, y):
    """The last step back through the graph."""
    inner = exp(f3) + cos(f3)
    return (
        prove(Deriv(y, x), EQ, exp(x)*(1 + 2*f1)*inner)
        .by(total_derivative(f1), Deriv(y, f1)*Deriv(f1, x))
        .by(substitution(Deriv(y, f1), (1 + 2*f1)*inner), Deriv(f1, x)*(1 + 2*f1)*inner)
        .by(definition(f1),    Deriv(exp(x), x)*(1 + 2*f1)*inner)
        .by(differentiate,     exp(x)*(1 + 2*f1)*inner)
        .qed()
    )


def directly(x):
    """The derivative of the whole expression in one go."""
    u = exp(x) + exp(x)**2
    return (
        prove(Deriv(exp(u) + sin(u), x), EQ,
              exp(x)*(1 + 2*exp(x))*(exp(exp(x) + exp(2*x)) + cos(exp(x) + exp(2*x))))
        .by(sum_rule,      Deriv(exp(u), x) + Deriv(sin(u), x))
        .by(differentiate, exp(u)*(exp(x) + 2*exp(x)*exp(x)) + cos(u)*(exp(x) + 2*exp(x)*exp(x)))
        .by(exp_power,     exp(x)*(1 + 2*exp(x))*(exp(exp(x) + exp(2*x)) + cos(exp(x) + exp(2*x))))
        .qed()
    )


@problem("udl-7.13", ["udl-7.13-fwd"], topics="forward-mode", source=PRINCE.format("7.13"), alias="forward-mode")
def forward_mode():
    """Forward-mode differentiation of the same graph.

    Let {f_1.definition}, {f_2.definition}, {f_3.definition}, {f_4.definition}, {f_5.definition} and {y.definition}.
    Going forward from {x} through the graph, show that {goals}.
    """
    x, f1, f2, f3, f4, f5, y = forward_graph()
    df3 = exp(x)*(1 + 2*f1)
    return (
        prove(Deriv(f1, x), EQ, exp(x))
        .by(definition(f1),    Deriv(exp(x), x))
        .by(differentiate,     exp(x))
        .qed(),
        prove(Deriv(f2, x), EQ, 2*f1*exp(x))
        .by(definition(f2),    Deriv(f1**2, x))
        .by(chain_rule,        2*f1*Deriv(f1, x))
        .by(substitution(Deriv(f1, x), exp(x)), 2*f1*exp(x))
        .qed(),
        prove(Deriv(f3, x), EQ, df3)
        .by(definition(f3),    Deriv(f1 + f2, x))
        .by(sum_rule,          Deriv(f1, x) + Deriv(f2, x))
        .by(substitution(Deriv(f1, x), exp(x)), exp(x) + Deriv(f2, x))
        .by(substitution(Deriv(f2, x), 2*f1*exp(x)), exp(x) + 2*f1*exp(x))
        .by(factor,            df3)
        .qed(),
        prove(Deriv(f4, x), EQ, df3*exp(f3))
        .by(definition(f4),    Deriv(exp(f3), x))
        .by(chain_rule,        exp(f3)*Deriv(f3, x))
        .by(substitution(Deriv(f3, x), df3), df3*exp(f3))
        .qed(),
        prove(Deriv(f5, x), EQ, df3*cos(f3))
        .by(definition(f5),    Deriv(sin(f3), x))
        .by(chain_rule,        cos(f3)*Deriv(f3, x))
        .by(substitution(Deriv(f3, x), df3), df3*cos(f3))
        .qed(),
        to_the_output(x, f1, f3, f4, f5, y),
        directly(x),
    )


def to_the_output(x, f1, f3, f4, f5, y):
    """The last step forward through the graph."""
    df3 = exp(x)*(1 + 2*f1)
    return (
        prove(Deriv(y, x), EQ, df3*(exp(f3) + cos(f3)))
        .by(definition(y),     Deriv(f4 + f5, x))
        .by(sum_rule,          Deriv(f4, x) + Deriv(f5, x))
        .by(substitution(Deriv(f4, x), df3*exp(f3)), df3*exp(f3) + Deriv(f5, x))
        .by(substitution(Deriv(f5, x), df3*cos(f3)), df3*exp(f3) + df3*cos(f3))
        .by(factor,            df3*(exp(f3) + cos(f3)))
        .qed()
    )
