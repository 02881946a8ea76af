"""Functions of vectors and matrices, and arrays written out."""

import sympy as sp

from derive.lang.heads import Head, Inverse, square
from derive.lang.shape import ShapeError, same_shape, shape_of


class Det(Head):
    head = "det"

    def __new__(cls, matrix):
        square(matrix, "determinant of")
        return Head.__new__(cls, matrix)


class Tr(Head):
    head = "tr"

    def __new__(cls, matrix):
        square(matrix, "trace of")
        return Head.__new__(cls, matrix)


class Norm(Head):
    """The 2-norm of a vector, the Frobenius norm of a matrix."""

    head = "norm"

    def _eval_is_nonnegative(self):
        return True


class Vec(Head):
    """Columns stacked."""

    head = "vec"

    @property
    def shape(self):
        rows, columns = shape_of(self.args[0])
        return (rows*columns,)


class Diag(Head):
    """The diagonal matrix of a vector."""

    head = "diag"
    shape = property(lambda self: shape_of(self.args[0]) * 2)


class Softmax(Head):
    head = "softmax"
    shape = property(lambda self: shape_of(self.args[0]))


class Hadamard(Head):
    """The elementwise product."""

    head = "hadamard"

    def __new__(cls, *args):
        same_shape("elementwise product of", *(shape_of(sp.sympify(a)) for a in args))
        return Head.__new__(cls, *args)

    shape = property(lambda self: shape_of(self.args[0]))


class Kron(Head):
    head = "kron"

    @property
    def shape(self):
        (a, b), (c, d) = map(shape_of, self.args)
        return (a*c, b*d)


class Zeros(Head):
    """The zero vector or matrix of a shape."""

    def __new__(cls, *shape):
        return Head.__new__(cls, *shape)

    shape = property(lambda self: self.args)
    free_symbols = property(lambda self: set())


class Matrix(Head):
    """A matrix written out by rows; one entry a row makes a column vector.  Arguments are rows, columns, entries."""

    def __new__(cls, *args):
        if isinstance(args[0], (list, tuple)):
            rows = [r if isinstance(r, (list, tuple)) else [r] for r in args[0]]
            if len({len(r) for r in rows}) != 1:
                raise ShapeError("rows of different lengths", *((len(r),) for r in rows))
            args = (len(rows), len(rows[0]), *(e for r in rows for e in r))
        return Head.__new__(cls, *args)

    entries = property(lambda self: self.args[2:])

    @property
    def shape(self):
        return self.args[:1] if self.args[1] == 1 else self.args[:2]

    def at(self, row, column=0):
        """The entry in a row and a column, counted from zero."""
        return self.entries[row*int(self.args[1]) + column]

    @property
    def rows(self):
        columns = int(self.args[1])
        return [self.entries[k:k + columns] for k in range(0, len(self.entries), columns)]


def inverse(matrix):
    return Inverse(matrix)


def inner(x, y):
    """x^T y."""
    return x.T @ y


def outer(x, y):
    """x y^T."""
    return x @ y.T
