"""The NumPy interpreter of the float tape, and the same with a running error bound."""

import math

import numpy as np

from verifiers.rings import floats as t
from verifiers.rings import special
from verifiers.rings.floats import SLACK, UNDERFLOW, UNIT


def _each(function):
    """A function of one float, applied to an array."""
    return lambda x, _: np.array([function(v) for v in x.tolist()], dtype=float)


def _only(x, allowed):
    return np.where(allowed, x, np.nan)


def _power(x, e):
    # libm has nan ** 0 = 1 = 1 ** nan, so undefined operands are put in at the end
    return _only(np.power(x, e), ((x > 0) & ~np.isnan(e)) | ((x == 0) & (e > 0)))


def _integer_power(x, e):
    return _only(np.power(x, e), ~np.isnan(x) & ~np.isnan(e) & ((x != 0) | (e >= 0)))


VALUES = {
    t.T_ADD: np.add,
    t.T_MUL: np.multiply,
    t.T_INV: lambda x, _: 1.0 / _only(x, x != 0),
    t.T_POWI: lambda x, k: np.power(_only(x, x != 0) if k < 0 else x, float(k)),
    t.T_SQRT: lambda x, _: np.sqrt(_only(x, x >= 0)),
    t.T_POW: _power,
    t.T_POWN: _integer_power,
    t.T_EXP: lambda x, _: np.exp(x),
    t.T_LOG: lambda x, _: np.log(_only(x, x > 0)),
    t.T_SIN: lambda x, _: np.sin(_only(x, np.isfinite(x))),
    t.T_COS: lambda x, _: np.cos(_only(x, np.isfinite(x))),
    t.T_ARCTAN: lambda x, _: np.arctan(x),
    t.T_SIGN: lambda x, _: np.sign(x),
    t.T_FLOOR: lambda x, _: np.floor(x),
    t.T_ERF: _each(math.erf),
    t.T_LGAMMA: _each(special.lgamma),
    t.T_GAMMA: _each(special.gamma),
    t.T_DIGAMMA: _each(special.digamma),
    t.T_TRIGAMMA: _each(special.trigamma),
    t.T_BESSEL0: _each(special.bessel0),
    t.T_BESSEL1: _each(special.bessel1),
}
BINARY = (t.T_ADD, t.T_MUL, t.T_POW, t.T_POWN)


def _power_error(y, x, e, dx, de):
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        # the slope at x says little of a base that may be 0
        near = np.where((e > 1) & (np.abs(x) <= 4 * dx), (np.abs(x) + dx) ** np.abs(e) + np.abs(y), 0.0)
        logs = np.where(x == 0, 0.0, np.log(np.abs(x)))
        slopes = np.where(x == 0, 0.0, np.abs(e / x))
    usual = np.abs(y) * (slopes * dx + np.abs(logs) * de) * 1.01 + 8 * UNIT * np.abs(y) * (1 + np.abs(e * logs))
    return np.maximum(near, usual)


def _slack(code, slope):
    """Error of a special function whose derivative is bounded by ``slope`` near x."""
    return lambda y, x, _, dx, __: slope(y, x) * dx * 1.1 + SLACK[code] * UNIT * (1 + np.abs(y))


def _digamma(x):
    return VALUES[t.T_DIGAMMA](x, 0)


def _trigamma(x):
    return VALUES[t.T_TRIGAMMA](x, 0)


# Bounds from the value y, the operands x and z and their bounds dx and dz; z is an integer in a POWI row.
ERRORS = {
    t.T_ADD: lambda y, x, z, dx, dz: dx + dz + UNIT * np.abs(y),
    t.T_MUL: lambda y, x, z, dx, dz: np.abs(x) * dz + np.abs(z) * dx + dx * dz + UNIT * np.abs(y),
    t.T_INV: lambda y, x, z, dx, dz: dx * y * y * 1.01 + UNIT * np.abs(y),
    t.T_POWI: lambda y, x, z, dx, dz: _power_error(y, x, float(z), dx, 0.0),
    t.T_SQRT: lambda y, x, z, dx, dz: np.where(y > 0, 0.505 * dx / np.where(y > 0, y, 1.0), np.sqrt(dx)) + UNIT * y,
    t.T_POW: _power_error,
    t.T_POWN: _power_error,
    t.T_EXP: lambda y, x, z, dx, dz: y * (dx * 1.01 + 2 * UNIT),
    t.T_LOG: lambda y, x, z, dx, dz: dx / x * 1.01 + 2 * UNIT * np.abs(y),
    t.T_SIN: lambda y, x, z, dx, dz: dx + 2 * UNIT,
    t.T_COS: lambda y, x, z, dx, dz: dx + 2 * UNIT,
    t.T_ARCTAN: lambda y, x, z, dx, dz: dx + 2 * UNIT * np.abs(y),
    t.T_SIGN: lambda y, x, z, dx, dz: np.where(dx < np.abs(x), 0.0, np.where(dx == 0, 0.0, 2.0)),
    t.T_FLOOR: lambda y, x, z, dx, dz: np.where(np.floor(x - dx) == np.floor(x + dx), 0.0, 1.0 + dx),
    t.T_ERF: lambda y, x, z, dx, dz: 1.13 * np.exp(-x * x) * dx + 4 * UNIT * np.abs(y),
    t.T_LGAMMA: _slack(t.T_LGAMMA, lambda y, x: np.abs(_digamma(x))),
    t.T_GAMMA: lambda y, x, z, dx, dz: np.abs(y) * (np.abs(_digamma(x)) * dx * 1.1 + SLACK[t.T_GAMMA] * UNIT),
    t.T_DIGAMMA: _slack(t.T_DIGAMMA, lambda y, x: _trigamma(x)),
    t.T_TRIGAMMA: _slack(t.T_TRIGAMMA, lambda y, x: 2 * _trigamma(x) * (1 + 1 / x)),
    t.T_BESSEL0: lambda y, x, z, dx, dz: y * (dx * 1.01 + SLACK[t.T_BESSEL0] * UNIT),
    t.T_BESSEL1: lambda y, x, z, dx, dz: (1 + np.abs(y)) * (dx * 1.01 + SLACK[t.T_BESSEL1] * UNIT),
}


def run(code, registers):
    """Run the rows in place on ``registers``, an array (registers, K)."""
    with np.errstate(all="ignore"):
        for operation, register, a, b in code:
            second = registers[b] if operation in BINARY else b
            registers[register] = VALUES[operation](registers[a], second)


UNDERFLOWING = (t.T_MUL, t.T_INV, t.T_POWI, t.T_POW, t.T_POWN, t.T_EXP)


def run_with_error(code, registers, errors):
    """Run the rows in place, and bound the rounding error of each register in ``errors``."""
    with np.errstate(all="ignore"):
        for operation, register, a, b in code:
            two = operation in BINARY
            x, z = registers[a], registers[b] if two else b
            y = registers[register] = VALUES[operation](x, z)
            bound = ERRORS[operation](y, x, z, errors[a], errors[b] if two else 0.0)
            if operation in UNDERFLOWING:
                bound = bound + UNDERFLOW
            if operation in (t.T_ADD, t.T_MUL):
                exact = (errors[a] == 0) & (errors[b] == 0) & dyadic(y)
                bound = np.where(exact, 0.0, bound)
            errors[register] = np.where(np.isnan(y), np.nan, bound)


def dyadic(values):
    """Whether values are small multiples of a power of 2, which sums and products of such keep exactly."""
    return (np.abs(values) < t.DYADIC) & (values * t.DYADIC == np.rint(values * t.DYADIC))
