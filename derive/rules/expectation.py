"""Expectation, variance and covariance.  What is random is what was declared random, and what is defined by it."""

import sympy as sp

from derive.lang.binders import Sum
from derive.lang.evaluation import array_factors, evaluated, ordered_product
from derive.lang.heads import Entry, Scalar, Transpose
from derive.lang.names import Name
from derive.lang.normal import _bound_name, normal_form, transpose_expanded
from derive.lang.probability import Cov, E, Moment, Var
from derive.lang.shape import shape_of
from derive.lang.symbols import random_names
from derive.rules.calculus import depends, kronecker
from derive.rules.registry import each, rule


def is_random(expr, laws=()):
    """Does an expression vary under the expectation: over its laws, else over everything random?"""
    if laws:
        return any(depends(expr, law.variable) for law in laws)
    if isinstance(expr, Moment) and not expr.laws:
        return False                                     # a mean is a number
    if isinstance(expr, Name):
        return expr.facts.kind == "random" or expr.definition is not None and is_random(expr.definition)
    return any(is_random(a) for a in expr.args)


def split_constant(term, laws):
    """(constant, random) with term = constant * random, for a term with numbers and arrays."""
    scalar, factors = array_factors(term)
    constant = [f for f in sp.Mul.make_args(scalar) if not is_random(f, laws)]
    varying = [f for f in sp.Mul.make_args(scalar) if is_random(f, laws)]
    if factors and not any(is_random(f, laws) for f in factors) and varying:
        return constant, varying, [], factors
    left = []
    while factors and not is_random(factors[0], laws):
        left.append(factors.pop(0))
    right = []
    while factors and not is_random(factors[-1], laws):
        right.insert(0, factors.pop())
    return constant, [*varying, *factors], left, right


@rule()
def linearity(expr):
    """E[a X + b Y + c] = a E[X] + b E[Y] + c, also for sums and for matrices a."""
    return evaluated(each(E, _linear)(normal_form(expr)))


def _linear(node):
    body = sp.expand(normal_form(node.body))
    return sp.Add(*(_linear_term(term, node) for term in sp.Add.make_args(body)))


def _linear_term(term, node):
    if not is_random(term, node.laws):
        return term
    constant, varying, left, right = split_constant(term, node.laws)
    if len(varying) == 1 and isinstance(varying[0], Sum):
        inner = varying[0].over(_linear(node.over(varying[0].body)))
    elif len(varying) == 1 and isinstance(varying[0], Scalar) and not left and not right:
        inner = _linear_scalar(varying[0], node)
    else:
        inner = node.over(ordered_product(varying))
    return sp.Mul(*constant)*ordered_product([*left, inner, *right])


def _linear_scalar(scalar, node):
    """E[a^T X b] = a^T E[X] b."""
    _, varying, left, right = split_constant(scalar.args[0], node.laws)
    if not left and not right:
        return node.over(scalar)
    return ordered_product([*left, node.over(sp.Mul(*varying)), *right])


@rule()
def variance_definition(expr):
    """Var[x] = E[(x - E[x])^2]."""
    def write(node):
        x = node.body
        return node.func(x) if node.laws else E((x - E(x))**2)
    return evaluated(each(Var, write)(expr))


@rule()
def variance_moments(expr):
    """Var[x] = E[x^2] - E[x]^2."""
    return evaluated(each(Var, lambda n: E(n.body**2, *n.laws) - E(n.body, *n.laws)**2)(expr))


@rule()
def covariance_definition(expr):
    """Cov[x, y] = E[(x - E[x])(y - E[y])], and Cov[c] = E[(c - E[c])(c - E[c])^T] of a vector."""
    def write(node):
        if node.laws:
            return node
        x, y = node.args[:2]
        product = (x - E(x))*(Transpose(y - E(y)) if shape_of(y) else y - E(y))
        return E(product)
    return evaluated(each(Cov, write)(expr))


@rule()
def covariance_moments(expr):
    """Cov[x, y] = E[x y] - E[x] E[y]."""
    def write(node):
        x, y = node.args[:2]
        turned = Transpose(y) if shape_of(y) else y
        mean = Transpose(E(y)) if shape_of(y) else E(y)
        return E(x*turned) - E(x)*mean
    return evaluated(each(Cov, write)(expr))


@rule()
def covariance_linearity(expr):
    """Cov[a x + c, y] = a Cov[x, y], Cov[A x, B y] = A Cov[x, y] B^T, Cov[x, y] = Cov[y, x], Cov[x, x] = Var[x]."""
    return evaluated(each(Cov, _bilinear)(each(Var, _variance)(normal_form(expr))))


def _variance(node):
    return node if node.laws else _bilinear(Cov(node.body, node.body))


def _bilinear(node):
    if node.laws:
        return node
    left, right = node.args[:2]
    total = sp.Integer(0)
    for a in _random_terms(left):
        for b in _random_terms(right):
            total += _covariance(a, b)
    return total


def _random_terms(expr):
    return [split_constant(t, ()) for t in sp.Add.make_args(sp.expand(normal_form(expr))) if is_random(t)]


def _covariance(a, b):
    (c1, x, left1, right1), (c2, y, left2, right2) = a, b
    constant = sp.Mul(*c1, *c2)
    x, y = ordered_product(x), ordered_product(y)
    if isinstance(x, Sum) or isinstance(y, Sum):
        return constant*_covariance_of_sums(x, y)
    after = sp.Mul(*(transpose_expanded(f) for f in reversed([*left2, *right2])))
    inner = _pair(x, y)
    between = right1 if shape_of(inner) == () else ()
    return constant*ordered_product([*left1, inner, *between, after])


def _covariance_of_sums(x, y):
    if not isinstance(x, Sum):
        return y.over(_bilinear(Cov(x, y.body)))
    if isinstance(y, Sum):
        fresh = _bound_name(y.variable, f"cov{y.variable}")
        y = y.func(y.body.xreplace({y.variable: fresh}), fresh, y.domain)
    return x.over(_bilinear(Cov(x.body, y)))


def _pair(x, y):
    """Cov of two random variables: the variance of one, zero where they are declared independent."""
    if x == y:
        return Var(x) if shape_of(x) == () else Cov(x)
    if independent(x, y):
        return sp.Integer(0)
    if isinstance(x, Entry) and isinstance(y, Entry) and x.args[0] == y.args[0] and _independent_family(x.args[0]):
        spread = Var(x) if shape_of(x) == () else Cov(x)
        return spread*kronecker(x.args[1:], y.args[1:])
    return Cov(*sorted((x, y), key=sp.default_sort_key)) if shape_of(x) == () else Cov(x, y)


def _independent_family(base):
    return "independent" in base.facts.structure


def independent(x, y):
    """Are the random variables of two expressions declared independent?"""
    first, second = random_names(x), random_names(y)
    if not first or not second or first & second:
        return False
    return all(b.name in a.facts.independent_of or a.name in b.facts.independent_of for a in first for b in second)


def separate(x, y):
    """Independent, or different members of an independent family."""
    if independent(x, y):
        return True
    if isinstance(x, Entry) and isinstance(y, Entry) and x.args[0] == y.args[0] and _independent_family(x.args[0]):
        return any((i - j).is_number and i != j for i, j in zip(x.args[1:], y.args[1:], strict=True))
    return False


@rule()
def independence(expr):
    """E[x y] = E[x] E[y], Cov[x, y] = 0 and Var[x + y] = Var[x] + Var[y], for x and y independent."""
    return evaluated(each(Cov, _bilinear)(each(Var, _variance)(each(E, _product)(linearity.rewrite(expr)))))


def _product(node):
    factors = [f for f in sp.Mul.make_args(node.body)]
    if node.laws or len(factors) < 2 or not node.body.is_commutative:
        return node
    groups = []
    for factor in factors:
        joined = [g for g in groups if not all(separate(factor.as_base_exp()[0], f.as_base_exp()[0]) for f in g)]
        groups = [g for g in groups if g not in joined] + [[factor, *(f for g in joined for f in g)]]
    return sp.Mul(*(node.over(sp.Mul(*g)) for g in groups))


@rule()
def declared_moments(expr):
    """E[x] = mu, Var[x] = sigma^2 and E[x^2] = mu^2 + sigma^2, as declared of x."""
    return evaluated(each(E, _mean)(each((Var, Cov), _spread)(linearity.rewrite(expr))))


zero_mean = declared_moments


def _declared(expr, field):
    base = expr.args[0] if isinstance(expr, Entry) else expr
    facts = getattr(base, "facts", None)
    if facts is None or facts.kind != "random":
        return None
    value = getattr(facts, field)
    if value is None and "standard" in facts.structure and not facts.shape:
        value = sp.Integer({"mean": 0, "variance": 1}[field])
    if value is not None and isinstance(expr, Entry):
        value = evaluated(value).xreplace(dict(zip(base.indices, expr.args[1:], strict=True)))
    return None if value is None else evaluated(value)


def _mean(node):
    if node.laws:
        return node
    if isinstance(node.body, sp.Pow) and node.body.exp == 2 and shape_of(node.body.base) == ():
        mean, variance = (_declared(node.body.base, f) for f in ("mean", "variance"))
        return node if mean is None or variance is None else mean**2 + variance
    mean = _declared(node.body, "mean")
    return node if mean is None else mean


def _spread(node):
    if node.laws or (isinstance(node, Cov) and node.args[0] != node.args[1]):
        return node
    variance = _declared(node.args[0], "variance")
    return node if variance is None else variance


@rule()
def expectation_of_constant(expr):
    """E[c] = c."""
    return each(E, lambda n: n if is_random(n.body, n.laws) else n.body)(expr)
