"""Expectations, laws and divergences, inert.

Without a law written out the expectation is over every random variable in the body.  ``E(body, (x, p))`` is over x ~ p;
``E(Given(body, condition))`` is conditional.
"""

import sympy as sp

from derive.lang.heads import Head
from derive.lang.shape import shape_of


class Dist(Head):
    """x ~ law."""

    head = "dist"
    variable = property(lambda self: self.args[0])
    law = property(lambda self: self.args[1])


class Moment(Head):
    """Common to E, Var and Cov: arguments first, then ``Dist``; a pair (x, law) is one."""

    def __new__(cls, *args):
        return Head.__new__(cls, *(Dist(*a) if isinstance(a, (tuple, sp.Tuple)) else a for a in args))

    body = property(lambda self: self.args[0])
    laws = property(lambda self: tuple(a for a in self.args if isinstance(a, Dist)))

    @property
    def free_symbols(self):
        bound = {d.variable for d in self.laws}
        inside = set().union(*(a.free_symbols for a in self.args if not isinstance(a, Dist)))
        return (inside - bound).union(*(d.law.free_symbols for d in self.laws))

    def over(self, *args):
        """The same moment, under the same laws, of something else."""
        return self.func(*args, *self.laws)


class E(Moment):
    head = "E"
    shape = property(lambda self: shape_of(self.args[0]))


class Var(Moment):
    head = "Var"

    def _eval_is_nonnegative(self):
        return True


class Cov(Moment):
    """Cov(x, y); of one random vector, Cov(c) is Cov(c, c), its covariance matrix."""

    head = "Cov"

    def __new__(cls, *args):
        alone = len(args) == 1 or isinstance(args[1], (tuple, sp.Tuple, Dist))
        return Moment.__new__(cls, *args[:1], *args) if alone else Moment.__new__(cls, *args)

    @property
    def shape(self):
        sides = [shape_of(a) for a in self.args if not isinstance(a, Dist)]
        if sides[0] == ():
            return ()
        return (sides[0][0], sides[-1][0])


class Given(Head):
    """body | condition."""

    head = "given"
    shape = property(lambda self: shape_of(self.args[0]))


class KL(Head):
    """Kullback-Leibler divergence of the first law from the second."""

    head = "KL"


class Entropy(Head):
    head = "entropy"


class NormalLaw(Head):
    """The law N(mean, covariance)."""

    head = "normal"
    mean = property(lambda self: self.args[0])
    covariance = property(lambda self: self.args[1])


def Normal(*, mean, var):
    """Keyword-only: books disagree on whether the second parameter is a variance."""
    return NormalLaw(mean, var)


class NormalDensity(Head):
    """Norm_x[mean, covariance], the number."""

    head = "normal_density"
    variable = property(lambda self: self.args[0])
    mean = property(lambda self: self.args[1])
    covariance = property(lambda self: self.args[2])

    def _eval_is_positive(self):
        return True
