"""Integrals over a line: ranges split, reflected and restricted, symmetric integrands."""

import sympy as sp

from derive.lang.binders import Integral
from derive.lang.evaluation import evaluated
from derive.lang.names import Call
from derive.lang.sets import Cases, Implied, Range, Rel
from derive.rules.registry import each, rule
from derive.term.relation import Relation

LINE = Range(-sp.oo, sp.oo)


@rule()
def whole_line(expr):
    """int f(x) dx = int_{-inf}^inf f(x) dx, for x a number."""
    def write(node):
        whole = node.domain == Implied() and not node.variable.shape
        return node.func(node.body, node.variable, LINE) if whole else node
    return evaluated(each(Integral, write)(expr))


@rule()
def split_range(expr, point):
    """int_a^c f(x) dx = int_a^b f(x) dx + int_b^c f(x) dx."""
    def split(node):
        if not isinstance(node.domain, Range) or point in node.domain.args:
            return node
        low, high = node.domain.args
        return sp.Add(*(node.func(node.body, node.variable, Range(*ends)) for ends in ((low, point), (point, high))))
    return evaluated(each(Integral, split)(expr))


@rule()
def reflection(expr):
    """int_{-inf}^a f(x) dx = int_{-a}^inf f(-x) dx."""
    def turn(node):
        if not isinstance(node.domain, Range) or node.domain.args[0] != -sp.oo or node.domain == LINE:
            return node
        turned = node.body.xreplace({node.variable: -node.variable})
        return node.func(turned, node.variable, Range(-node.domain.args[1], sp.oo))
    return evaluated(each(Integral, turn)(expr))


@rule()
def evenness(expr):
    """p(-x) = p(x), for p declared even."""
    def write(node):
        even = "even" in node.function.facts.structure and len(node.arguments) == 1
        return node.function(-node.arguments[0]) if even and node.arguments[0].could_extract_minus_sign() else node
    return evaluated(each(Call, write)(evaluated(expr)))


@rule()
def restrict_range(expr):
    """int_{-inf}^inf g(f(x), x) dx = int_a^inf g(h(x), x) dx, for f = h where x > a, else 0, and g(0, x) = 0."""
    def restrict(node):
        pieces = [c for c in node.body.atoms(Cases) if _one_sided(c, node.variable)]
        if node.domain != LINE or len(pieces) != 1 or node.body.xreplace({pieces[0]: sp.Integer(0)}) != 0:
            return node
        value, condition = pieces[0].args[:2]
        return node.func(node.body.xreplace({pieces[0]: value}), node.variable, Range(condition.right, sp.oo))
    return evaluated(each(Integral, restrict)(evaluated(expr)))


def _one_sided(cases, variable):
    """Whether the cases are a value where variable > a, and 0 in all others."""
    value, condition, *rest = cases.args
    return isinstance(condition, Rel) and condition.relation is Relation.GT and condition.left == variable \
        and not condition.right.has(variable) and all(v == 0 for v in rest[::2]) and bool(rest)
