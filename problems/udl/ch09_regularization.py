"""Regularization: what noise added to the inputs does to a least squares loss."""

from derive.derivation import EQ, prove
from derive.lang import E, Sum, define, index, positive, random, real, sequence, size
from derive.rules.algebra import definition, expand, fold
from derive.rules.expectation import declared_moments, linearity
from derive.rules.sums import linearity_of_sum
from problems import problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-9.3-loss", topics="regularization expectation", source=PRINCE.format("9.3"), alias="input-noise-loss")
def input_noise_loss():
    """Expected least squares loss under noise on the inputs.

    Independent Gaussian noise {epsilon} of mean 0 and variance {noise} is added to each input {x} of the linear
    regression loss {L.definition}, which makes it {noisy.definition}.  Show that {goal}.
    """
    I, i = size("I"), index("i")
    phi0, phi1, sigma = *real("phi_0 phi_1"), positive("sigma_x")
    x, y = sequence("x y", (i, 1, I))
    epsilon = random("epsilon", (i, 1, I), mean=0, variance=sigma**2, structure="independent gaussian")
    L = define("L", Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)))
    noisy = define(r"\tilde{L}", Sum((phi0 + phi1*(x[i] + epsilon[i]) - y[i])**2, (i, 1, I)))
    state(noise=sigma**2, noisy=noisy)
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
