"""Vectors and matrices: transposes, traces, inverses, determinants, and derivatives by differentials."""

import sympy as sp

from derive.lang.arrays import Det, Norm, Tr, inner
from derive.lang.calculus import Deriv, Grad, Hess
from derive.lang.cancellation import canceled
from derive.lang.evaluation import array_factors, evaluated
from derive.lang.heads import Entry, Inverse, Scalar, Transpose
from derive.lang.names import Name
from derive.lang.normal import norm_squared, normal_form, transpose_expanded
from derive.lang.shape import shape_of
from derive.rules.differentials import coefficient, differential, increment
from derive.rules.entries import entry
from derive.rules.registry import each, rule


@rule()
def matrix_algebra(expr):
    """A (B + C) = A B + A C, x^T A y = y^T A^T x, A I = A: products expanded, never commuted."""
    return normal_form(expr)


@rule()
def transpose_product(expr):
    """(A B)^T = B^T A^T."""
    return evaluated(each(Transpose, lambda node: transpose_expanded(node.args[0]) if shape_of(node) else node)(expr))


@rule()
def norm_definition(expr):
    """|x|^2 = x^T x, and |A|_F^2 = tr A^T A."""
    def write(node):
        if not (isinstance(node.base, Norm) and node.exp == 2):
            return node
        body = node.base.args[0]
        product = Transpose(body)*body
        return Scalar(product) if len(shape_of(body)) == 1 else Tr(product)
    return evaluated(each(sp.Pow, write)(expr))


@rule()
def norm_expansion(expr):
    """|x + y|^2 = x^T x + 2 x^T y + y^T y."""
    def write(node):
        return norm_squared(node.base.args[0]) if isinstance(node.base, Norm) and node.exp == 2 else node
    return normal_form(each(sp.Pow, write)(expr))


@rule()
def cyclic_trace(expr):
    """tr A B = tr B A, and x^T A x = tr A x x^T."""
    return normal_form(expr)


@rule()
def inverse_cancels(expr):
    """A^{-1} A = A A^{-1} = I, for invertible A."""
    return canceled(expr)


@rule()
def inverse_product(expr):
    """(A B)^{-1} = B^{-1} A^{-1}, and (c A)^{-1} = A^{-1}/c, for invertible A and B and c not zero."""
    return canceled(each(Inverse, _inverse)(expr))


def _inverse(node):
    """The inverse of a product, or of a sum of multiples of one product."""
    terms = [array_factors(term) for term in sp.Add.make_args(sp.expand(node.args[0]))]
    scalar, factors = sp.Add(*(c for c, _ in terms)), terms[0][1]
    square = all(len(set(shape_of(f))) == 1 and len(shape_of(f)) == 2 for f in factors)
    if not square or any(list(word) != list(factors) for _, word in terms):
        return node
    return sp.Mul(1/sp.factor(scalar), *(Inverse(f) for f in reversed(factors)))


@rule()
def push_through(expr):
    """(c I + A B)^{-1} A = A (c I + B A)^{-1}, for invertible inverses and c not zero."""
    def push(node):
        if node.is_commutative:
            return node
        scalar, factors = array_factors(node)
        for k, (left, right) in enumerate(zip(factors, factors[1:], strict=False)):
            moved = _pushed(left, right) if isinstance(left, Inverse) else None
            if moved is not None:
                return sp.Mul(scalar, *factors[:k], *moved, *factors[k + 2:])
        return node
    return normal_form(each(sp.Mul, push)(expr))


def _pushed(inverse, factor):
    rest, turned = [], []
    for term in sp.Add.make_args(sp.expand(inverse.args[0])):
        scalar, word = array_factors(term)
        if word and word[0] == factor and len(word) > 1:
            turned.append(sp.Mul(scalar, *word[1:], factor))
        elif len(word) == 1 and _is_identity(word[0]):
            rest.append((scalar, word[0]))
        else:
            return None
    if not turned or not rest:
        return None
    from derive.lang.names import current_scope
    columns = shape_of(factor)[1]
    eyes = [n for n in current_scope().symbols.values() if _is_identity(n) and n.shape[0] == columns]
    if not eyes:
        return None
    return factor, Inverse(sp.Add(*(s*eyes[0] for s, _ in rest), *turned))


def _is_identity(expr):
    return getattr(getattr(expr, "facts", None), "kind", None) == "identity"


@rule()
def trace_linearity(expr):
    """tr(a A + b B) = a tr A + b tr B, tr A^T = tr A, and tr I = n."""
    def write(node):
        return node.args[0].shape[0] if _is_identity(node.args[0]) else node
    return each(Tr, write)(normal_form(expr))


@rule()
def determinant_of_scaled(expr):
    """|c A| = c^n |A| for A n x n, |A B| = |A| |B|, |I| = 1."""
    def write(node):
        scalar, factors = array_factors(evaluated(node.args[0]))
        if not factors or any(len(set(shape_of(f))) != 1 for f in factors):
            return node
        n = shape_of(node.args[0])[0]
        return scalar**n*sp.Mul(*(1 if _is_identity(f) else 1/Det(f.args[0]) if isinstance(f, Inverse) else Det(f)
                                  for f in factors))
    return evaluated(each(Det, write)(expr))


@rule()
def complete_the_square(expr):
    """x^T A x - 2 b^T x = (x - A^{-1} b)^T A (x - A^{-1} b) - b^T A^{-1} b, for A symmetric and invertible."""
    return canceled(expr)


@rule()
def matrix_differential(expr):
    """df = tr(G^T dX) means df/dX = G, with d tr A = tr dA, d log|A| = tr A^{-1} dA, d A^{-1} = -A^{-1} dA A^{-1}."""
    def write(node):
        body, variable = node.args[0], node.args[-1]
        if len(node.args) > 2 or shape_of(body) or not shape_of(variable):
            return node
        return coefficient(differential(body, variable), increment(variable), shape_of(variable))
    return normal_form(each((Grad, Deriv), write)(expr))


@rule()
def matrix_chain_rule(expr, through):
    """dy = g^T du and du = A dX b means dy/dX = A^T g b^T, for g = dy/du."""
    def write(node):
        body, variable = node.args[0], node.args[-1]
        if len(node.args) > 2 or not isinstance(body, Name) or body == through:
            return node
        change = inner(Deriv(body, through), differential(evaluated(through.definition), variable))
        return coefficient(change, increment(variable), shape_of(variable))
    return normal_form(each((Grad, Deriv), write)(expr))


@rule()
def jacobian(expr):
    """dy = A dx means dy/dx = A^T (entry j, i is d y_i/d x_j)."""
    def write(node):
        body, variable = node.args[0], node.args[-1]
        if len(node.args) > 2 or len(shape_of(body)) != 1 or len(shape_of(variable)) != 1:
            return node
        change, total = increment(variable), sp.Integer(0)
        for term in sp.Add.make_args(sp.expand(normal_form(differential(body, variable)))):
            scalar, factors = array_factors(term)
            if not factors or factors[-1] != change:
                return node
            total += scalar*sp.Mul(*(transpose_expanded(f) for f in reversed(factors[:-1])))
        return total
    return evaluated(each(Deriv, write)(expr))


@rule()
def hessian(expr):
    """d grad f = H dx means hess f = H."""
    def write(node):
        x, change = node.variable, increment(node.variable)
        gradient, total = coefficient(differential(node.body, x), change, shape_of(x)), sp.Integer(0)
        for term in sp.Add.make_args(sp.expand(normal_form(differential(gradient, x)))):
            scalar, factors = array_factors(term)
            if not factors or factors[-1] != change:
                return node
            total += scalar*sp.Mul(*factors[:-1])
        return total
    return evaluated(each(Hess, write)(expr))


@rule()
def entry_definition(expr):
    """(A x)_i = sum_j A_ij x_j, (x + y)_i = x_i + y_i, (c x)_i = c x_i."""
    return evaluated(each(Entry, lambda node: entry(node.args[0], node.args[1:]))(expr))


@rule()
def matrix_arithmetic(expr):
    """(A B)_ij = sum_k A_ik B_kj and (A + B)_ij = A_ij + B_ij, for matrices written out."""
    from derive.rules.written import arithmetic
    return arithmetic(expr)
