"""Sums and products over an index."""

import sympy as sp

from derive.lang.arrays import inner
from derive.lang.binders import Binder, Prod, Sum
from derive.lang.evaluation import array_factors, evaluated
from derive.lang.heads import Entry, Scalar
from derive.lang.names import Name
from derive.lang.normal import normal_form
from derive.lang.sets import Cases, Indicator, Range, Rel, eq, ne
from derive.rules.registry import each, rule
from derive.term.relation import Relation

OPPOSITE = {Relation.EQ: Relation.NE, Relation.NE: Relation.EQ, Relation.GT: Relation.LE, Relation.LE: Relation.GT,
            Relation.LT: Relation.GE, Relation.GE: Relation.LT}


@rule()
def linearity_of_sum(expr):
    """sum_i (a x_i + b y_i) = a sum_i x_i + b sum_i y_i."""
    return normal_form(expr)


@rule()
def factor_out(expr):
    """sum_i c x_i = c sum_i x_i."""
    def pull(node):
        outside, inside = node.body.as_independent(node.variable, as_Add=False)
        return node.over(inside) * outside if node.body.is_commutative else node
    return evaluated(each(Sum, pull)(expr))


@rule()
def constant_sum(expr):
    """sum_{i=1}^n c = n c."""
    def count(node):
        if isinstance(node.domain, Range) and node.variable not in node.body.free_symbols:
            low, high = node.domain.args
            return (high - low + 1)*node.body
        return node
    return evaluated(each(Sum, count)(expr))


@rule()
def kronecker_contraction(expr):
    """sum_i x_i 1[i = j] = x_j, for j in the range of i."""
    def contract(node):
        terms = sp.Add.make_args(sp.expand(node.body))
        return sp.Add(*(_contracted(node.over(term)) for term in terms))
    return evaluated(each(Sum, contract)(expr))


def _contracted(node):
    for factor in sp.Mul.make_args(node.body):
        if isinstance(factor, Indicator) and isinstance(factor.args[0], Rel) and factor.args[0].relation is Relation.EQ:
            sides = factor.args[0].left, factor.args[0].right
            if node.variable in sides:
                other = sides[1 - sides.index(node.variable)]
                return (node.body/factor).xreplace({node.variable: other})
    return node


@rule()
def split_last(expr):
    """sum_{i=1}^n x_i = sum_{i=1}^{n-1} x_i + x_n, and the same of a product."""
    def split(node):
        if not isinstance(node.domain, Range):
            return node
        low, high = node.domain.args
        rest = node.func(node.body, node.variable, Range(low, high - 1))
        last = node.body.xreplace({node.variable: high})
        return rest + last if isinstance(node, Sum) else rest*last
    return evaluated(each((Sum, Prod), split)(expr))


@rule()
def write_out(expr):
    """sum_{i=1}^3 x_i = x_1 + x_2 + x_3, where the range is a number of terms; the same of a product."""
    def write(node):
        if not (isinstance(node.domain, Range) and all(e.is_Integer for e in node.domain.args)):
            return node
        low, high = map(int, node.domain.args)
        terms = [node.body.xreplace({node.variable: sp.Integer(k)}) for k in range(low, high + 1)]
        return sp.Add(*terms) if isinstance(node, Sum) else sp.Mul(*terms)
    return evaluated(each((Sum, Prod), write)(expr))


@rule()
def log_of_product(expr):
    """log prod_i x_i = sum_i log x_i, for positive x_i."""
    def spread(node):
        inside = node.args[0]
        return Sum(sp.log(inside.body), inside.variable, inside.domain) if isinstance(inside, Prod) else node
    return evaluated(each(sp.log, spread)(expr))


@rule()
def interchange(expr):
    """sum_i sum_j x_ij = sum_j sum_i x_ij."""
    def swap(node):
        inner = node.body
        if not isinstance(inner, Sum) or node.variable in inner.domain.free_symbols:
            return node
        return Sum(Sum(inner.body, node.variable, node.domain), inner.variable, inner.domain)
    return each(Sum, swap)(expr)


@rule()
def rename_index(expr, old, new):
    """sum_i x_i = sum_j x_j."""
    def rename(node):
        if node.variable != old or new in node.body.free_symbols:
            return node
        return node.func(node.body.xreplace({old: new}), new, *node.args[2:])
    return each(Binder, rename)(expr)


@rule()
def indicator_value(expr):
    """1[A = A] = 1, and 1[A = B] = 0 for different labels or numbers A and B."""
    def decide(node):
        condition = node.args[0]
        if not (isinstance(condition, Rel) and condition.relation is Relation.EQ):
            return node
        left, right = condition.left, condition.right
        labels = all(isinstance(s, Name) and s.facts.kind == "label" for s in (left, right))
        if left == right:
            return sp.Integer(1)
        return sp.Integer(0) if labels or (left - right).is_number else node
    return evaluated(each(Indicator, decide)(expr))


@rule()
def indicator_definition(expr):
    """cases(a where A holds, 0 where it does not) = a 1[A]."""
    def write(node):
        if len(node.args) > 4 or len(node.args) < 3 or node.args[2] != 0:
            return node
        value, condition, _, *rest = node.args
        opposite = not rest or isinstance(condition, Rel) and rest[0] == Rel(
            condition.left, OPPOSITE.get(condition.relation, condition.relation), condition.right)
        return value*Indicator(condition) if opposite else node
    return evaluated(each(Cases, write)(expr))


@rule()
def sign_cases(expr, y, h):
    """f(y h) = 1[y = h] f(1) + 1[y != h] f(-1), for y and h out of -1 and 1."""
    wrong, product = Indicator(ne(y, h)), sp.Dummy("product")

    def split(node):
        body = sp.expand(node.body).subs(y*h, product)
        if not body.has(product) or body.has(y, h):
            return node
        terms = [body.xreplace({product: sp.Integer(v)}) for v in (1, -1)]
        return node.over((1 - wrong)*terms[0] + wrong*terms[1])
    return evaluated(each(Sum, split)(expr))


@rule()
def orthogonality(expr, *orthogonal):
    """a_i^T a_j = 1[i = j] a_i^T a_i for a family of orthogonal vectors, and a_i^T b_j = 0 for two named ones."""
    def write(node):
        _, word = array_factors(node.args[0])
        if len(word) != 2 or not all(isinstance(v, Entry) for v in (word[0].args[0], word[1])):
            return node
        left, right = word[0].args[0], word[1]
        bases = left.args[0], right.args[0]
        if bases[0] != bases[1]:
            return sp.Integer(0) if set(bases) == set(orthogonal) else node
        if left == right or "orthogonal_family" not in bases[0].facts.structure:
            return node
        return Indicator(eq(left.args[1], right.args[1]))*inner(left, left)
    return kronecker_contraction.rewrite(each(Scalar, write)(normal_form(expr)))
