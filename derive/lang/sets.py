"""Index sets and conditions: what sums range over and what indicators ask."""

import sympy as sp
from sympy.core.symbol import Str

from derive.lang.heads import Head
from derive.term.relation import Relation


class Range(Head):
    """{low, ..., high}."""

    head = "range"


class Implied(Head):
    """The declared range of the variable, or the whole space."""

    head = "implied"


class Where(Head):
    """The members of a domain for which a condition holds."""

    head = "filter"


class Elements(Head):
    """{a, b, ...}."""

    head = "set"


class Rel(Head):
    """A relation as a condition."""

    def __new__(cls, left, relation, right):
        relation = relation if isinstance(relation, Str) else Str(Relation(relation).value)
        return Head.__new__(cls, left, relation, right)

    left = property(lambda self: self.args[0])
    relation = property(lambda self: Relation(self.args[1].name))
    right = property(lambda self: self.args[2])

    def _eval_is_real(self):
        return None


class And(Head):
    """All of the conditions."""

    head = "and"


class Or(Head):
    """One of the conditions at least."""

    head = "or"


CONDITIONS = (Rel, And, Or)


def eq(left, right):
    return Rel(left, Relation.EQ, right)


def ne(left, right):
    return Rel(left, Relation.NE, right)


def le(left, right):
    return Rel(left, Relation.LE, right)


def ge(left, right):
    return Rel(left, Relation.GE, right)


def lt(left, right):
    return Rel(left, Relation.LT, right)


def gt(left, right):
    return Rel(left, Relation.GT, right)


def in_(left, right):
    return Rel(left, Relation.IN, right)


class Indicator(Head):
    """1[condition]."""

    head = "indicator"

    def _eval_is_nonnegative(self):
        return True


class Cases(Head):
    """Cases((value, condition), ..., otherwise)."""

    head = "cases"

    def __new__(cls, *args):
        return Head.__new__(cls, *(e for a in args for e in (a if isinstance(a, tuple) else (a,))))


def condition(expr):
    """True for what is a condition rather than a number or an array."""
    return isinstance(expr, (*CONDITIONS, sp.Rel))
