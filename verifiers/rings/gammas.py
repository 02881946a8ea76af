"""Gamma, log-gamma, digamma and trigamma modulo p: arguments that differ by an integer share one set of atoms.

gamma(u + 1) = u gamma(u) and its consequences; arguments are positive wherever these are defined, which every u + k met
on the way inherits.  Source: DLMF 5.5.
"""

from fractions import Fraction
from math import factorial

from verifiers.graph import NUM

FAMILY = ("gamma", "lgamma", "digamma", "trigamma")
SHIFT = 30


class Base:
    """The atoms of one class of arguments: the node and column of its base, and what was asked for so far."""

    def __init__(self, node, column):
        self.node, self.column, self.atoms, self.generator = node, column, {}, None


def value(evaluation, name, argument):
    """The column of one of the family at a node."""
    column = evaluation.value(argument)
    if name == "gamma" and evaluation.graph.operation[argument] == NUM:
        found = _gamma_of_number(evaluation, Fraction(evaluation.graph.operands[argument]))
        if found is not None:
            return found
    base, shift = _class(evaluation, argument, column)
    return {"gamma": _gamma, "lgamma": _lgamma, "digamma": _digamma, "trigamma": _trigamma}[name](
        evaluation, base, shift)


def _gamma_of_number(evaluation, x):
    if x.denominator == 1 and 0 < x < 64:
        return evaluation.constant(factorial(int(x) - 1))
    return None


def _class(evaluation, node, column):
    """The base whose arguments differ from ``column`` by an integer, and that integer."""
    p = evaluation.p
    for base in evaluation.gamma_classes:
        shift = (column[0] - base.column[0]) % p
        shift = shift - p if shift > p // 2 else shift
        if abs(shift) < SHIFT and all((x - y - shift) % p == 0 for x, y in zip(column, base.column, strict=True)):
            return base, shift
    base = Base(node, column)
    evaluation.gamma_classes.append(base)
    return base, 0


def _steps(base, shift, p):
    """The columns u + k between the base u and u + shift."""
    for k in range(min(shift, 0), max(shift, 0)):
        yield k, [(x + k) % p for x in base.column]


def _generator(evaluation, base):
    """The pair (lgamma(u), gamma(u)) of the base."""
    if base.generator is None:
        atoms = evaluation.atoms

        def slope():
            d = evaluation.slope(base.node)
            return [x * y % evaluation.p for x, y in zip(_digamma(evaluation, base, 0), d, strict=True)]
        root = atoms.random_column()
        base.generator = atoms.add_generator(atoms.random_column(), atoms.twelfth_power(root), root, slope)
    return evaluation.atoms.generators[base.generator]


def log_gamma(evaluation, argument):
    """The logarithm of gamma(argument) as a column."""
    return _lgamma(evaluation, *_class(evaluation, argument, evaluation.value(argument)))


def _gamma(evaluation, base, shift):
    total, p = _generator(evaluation, base).value, evaluation.p
    for _, column in _steps(base, shift, p):
        column = column if shift > 0 else evaluation.atoms.invert(column)
        total = [x * y % p for x, y in zip(total, column, strict=True)]
    return total


def _lgamma(evaluation, base, shift):
    total, p, graph = _generator(evaluation, base).log, evaluation.p, evaluation.graph
    for k, _ in _steps(base, shift, p):
        log = evaluation.log(graph.add(base.node, graph.num(k)))
        total = [(x + y if shift > 0 else x - y) % p for x, y in zip(total, log, strict=True)]
    return total


def _digamma(evaluation, base, shift):
    return _polygamma(evaluation, "digamma", base, shift, 1, 1)


def _trigamma(evaluation, base, shift):
    return _polygamma(evaluation, "trigamma", base, shift, 2, -1)


def _polygamma(evaluation, name, base, shift, order, side):
    """digamma(u + 1) = digamma(u) + 1/u, trigamma(u + 1) = trigamma(u) - 1/u^2."""
    if name not in base.atoms:
        base.atoms[name] = evaluation.atoms.random_column()
    total, p = base.atoms[name], evaluation.p
    for _, column in _steps(base, shift, p):
        inverse = evaluation.atoms.integer_power(column, -order)
        step = side if shift > 0 else -side
        total = [(x + step * y) % p for x, y in zip(total, inverse, strict=True)]
    return total
