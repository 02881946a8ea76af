"""Special functions of one float, in plain Python: the float tape calls them as they are, its twin compiles them.

Each returns nan outside its domain; the gamma family takes positive arguments only, as everywhere in the judges.
Sources: DLMF 5.11 (Stirling series), 5.5 (recurrences), 10.25 and 10.40 (modified Bessel functions).
"""

import math

NAN = math.nan
LOG_HUGE = 709.0


def digamma(x):
    if not x > 0.0:
        return NAN
    shift = 0.0
    while x < 10.0:
        shift -= 1.0 / x
        x += 1.0
    f = 1.0 / (x * x)
    tail = f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - f * (691 / 32760))))))
    return shift + math.log(x) - 0.5 / x - tail


def trigamma(x):
    if not x > 0.0:
        return NAN
    shift = 0.0
    while x < 10.0:
        shift += 1.0 / (x * x)
        x += 1.0
    f = 1.0 / (x * x)
    tail = 1 / 6 - f * (1 / 30 - f * (1 / 42 - f * (1 / 30 - f * (5 / 66 - f * (691 / 2730)))))
    return shift + 1.0 / x + 0.5 * f + f * tail / x


def lgamma(x):
    if not x > 0.0:
        return NAN
    return math.lgamma(x) if x < 1e300 else math.inf


def gamma(x):
    if not x > 0.0:
        return NAN
    return math.gamma(x) if 1e-300 < x < 171.6 else math.inf


def bessel(x, order):
    """I_0(x) or I_1(x): the power series, whose terms all have one sign, or the series for large arguments."""
    y = abs(x)
    if not y < LOG_HUGE:
        return x if x != x else math.inf if x > 0.0 or order == 0 else -math.inf
    if y > 40.0:
        term, total, k = 1.0, 1.0, 1.0
        while abs(term) > 1e-18 and k < 40.0:
            term *= -(4.0 * order * order - (2.0 * k - 1.0) * (2.0 * k - 1.0)) / (8.0 * y * k)
            total += term
            k += 1.0
        total *= math.exp(y) / math.sqrt(2.0 * math.pi * y)
    else:
        half = 0.25 * y * y
        term = 1.0 if order == 0 else 0.5 * y
        total, k = term, 1.0
        while term > 1e-18 * total:
            term *= half / (k * (k + order))
            total += term
            k += 1.0
    return total if x >= 0.0 or order == 0 else -total


def bessel0(x):
    return bessel(x, 0)


def bessel1(x):
    return bessel(x, 1)
