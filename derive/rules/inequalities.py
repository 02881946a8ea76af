"""Inequalities: what may be left out or put in, and the named ones."""

import sympy as sp

from derive.lang.binders import Integral, MaxOver, MinOver, Sum
from derive.lang.evaluation import evaluated
from derive.lang.names import Call, Name
from derive.lang.probability import KL
from derive.lang.sets import Implied, Rel, eq
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


@rule(Relation.GT)
def positivity(expr):
    """a > 0, for a sum or product of positive numbers and sizes."""
    sizes = {n: sp.Dummy(n.name, positive=True) for n in expr.atoms(Name) if n.facts.kind == "size"}
    return sp.Integer(0) if evaluated(expr).xreplace(sizes).is_positive else expr


@rule()
def equal_members(expr):
    """sum_i sum_j (x_i - x_j)^2 = 0 iff max_i x_i = min_i x_i, up to a number in front."""
    def write(node):
        factors = sp.Mul.make_args(node.left)
        double = factors[-1]
        single = double.body if isinstance(double, Sum) else None
        if node.right != 0 or not isinstance(single, Sum) or any(not f.is_number or f == 0 for f in factors[:-1]):
            return node
        i, j, square = double.variable, single.variable, single.body
        difference = square.base if square.is_Pow and square.exp == 2 else sp.Integer(0)
        x_i = sp.Add(*(t for t in sp.Add.make_args(difference) if t.has(i)))
        if double.domain != single.domain or x_i == 0 or difference not in (x_i - x_i.xreplace({i: j}),):
            return node
        return eq(MaxOver(x_i, i), MinOver(x_i, i))
    return evaluated(each(Rel, write)(expr))


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
