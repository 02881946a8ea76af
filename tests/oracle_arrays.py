"""Arrays of the oracle: brackets, blocks, products and functions of matrices, of values that an evaluator gives."""

from functools import reduce

import mpmath as mp

from oracle_values import Unknown, entrywise, frobenius, softmax


def arrays(evaluate):
    """{head: rule}."""
    def of_array(function):
        def rule(term, world, env, atom):
            value = evaluate(term.args[0], world, env, atom)
            return function(value if isinstance(value, mp.matrix) else mp.matrix([[value]]))
        return rule

    def of_values(function):
        return lambda term, *where: function(term, [evaluate(a, *where) for a in term.args])
    return {"matrix": of_values(_bracket), "transpose": of_values(_transpose), "hadamard": of_values(_hadamard),
            "kron": of_values(_kronecker), "det": of_array(mp.det), "norm": of_array(frobenius),
            "softmax": of_array(softmax), "diag": of_array(_diagonal), "vec": of_array(_stacked),
            "tr": of_array(lambda a: mp.fsum(a[i, i] for i in range(a.rows)))}


def _bracket(term, entries):
    rows, columns = term.value
    lines = [entries[r*columns:(r + 1)*columns] for r in range(rows)]
    return _blocks(lines) if any(isinstance(e, mp.matrix) for e in entries) else mp.matrix(lines)


def _blocks(rows):
    """A matrix from blocks."""
    if any(not isinstance(b, mp.matrix) for row in rows for b in row):
        raise Unknown("a number among blocks")
    return mp.matrix([[b[i, j] for b in row for j in range(b.cols)] for row in rows for i in range(row[0].rows)])


def _transpose(_, values):
    return values[0].T if isinstance(values[0], mp.matrix) else values[0]


def _hadamard(_, values):
    return reduce(entrywise, values)


def _kronecker(_, values):
    a, b = values
    return mp.matrix([[a[i//b.rows, j//b.cols]*b[i % b.rows, j % b.cols] for j in range(a.cols*b.cols)]
                      for i in range(a.rows*b.rows)])


def _diagonal(a):
    return mp.diag(list(a)) if a.cols == 1 else mp.matrix([a[k, k] for k in range(a.rows)])


def _stacked(a):
    """The columns of a matrix below one another."""
    return mp.matrix([a[i, j] for j in range(a.cols) for i in range(a.rows)])
