"""Entries of sums, products, transposes and written arrays."""

import sympy as sp

from derive.lang.arrays import Matrix
from derive.lang.binders import Sum
from derive.lang.evaluation import array_factors
from derive.lang.heads import Entry, Transpose
from derive.lang.names import Name
from derive.lang.shape import is_row, shape_of
from derive.lang.symbols import index


def entry(array, subscripts):
    """The entry of an array in terms of entries of its parts: (A x)_i = sum_k A_ik x_k."""
    if isinstance(array, sp.Add):
        return sp.Add(*(entry(a, subscripts) for a in array.args))
    if isinstance(array, sp.Mul):
        scalar, factors = array_factors(array)
        return scalar*_of_product(factors, subscripts)
    if isinstance(array, Transpose):
        return entry(array.args[0], subscripts[::-1])
    if isinstance(array, Sum):
        return array.over(entry(array.body, subscripts))
    if isinstance(array, Matrix) and all(s.is_Integer for s in subscripts):
        return array.at(*(int(s) - 1 for s in subscripts))
    if isinstance(array, Name) and not array.indices:
        return array[tuple(subscripts)]
    return Entry(array, *subscripts)


def _of_product(factors, subscripts):
    first, rest = factors[0], factors[1:]
    if not rest:
        return entry(first, subscripts)
    shape = shape_of(first)
    if len(shape) == 1:
        return entry(first, subscripts[:1])*entry(Transpose(sp.Mul(*rest)), subscripts[1:])
    k = fresh_letter(sp.Mul(*factors), *subscripts)
    row = (k,) if is_row(shape) else (subscripts[0], k)
    later = (k, *subscripts[1:])
    return Sum(entry(first, row)*_of_product(rest, later), (k, 1, shape[1]))


def fresh_letter(*used):
    """An index letter that occurs nowhere in the expressions."""
    names = {s.name for e in used for s in e.free_symbols | e.atoms(sp.Symbol)}
    return index(next(letter for letter in ("j", "k", "l", "m", "r", "s", "u", "v") if letter not in names))
