"""Diffusion models: the noise schedule and the Gaussians it makes."""

from sympy import sqrt

from derive.derivation import EQ, prove
from derive.lang import Prod, define, index, sequence, size
from derive.rules.algebra import cancel, definition, expand, fold
from derive.rules.sums import split_last
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


def schedule():
    """The noise schedule beta_s in (0, 1), s = 1..T, alpha_t the product of 1 - beta_s up to t, and a time t >= 2."""
    s, T, t = index("s"), size("T"), size("t", low=2)
    beta = sequence("beta", (s, 1, T), domain="unit")
    alpha = define("alpha", Prod(1 - beta[s], (s, 1, t)), t)
    return beta, alpha, t, s


@problem("udl-18.10", topics="diffusion algebra", source=PRINCE.format("18.10"))
def diffusion_coefficient():
    """The coefficient of the noisy image in the mean of the reverse step.

    With {alpha.definition}, show that {goal}.
    """
    beta, alpha, t, s = schedule()
    root = sqrt(1 - beta[t])
    product = Prod(1 - beta[s], (s, 1, t - 1))

    return (
        prove(((1 - alpha[t - 1])*(1 - beta[t]) + beta[t])/((1 - alpha[t])*root), EQ, 1/root)
        .by(expand,             (1 - alpha[t - 1]*(1 - beta[t]))/((1 - alpha[t])*root))
        .by(definition(alpha),  (1 - product*(1 - beta[t]))/((1 - alpha[t])*root))
        .by(split_last,         (1 - Prod(1 - beta[s], (s, 1, t)))/((1 - alpha[t])*root))
        .by(fold(alpha[t]),     (1 - alpha[t])/((1 - alpha[t])*root))
        .by(cancel,             1/root)
        .qed()
    )
