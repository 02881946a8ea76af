"""Densities and masses: logarithms, divergences, Bayes' rule, normalisation, Gaussian moments."""

import sympy as sp

from derive.lang.arrays import Det
from derive.lang.binders import Integral, Sum
from derive.lang.cancellation import canceled
from derive.lang.evaluation import evaluated
from derive.lang.heads import Inverse, Scalar, Transpose
from derive.lang.names import Call
from derive.lang.normal import normal_form
from derive.lang.probability import KL, E, NormalDensity, NormalLaw
from derive.lang.sets import Implied, Range
from derive.lang.shape import shape_of
from derive.lang.symbols import bound, random_names
from derive.rules.registry import each, rule
from derive.term.relation import Relation


@rule()
def normal_density(expr):
    """Norm_x[m, S] = (2 pi)^(-D/2) |S|^(-1/2) exp(-(x - m)^T S^(-1) (x - m)/2), D the length of x."""
    return evaluated(each(NormalDensity, lambda node: _constant(node)*sp.exp(_exponent(node)))(expr))


def _constant(node):
    shape = shape_of(node.variable)
    if not shape:
        return 1/sp.sqrt(2*sp.pi*node.covariance)
    return (2*sp.pi)**(-shape[0]/2)*Det(node.covariance)**sp.Rational(-1, 2)


def _exponent(node):
    gap = node.variable - node.mean
    if not shape_of(node.variable):
        return -gap**2/(2*node.covariance)
    return -Scalar(Transpose(gap)*Inverse(node.covariance)*gap)/2


@rule()
def log_density(expr):
    """log Norm_x[m, v] = -log(2 pi v)/2 - (x - m)^2/(2 v), and the same of vectors."""
    def write(node):
        density = node.args[0]
        if not isinstance(density, NormalDensity):
            return node
        shape = shape_of(density.variable)
        spread = (-sp.log(2*sp.pi*density.covariance)/2 if not shape else
                  -shape[0]*sp.log(2*sp.pi)/2 - sp.log(Det(density.covariance))/2)
        return spread + _exponent(density)
    return evaluated(each(sp.log, write)(expr))


@rule(Relation.PROPTO)
def drop_constants(expr, *variables):
    """c f(x) is proportional to f(x), where c does not depend on x."""
    def varies(factor):
        return any(v in factor.free_symbols for v in variables)

    kept = []
    for factor in sp.Mul.make_args(evaluated(expr)):
        if isinstance(factor, NormalDensity):
            kept.append(sp.exp(_exponent(factor)))
        elif isinstance(factor, sp.exp):
            kept.append(factor)
        elif varies(factor):
            kept.append(factor)
    exponent = sp.Add(*(f.args[0] for f in kept if isinstance(f, sp.exp)))
    terms = sp.Add.make_args(sp.expand(canceled(exponent)))
    return sp.Mul(*(f for f in kept if not isinstance(f, sp.exp)))*sp.exp(sp.Add(*(t for t in terms if varies(t))))


@rule()
def kl_definition(expr, *variables):
    """KL(q || p) = E_q[log q(x) - log p(x)]."""
    def write(node):
        q, p = node.args
        x, = variables or _arguments(q)
        return E(sp.log(density_at(q, x)) - sp.log(density_at(p, x)), (x, q))
    return evaluated(each(KL, write)(expr))


def _arguments(law):
    return law.facts.formals[:1] if hasattr(law, "facts") else law.arguments[:1]


def density_at(law, x):
    """The density of a law at a point."""
    if isinstance(law, NormalLaw):
        return NormalDensity(x, law.mean, law.covariance)
    return law if isinstance(law, Call) else law(x)


@rule()
def expectation_definition(expr, *variables):
    """E_{x ~ p}[f(x)] = int p(x) f(x) dx, or the sum of a mass function; the variable may be named."""
    def write(node):
        node = _with_law(node, variables)
        if len(node.laws) != 1:
            return node
        law, = node.laws
        kind = getattr(getattr(law.law, "function", law.law), "facts", None)
        binder = Sum if kind is not None and kind.kind == "mass" else Integral
        return binder(density_at(law.law, law.variable)*node.body, law.variable, Implied())
    return evaluated(each(E, write)(expr))


def _with_law(node, variables):
    """E[f(a)] of one random variable with a declared law p as E_{t ~ p}[f(t)]."""
    known = [a for a in random_names(node.body) if a.facts.law is not None and a in node.body.free_symbols]
    if node.laws or len(known) != 1:
        return node
    t, = variables or (bound("t", *known[0].shape),)
    return node.func(node.body.xreplace({known[0]: t}), (t, known[0].facts.law))


@rule()
def linearity_of_integral(expr):
    """int (a f + b g) dx = a int f dx + b int g dx, where the integrals exist."""
    def spread(node):
        total = sp.Integer(0)
        for term in sp.Add.make_args(sp.expand(normal_form(node.body))):
            outside, inside = term.as_independent(node.variable, as_Add=False)
            total += outside*node.over(inside)
        return total
    return evaluated(each((Integral, Sum), spread)(normal_form(expr)))


@rule()
def normalisation(expr):
    """int p(x) dx = 1, and the sum of a mass function is 1, over the whole space."""
    def one(node):
        body = node.body
        whole = isinstance(node.domain, Implied)
        if whole and isinstance(body, Call) and body.function.facts.kind in ("density", "mass"):
            before = body.arguments if body.bar < 0 else body.arguments[:body.bar]
            return sp.Integer(1) if before == (node.variable,) else node
        return sp.Integer(1) if whole and isinstance(body, NormalDensity) and body.variable == node.variable else node
    return each((Integral, Sum), one)(linearity_of_integral.rewrite(expr))


@rule()
def bayes(expr):
    """p(z | x) = p(x | z) p(z)/p(x), as declared: the definition of the posterior put in."""
    from derive.rules.algebra import unfolded
    posteriors = [c.function for c in expr.atoms(Call) if c.function.definition is not None] if expr.args else []
    return unfolded(expr, posteriors)


@rule()
def gaussian_moments(expr):
    """E[x] = m, E[x^2] = m^2 + v for x ~ N(m, v), and E[x^k] = m E[x^(k-1)] + (k-1) v E[x^(k-2)]."""
    def write(node):
        if len(node.laws) != 1 or not isinstance(node.laws[0].law, NormalLaw) or shape_of(node.laws[0].variable):
            return node
        law, x = node.laws[0].law, node.laws[0].variable
        if not node.body.is_polynomial(x):
            return node
        return sp.Add(*(c*_moment(law, k) for (k,), c in sp.Poly(node.body, x).terms()))
    return evaluated(each(E, write)(expr))


def _moment(law, k):
    if k < 2:
        return law.mean**k
    return law.mean*_moment(law, k - 1) + (k - 1)*law.covariance*_moment(law, k - 2)


@rule()
def gaussian_integral(expr):
    """int exp(-a x^2 + b x + c) dx = sqrt(pi/a) exp(b^2/(4 a) + c) over the line, for a > 0."""
    def write(node):
        line = isinstance(node.domain, Implied) or node.domain == Range(-sp.oo, sp.oo)
        outside, inside = node.body.as_independent(node.variable, as_Add=False)
        exponent = sp.expand(inside.args[0]) if isinstance(inside, sp.exp) else sp.Integer(0)
        if not (line and exponent.is_polynomial(node.variable) and sp.degree(exponent, node.variable) == 2):
            return node
        a, b, c = sp.Poly(exponent, node.variable).all_coeffs()
        return outside*sp.sqrt(sp.pi/-a)*sp.exp(sp.cancel(c - b**2/(4*a))) if (-a).is_positive else node
    return evaluated(each(Integral, write)(expr))


@rule()
def period_shift(expr):
    """int_a^(a + 2 pi) f(x - c) dx = int_a^(a + 2 pi) f(x) dx, for f of period 2 pi."""
    def shift(node):
        x, waves = node.variable, [w.args[0] for w in node.body.atoms(sp.cos, sp.sin) if w.has(node.variable)]
        whole = isinstance(node.domain, Range) and node.domain.args[1] - node.domain.args[0] == 2*sp.pi
        if not (whole and waves and node.body.xreplace({x: x + 2*sp.pi}) == node.body):
            return node
        rest, slope = waves[0].xreplace({x: sp.Integer(0)}), waves[0].coeff(x)
        return node.over(node.body.xreplace({x: x - rest/slope}))
    return evaluated(each(Integral, shift)(evaluated(expr)))
