"""Loss functions: negative log-likelihoods of directions and of a mixture of two Gaussians."""

from sympy import cos, exp, log, oo, pi, sqrt

from derive.derivation import EQ, IFF, prove
from derive.lang import Integral, Prod, Range, Sum, bound, function, index, le, ne, positive, real, sequence, size
from derive.rules.algebra import algebra, cancel, definition
from derive.rules.identities import log_exp, log_quotient
from derive.rules.sums import constant_sum, linearity_of_sum, log_of_product
from problems import erratum, problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-5.3", ["udl-5.3-loss"], topics="likelihood von-mises", source=PRINCE.format("5.3"),
         alias="von-mises-loss")
def von_mises_loss():
    """Loss for predicting a direction.

    Directions {y} have the von Mises density of mean direction {mu} and concentration {kappa}, whose constant is
    {Bessel_0.definition},   For network outputs {f} as mean directions the negative log-likelihood is
    {loss}; show that {goal}.  Dropping constants leaves the outputs in the same order.
    """
    I, i, t, u = size("I"), index("i"), bound("t"), bound("y")
    y, f, g = sequence("y f g", (i, 1, I))
    kappa, mu, over = positive("kappa"), real("mu"), (i, 1, I)
    B = function("Bessel_0", kappa, 1/(2*pi)*Integral(exp(kappa*cos(t)), (t, -pi, pi)))
    density = exp(kappa*cos(y[i] - f[i]))/(2*pi*B(kappa))
    L = function("L", f, -Sum(log(density), over))
    state(loss=L(f[Range(1, I)]))
    constant = I*log(2*pi*B(kappa))
    circle = (u, -pi, pi)
    erratum(-Sum(log(density), over), EQ, Sum(-kappa*cos(y[i] - f[i]) + log(B(kappa)), over),
            "log 2 pi is left out of the constant")

    def written(outputs):
        return -kappa*Sum(cos(y[i] - outputs[i]), over) + constant

    def order(e):
        return le(e(f), e(g))

    return (
        prove(-Sum(log(density), over), EQ, written(f))
        .by(log_quotient,     -Sum(kappa*cos(y[i] - f[i]) - log(2*pi*B(kappa)), over))
        .by(linearity_of_sum, -kappa*Sum(cos(y[i] - f[i]), over) + Sum(log(2*pi*B(kappa)), over))
        .by(constant_sum,     written(f))
        .qed(),
    )
