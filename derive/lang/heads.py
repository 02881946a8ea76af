"""The inert heads: how arrays add and multiply as typed, and the base class of everything SymPy does not have.

While ``sympy.evaluate(False)`` holds (lines, statements) arithmetic builds exactly what is typed; the rules work on
``evaluated`` trees (derive.lang.evaluation).  No head evaluates by itself.
"""

import sympy as sp
from sympy.core.parameters import global_parameters

from derive.lang.shape import ShapeError, product_shape, same_shape, shape_of


class Operators:
    """Arithmetic of scalars, vectors and matrices; ``@`` and ``*`` are the same product."""

    __slots__ = ()
    _op_priority = 20

    def __add__(self, other):
        return plus(self, other)

    def __radd__(self, other):
        return plus(other, self)

    def __sub__(self, other):
        return plus(self, times(-1, other))

    def __rsub__(self, other):
        return plus(other, times(-1, self))

    def __neg__(self):
        return times(-1, self)

    def __mul__(self, other):
        return times(self, other)

    def __rmul__(self, other):
        return times(other, self)

    __matmul__, __rmatmul__ = __mul__, __rmul__

    def __truediv__(self, other):
        return times(self, power(other, -1))

    def __rtruediv__(self, other):
        return power(self, -1) if other == 1 else times(other, power(self, -1))

    def __pow__(self, exponent):
        return power(self, exponent)

    __iter__ = None        # entries have symbolic indices: SymPy must not loop over them

    @property
    def T(self):
        return Transpose(self) if shape_of(self) else self

    def __getitem__(self, subscripts):
        """An entry or a member; ``derive.lang.names`` registers how."""
        return entry_of(self, subscripts if isinstance(subscripts, tuple) else (subscripts,))


def entry_of(base, subscripts):
    if not shape_of(base):
        raise TypeError(f"{base} is a scalar and has no entries")
    return Entry(base, *subscripts)


def times(a, b):
    """a b as typed; SymPy's own product where the result is a scalar.  Raises ShapeError."""
    if a == -1 and isinstance(b, (int, sp.Number)):
        return -sp.sympify(b)
    a, b = sp.sympify(a), sp.sympify(b)
    if shape_of(a) == () == shape_of(b):
        return sp.Mul(a, b)
    if global_parameters.evaluate:
        product_shape((shape_of(a), shape_of(b)))
        return sp.Mul(a, b)
    return Times(a, b)


def plus(a, b):
    """a + b as typed.  Raises ShapeError."""
    a, b = sp.sympify(a), sp.sympify(b)
    if shape_of(a) == () == shape_of(b) or global_parameters.evaluate:
        return sp.Add(a, b)
    return Plus(a, b)


def power(base, exponent):
    base, exponent = sp.sympify(base), sp.sympify(exponent)
    if shape_of(base) == ():
        return sp.Pow(base, exponent)
    return Inverse(base) if exponent == -1 else Power(base, exponent)


class Head(Operators, sp.Expr):
    """A node of our own.  ``head`` is the Term head it lowers to, argument by argument."""

    head = ""
    shape = ()

    def __new__(cls, *args):
        return sp.Expr.__new__(cls, *map(sp.sympify, args))

    def _eval_is_commutative(self):
        return shape_of(self) == ()

    def _eval_is_real(self):
        return True if shape_of(self) == () else None

    def _sympystr(self, printer):
        return f"{type(self).__name__}({', '.join(map(printer._print, self.args))})"


class Plus(Head):
    """A sum of arrays as typed."""

    head = "add"

    def __new__(cls, *args):
        same_shape("sum of", *map(shape_of, args))
        return Head.__new__(cls, *args)

    shape = property(lambda self: shape_of(self.args[0]))


class Times(Head):
    """A product with arrays in it, as typed."""

    head = "mul"

    def __new__(cls, *args):
        factors = [f for a in args for f in (a.args if isinstance(a, Times) else (a,))]
        product_shape(map(shape_of, factors))
        return Head.__new__(cls, *factors)

    shape = property(lambda self: product_shape(map(shape_of, self.args)))


class Power(Head):
    """A matrix power A^k."""

    head = "pow"

    def __new__(cls, base, exponent):
        square(base, "power of")
        return Head.__new__(cls, base, exponent)

    shape = property(lambda self: shape_of(self.args[0]))


class Inverse(Head):
    """A^{-1}."""

    def __new__(cls, matrix):
        square(matrix, "inverse of")
        return Head.__new__(cls, matrix)

    shape = property(lambda self: shape_of(self.args[0]))


class Transpose(Head):
    """A^T, x^T."""

    head = "transpose"

    @property
    def shape(self):
        shape = shape_of(self.args[0])
        if len(shape) == 1:
            return (sp.Integer(1), shape[0])
        return (shape[1],) if shape and shape[0] == 1 else shape[::-1]


class Entry(Head):
    """A member of a family x_i or an entry of an array A_ij."""

    head = "index"

    @property
    def shape(self):
        base, subscripts = self.args[0], self.args[1:]
        indices = getattr(base, "indices", ())
        if indices and len(indices) != len(subscripts):
            raise ShapeError(f"{base} has {len(indices)} indices, not {len(subscripts)}")
        return base.shape if indices else ()

    def _eval_is_positive(self):
        return getattr(self.args[0], "is_positive", None) or None

    def _eval_is_nonzero(self):
        return getattr(self.args[0], "is_nonzero", None) or None

    def _eval_is_integer(self):
        return getattr(self.args[0], "is_integer", None) or None

    def _sympystr(self, printer):
        return f"{printer._print(self.args[0])}[{', '.join(map(printer._print, self.args[1:]))}]"


class Scalar(Head):
    """A product of arrays that is a number, x^T A y, as one commutative factor of an evaluated tree."""


def square(matrix, operation):
    """The size of a square matrix.  Raises ShapeError."""
    shape = shape_of(sp.sympify(matrix))
    if len(shape) != 2 or shape[0] != shape[1]:
        raise ShapeError(f"{operation} what is not square", shape)
    return shape[0]
