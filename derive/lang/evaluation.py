"""From typed trees to the trees rules work on: SymPy's own sums and products, scalar products as single factors."""

from contextlib import contextmanager

import sympy as sp
from sympy.core.parameters import evaluate

from derive.lang.arrays import Zeros
from derive.lang.heads import Inverse, Plus, Power, Scalar, Times, Transpose
from derive.lang.names import Bar
from derive.lang.shape import is_row, product_shape, shape_of


def inert():
    """Arithmetic builds what is typed while the context lasts."""
    return evaluate(False)


@contextmanager
def live():
    """SymPy's own arithmetic, for rules."""
    with evaluate(True):
        yield


def evaluated(expr):
    """The tree with SymPy's sums, products and powers evaluated; heads stay inert."""
    with live():
        return _evaluated(sp.sympify(expr))


def _evaluated(expr):
    if not expr.args or isinstance(expr, Bar):
        return expr
    args = [_evaluated(a) for a in expr.args]
    if isinstance(expr, (Times, sp.Mul)):
        return ordered_product(args)
    if isinstance(expr, (Plus, sp.Add)):
        return sp.Add(*([a for a in args if not isinstance(a, Zeros)] or args[:1]))
    if isinstance(expr, Power):
        return Inverse(args[0]) if args[1] == -1 else sp.Pow(*args)
    if isinstance(expr, Scalar):
        return args[0] if shape_of(args[0]) == () and args[0].is_commutative else Scalar(args[0])
    if isinstance(expr, Transpose):
        return transposed(args[0])
    return expr.func(*args)


def transposed(expr):
    """x^T; twice is not at all."""
    if isinstance(expr, Transpose):
        return expr.args[0]
    return Transpose(expr) if shape_of(expr) else expr


def ordered_product(factors):
    """The product of factors in order: numbers in front, each x^T ... y collected into one Scalar."""
    factors = list(flat_factors(factors))
    if any(isinstance(f, Zeros) for f in factors):
        shape = product_shape(map(shape_of, factors))
        return Zeros(*shape) if shape else sp.Integer(0)
    scalars, arrays, chunk = [], [], None
    for factor in factors:
        shape = shape_of(factor)
        if shape == ():
            scalars.append(factor)
        elif chunk is not None:
            chunk.append(factor)
            if len(shape) == 1:
                scalars.append(Scalar(sp.Mul(*chunk)))
                chunk = None
        elif is_row(shape):
            chunk = [factor]
        else:
            arrays.append(factor)
    return sp.Mul(*scalars, *arrays, *(chunk or ()))


def flat_factors(factors):
    for factor in factors:
        if isinstance(factor, sp.Mul) and not factor.is_commutative:
            yield from factor.args
        else:
            yield factor


def array_factors(expr):
    """(scalar part, array factors) of one term of an evaluated tree."""
    factors = sp.Mul.make_args(expr)
    scalars = [f for f in factors if shape_of(f) == ()]
    return sp.Mul(*scalars), [f for f in factors if shape_of(f) != ()]


def heads(expr, cls):
    """The nodes of a class in an expression."""
    return [node for node in sp.preorder_traversal(expr) if isinstance(node, cls)]
