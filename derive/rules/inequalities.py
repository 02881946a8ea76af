"""Inequalities: what may be left out or put in, and the named ones."""

import sympy as sp

from derive.lang.evaluation import evaluated
from derive.lang.probability import KL
from derive.rules.registry import each, rule
from derive.term.relation import Relation


@rule(Relation.LE)
def add_nonnegative(expr, term):
    """a <= a + b, where b >= 0."""
    return evaluated(expr) + term


@rule(Relation.GE)
def drop_nonnegative(expr, term):
    """a + b >= a, where b >= 0."""
    return evaluated(expr) - term


@rule(Relation.GE)
def gibbs(expr):
    """KL(q || p) >= 0."""
    return evaluated(each(KL, lambda node: sp.Integer(0))(expr))
