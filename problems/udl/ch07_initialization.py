"""Initialization: how the variance of a layer's pre-activations passes through the activation."""

from sympy import Rational, oo

from derive.derivation import EQ, prove
from derive.lang import Cases, E, Integral, bound, density, function, gt, le, positive, random, real
from derive.rules.algebra import algebra, definition, substitution
from derive.rules.densities import expectation_definition
from derive.rules.expectation import declared_moments
from derive.rules.integrals import evenness, reflection, restrict_range, split_range, whole_line
from problems import problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-7.14", topics="initialization expectation relu", source=PRINCE.format("7.14"),
         alias="second-moment-after-a-relu")
def second_moment_after_a_relu():
    """Second moment of a symmetric pre-activation after a ReLU.

    The pre-activation {a} has a density {p} that is symmetric about zero, mean zero and variance {square}, and
    {ReLU.definition}.  Show that {goal}, and with it that {goal2}: the activation halves the second moment.
    """
    z, t = real("z"), bound("t")
    p = density("p", structure="even")
    sigma = positive("sigma")
    a = random("a", law=p, mean=0, variance=sigma**2)
    R = function("ReLU", z, Cases((z, gt(z, 0)), (0, le(z, 0))))
    state(square=sigma**2)
    rectified = Cases((t, gt(t, 0)), (0, le(t, 0)))
    half, whole = Integral(t**2*p(t), (t, 0, oo)), Integral(t**2*p(t), (t, -oo, oo))
    return (
        prove(half, EQ, Rational(1, 2)*whole)
        .by(algebra,          Rational(1, 2)*half + Rational(1, 2)*half)
        .by(evenness,         Rational(1, 2)*Integral((-t)**2*p(-t), (t, 0, oo)) + Rational(1, 2)*half)
        .by(reflection,       Rational(1, 2)*Integral(t**2*p(t), (t, -oo, 0)) + Rational(1, 2)*half)
        .by(split_range(0),   Rational(1, 2)*whole)
        .qed(),
        prove(E(R(a)**2), EQ, sigma**2/2)
        .by(expectation_definition(t), Integral(R(t)**2*p(t), t))
        .by(whole_line,       Integral(R(t)**2*p(t), (t, -oo, oo)))
        .by(definition(R),    Integral(rectified**2*p(t), (t, -oo, oo)))
        .by(restrict_range,   half)
        .by(substitution(half, Rational(1, 2)*whole), Rational(1, 2)*whole, because="the density is even")
        .by(whole_line,       Rational(1, 2)*Integral(t**2*p(t), t))
        .by(expectation_definition(t), Rational(1, 2)*E(a**2))
        .by(declared_moments, sigma**2/2)
        .qed(),
    )
