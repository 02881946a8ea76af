"""The compiled twin of the NumPy tape: one interpreter for all graphs, so only the first run ever compiles.

The numbers in the branches are those of ``verifiers.rings.floats``, which the compiler takes in as constants.
"""

import math

from numba import njit

from verifiers.rings import special
from verifiers.rings.floats import (
    T_ADD,
    T_ARCTAN,
    T_BESSEL0,
    T_COS,
    T_DIGAMMA,
    T_ERF,
    T_EXP,
    T_FLOOR,
    T_GAMMA,
    T_INV,
    T_LGAMMA,
    T_LOG,
    T_MUL,
    T_POW,
    T_POWI,
    T_POWN,
    T_SIGN,
    T_SIN,
    T_SQRT,
    T_TRIGAMMA,
    UNDERFLOW,
    UNIT,
)

compiled = njit(cache=True, error_model="numpy")
digamma, trigamma = compiled(special.digamma), compiled(special.trigamma)
lgamma, gamma, bessel = compiled(special.lgamma), compiled(special.gamma), compiled(special.bessel)
NAN = math.nan


@compiled
def power(x, e, whole):
    """x ** e; ``whole`` where the exponent is an integer by its form, so that x may be negative and 0 ** 0 is 1."""
    if e != e:
        return NAN
    if whole and e == 0.0 and x == x:
        return 1.0
    if x > 0.0 or (x == 0.0 and e > 0.0) or (whole and x < 0.0):
        return x ** e
    return NAN


@compiled
def algebraic(operation, x, z, k):
    """The value of an arithmetic row; k is the integer of a POWI row."""
    if operation == T_ADD:
        return x + z
    if operation == T_MUL:
        return x * z
    if operation == T_INV:
        return 1.0 / x if x != 0.0 else NAN
    if operation == T_POWI:
        return x ** float(k) if k > 0 or x != 0.0 else NAN
    if operation == T_SQRT:
        return math.sqrt(x) if x >= 0.0 else NAN
    return power(x, z, operation == T_POWN)


@compiled
def elementary(operation, x):
    """The value of a row of one elementary function."""
    if operation == T_EXP:
        return math.exp(x)
    if operation == T_LOG:
        return math.log(x) if x > 0.0 else NAN
    if operation == T_SIN:
        return math.sin(x) if math.isfinite(x) else NAN
    if operation == T_COS:
        return math.cos(x) if math.isfinite(x) else NAN
    if operation == T_ARCTAN:
        return math.atan(x)
    if operation == T_SIGN:
        return NAN if x != x else 1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0
    return math.floor(x) + 0.0 if math.isfinite(x) else x


@compiled
def transcendent(operation, x):
    """The value of a row of one special function."""
    if operation == T_ERF:
        return math.erf(x)
    if operation == T_LGAMMA:
        return lgamma(x)
    if operation == T_GAMMA:
        return gamma(x)
    if operation == T_DIGAMMA:
        return digamma(x)
    if operation == T_TRIGAMMA:
        return trigamma(x)
    return bessel(x, 0 if operation == T_BESSEL0 else 1)


@compiled
def value(operation, x, z, k):
    if operation <= T_POW or operation == T_POWN:
        return algebraic(operation, x, z, k)
    if operation <= T_FLOOR:
        return elementary(operation, x)
    return transcendent(operation, x)


@compiled
def power_error(y, x, e, dx, de):
    if e > 1.0 and abs(x) <= 4.0 * dx:
        return (abs(x) + dx) ** e + abs(y)      # the slope at x says little of a base that may be 0
    logs = 0.0 if x == 0.0 else math.log(abs(x))
    slope = 0.0 if x == 0.0 else abs(e / x)
    return abs(y) * (slope * dx + abs(logs) * de) * 1.01 + 8 * UNIT * abs(y) * (1 + abs(e * logs))


@compiled
def algebraic_error(operation, y, x, z, k, dx, dz):
    if operation == T_ADD:
        return dx + dz + UNIT * abs(y)
    if operation == T_MUL:
        return abs(x) * dz + abs(z) * dx + dx * dz + UNIT * abs(y)
    if operation == T_INV:
        return dx * y * y * 1.01 + UNIT * abs(y)
    if operation == T_POWI:
        return power_error(y, x, float(k), dx, 0.0)
    if operation == T_SQRT:
        return (0.505 * dx / y if y > 0.0 else math.sqrt(dx)) + UNIT * y
    return power_error(y, x, z, dx, dz)


@compiled
def elementary_error(operation, y, x, dx):
    if operation == T_EXP:
        return y * (dx * 1.01 + 2 * UNIT)
    if operation == T_LOG:
        return dx / x * 1.01 + 2 * UNIT * abs(y)
    if operation == T_ARCTAN:
        return dx + 2 * UNIT * abs(y)
    if operation == T_SIGN:
        return 0.0 if dx < abs(x) or dx == 0.0 else 2.0
    if operation == T_FLOOR:
        return 0.0 if math.floor(x - dx) == math.floor(x + dx) else 1.0 + dx
    return dx + 2 * UNIT


@compiled
def transcendent_error(operation, y, x, dx):
    if operation == T_ERF:
        return 1.13 * math.exp(-x * x) * dx + 4 * UNIT * abs(y)
    if operation == T_LGAMMA:
        return abs(digamma(x)) * dx * 1.1 + 16 * UNIT * (1 + abs(y))
    if operation == T_GAMMA:
        return abs(y) * (abs(digamma(x)) * dx * 1.1 + 32 * UNIT)
    if operation == T_DIGAMMA:
        return trigamma(x) * dx * 1.1 + 64 * UNIT * (1 + abs(y))
    if operation == T_TRIGAMMA:
        return 2 * trigamma(x) * (1 + 1 / x) * dx * 1.1 + 64 * UNIT * (1 + abs(y))
    if operation == T_BESSEL0:
        return y * (dx * 1.01 + 64 * UNIT)
    return (1 + abs(y)) * (dx * 1.01 + 64 * UNIT)


@compiled
def error(operation, y, x, z, k, dx, dz):
    if operation <= T_POW or operation == T_POWN:
        return algebraic_error(operation, y, x, z, k, dx, dz)
    if operation <= T_FLOOR:
        return elementary_error(operation, y, x, dx)
    return transcendent_error(operation, y, x, dx)


@compiled
def run(code, registers):
    """Run the rows in place on ``registers``, an array (registers, K)."""
    for row in range(code.shape[0]):
        operation, target, a, b = code[row, 0], code[row, 1], code[row, 2], code[row, 3]
        two = operation <= T_MUL or operation == T_POW or operation == T_POWN
        second = b if two else a
        for k in range(registers.shape[1]):
            registers[target, k] = value(operation, registers[a, k], registers[second, k], b)


@compiled
def run_with_error(code, registers, errors):
    """Run the rows in place, and bound the rounding error of each register in ``errors``."""
    for row in range(code.shape[0]):
        operation, target, a, b = code[row, 0], code[row, 1], code[row, 2], code[row, 3]
        two = operation <= T_MUL or operation == T_POW or operation == T_POWN
        second = b if two else a
        for k in range(registers.shape[1]):
            x, z = registers[a, k], registers[second, k]
            y = value(operation, x, z, b)
            registers[target, k] = y
            bound = error(operation, y, x, z, b, errors[a, k], errors[second, k])
            if operation in (T_MUL, T_INV, T_POWI, T_POW, T_POWN, T_EXP):
                bound += UNDERFLOW
            errors[target, k] = bound if y == y else NAN
