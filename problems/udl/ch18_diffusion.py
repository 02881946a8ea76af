"""Diffusion models: the noise schedule and the Gaussians it makes."""

from sympy import Rational, exp, log, pi, sqrt

from derive.derivation import EQ, PROPTO, prove
from derive.lang import (
    Det,
    Norm,
    NormalDensity,
    Prod,
    Tr,
    define,
    eq,
    eye,
    function,
    gt,
    index,
    inverse,
    matrix,
    positive,
    sequence,
    size,
    vector,
)
from derive.rules.algebra import (
    algebra,
    cancel,
    common_denominator,
    definition,
    expand,
    fold,
    log_of_power,
    substitution,
)
from derive.rules.densities import drop_constants, normal_density
from derive.rules.matrices import (
    complete_the_square,
    determinant_of_scaled,
    inverse_product,
    matrix_algebra,
    norm_definition,
    trace_linearity,
)
from derive.rules.sums import split_last
from problems import erratum, problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


def schedule():
    """The noise schedule beta_s in (0, 1), s = 1..T, alpha_t the product of 1 - beta_s up to t, and a time t >= 2."""
    s, T, t = index("s"), size("T"), size("t", low=2)
    beta = sequence("beta", (s, 1, T), domain="unit")
    alpha = define("alpha", Prod(1 - beta[s], (s, 1, t)), t)
    return beta, alpha, t, s


@problem("udl-18.4", topics="gaussian matrix", source=PRINCE.format("18.4"), alias="gaussian-change-of-variable")
def gaussian_change_of_variable():
    """A Gaussian in a linear image is a Gaussian in what is mapped.

    Let the columns of {A} be independent and let {B} be symmetric and positive definite.  For a vector {v}, show that
    as functions of the vector {w} {goal}.
    """
    m, n = size("m"), size("n")
    v, w = vector("v", m), vector("w", n)
    A, B = matrix("A", m, n, structure="full_column_rank"), matrix("B", m, m, structure="positive_definite")
    half, precision = Rational(1, 2), A.T@inverse(B)@A
    mean = inverse(precision)@A.T@inverse(B)@v
    cross = w.T@precision@w - 2*v.T@inverse(B)@A@w
    symmetric = eq(B.T, B)
    erratum(exp(-half*(v.T@inverse(B)@A@precision@A.T@inverse(B)@v + cross)), EQ,
            exp(-half*((w - mean).T@precision@(w - mean))), given=symmetric,
            note="the term that completes the square lacks an inverse: its middle factor is the covariance of w")

    return (
        prove(NormalDensity(v, A@w, B), PROPTO, NormalDensity(w, mean, inverse(precision)), about=w, given=symmetric)
        .by(normal_density,      (2*pi)**(-m/2)*Det(B)**(-half)*exp(-half*((v - A@w).T@inverse(B)@(v - A@w))))
        .by(drop_constants(w),   exp(-half*((v - A@w).T@inverse(B)@(v - A@w))))
        .by(matrix_algebra,      exp(-half*(v.T@inverse(B)@v - 2*v.T@inverse(B)@A@w + w.T@precision@w)))
        .by(drop_constants(w),   exp(-half*cross))
        .by(complete_the_square, exp(-half*((w - mean).T@precision@(w - mean)
                                            - v.T@inverse(B)@A@inverse(precision)@A.T@inverse(B)@v)))
        .by(drop_constants(w),   exp(-half*((w - mean).T@precision@(w - mean))))
        .by(drop_constants(w),   NormalDensity(w, mean, inverse(precision)))
        .qed()
    )


@problem("udl-18.5", topics="gaussian matrix", source=PRINCE.format("18.5"), alias="product-of-gaussians")
def product_of_gaussians():
    """The product of two Gaussians in one variable is a Gaussian.

    For vectors {a}, {b} and symmetric, positive definite matrices {A}, {B}, show that as functions of {x}
    {goal}.
    """
    d = size("d")
    x, a, b = vector("x a b", d)
    A, B = matrix("A B", d, d, structure="positive_definite")
    half, precision, shift = Rational(1, 2), inverse(A) + inverse(B), inverse(A)@a + inverse(B)@b
    spread, symmetric = inverse(precision), (eq(A.T, A), eq(B.T, B))
    rest = a.T@inverse(A)@a + b.T@inverse(B)@b
    erratum(exp(-half*(x.T@precision@x - 2*x.T@shift + x.T@spread@shift)), EQ,
            exp(-half*((x - spread@shift).T@precision@(x - spread@shift))), given=symmetric,
            note="the term that completes the square still has x in it; it is the square of the shift itself")

    return (
        prove(NormalDensity(x, a, A)*NormalDensity(x, b, B), PROPTO, NormalDensity(x, spread@shift, spread), about=x,
              given=symmetric)
        .by(drop_constants(x),   exp(-half*((x - a).T@inverse(A)@(x - a) + (x - b).T@inverse(B)@(x - b))))
        .by(matrix_algebra,      exp(-half*(x.T@precision@x - 2*x.T@shift + rest)))
        .by(drop_constants(x),   exp(-half*(x.T@precision@x - 2*x.T@shift)))
        .by(complete_the_square, exp(-half*((x - spread@shift).T@precision@(x - spread@shift)
                                            - shift.T@spread@shift)))
        .by(drop_constants(x),   exp(-half*((x - spread@shift).T@precision@(x - spread@shift))))
        .by(drop_constants(x),   NormalDensity(x, spread@shift, spread))
        .qed()
    )


def reverse_step(beta, alpha, t):
    """(I, z_{t-1}, z_t, x, variance, mean) of the reverse step of length-d vectors."""
    d = size("d")
    before, after, x = vector("z_t-1", d), vector("z_t", d), vector("x", d)
    state(before=before)
    variance = beta[t]*(1 - alpha[t - 1])/(1 - alpha[t])
    mean = (1 - alpha[t - 1])/(1 - alpha[t])*sqrt(1 - beta[t])*after + sqrt(alpha[t - 1])*beta[t]/(1 - alpha[t])*x
    return eye(d), before, after, x, variance, mean


@problem("udl-18.6-var", topics="diffusion gaussian", source=PRINCE.format("18.6"), alias="reverse-step-variance")
def reverse_step_variance():
    """The variance of the reverse step of a diffusion model.

    A noise schedule has {beta} strictly between 0 and 1 and {alpha.definition}.  Show that {goals}.
    """
    beta, alpha, t, s = schedule()
    eyes, variance = eye(size("d")), beta[t]*(1 - alpha[t - 1])/(1 - alpha[t])
    precision = (1 - beta[t])/beta[t] + 1/(1 - alpha[t - 1])

    return (
        prove(alpha[t], EQ, (1 - beta[t])*alpha[t - 1])
        .by(definition(alpha),  Prod(1 - beta[s], (s, 1, t)))
        .by(split_last,         (1 - beta[t])*Prod(1 - beta[s], (s, 1, t - 1)))
        .by(fold(alpha[t - 1]), (1 - beta[t])*alpha[t - 1])
        .qed(),
        prove(1/precision, EQ, variance)
        .by(common_denominator, 1/(((1 - beta[t])*(1 - alpha[t - 1]) + beta[t])/(beta[t]*(1 - alpha[t - 1]))))
        .by(expand,             1/((1 - (1 - beta[t])*alpha[t - 1])/(beta[t]*(1 - alpha[t - 1]))))
        .by(substitution(alpha[t], (1 - beta[t])*alpha[t - 1]), 1/((1 - alpha[t])/(beta[t]*(1 - alpha[t - 1]))),
            because="the recursion just shown")
        .by(algebra,            variance)
        .qed(),
        prove(inverse(inverse(beta[t]/(1 - beta[t])*eyes) + inverse((1 - alpha[t - 1])*eyes)), EQ, variance*eyes)
        .by(inverse_product,    inverse((1 - beta[t])/beta[t]*eyes + 1/(1 - alpha[t - 1])*eyes))
        .by(matrix_algebra,     inverse(precision*eyes))
        .by(inverse_product,    1/precision*eyes)
        .by(substitution(1/precision, variance), variance*eyes, because="the variance just found")
        .qed(),
    )


@problem("udl-18.6-mean", topics="diffusion gaussian", source=PRINCE.format("18.6"), alias="reverse-step-mean")
def reverse_step_mean():
    """The mean of the reverse step of a diffusion model, and its law.

    A noise schedule has {beta} strictly between 0 and 1 and {alpha.definition}.  For vectors {x}, {z_t} and {before},
    of which the last is the variable, show that {goals}.
    """
    beta, alpha, t, _ = schedule()
    eyes, before, after, x, variance, mean = reverse_step(beta, alpha, t)
    half, forward, start = Rational(1, 2), (1 - beta[t])/beta[t], 1/(1 - alpha[t - 1])
    back, scaled = 1/sqrt(1 - beta[t])*after, sqrt(alpha[t - 1])*x
    shift = forward*back + start*scaled
    off, precision = before - variance*shift, (1 - alpha[t])/(beta[t]*(1 - alpha[t - 1]))

    return (
        prove(variance*(forward*(1/sqrt(1 - beta[t]))*after + start*sqrt(alpha[t - 1])*x), EQ, mean)
        .by(matrix_algebra, variance*forward*(1/sqrt(1 - beta[t]))*after + variance*start*sqrt(alpha[t - 1])*x)
        .by(cancel,         mean)
        .qed(),
        prove(NormalDensity(before, back, beta[t]/(1 - beta[t])*eyes)
              * NormalDensity(before, scaled, (1 - alpha[t - 1])*eyes), PROPTO,
              NormalDensity(before, mean, variance*eyes), about=before)
        .by(drop_constants(before), exp(-half*((before - back).T@inverse(beta[t]/(1 - beta[t])*eyes)@(before - back)
                                               + (before - scaled).T@inverse((1 - alpha[t - 1])*eyes)
                                               @ (before - scaled))))
        .by(inverse_product,        exp(-half*(forward*(before - back).T@(before - back)
                                               + start*(before - scaled).T@(before - scaled))))
        .by(drop_constants(before), exp(-half*((forward + start)*before.T@before - 2*before.T@shift)))
        .by(substitution(forward + start, precision), exp(-half*(precision*before.T@before - 2*before.T@shift)),
            because="the variance of the reverse step")
        .by(complete_the_square,    exp(-half*(precision*off.T@off - variance*shift.T@shift)))
        .by(drop_constants(before), exp(-half*(precision*off.T@off)))
        .by(substitution(variance*shift, mean), exp(-half*(precision*(before - mean).T@(before - mean))),
            because="the mean just found")
        .by(inverse_product, exp(-half*((before - mean).T@inverse(variance*eyes)@(before - mean))))
        .by(drop_constants(before), NormalDensity(before, mean, variance*eyes))
        .qed(),
    )


@problem("udl-18.8", topics="diffusion divergence gaussian", source=PRINCE.format("18.8"),
         alias="reverse-step-divergence")
def reverse_step_divergence():
    """The divergence of the reverse step from its model depends on the parameters in one term only.

    A noise schedule has {beta} strictly between 0 and 1 and {alpha.definition}.  For vectors {x} and {z_t} of length
    {D}, parameters {phi_t} and a scale {sigma_t}, the reverse step is normal with mean {a.definition} and covariance
    {A.definition}, and its model is normal with mean {b.definition} and covariance {B.definition}.  The left side
    below is the Kullback-Leibler divergence of two normal laws of such means and covariances.  Show that {goal}.
    """
    beta, alpha, t, _ = schedule()
    D, m = size("D"), size("m")
    eyes, z, x, phi, sigma = eye(D), vector("z_t", D), vector("x", D), vector("phi_t", m), positive("sigma_t")
    f = function("f_t", (z, phi), shape=(D,))
    variance = beta[t]*(1 - alpha[t - 1])/(1 - alpha[t])
    ratio = beta[t]*(1 - alpha[t - 1])/(sigma**2*(1 - alpha[t]))
    mean = (1 - alpha[t - 1])/(1 - alpha[t])*sqrt(1 - beta[t])*z + sqrt(alpha[t - 1])*beta[t]/(1 - alpha[t])*x
    a, b = define("a", mean), define("b", f(z, phi))
    A, B = define("A", variance*eyes), define("B", sigma**2*eyes)
    half, gap = Rational(1, 2), a - b
    positives = gt(variance, 0)

    return (
        prove(half*(Tr(inverse(B)@A) - D + gap.T@inverse(B)@gap + log(Det(B)/Det(A))), EQ,
              1/(2*sigma**2)*Norm(mean - f(z, phi))**2 + D/2*(ratio - 1 - log(ratio)))
        .by(definition(A, B),      half*(Tr(inverse(sigma**2*eyes)@(variance*eyes)) - D
                                         + gap.T@inverse(sigma**2*eyes)@gap
                                         + log(Det(sigma**2*eyes)/Det(variance*eyes))))
        .by(inverse_product,       half*(Tr(ratio*eyes) - D + 1/sigma**2*gap.T@gap
                                         + log(Det(sigma**2*eyes)/Det(variance*eyes))))
        .by(trace_linearity,       half*(ratio*D - D + 1/sigma**2*gap.T@gap
                                         + log(Det(sigma**2*eyes)/Det(variance*eyes))))
        .by(determinant_of_scaled, half*(ratio*D - D + 1/sigma**2*gap.T@gap + log((sigma**2)**D/variance**D)))
        .by(norm_definition,       half*(ratio*D - D + 1/sigma**2*Norm(gap)**2 + log((sigma**2)**D/variance**D)))
        .by(log_of_power(-D),      half*(ratio*D - D + 1/sigma**2*Norm(gap)**2 - D*log(ratio)), because=positives)
        .by(definition(a, b),      half*(ratio*D - D + 1/sigma**2*Norm(mean - f(z, phi))**2 - D*log(ratio)))
        .by(algebra,               1/(2*sigma**2)*Norm(mean - f(z, phi))**2 + D/2*(ratio - 1 - log(ratio)))
        .qed(unproved={"log_of_power": "size_bound"})
    )


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
