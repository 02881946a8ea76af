"""Differentials: df of a scalar, vector or matrix f, linear in the increment dX of the variable; its coefficient."""

import sympy as sp

from derive.lang.arrays import Det, Norm, Tr
from derive.lang.binders import Sum
from derive.lang.evaluation import array_factors
from derive.lang.heads import Entry, Inverse, Scalar, Transpose
from derive.lang.names import ArrayName, Facts, Name
from derive.lang.normal import normal_form, transpose_expanded
from derive.lang.shape import is_row, shape_of
from derive.rules.calculus import OUTER, depends


class NoDifferential(ValueError):
    """A head whose differential is not in the table."""


def increment(variable):
    """The symbol dX of a variable, of its shape."""
    shape = shape_of(variable)
    name = f"d{variable}"
    kind = ("scalar", "vector", "matrix")[len(shape)]
    return (ArrayName if shape else Name)(Facts(name, kind, shape), "increment")


def differential(expr, variable):
    """d expr for a change dX of the variable.  Raises NoDifferential."""
    if expr == variable:
        return increment(variable)
    if not depends(expr, variable):
        return sp.Integer(0)
    for cls, function in TABLE.items():
        if isinstance(expr, cls):
            return function(expr, lambda part: differential(part, variable))
    if expr.func in OUTER:
        return OUTER[expr.func](expr.args[0])*differential(expr.args[0], variable)
    raise NoDifferential(f"no differential of {type(expr).__name__}: {expr}")


def _product(expr, d):
    total = sp.Integer(0)
    for k, factor in enumerate(expr.args):
        change = d(factor)
        if change != 0:
            total += sp.Mul(*expr.args[:k], change, *expr.args[k + 1:])
    return sp.expand(total)


def _power(expr, d):
    base, exponent = expr.base, expr.exp
    if isinstance(base, Norm) and exponent == 2:
        body = base.args[0]
        product = Transpose(body)*d(body)
        return 2*(Scalar(product) if len(shape_of(body)) == 1 else Tr(product))
    if shape_of(base):
        if not (exponent.is_Integer and exponent > 0):
            raise NoDifferential(f"no differential of the power {expr}")
        return sp.Add(*(base**k*d(base)*base**(exponent - 1 - k) for k in range(int(exponent))))
    return exponent*base**(exponent - 1)*d(base)


def _entry(expr, d):
    raise NoDifferential(f"{expr}: differentiate entries by kronecker_delta")


TABLE = {
    sp.Add:    lambda expr, d: sp.Add(*map(d, expr.args)),
    sp.Mul:    _product,
    sp.Pow:    _power,
    Scalar:    lambda expr, d: Scalar(d(expr.args[0])),
    Transpose: lambda expr, d: Transpose(d(expr.args[0])),
    Inverse:   lambda expr, d: -expr*d(expr.args[0])*expr,
    Tr:        lambda expr, d: Tr(d(expr.args[0])),
    Det:       lambda expr, d: expr*Tr(Inverse(expr.args[0])*d(expr.args[0])),
    sp.log:    lambda expr, d: (Tr(Inverse(expr.args[0].args[0])*d(expr.args[0].args[0]))
                                if isinstance(expr.args[0], Det) else d(expr.args[0])/expr.args[0]),
    Norm:      lambda expr, d: Scalar(Transpose(expr.args[0])*d(expr.args[0]))/expr,
    Sum:       lambda expr, d: expr.over(d(expr.body)),
    Entry:     _entry,
}


def coefficient(change, step, shape):
    """G where ``change`` = tr(G^T step) or G^T step.  Raises NoDifferential where it is not linear in the step."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(normal_form(change))):
        if term == 0:
            continue
        carriers = [f for f in sp.Mul.make_args(term) if step in f.free_symbols]
        if len(carriers) != 1:
            raise NoDifferential(f"{term} is not linear in {step}")
        total += sp.Mul(*(f for f in sp.Mul.make_args(term) if f != carriers[0]))*_coefficient(carriers[0], step, shape)
    return total


def _coefficient(carrier, step, shape):
    if isinstance(carrier, Sum):
        return carrier.over(coefficient(carrier.body, step, shape))
    if not isinstance(carrier, (Scalar, Tr)):
        raise NoDifferential(f"{carrier} is not linear in {step}")
    scalar, factors = array_factors(carrier.args[0])
    place = next((k for k, f in enumerate(factors) if step in f.free_symbols), None)
    if place is None or factors[place] not in (step, Transpose(step)):
        raise NoDifferential(f"{carrier} is not linear in {step}")
    # tr(A dX B) = tr(B A dX), so the coefficient is (B A)^T; of dX^T it is B A
    around = [*factors[place + 1:], *factors[:place]]
    if len(shape) == 1 and is_row(shape_of(factors[0])) and factors[place] == step:
        around = factors[:place]
    elif len(shape) == 1:
        around = factors[place + 1:]
    product = sp.Mul(*around)
    return scalar*(transpose_expanded(product) if factors[place] == step else product)
