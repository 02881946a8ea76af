"""Exact ranges of numbers: intervals with open or closed ends, their arithmetic, and their images under functions.

All arithmetic is in Fractions and the two infinities.
"""

from collections import namedtuple
from fractions import Fraction
from math import floor, inf


class Range(namedtuple("Range", "low high low_open high_open nonzero", defaults=(False, False, False))):
    """The interval from low to high, each end open or not, and whether 0 is known to be left out."""

    __slots__ = ()

    @property
    def sign(self):
        """positive, negative, nonnegative, nonpositive, nonzero, zero, or None where nothing is known."""
        away = self.nonzero
        if self.low > 0 or (self.low == 0 and (self.low_open or away)):
            return "positive"
        if self.high < 0 or (self.high == 0 and (self.high_open or away)):
            return "negative"
        if self.low == 0:
            return "zero" if self.high == 0 else "nonnegative"
        if self.high == 0:
            return "nonpositive"
        return "nonzero" if away else None


REALS = Range(-inf, inf, True, True)
POSITIVES = Range(0, inf, True, True)
TAGS = {
    "real": REALS,
    "positive": POSITIVES,
    "weight": POSITIVES,
    "nonnegative": Range(0, inf, False, True),
    "negative": Range(-inf, 0, True, True),
    "nonpositive": Range(-inf, 0, True, False),
    "nonzero": REALS._replace(nonzero=True),
    "zero": Range(0, 0),
    "unit": Range(0, 1, True, True),
    "closed_unit": Range(0, 1),
    "binary": Range(0, 1),
    "sign": Range(-1, 1, nonzero=True),
    "integer": REALS,
    "pi": Range(Fraction(333, 106), Fraction(22, 7), True, True),
}
HALF_PI = Fraction(11, 7)
MOST_BITS = 4096            # of an end, numerator and denominator together

# Which signs imply which condition.
IMPLIED = {
    "positive": ("positive",),
    "nonnegative": ("positive", "nonnegative", "zero"),
    "nonzero": ("positive", "negative", "nonzero"),
    "zero": ("zero",),
    "negative": ("negative",),
    "nonpositive": ("negative", "nonpositive", "zero"),
}


def tag_range(tag):
    """The range of a domain tag: a word, ("integer", low[, high]) or ("between", low, high), ends left out."""
    if isinstance(tag, str):
        return TAGS[tag]
    kind, low, *high = tag
    if kind == "between":
        return Range(low, high[0], True, True)
    return Range(low, high[0] if high else inf, False, not high)


def meet(a, b):
    """What holds of both ranges.  Nothing is concluded from ranges that do not meet: see ``feasible`` for that."""
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low > high:
        return REALS
    low_open = any(r.low_open for r in (a, b) if r.low == low)
    high_open = any(r.high_open for r in (a, b) if r.high == high)
    return Range(low, high, low_open, high_open, a.nonzero or b.nonzero)


def negate(a):
    return Range(-a.high, -a.low, a.high_open, a.low_open, a.nonzero)


def shortened(a):
    """A range around ``a`` whose ends have few digits; an end that moves outward is left out."""
    low, high = _outward(a.low, -1), _outward(a.high, 1)
    return Range(low, high, a.low_open or low != a.low, a.high_open or high != a.high, a.nonzero)


def _outward(end, side):
    """The end itself, or in place of one with many digits a power of two, 0 or an infinity on its outer side."""
    if abs(end) == inf or end.numerator.bit_length() + end.denominator.bit_length() <= MOST_BITS:
        return end
    sign, grows = (1 if end > 0 else -1), (end > 0) == (side > 0)
    size = end.numerator.bit_length() - end.denominator.bit_length()    # 2^(size - 1) < |end| < 2^(size + 1)
    if size > MOST_BITS:
        return side*inf if grows else sign*2**MOST_BITS
    if size < -MOST_BITS:
        return sign*Fraction(1, 2**MOST_BITS) if grows else 0
    return sign*Fraction(2)**(size + 1 if grows else size - 1)


def plus(a, b):
    low, high = a.low + b.low, a.high + b.high
    return Range(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


def _corner(x, y):
    return 0 if x == 0 or y == 0 else x * y


def times(a, b):
    """The range of a product of two independent values."""
    if a.high <= 0 and a.low < 0:
        return negate(times(negate(a), b))
    if a.low == a.high > 0 and abs(b.low) + abs(b.high) < inf:
        return Range(a.low * b.low, a.low * b.high, b.low_open, b.high_open, b.nonzero)
    if b.high <= 0 and b.low < 0:
        return negate(times(a, negate(b)))
    nonzero = all(r.sign in IMPLIED["nonzero"] for r in (a, b))
    if a.low >= 0 and b.low >= 0:
        low, high = _corner(a.low, b.low), _corner(a.high, b.high)
        if low:
            low_open = a.low_open or b.low_open
        else:
            low_open = nonzero
        high_open = a.high_open or b.high_open if high else False
        return Range(low, high, low_open, high_open, nonzero)
    corners = [_corner(x, y) for x in a[:2] for y in b[:2]]
    return Range(min(corners), max(corners), nonzero=nonzero)


def power(a, k):
    """The range of a ** k for a positive integer k."""
    if k % 2 == 0 and a.low < 0:
        if a.high <= 0:
            return power(negate(a), k)
        far = max(-a.low, a.high)
        far_open = all(end_open for end, end_open in ((-a.low, a.low_open), (a.high, a.high_open)) if end == far)
        return Range(0, far ** k if far < inf else inf, a.nonzero, far_open, a.nonzero)
    low = a.low ** k if a.low > -inf else -inf
    return Range(low, a.high ** k if a.high < inf else inf, a.low_open, a.high_open, a.nonzero)


def reciprocal(a):
    """The range of 1 / a, where a is not 0."""
    if a.low < 0 < a.high or a.low == a.high == 0:
        return REALS._replace(nonzero=True)
    if a.high <= 0:
        return negate(reciprocal(negate(a)))
    low = 1 / Fraction(a.high) if a.high < inf else 0
    high = 1 / Fraction(a.low) if a.low > 0 else inf
    return Range(low, high, a.high_open or a.high == inf, a.low_open or a.low <= 0, True)


def about_one(positive, above, below, strict):
    """A range of positive values known to lie above or below 1."""
    low, high = (1, inf) if above else (0, 1) if below else (0, inf)
    return Range(low, high, strict or not above, strict or not below, positive)


def _exp(u):
    strict = u.sign in ("positive", "negative")
    return about_one(True, u.low >= 0, u.high <= 0, strict)


def _log(u):
    if u.low >= 1:
        return Range(0, inf, u.low_open or u.low > 1, True)
    if u.high <= 1:
        return Range(-inf, 0, True, u.high_open or u.high < 1)
    return REALS


def _odd(bound):
    """The range of an odd increasing function into (-bound, bound)."""
    def image(u):
        edge = Range(-bound, bound, True, True, u.nonzero)
        if u.low >= 0:
            edge = edge._replace(low=0, low_open=u.low > 0 or u.low_open)
        if u.high <= 0:
            edge = edge._replace(high=0, high_open=u.high < 0 or u.high_open)
        return edge
    return image


def _sign(u):
    low = 1 if u.sign == "positive" else 0 if u.low >= 0 else -1
    high = -1 if u.sign == "negative" else 0 if u.high <= 0 else 1
    return Range(low, high, nonzero=u.sign == "nonzero")


def _floor(u):
    return Range(u.low if u.low == -inf else floor(u.low), u.high if u.high == inf else floor(u.high))


def absolute(u):
    """The range of |u|."""
    if u.low >= 0:
        return u
    if u.high <= 0:
        return negate(u)
    return Range(0, max(-u.low, u.high), u.nonzero, False, u.nonzero)


def rectified(u):
    """The range of 2 max(u, 0)."""
    return Range(2 * max(u.low, 0), 2 * max(u.high, 0), u.low >= 0 and u.low_open)


IMAGES = {
    "exp": _exp,
    "log": _log,
    "sin": lambda u: Range(-1, 1),
    "cos": lambda u: Range(-1, 1),
    "arctan": _odd(HALF_PI),
    "erf": _odd(1),
    "sign": _sign,
    "gamma": lambda u: POSITIVES,
    "trigamma": lambda u: POSITIVES,
    "bessel0": lambda u: Range(1, inf, False, True),
    "bessel1": _odd(inf),
    "floor": _floor,
}
