"""Fitting models: Hessians and gradients of losses of small models."""

from sympy import exp, log

from derive.derivation import EQ, GE, GT, IFF, prove
from derive.lang import (
    Cases,
    Deriv,
    Det,
    Indicator,
    Matrix,
    MaxOver,
    MinOver,
    Prod,
    Sum,
    Tr,
    define,
    eq,
    function,
    gt,
    index,
    le,
    ne,
    real,
    sequence,
    size,
)
from derive.rules.algebra import common_denominator, definition, expand, factor, log_of_factors
from derive.rules.calculus import chain_rule, differentiate, leibniz
from derive.rules.identities import log_product, log_quotient
from derive.rules.inequalities import drop_nonnegative, equal_members, positivity
from derive.rules.matrices import matrix_arithmetic
from derive.rules.sums import factor_out, indicator_definition, linearity_of_sum, log_of_product
from problems import erratum, problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-6.2", ["udl-6.2-hess"], topics="hessian regression", source=PRINCE.format("6.2"),
         alias="regression-hessian")
def regression_hessian():
    """Hessian of the least squares loss of a line.

    For data {x} and {y} and parameters {phi_0} and {phi_1} the loss is {L.definition}.  Show that {goal}.
    """
    I, i = size("I"), index("i")
    x, y = sequence("x y", (i, 1, I))
    phi0, phi1 = real("phi_0 phi_1")
    residual, over = phi0 + phi1*x[i] - y[i], (i, 1, I)
    L = define("L", Sum(residual**2, over))

    def second(body):
        return Matrix([[Deriv(body, a, b) for b in (phi0, phi1)] for a in (phi0, phi1)])

    first = {phi0: 2*residual, phi1: 2*residual*x[i]}
    return (
        prove(second(L), EQ, Matrix([[2*I, 2*Sum(x[i], over)], [2*Sum(x[i], over), 2*Sum(x[i]**2, over)]]))
        .by(definition(L), second(Sum(residual**2, over)))
        .by(differentiate, Matrix([[Deriv(Sum(first[a], over), b) for b in (phi0, phi1)] for a in (phi0, phi1)]))
        .by(leibniz,       Matrix([[Sum(Deriv(first[a], b), over) for b in (phi0, phi1)] for a in (phi0, phi1)]))
        .by(differentiate, Matrix([[Sum(2, over), Sum(2*x[i], over)], [Sum(2*x[i], over), Sum(2*x[i]**2, over)]]))
        .by(linearity_of_sum, Matrix([[2*I, 2*Sum(x[i], over)], [2*Sum(x[i], over), 2*Sum(x[i]**2, over)]]))
        .qed()
    )


@problem("udl-6.2-psd", topics="hessian convexity", source=PRINCE.format("6.2"), alias="regression-hessian-convex")
def regression_hessian_convex():
    """The Hessian of the least squares loss of a line is positive semidefinite.

    For inputs {x} the Hessian is {Hessian.definition}.  Its trace is positive, {goal} and {goal2}.  Show that its
    determinant is {goal3}, so that {goal4}, and that it vanishes only if all inputs are equal: {goal5}.  For
    {direction.definition} its quadratic form is {goal6}.
    """
    I, i, j = size("I"), index("i"), index("j")
    x, (v0, v1) = sequence("x", (i, 1, I)), real("v_0 v_1")
    over, inner = (i, 1, I), (j, 1, I)
    first, second = Sum(x[i], over), Sum(x[i]**2, over)
    H = define("H", Matrix([[2*I, 2*first], [2*first, 2*second]]))
    v = define("v", Matrix([[v0], [v1]]))
    state(Hessian=H, direction=v)
    squares = Sum(Sum((x[i] - x[j])**2, inner), over)

    def determinant(goal, wrap=lambda e: e):
        return (prove(wrap(Det(H)), *goal)
                .by(definition(H),     wrap(Det(H.definition)))
                .by(matrix_arithmetic, wrap(4*I*second - 4*first**2))
                .by(linearity_of_sum,  wrap(2*Sum(Sum(x[i]**2 - 2*x[i]*x[j] + x[j]**2, inner), over)))
                .by(factor,            wrap(2*squares)))

    return (
        _trace(H, EQ, 2*I + 2*second, second).qed(),
        _trace(H, GT, 0, second).by(drop_nonnegative(2*second), 2*I).by(positivity, 0).qed(),
        determinant((EQ, 2*squares)).qed(),
        determinant((GE, 0)).by(drop_nonnegative(2*squares), 0).qed(),
        determinant((IFF, eq(MaxOver(x[i], i), MinOver(x[i], i))), lambda e: eq(e, 0))
        .by(equal_members, eq(MaxOver(x[i], i), MinOver(x[i], i)))
        .qed(unproved={"equal_members": "size_bound"}),
        prove(v.T@H@v, EQ, 2*Sum((v0 + v1*x[i])**2, over))
        .by(definition(v), v.definition.T@H@v.definition)
        .by(definition(H), v.definition.T@H.definition@v.definition)
        .by(matrix_arithmetic, 2*I*v0**2 + 4*v0*v1*first + 2*v1**2*second)
        .by(linearity_of_sum, 2*Sum(v0**2 + 2*v0*v1*x[i] + v1**2*x[i]**2, over))
        .by(factor,        2*Sum((v0 + v1*x[i])**2, over))
        .qed(),
    )


def _trace(H, relation, goal, second):
    """The trace of the Hessian, where a goal begins."""
    return (
        prove(Tr(H), relation, goal)
        .by(definition(H), Tr(H.definition))
        .by(matrix_arithmetic, H.definition.entries[0] + 2*second)
    )


@problem("udl-6.4", ["udl-6.4-ii", "udl-6.4-iii"], topics="classification likelihood gradient",
         source=PRINCE.format("6.4"), alias="logistic-regression")
def logistic_regression():
    """Loss of logistic regression and its gradient.

    Labels {y} in 0 and 1 have probabilities given by {sig.definition} at a linear function of the inputs {x}, with
    parameters {phi_0} and {phi_1}.  Show that the negative log-likelihood is a cross-entropy, {goal}, and can be
    written without {sig}, {goal2}.  For the loss {L.definition} show that {goal3} and {goal4}.
    """
    I, i, z = size("I"), index("i"), real("z")
    x, y = sequence("x", (i, 1, I)), sequence("y", (i, 1, I), domain="binary")
    phi0, phi1 = real("phi_0 phi_1")
    sig = function("sig", z, 1/(1 + exp(-z)))
    a, over = phi0 + phi1*x[i], (i, 1, I)
    q, failure = sig(a), 1 - 1/(1 + exp(-a))
    entropy = (1 - y[i])*log(1 - q) + y[i]*log(q)
    L = define("L", -Sum(entropy, over))

    return (
        prove(-log(Prod(q**y[i]*(1 - q)**(1 - y[i]), over)), EQ, -Sum(entropy, over))
        .by(log_of_product,  -Sum(log(q**y[i]*(1 - q)**(1 - y[i])), over))
        .by(log_of_factors,  -Sum(entropy, over))
        .qed("udl-6.4-ii"),
        prove(-Sum(entropy, over), EQ, Sum(log(1 + exp(a)) - y[i]*a, over))
        .by(definition(sig), -Sum((1 - y[i])*log(failure) + y[i]*log(1/(1 + exp(-a))), over))
        .by(common_denominator, -Sum((1 - y[i])*log(exp(-a)/(1 + exp(-a))) + y[i]*log(1/(1 + exp(-a))), over))
        .by(log_quotient,    -Sum((1 - y[i])*(-a - log(1 + exp(-a))) - y[i]*log(1 + exp(-a)), over))
        .by(expand,          Sum(a + log(1 + exp(-a)) - y[i]*a, over))
        .by(log_product,     Sum(log(exp(a)*(1 + exp(-a))) - y[i]*a, over))
        .by(expand,          Sum(log(1 + exp(a)) - y[i]*a, over))
        .qed("udl-6.4-ii"),
        _logistic_gradient((L, sig), a, y[i], over, phi0, lambda e: e),
        _logistic_gradient((L, sig), a, y[i], over, phi1, lambda e: e*x[i]),
    )


def _logistic_gradient(names, a, y, over, phi, times):
    """The derivative of the cross-entropy by a parameter, whose derivative of a is what ``times`` multiplies by."""
    L, sig = names
    q, weight, wave = sig(a), (1 - y)/(1 - sig(a)) - y/sig(a), exp(-a.args[0] - a.args[1])
    entropy = (1 - y)*log(1 - q) + y*log(q)
    erratum(Deriv(L, phi), EQ, Sum(weight*times(wave)/(1 + wave**2), over),
            "the square stands at the exponential, not at the sum: the derivative of sig has (1 + exp(-z))^2")
    return (
        prove(Deriv(L, phi), EQ, Sum(times(q - y), over))
        .by(definition(L),   Deriv(-Sum(entropy, over), phi))
        .by(leibniz,         -Sum(Deriv(entropy, phi), over))
        .by(chain_rule,      Sum(weight*Deriv(q, phi), over))
        .by(differentiate,   Sum(weight*times(exp(-a)/(1 + exp(-a))**2), over))
        .by(definition(sig), Sum(times((1 - y)*q - y*(1 - q)), over))
        .by(expand,          Sum(times(q - y), over))
        .qed("udl-6.4-iii")
    )


@problem("udl-6.5", topics="gradient network relu", source=PRINCE.format("6.5"), alias="relu-network-gradient")
def relu_network_gradient():
    """Gradient of the least squares loss of a network with three hidden units.

    For data {x} and {y} and {ReLU.definition} the network computes {f.definition}, with ten parameters, and the loss
    is {L.definition}.  No input of a unit is 0, where its derivative jumps.  Show that {goals}.
    """
    I, i, z = size("I"), index("i"), real("z")
    x, y = sequence("x y", (i, 1, I))
    phi0, *phi = real("phi_0 phi_1 phi_2 phi_3")
    offsets, weights = real("theta_10 theta_20 theta_30"), real("theta_11 theta_21 theta_31")
    ReLU = function("ReLU", z, Cases((z, gt(z, 0)), (0, le(z, 0))))
    inputs = [b + w*x[i] for b, w in zip(offsets, weights, strict=True)]
    output = phi0 + phi[0]*ReLU(inputs[0]) + phi[1]*ReLU(inputs[1]) + phi[2]*ReLU(inputs[2])
    f = define("f", output, (i, 1, I))
    residual, over = y[i] - f[i], (i, 1, I)
    network = (define("L", Sum(residual**2, over)), f[i], output, residual, inputs, over)
    hidden = [(d, b, w) for d, (b, w) in enumerate(zip(offsets, weights, strict=True))]
    return (
        _output_gradient(network, phi0, residual),
        *(_output_gradient(network, phi[d], residual*ReLU(inputs[d])) for d in range(3)),
        *(proof for d, b, w in hidden for proof in (_hidden_gradient(network, b, phi[d], inputs[d], lambda e: e),
                                                    _hidden_gradient(network, w, phi[d], inputs[d], lambda e: e*x[i]))),
    )


def _to_the_network(network, parameter, goal):
    """The derivative of the loss as far as it is the same for every parameter."""
    L, f, output, residual, inputs, over = network
    return (
        prove(Deriv(L, parameter), EQ, goal, given=tuple(ne(a, 0) for a in inputs))
        .by(definition(L), Deriv(Sum(residual**2, over), parameter))
        .by(leibniz,       Sum(Deriv(residual**2, parameter), over))
        .by(chain_rule,    Sum(-2*residual*Deriv(f, parameter), over))
        .by(definition(f), Sum(-2*residual*Deriv(output, parameter), over))
    )


def _output_gradient(network, parameter, product):
    """By a weight of the output: the residual times what the weight multiplies."""
    over = network[-1]
    return (
        _to_the_network(network, parameter, -2*Sum(product, over))
        .by(differentiate, Sum(-2*product, over))
        .by(factor_out,    -2*Sum(product, over))
        .qed()
    )


def _hidden_gradient(network, parameter, phi, a, times):
    """By a parameter of a hidden unit with input a and output weight phi."""
    residual, over, active = network[3], network[-1], Indicator(gt(a, 0))
    return (
        _to_the_network(network, parameter, -2*phi*Sum(times(residual)*active, over))
        .by(differentiate, Sum(-2*times(residual*phi)*Cases((1, gt(a, 0)), (0, le(a, 0))), over))
        .by(indicator_definition, Sum(-2*times(residual*phi)*active, over))
        .by(factor_out,    -2*phi*Sum(times(residual)*active, over))
        .qed()
    )
