"""Stationary points, linear equations, minima."""

import sympy as sp

from derive.lang.binders import ArgMax, ArgMin, MaxOf, MinOf, Sum
from derive.lang.calculus import Deriv, Grad
from derive.lang.evaluation import array_factors, evaluated
from derive.lang.heads import Inverse, Scalar, Transpose
from derive.lang.normal import normal_form, turned
from derive.lang.sets import Rel, eq
from derive.lang.shape import shape_of
from derive.rules.calculus import differentiate
from derive.rules.matrices import matrix_differential
from derive.rules.registry import each, rule
from derive.term.relation import Relation


class NoSolution(ValueError):
    """An equation that is not linear in its unknown, or whose coefficient is not a factor on the left."""


def gradient(body, variable):
    """The gradient written out."""
    if shape_of(variable):
        return matrix_differential.rewrite(Grad(body, variable))
    return differentiate.rewrite(Deriv(body, variable))


def linear_solution(left, right, unknown):
    """The solution of a linear equation: of a x = b, b/a; of A x = b, A^{-1} b.  Raises NoSolution."""
    coefficients, rest = [], []
    for term in sp.Add.make_args(sp.expand(normal_form(left - right))):
        if not term.has(unknown):
            rest.append(-term)
        elif shape_of(unknown):
            coefficients.append(matrix_coefficient(term, unknown))
        else:
            coefficients.append(sp.expand(term/unknown))
    if not coefficients or any(c.has(unknown) for c in coefficients):
        raise NoSolution(f"{left} = {right} is not linear in {unknown}")
    total = sp.Add(*coefficients)
    return Inverse(total)*sp.Add(*rest) if shape_of(unknown) else sp.Add(*rest)/total


def matrix_coefficient(term, unknown):
    """A where a term is A x; b c^T where it is (c^T x) b; also under a sum.  Raises NoSolution."""
    scalar, factors = array_factors(term)
    if not scalar.has(unknown) and factors and factors[-1] == unknown:
        return scalar*(sp.Mul(*factors[:-1]) if len(factors) > 1 else _identity(unknown))
    if len(factors) == 1 and isinstance(factors[0], Sum):
        return scalar*factors[0].over(matrix_coefficient(factors[0].body, unknown))
    for inner in sp.Mul.make_args(scalar):
        if isinstance(inner, Scalar):
            _, word = array_factors(inner.args[0])
            if word[0] == Transpose(unknown):
                _, word = array_factors(turned(inner.args[0]))
            if word[-1] == unknown:
                return scalar/inner*sp.Mul(*factors, *word[:-1])
    raise NoSolution(f"{term} is not linear in {unknown}")


def _identity(unknown):
    from derive.lang.symbols import eye
    return eye(shape_of(unknown)[0])


@rule(Relation.EQ, needs=("the coefficient of the unknown is invertible",))
def linear_solve(expr, unknown):
    """A x = b iff x = A^{-1} b, for A invertible, and a x = b iff x = b/a for a not zero.

    Among several equations those that are solved for another name already stay.
    """
    def solve(node):
        solved = isinstance(node.left, sp.Symbol) and node.left != unknown and not node.right.has(node.left)
        if solved or node.relation is not Relation.EQ or not node.has(unknown):
            return node
        return eq(unknown, linear_solution(node.left, node.right, unknown))
    return evaluated(each(Rel, solve)(expr))


@rule(Relation.EQ, needs=("strict convexity",))
def stationarity(expr):
    """argmin_x f(x) = the x with grad f(x) = 0, for f strictly convex and grad f linear in x."""
    def minimum(node):
        body, x = node.body, node.variable
        return linear_solution(gradient(body, x), sp.Integer(0), x)
    return evaluated(each((ArgMin, ArgMax), minimum)(expr))


@rule(Relation.EQ, needs=("the point is a minimum",))
def minimum_at(expr, point):
    """argmin_x f(x) = x* and min_x f(x) = f(x*), for x* the point where f is least."""
    def write(node):
        if isinstance(node, (ArgMin, ArgMax)):
            return point
        return node.body.xreplace({node.variable: point})
    return evaluated(each((ArgMin, ArgMax, MinOf, MaxOf), write)(expr))


@rule()
def divide_by(expr, factor):
    """a = b iff a/c = b/c, for c not zero, and a <= b iff a/c <= b/c, for c positive."""
    def divide(node):
        if node.relation is not Relation.EQ and not factor.is_positive:
            return node
        return node.func(sp.expand(node.left/factor), node.args[1], sp.expand(node.right/factor))
    return evaluated(each(Rel, divide)(expr))


@rule()
def multiply_by(expr, factor):
    """a = b iff c a = c b, for c not zero."""
    return evaluated(each(Rel, lambda n: n.func(n.left*factor, n.args[1], n.right*factor))(expr))


@rule()
def add_to_both_sides(expr, term):
    """a = b iff a + c = b + c, and a <= b iff a + c <= b + c."""
    return evaluated(each(Rel, lambda n: n.func(n.left + term, n.args[1], n.right + term))(expr))


@rule()
def log_of_both_sides(expr):
    """a = b iff log a = log b, for positive a and b."""
    def take(node):
        return node.func(sp.expand_log(sp.log(node.left)), node.args[1], sp.expand_log(sp.log(node.right)))
    return evaluated(each(Rel, take)(expr))
