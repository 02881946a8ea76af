"""A^{-1} A = I inside words of a normal form, also where A is a sum or a product of matrices."""

from itertools import count

import sympy as sp

from derive.lang.evaluation import array_factors, evaluated, live, ordered_product
from derive.lang.heads import Inverse
from derive.lang.names import ArrayName, Facts, current_scope
from derive.lang.normal import is_identity, normal_form, transpose_expanded
from derive.lang.shape import shape_of


def canceled(expr):
    """The normal form in which A^{-1} A and A A^{-1} are dropped from every word."""
    with live():
        expr, names = _with_names(evaluated(expr))
        words = {name: array_factors(matrix)[1] for name, matrix in names.items() if isinstance(matrix, sp.Mul)}
        for _ in range(4):
            shorter = normal_form(_everywhere(normal_form(expr), words))
            if shorter == expr:
                break
            expr = shorter
        return normal_form(expr.xreplace(names))


def _with_names(expr):
    """Names for the composed matrices that are inverted somewhere: (A + B)^{-1} becomes Q^{-1}, and A + B becomes Q."""
    names, numbers = {}, count(1)
    for node in sorted(expr.atoms(Inverse), key=sp.count_ops):
        matrix = node.args[0].xreplace({m: n for n, m in names.items()})
        if isinstance(matrix, (sp.Add, sp.Mul)) and matrix not in names.values():
            names[_named(matrix, next(numbers))] = matrix
    outside_in = {Inverse(Inverse(m)): n for n, m in names.items()}
    expr = expr.xreplace(outside_in)
    expr = expr.xreplace({Inverse(m): Inverse(n) for n, m in names.items()})
    return expr.xreplace({m: n for n, m in names.items() if isinstance(m, sp.Add)}), names


def _named(matrix, number):
    symmetric = normal_form(transpose_expanded(matrix)) == normal_form(matrix)
    structure = frozenset({"symmetric"} if symmetric else ())
    return ArrayName(Facts(f"Q{number}", "matrix", shape_of(matrix), structure=structure), "cancellation")


def _everywhere(node, words):
    if not node.args:
        return node
    args = [_everywhere(a, words) for a in node.args]
    node = node.func(*args) if args != list(node.args) else node
    if not isinstance(node, sp.Mul) or node.is_commutative:
        return node
    scalar, factors = array_factors(node)
    return scalar*ordered_product(_cancel_neighbours(factors, words))


def _cancel_neighbours(factors, words):
    done = []
    for factor in factors:
        done.append(factor)
        for length, size in _cancelling(done, words):
            del done[-length:]
            done.append(identity_of(size))
        while len(done) > 1 and (is_identity(done[-1]) or is_identity(done[-2])):
            done.pop(-1 if is_identity(done[-1]) else -2)
    return done


def _cancelling(done, words):
    """(number of factors, size) where the last factors of a word multiply to the identity."""
    last = done[-1]
    if len(done) > 1 and (last == _inverse(done[-2]) or done[-2] == _inverse(last)):
        yield 2, shape_of(last)[0]
        return
    for name, word in words.items():
        n = len(word)
        if done[-n - 1:] in ([*word, Inverse(name)], [Inverse(name), *word]):
            yield n + 1, shape_of(name)[0]
            return


def _inverse(expr):
    shape = shape_of(expr)
    square = len(shape) == 2 and shape[0] == shape[1]
    return Inverse(expr) if square and not isinstance(expr, Inverse) else None


def identity_of(size):
    """The declared identity matrix of a size, or one of our own."""
    known = (n for n in current_scope().symbols.values() if is_identity(n) and n.shape[0] == size)
    return next(known, None) or ArrayName(Facts(r"\mathbf{I}", "identity", (size, size)), "identity")
