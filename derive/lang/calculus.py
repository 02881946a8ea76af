"""Inert derivatives.  ``Deriv(L, phi)`` is the partial derivative; a rule has to do the work."""

from derive.lang.heads import Head
from derive.lang.shape import ShapeError, is_row, shape_of


class Deriv(Head):
    """d body / d v1 d v2 ...; for a vector by a vector entry (j, i) is d body_i / d v_j (denominator layout)."""

    head = "deriv"
    body = property(lambda self: self.args[0])
    variables = property(lambda self: self.args[1:])

    def __new__(cls, *args):
        derivative = Head.__new__(cls, *args)
        shape_of(derivative)            # a derivative that has no shape is an error where it is typed
        return derivative

    @property
    def shape(self):
        shape = shape_of(self.body)
        for variable in self.variables:
            by = shape_of(variable)
            if shape and by and (len(shape) != 1 or len(by) != 1):
                raise ShapeError("derivative of", shape, by)
            shape = (*by, *shape) if by else shape
        return shape


class Grad(Head):
    """The gradient, in the shape of its variable."""

    head = "grad"
    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])
    shape = property(lambda self: shape_of(self.args[1]))


class Hess(Head):
    """The Hessian by a vector."""

    head = "hess"
    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])

    @property
    def shape(self):
        by = shape_of(self.args[1])
        return (by[0], by[0]) if by and not is_row(by) else ()
