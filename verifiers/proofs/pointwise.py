"""One point at a time in plain Python: exact Fractions while they last, else floats.

The second opinion of a proof on the cold path, where neither NumPy nor flint is imported, and the exact check that a
point lies in the declared domain.
"""

import math
from fractions import Fraction
from functools import lru_cache

from verifiers.graph import ADD, FUN, INTEGER, NONNEGATIVE, NONZERO, NUM, POSITIVE, POW, VAR, ZERO
from verifiers.rings import special

MARGIN = 1e-9           # a float must clear zero by this much to count as nonzero
EXPONENT_CAP = 4096
TOLERANCE = 1e-6        # relative gap of two floats above which they are told apart, until balls decide
BIT_CAP = 20000         # beyond this a Fraction is continued as a float


class Undefined(ArithmeticError):
    """A division by zero, a log or root of a negative number, at this point."""


class Beyond(ArithmeticError):
    """A value this evaluator does not reach (overflow, a function it does not know)."""


FUNCTIONS = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "arctan": math.atan, "erf": math.erf,
             "lgamma": math.lgamma, "gamma": math.gamma, "digamma": special.digamma, "trigamma": special.trigamma,
             "bessel0": special.bessel0, "bessel1": special.bessel1}
OF_POSITIVE = ("log", "lgamma", "gamma", "digamma", "trigamma")


def evaluate(graph, roots, point, known=None):
    """{node: value} for every node under ``roots``; the value is a Fraction, a float, or None where undefined.

    point   {variable node: Fraction or float}; unknown functions must have been written out before
    known   values at this point from before, to be filled up and returned
    Raises Beyond where a function is not known here, or a float overflows.
    """
    nodes, values, below = graph.reachable(roots), {}, graph.below
    if known is not None:
        nodes, values = [n for n in nodes if n not in known], known
    for node in nodes:
        arguments = [values[c] for c in below[node]]
        for a in arguments:
            if a is None:
                break
        else:
            a = node
        if a is None:
            values[node] = None
            continue
        try:
            values[node] = _value(graph, node, arguments, point)
        except (Undefined, ZeroDivisionError):
            values[node] = None
        except OverflowError as error:
            raise Beyond(str(error)) from error
    return values


def known_values(graph, roots, point):
    """As ``evaluate``; empty where a value is beyond this evaluator."""
    try:
        return evaluate(graph, roots, point)
    except (Beyond, KeyError):
        return {}


def _value(graph, node, arguments, point):
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return _fraction(operands)
    if operation == VAR:
        return math.pi if graph.domain.get(node) == "pi" else point[node]
    if operation == FUN:
        return _function(operands[0], arguments)
    if operation == POW:
        return _power(*arguments)
    value = arguments[0]
    for a in arguments[1:]:
        value = value + a if operation == ADD else value * a
    if value.__class__ is Fraction:
        return float(value) if _bits(value) > BIT_CAP else value
    if not math.isfinite(value):
        raise Beyond("a float overflows")
    return value


@lru_cache(maxsize=1024)
def _fraction(number):
    return Fraction(number)


def _bits(value):
    return value.denominator.bit_length() + value.numerator.bit_length()


def _power(base, exponent):
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    if isinstance(base, float) and abs(base) < MARGIN and (not whole or exponent < 0):
        raise Beyond("a root or divisor too near to 0 to say")
    if whole:
        if abs(exponent) > EXPONENT_CAP:
            raise Beyond("an exponent beyond the cap")
        if isinstance(base, Fraction) and _bits(base) * abs(exponent) > BIT_CAP:
            return _power(float(base), exponent)
        return base ** int(exponent)
    if base < 0 or base == 0 and exponent <= 0:
        raise Undefined("a root of a negative number")
    return _exact_root(base, exponent) or float(base) ** float(exponent)


def _exact_root(base, exponent):
    """The square root of a square of a rational, else None."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 2:
        top, bottom = math.isqrt(base.numerator), math.isqrt(base.denominator)
        if top * top == base.numerator and bottom * bottom == base.denominator:
            return Fraction(top, bottom) ** exponent.numerator
    return None


def _function(name, arguments):
    value = arguments[0]
    if name in ("sign", "floor"):
        if isinstance(value, float):
            raise Beyond("a step at a number known only roughly")
        return Fraction(math.floor(value)) if name == "floor" else Fraction((value > 0) - (value < 0))
    if name == "exp" and value == 0:
        return Fraction(1)
    if name == "log" and value == 1:
        return Fraction(0)
    if name not in FUNCTIONS:
        raise Beyond(f"{name} is not evaluated in plain floats")
    if name in OF_POSITIVE and isinstance(value, float) and abs(value) < MARGIN:
        raise Beyond("an argument too near to 0 to say")
    if name in OF_POSITIVE and value <= 0:
        raise Undefined(f"{name} at a nonpositive number")
    number = float(value)
    if name in OF_POSITIVE and not number:
        raise Beyond("a number too small for the floats")
    return FUNCTIONS[name](number)


def holds(tag, value):
    """Whether a condition holds of a value: True, False, or None where a float is too near to say."""
    if value is None:
        return False
    if tag == INTEGER:
        return isinstance(value, Fraction) and value.denominator == 1
    if isinstance(value, float) and abs(value) < MARGIN:
        return None
    return {POSITIVE: value > 0, NONNEGATIVE: value >= 0, NONZERO: value != 0, ZERO: value == 0}[tag]


def relative_gap(a, b):
    """|a - b| over the larger of the two in size; 0 where both are 0, 1 where one alone is beyond the floats."""
    scale = max(abs(a), abs(b))
    if not scale:
        return 0.0
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return float(abs(a - b) / scale)
    try:
        return float(abs(float(a) - float(b)) / float(scale))
    except OverflowError:
        return 1.0


def far(a, b, order=0):
    """Whether two values differ by more than rounding explains; order 1 asks for a above b only, -1 for b above a."""
    exact = isinstance(a, Fraction) and isinstance(b, Fraction)
    if order:
        return (a > b if order > 0 else a < b) and (exact or relative_gap(a, b) > TOLERANCE)
    return a != b if exact else relative_gap(a, b) > TOLERANCE
