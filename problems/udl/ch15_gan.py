"""Generative adversarial networks: the loss of the best discriminator as a divergence."""

from sympy import Rational, log

from derive.derivation import EQ, prove
from derive.lang import Integral, bound, define, density, function, size
from derive.rules.algebra import definition, fold
from derive.rules.densities import linearity_of_integral, normalisation
from derive.rules.identities import log_product
from problems import erratum, problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-15.2", topics="divergence gan", source=PRINCE.format("15.2"), alias="jensen-shannon-loss")
def jensen_shannon_loss():
    """The discriminator loss is a Jensen-Shannon divergence.

    Let {p} be the density of the data and {q} that of the generated samples, both positive everywhere.  With the best
    discriminator the loss is {L.definition}, and the Jensen-Shannon divergence of the two densities is
    {D_JS.definition}.  Show that {goals}.
    """
    D = size("D")
    x = bound("x", D)
    p, q = density("p q", x, shape=(D,), domain="positive")
    mixed = p(x) + q(x)
    L = define("L", -Integral(p(x)*log(p(x)/mixed), x) - Integral(q(x)*log(q(x)/mixed), x))
    JS = function("D_JS", (p, q), Rational(1, 2)*Integral(p(x)*log(2*p(x)/mixed), x)
                  + Rational(1, 2)*Integral(q(x)*log(2*q(x)/mixed), x))
    half = Rational(1, 2)
    erratum(JS(p, q), EQ, -half*L - log(2),
            "the sign of log 2: a divergence of p from itself is 0, and there L = 2 log 2")
    return (
        prove(JS(p, q), EQ, log(2) - half*L)
        .by(definition(JS), half*Integral(p(x)*log(2*p(x)/mixed), x) + half*Integral(q(x)*log(2*q(x)/mixed), x))
        .by(log_product, half*Integral(p(x)*(log(2) + log(p(x)/mixed)), x)
            + half*Integral(q(x)*(log(2) + log(q(x)/mixed)), x))
        .by(linearity_of_integral, half*(log(2)*Integral(p(x), x) + Integral(p(x)*log(p(x)/mixed), x))
            + half*(log(2)*Integral(q(x), x) + Integral(q(x)*log(q(x)/mixed), x)))
        .by(normalisation, log(2) + half*(Integral(p(x)*log(p(x)/mixed), x) + Integral(q(x)*log(q(x)/mixed), x)))
        .by(fold(L), log(2) - half*L)
        .qed(),
        prove(L, EQ, 2*log(2) - 2*JS(p, q))
        .by(definition(L), -Integral(p(x)*log(p(x)/mixed), x) - Integral(q(x)*log(q(x)/mixed), x))
        .by(log_product, -Integral(p(x)*(log(2*p(x)/mixed) - log(2)), x)
            - Integral(q(x)*(log(2*q(x)/mixed) - log(2)), x))
        .by(linearity_of_integral, log(2)*Integral(p(x), x) - Integral(p(x)*log(2*p(x)/mixed), x)
            + log(2)*Integral(q(x), x) - Integral(q(x)*log(2*q(x)/mixed), x))
        .by(normalisation, 2*log(2) - Integral(p(x)*log(2*p(x)/mixed), x) - Integral(q(x)*log(2*q(x)/mixed), x))
        .by(fold(JS), 2*log(2) - 2*JS(p, q))
        .qed(),
    )
