"""Arithmetic of matrices written out."""

import sympy as sp

from derive.lang.arrays import Det, Matrix, Tr
from derive.lang.binders import Sum
from derive.lang.evaluation import array_factors, evaluated
from derive.lang.heads import Scalar, Transpose
from derive.lang.shape import shape_of


def arithmetic(expr):
    """Products, sums, transposes, traces, determinants and entries of written matrices carried out."""
    if not expr.args or isinstance(expr, Matrix) and not expr.entries:
        return expr
    args = [arithmetic(a) for a in expr.args]
    node = expr.func(*args)
    if isinstance(node, Matrix):
        return blocks(node)
    if isinstance(node, sp.Mul) and not node.is_commutative:
        return _product(node)
    if isinstance(node, sp.Add):
        return _sum(node)
    if isinstance(node, Transpose) and isinstance(node.args[0], Matrix):
        return table(plain(node.args[0]).T)
    if isinstance(node, Scalar):
        return node.args[0] if shape_of(node.args[0]) == () and node.args[0].is_commutative else node
    if isinstance(node, sp.Pow) and isinstance(node.base, Matrix) and node.exp.is_Integer:
        return table(plain(node.base)**node.exp)
    if isinstance(node, Tr) and isinstance(node.args[0], Matrix):
        return plain(node.args[0]).trace()
    if isinstance(node, Det) and isinstance(node.args[0], Matrix):
        return plain(node.args[0]).det(method="berkowitz")
    if isinstance(node, Sum) and isinstance(node.body, Matrix):
        rows = [[node.over(e) for e in row] for row in node.body.rows]
        return Matrix(rows)
    return evaluated(node) if node.args else node


def plain(matrix):
    """The SymPy matrix of a written one."""
    return sp.Matrix([list(row) for row in matrix.rows])


def blocks(node):
    """One matrix out of written blocks: [[a, b]] of columns a and b has them side by side."""
    if not all(isinstance(e, Matrix) for e in node.entries):
        return node
    return table(sp.Matrix.vstack(*(sp.Matrix.hstack(*map(plain, row)) for row in node.rows)))


def table(matrix):
    return Matrix([[sp.expand(e) for e in matrix.row(k)] for k in range(matrix.rows)])


def _row(node):
    """A written matrix or the transpose of a written column, as a SymPy matrix; None otherwise."""
    return plain(node) if isinstance(node, Matrix) else None


def _product(node):
    scalar, factors = array_factors(node)
    done = []
    for factor in factors:
        before = _row(done[-1]) if done else None
        after = _row(factor)
        if before is not None and after is not None:
            product = before*after
            done[-1] = product[0, 0] if product.shape == (1, 1) else table(product)
            if product.shape == (1, 1):
                scalar *= done.pop()
        else:
            done.append(factor)
    if len(done) == 1 and isinstance(done[0], Matrix):
        return table(scalar*plain(done[0]))
    return sp.Mul(scalar, *done)


def _sum(node):
    written = [a for a in node.args if isinstance(a, Matrix)]
    if not written:
        return node
    total = plain(written[0])
    for other in written[1:]:
        total = total + plain(other)
    return sp.Add(table(total), *(a for a in node.args if a not in written))
