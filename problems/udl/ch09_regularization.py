"""Regularization: what noise added to the inputs does to a least squares loss."""

from derive.derivation import EQ, prove
from derive.lang import Deriv, E, Sum, define, index, positive, random, real, sequence, size
from derive.rules.algebra import definition, expand, fold
from derive.rules.calculus import differentiate, leibniz
from derive.rules.expectation import declared_moments, linearity
from derive.rules.sums import linearity_of_sum
from problems import problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


def noisy_regression():
    """Data, parameters, noise on the inputs, and the losses without and with it."""
    I, i = size("I"), index("i")
    phi0, phi1, sigma = *real("phi_0 phi_1"), positive("sigma_x")
    x, y = sequence("x y", (i, 1, I))
    epsilon = random("epsilon", (i, 1, I), mean=0, variance=sigma**2, structure="independent gaussian")
    L = define("L", Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)))
    noisy = define(r"\tilde{L}", Sum((phi0 + phi1*(x[i] + epsilon[i]) - y[i])**2, (i, 1, I)))
    state(noise=sigma**2, noisy=noisy)
    return I, i, phi0, phi1, sigma, x, y, epsilon, L, noisy


@problem("udl-9.3-loss", topics="regularization expectation", source=PRINCE.format("9.3"), alias="input-noise-loss")
def input_noise_loss():
    """Expected least squares loss under noise on the inputs.

    Independent Gaussian noise {epsilon} of mean 0 and variance {noise} is added to each input {x} of the linear
    regression loss {L.definition}, which makes it {noisy.definition}.  Show that {goal}.
    """
    I, i, phi0, phi1, sigma, x, y, epsilon, L, noisy = noisy_regression()
    residual, over = phi0 + phi1*x[i] - y[i], (i, 1, I)

    return (
        prove(E(noisy), EQ, L + I*sigma**2*phi1**2)
        .by(definition(noisy), E(Sum((phi0 + phi1*(x[i] + epsilon[i]) - y[i])**2, over)))
        .by(expand,            E(Sum((residual + phi1*epsilon[i])**2, over)))
        .by(linearity,         Sum(E((residual + phi1*epsilon[i])**2), over))
        .by(linearity,         Sum(residual**2 + 2*phi1*residual*E(epsilon[i]) + phi1**2*E(epsilon[i]**2), over))
        .by(declared_moments,  Sum(residual**2 + phi1**2*sigma**2, over))
        .by(linearity_of_sum,  Sum(residual**2, over) + I*sigma**2*phi1**2)
        .by(fold(L),           L + I*sigma**2*phi1**2)
        .qed()
    )


@problem("udl-9.3-grad", topics="regularization expectation gradient", source=PRINCE.format("9.3"),
         alias="input-noise-gradient")
def input_noise_gradient():
    """Expected gradient of the least squares loss under noise on the inputs.

    Independent Gaussian noise {epsilon} of mean 0 and variance {noise} is added to each input {x} of the linear
    regression loss {L.definition}, which makes it {noisy.definition}.  Show that {goals}.
    """
    I, i, phi0, phi1, sigma, x, y, epsilon, _, noisy = noisy_regression()
    residual, over = phi0 + phi1*x[i] - y[i], (i, 1, I)
    shifted = phi0 + phi1*(x[i] + epsilon[i]) - y[i]

    return (
        prove(E(Deriv(noisy, phi0)), EQ, 2*Sum(residual, over))
        .by(definition(noisy), E(Deriv(Sum(shifted**2, over), phi0)))
        .by(leibniz,           E(Sum(Deriv(shifted**2, phi0), over)))
        .by(differentiate,     E(Sum(2*shifted, over)))
        .by(linearity,         2*Sum(residual + phi1*E(epsilon[i]), over))
        .by(declared_moments,  2*Sum(residual, over))
        .qed(),
        prove(E(Deriv(noisy, phi1)), EQ, 2*Sum(x[i]*residual, over) + 2*I*sigma**2*phi1)
        .by(definition(noisy), E(Deriv(Sum(shifted**2, over), phi1)))
        .by(leibniz,           E(Sum(Deriv(shifted**2, phi1), over)))
        .by(differentiate,     E(Sum(2*shifted*(x[i] + epsilon[i]), over)))
        .by(linearity,         2*Sum(x[i]*residual + (residual + phi1*x[i])*E(epsilon[i]) + phi1*E(epsilon[i]**2),
                                     over))
        .by(declared_moments,  2*Sum(x[i]*residual + phi1*sigma**2, over))
        .by(linearity_of_sum,  2*Sum(x[i]*residual, over) + 2*I*sigma**2*phi1)
        .qed(),
    )
