"""Numbers and matrices of the oracle, in mpmath at 50 digits: products, comparisons, functions."""

import mpmath as mp

from derive.term import Relation

mp.mp.dps = 50
TINY = mp.mpf(10)**-12
FUNCTIONS = {"exp": mp.exp, "log": mp.log, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sinh": mp.sinh,
             "cosh": mp.cosh, "tanh": mp.tanh, "arctan": mp.atan, "sigmoid": lambda z: 1/(1 + mp.exp(-z)),
             "abs": abs, "sign": mp.sign,
             "softplus": lambda z: mp.log(1 + mp.exp(z)), "relu": lambda z: max(z, mp.mpf(0)), "erf": mp.erf,
             "gamma": mp.gamma, "lgamma": mp.loggamma, "digamma": mp.digamma, "factorial": mp.factorial,
             "floor": mp.floor}


class Unknown(Exception):
    """A head or a declaration that the oracle does not evaluate."""


class Undefined(Unknown, ArithmeticError):
    """An expression without a real value."""


class Outside(Undefined):
    """What is drawn is not as declared: a wide matrix of full column rank."""


def times(a, b):
    """A product; a 1 x 1 matrix is a number."""
    if is_zero(a) or is_zero(b):
        return mp.mpf(0)        # of any shape
    if isinstance(a, mp.matrix) and isinstance(b, mp.matrix) and a.cols != b.rows:
        if (a.rows, a.cols) == (1, 1):
            a = a[0, 0]
        elif (b.rows, b.cols) == (1, 1):
            b = b[0, 0]
    value = a*b
    return value[0, 0] if isinstance(value, mp.matrix) and (value.rows, value.cols) == (1, 1) else value


def compare(left, right, relation):
    """Whether left relation right, equality to 12 digits."""
    if relation == Relation.EQ:
        return alike(left, right)
    if relation == Relation.NE:
        return not alike(left, right)
    if isinstance(left, mp.matrix) or isinstance(right, mp.matrix):
        raise Unknown("order of arrays")
    return {"<": left < right, ">": left > right, "<=": left <= right + TINY, ">=": left >= right - TINY}[relation]


def alike(a, b):
    """Whether two values agree to 12 digits; a 0 agrees with an array of zeros."""
    if isinstance(a, mp.matrix) != isinstance(b, mp.matrix):
        a, b = (x if isinstance(x, mp.matrix) else mp.matrix([[x]]) for x in (a, b))
        if 0 in (mp.mnorm(a, 1), mp.mnorm(b, 1)):
            return mp.mnorm(a, 1) + mp.mnorm(b, 1) < TINY
    if isinstance(a, mp.matrix):
        if (a.rows, a.cols) != (b.rows, b.cols):
            return False
        return mp.mnorm(a - b, 1) <= TINY*(1 + mp.mnorm(a, 1))
    return abs(a - b) <= TINY*(1 + abs(a))


def frobenius(a):
    return mp.sqrt(mp.fsum(x*x for x in a))


def softmax(a):
    total = mp.fsum(mp.exp(x) for x in a)
    return a.apply(lambda x: mp.exp(x)/total)


def is_zero(value):
    """The number 0, which stands for an array of zeros of any shape as well."""
    return not isinstance(value, mp.matrix) and value == 0


def moderate(value):
    """Whether numeric differentiation of 16 digits is to be trusted at this size."""
    return (mp.mnorm(value, 1) if isinstance(value, mp.matrix) else abs(value)) < 10**9


def entrywise(a, b):
    """The Hadamard product."""
    return mp.matrix([[a[i, j]*b[i, j] for j in range(a.cols)] for i in range(a.rows)])


def smooth_of(arguments):
    """A smooth function of numbers and arrays with coefficients of its own for every entry."""
    numbers = [x for a in arguments for x in (a if isinstance(a, mp.matrix) else (a,))]
    return mp.exp(mp.fsum(mp.sin(x*(1 + mp.mpf(k)/7)) + x*x/(k + 3) for k, x in enumerate(numbers, 1))/5)
