"""Variational autoencoders: the evidence lower bound."""

from sympy import log

from derive.derivation import EQ, LE, prove
from derive.lang import Integral, density, size, vector
from derive.rules.algebra import fold
from derive.rules.densities import bayes, linearity_of_integral, normalisation
from derive.rules.identities import log_quotient
from derive.rules.inequalities import gibbs
from problems import problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-17.4", topics="divergence variational", source=PRINCE.format("17.4"), alias="evidence-lower-bound")
def evidence_lower_bound():
    """The evidence lower bound from the divergence to the posterior.

    A latent variable {z} has the prior density {prior}, and the data {x} have the density {likelihood} given it, with
    parameters {phi}.  Then {evidence.definition} and, by Bayes' rule, {posterior.definition}.  For any density
    {q}, where all densities are positive everywhere, show that {goals}.
    """
    x, z, phi = vector("x", size("n")), vector("z", size("D")), vector("phi", size("m"))
    q = density("q", z, given=x, shape=z.shape, domain="positive")(z, given=x)
    prior = density("Pr", z, shape=z.shape, domain="positive")(z)
    likelihood = density("Pr", x, given=(z, phi), shape=x.shape, domain="positive")(x, given=(z, phi))
    evidence = density("Pr", x, given=phi, shape=x.shape, domain="positive", definition=Integral(likelihood*prior, z))
    posterior = density("Pr", z, given=(x, phi), shape=z.shape, domain="positive",
                        definition=likelihood*prior/evidence(x, given=phi))
    state(prior=prior, likelihood=likelihood, evidence=evidence, posterior=posterior)
    data, after = evidence(x, given=phi), posterior(z, given=(x, phi))
    divergence = Integral(q*log(data*q/(likelihood*prior)), z)
    fit, gap = Integral(q*log(likelihood), z), Integral(q*log(q/prior), z)

    return (
        prove(Integral(q*log(q/after), z), EQ, log(data) + gap - fit)
        .by(bayes,        divergence)
        .by(log_quotient, Integral(q*(log(data) + log(q/prior) - log(likelihood)), z))
        .by(linearity_of_integral, log(data)*Integral(q, z) + gap - fit)
        .by(normalisation, log(data) + gap - fit)
        .qed(),
        prove(fit - gap, LE, log(data))
        .by(linearity_of_integral, Integral(q*(log(likelihood) - log(q/prior)), z))
        .by(log_quotient, Integral(q*(log(data) - log(data*q/(likelihood*prior))), z))
        .by(linearity_of_integral, log(data)*Integral(q, z) - divergence)
        .by(normalisation, log(data) - divergence)
        .by(fold(after),  log(data) - Integral(q*log(q/after), z))
        .by(gibbs,        log(data), relation=LE)
        .qed(),
    )
