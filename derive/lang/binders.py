"""Heads that bind a variable: sums, products, integrals, extrema.  Arguments are (body, variable, domain)."""

from derive.lang.heads import Head
from derive.lang.names import span
from derive.lang.sets import Implied, Range
from derive.lang.shape import shape_of


class Binder(Head):
    """``Sum(body, (i, 1, n))``, ``Sum(body, (i, domain))`` or ``Sum(body, i)``."""

    def __new__(cls, body, variable, domain=None):
        if domain is None:
            variable, domain = span(variable)
        return Head.__new__(cls, body, variable, domain)

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])
    domain = property(lambda self: self.args[2])
    shape = property(lambda self: shape_of(self.args[0]))

    @property
    def free_symbols(self):
        return (self.body.free_symbols - {self.variable}) | _outside(self.domain, self.variable)

    def over(self, body):
        """The same binder with another body."""
        return self.func(body, self.variable, self.domain)


def _outside(domain, variable):
    return domain.free_symbols - {variable}


class Sum(Binder):
    head = "sum"

    def _eval_is_positive(self):
        """A sum over 1..n of positive terms is positive."""
        return True if self.body.is_positive and isinstance(self.domain, (Range, Implied)) else None


class Prod(Binder):
    head = "prod"

    def _eval_is_positive(self):
        return True if self.body.is_positive else None


class Integral(Binder):
    head = "int"


class MaxOver(Binder):
    head = "maxover"


class MinOver(Binder):
    head = "minover"


class Extremum(Head):
    """Over all values of the variable, which may be an entry."""

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])

    @property
    def free_symbols(self):
        return self.body.free_symbols - {self.variable}


class ArgMin(Extremum):
    head = "argmin"
    shape = property(lambda self: shape_of(self.args[1]))


class ArgMax(Extremum):
    head = "argmax"
    shape = property(lambda self: shape_of(self.args[1]))


class MinOf(Extremum):
    head = "minof"


class MaxOf(Extremum):
    head = "maxof"
