"""Loss functions: negative log-likelihoods of directions and of a mixture of two Gaussians."""

from sympy import cos, exp, log, oo, pi, sqrt

from derive.derivation import EQ, IFF, prove
from derive.lang import Integral, Prod, Range, Sum, bound, function, index, le, positive, real, sequence, size
from derive.rules.algebra import cancel, definition, log_of_factors
from derive.rules.densities import gaussian_integral, linearity_of_integral, period_shift
from derive.rules.optimisation import add_to_both_sides, divide_by
from derive.rules.sums import constant_sum, linearity_of_sum, log_of_product
from problems import erratum, problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-5.3", ["udl-5.3-loss"], topics="likelihood von-mises", source=PRINCE.format("5.3"),
         alias="von-mises-loss")
def von_mises_loss():
    """Loss for predicting a direction.

    The von Mises density of mean direction {mu} and concentration {kappa} has the constant {Bessel_0.definition}; show
    that {goal3}.  A network has the outputs {f} as mean directions of {y}.  Show that the negative log-likelihood is
    {goal}, and that, with {loss} for this, constants may be dropped: of outputs {f} and {g}, {goal2}.
    """
    I, i, t, angle = size("I"), index("i"), bound("t"), bound("y")
    y, f, g = sequence("y f g", (i, 1, I))
    kappa, mu, over, circle = positive("kappa"), real("mu"), (i, 1, I), (angle, -pi, pi)
    B = function("Bessel_0", kappa, 1/(2*pi)*Integral(exp(kappa*cos(t)), (t, -pi, pi)))
    nll = {m: -Sum(log(exp(kappa*cos(y[i] - m[i]))/(2*pi*B(kappa))), over) for m in (f, g)}
    split = {m: -Sum(kappa*cos(y[i] - m[i]) - log(2*pi*B(kappa)), over) for m in (f, g)}
    match = {m: Sum(cos(y[i] - m[i]), over) for m in (f, g)}
    L, constant = function("L", f, nll[f]), I*log(2*pi*B(kappa))
    loss = {m: L(m[Range(1, I)]) for m in (f, g)}
    state(loss=loss[f])
    whole = Integral(exp(kappa*cos(t)), (t, -pi, pi))
    erratum(nll[f], EQ, Sum(-kappa*cos(y[i] - f[i]) + log(B(kappa)), over), "log 2 pi is left out of the constant")
    return (
        prove(nll[f], EQ, -kappa*match[f] + constant)
        .by(log_of_factors,   split[f])
        .by(linearity_of_sum, -kappa*match[f] + Sum(log(2*pi*B(kappa)), over))
        .by(constant_sum,     -kappa*match[f] + constant)
        .qed(),
        prove(le(loss[f], loss[g]), IFF, le(-match[f], -match[g]))
        .by(definition(L),    le(nll[f], nll[g]))
        .by(log_of_factors,   le(split[f], split[g]))
        .by(linearity_of_sum, le(-kappa*match[f] + constant, -kappa*match[g] + constant))
        .by(add_to_both_sides(-constant), le(-kappa*match[f], -kappa*match[g]))
        .by(divide_by(kappa), le(-match[f], -match[g]))
        .qed(),
        prove(Integral(exp(kappa*cos(angle - mu))/(2*pi*B(kappa)), circle), EQ, 1)
        .by(definition(B),         Integral(exp(kappa*cos(angle - mu))/(2*pi*(1/(2*pi)*whole)), circle))
        .by(linearity_of_integral, Integral(exp(kappa*cos(angle - mu)), circle)/whole)
        .by(period_shift,          Integral(exp(kappa*cos(angle)), circle)/whole)
        .by(cancel,                1)
        .qed(),
    )


@problem("udl-5.4", ["udl-5.4-loss"], topics="likelihood mixture gaussian", source=PRINCE.format("5.4"),
         alias="mixture-of-gaussians-loss")
def mixture_loss():
    """Loss for predicting a mixture of two Gaussians.

    A network has five outputs for each of the data {y}, which stand for the weight of the first part through
    {sig.definition}, for the two means, and squared for the two variances in {p.definition}; the outputs that are
    squared are not 0.  Show that the negative log-likelihood is {goal}, and that the density it uses is one: {goal2}.
    """
    I, i, z, u = size("I"), index("i"), real("z"), bound("y")
    y, f1, f2, f4 = sequence("y f_1 f_2 f_4", (i, 1, I))
    f3, f5 = sequence("f_3 f_5", (i, 1, I), domain="nonzero")
    weight, first, second, v1, v2 = bound("lambda mu_1 mu_2 v_1 v_2")
    sig, over, line = function("sig", z, 1/(1 + exp(-z))), (i, 1, I), (u, -oo, oo)

    def kernel(at, mean, variance):
        return exp(-(at - mean)**2/(2*variance))

    p = function("p", (u, weight, first, second, v1, v2),
                 weight/sqrt(2*pi*v1)*kernel(u, first, v1)
                 + (1 - weight)/sqrt(2*pi*v2)*kernel(u, second, v2), bar=1)
    a, b, s = f3[i]**2, f5[i]**2, sig(f1[i])

    def mixture(at, scale=b):
        return s/sqrt(2*pi*a)*kernel(at, f2[i], a) + (1 - s)/sqrt(2*pi*scale)*kernel(at, f4[i], b)

    likelihood = p(y[i], given=(s, f2[i], f4[i], a, b))
    erratum(-log(Prod(likelihood, over)), EQ, -Sum(log(mixture(y[i], a)), over),
            "the second part is normalised by the deviation of the first")
    erratum(Integral(mixture(u, a), line), EQ, 1, "so that it is no density")
    return (
        prove(-log(Prod(likelihood, over)), EQ, -Sum(log(mixture(y[i])), over))
        .by(log_of_product, -Sum(log(likelihood), over))
        .by(definition(p),  -Sum(log(mixture(y[i])), over))
        .qed(),
        prove(Integral(mixture(u), line), EQ, 1)
        .by(linearity_of_integral, s/sqrt(2*pi*a)*Integral(kernel(u, f2[i], a), line)
            + (1 - s)/sqrt(2*pi*b)*Integral(kernel(u, f4[i], b), line))
        .by(gaussian_integral,     s/sqrt(2*pi*a)*sqrt(2*pi*a) + (1 - s)/sqrt(2*pi*b)*sqrt(2*pi*b))
        .by(cancel,                1)
        .qed(),
    )
