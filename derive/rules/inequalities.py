"""Inequalities: what may be left out or put in, and the named ones."""

import sympy as sp

from derive.lang.binders import Integral
from derive.lang.evaluation import evaluated
from derive.lang.names import Call
from derive.lang.probability import KL
from derive.lang.sets import Implied
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
    """KL(q || p) = int q log(q/p) dx >= 0."""
    return evaluated(each((KL, Integral), lambda node: sp.Integer(0) if _divergence(node) else node)(expr))


def _divergence(node):
    """KL(q || p), or its integral over a whole space: q times the logarithm of q over another density."""
    if isinstance(node, KL):
        return True
    for q in sp.Mul.make_args(node.body):
        ratio = node.body/q
        if isinstance(node.domain, Implied) and _density(q, node.variable) and isinstance(ratio, sp.log):
            return _density(q/ratio.args[0], node.variable)
    return False


def _density(factor, variable):
    """Is this p(x) or p(x | z) of the variable x?"""
    return (isinstance(factor, Call) and factor.function.facts.kind == "density"
            and factor.arguments[:abs(factor.bar)] == (variable,))
