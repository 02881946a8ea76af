"""Shapes of expressions: () scalar, (n,) column vector, (1, n) row vector, (m, n) matrix.  Sizes are SymPy."""

import sympy as sp


class ShapeError(ValueError):
    """Two shapes that do not fit, with the operation that wanted them."""

    def __init__(self, operation, *shapes):
        self.operation, self.shapes = operation, shapes
        super().__init__(operation, *shapes)

    def __str__(self):
        return f"{self.operation}: " + " and ".join(say_shape(s) for s in self.shapes)


def say_shape(shape):
    """A shape in words."""
    if shape == ():
        return "scalar"
    return f"vector {shape[0]}" if len(shape) == 1 else f"matrix {shape[0]} x {shape[1]}"


def shape_of(expr):
    """The shape of any expression; what is not an array is a scalar."""
    shape = getattr(expr, "shape", None)
    if isinstance(shape, tuple):
        return shape
    if isinstance(expr, sp.Add):
        return next((s for s in map(shape_of, expr.args) if s), ())
    if isinstance(expr, sp.Mul):
        return product_shape(map(shape_of, expr.args))
    return shape_of(expr.base) if isinstance(expr, sp.Pow) and not expr.is_commutative else ()


def is_row(shape):
    return len(shape) == 2 and shape[0] == 1


def product_shape(shapes):
    """The shape of a product, read from left to right.  Raises ShapeError."""
    waiting, total = [], ()
    for shape in shapes:
        if is_row(shape) and len(total) == 2:
            waiting.append(total)                       # A (x^T y): the inner product is a factor of its own
            total = shape
        else:
            total = _times(total, shape)
        if total == () and waiting:
            total = waiting.pop()
    for outer in reversed(waiting):
        total = _times(outer, total)
    return total


def _times(a, b):
    if not a or not b:
        return a or b
    if len(a) == 1:
        if is_row(b):
            return (a[0], b[1])
        if b == (1,):
            return a
        raise ShapeError("product of", a, b)
    if a[1] != b[0]:
        raise ShapeError("product of", a, b)
    if len(b) == 1:
        return () if is_row(a) else (a[0],)
    return (a[0], b[1])


def same_shape(operation, *shapes):
    """The common shape.  Raises ShapeError."""
    for shape in shapes[1:]:
        if shape != shapes[0]:
            raise ShapeError(operation, shapes[0], shape)
    return shapes[0]
