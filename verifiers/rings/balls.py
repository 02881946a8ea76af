"""Ball arithmetic (Arb) at exact rational points: what is said here about a point is certain.

A value is a rational, a ball, UNDEFINED (certainly no value here), or UNKNOWN (not decided at this precision: a ball
that contains 0 under a division, a logarithm or a sign).  Rationals stay rationals as long as they can, so that an
exact 0 is told from a small ball around it.
"""

from functools import lru_cache

from derive.term.record import record
from verifiers.graph import ADD, FUN, MUL, NUM, POW, VAR

PRECISIONS = (53, 128, 320, 1000)
PATIENT = (53, 128, 320, 1000, 4000)      # of numbers and of what floats cannot tell
EXACT_BITS = 1 << 14        # a rational of more bits than this goes on as a ball
UNDEFINED, UNKNOWN = "undefined", "unknown"


@record(frozen=True)
class Comparison:
    """What is certain about two sides at one point.

    outcome  "differ", "same" (to ``bits`` bits, or exactly where ``bits`` is None), "undefined_left",
             "undefined_right", "undefined" (both), or "unknown" (whether a side is defined was not decided)
    left, right  the two values as text; order is -1 or 1 as left < right or left > right, where they differ
    """

    outcome: str
    left: str = ""
    right: str = ""
    bits: int | None = None
    order: int = 0


@lru_cache(maxsize=1)
def _flint():
    import flint
    return flint


class Balls:
    """Values of nodes of a graph at one exact point and one precision."""

    def __init__(self, graph, point, bits):
        self.graph, self.bits, self.flint = graph, bits, _flint()
        self.point, self._known = point, {}

    def __enter__(self):
        """Arb's precision is a global of the library: it is set inside ``with`` only."""
        self._before, self.flint.ctx.prec = self.flint.ctx.prec, self.bits
        return self

    def __exit__(self, *_):
        self.flint.ctx.prec = self._before

    def values(self, roots):
        """The values of the roots, in order."""
        known = self._known
        for node in self.graph.reachable(roots):
            if node not in known:
                known[node] = self._value(node)
        return [known[r] for r in roots]

    def _value(self, node):
        operation, operands = self.graph.operation[node], self.graph.operands[node]
        if operation == NUM:
            return self._rational(operands)
        if operation == VAR:
            return self.flint.arb.pi() if self.graph.domain[node] == "pi" else self._rational(self.point[node])
        values = [self._known[c] for c in self.graph.children(node)]
        for state in (UNDEFINED, UNKNOWN):
            if any(v is state for v in values):
                return state
        if operation in (ADD, MUL):
            return self._fold(operation, values)
        if operation == POW:
            return self._tidy(self._power(*operands, *values))
        if operation == FUN and isinstance(operands[0], tuple):
            raise ValueError("an unknown function has no value until UnknownFunctions writes it out")
        return self._tidy(FUNCTIONS[operands[0]](self, values[0]))

    def _rational(self, value):
        return self.flint.fmpq(value.numerator, value.denominator)

    def is_rational(self, value):
        return isinstance(value, self.flint.fmpq)

    def ball(self, value):
        return self.flint.arb(value) if self.is_rational(value) else value

    def _tidy(self, value):
        """A value that is not finite has left the ball arithmetic; a rational too long goes on as a ball."""
        if value is UNDEFINED or value is UNKNOWN:
            return value
        if self.is_rational(value):
            return value if value.height_bits() < EXACT_BITS else self.flint.arb(value)
        return value if value.is_finite() else UNKNOWN

    def _fold(self, operation, values):
        total = self._rational(0 if operation == ADD else 1)
        rest = []
        for v in values:
            if not self.is_rational(v):
                rest.append(v)
            elif operation == ADD:
                total = self._tidy(total + v) if self.is_rational(total) else total + v
            else:
                total = self._tidy(total * v) if self.is_rational(total) else total * v
        if not rest or (operation == MUL and self.is_rational(total) and total == 0):
            return self._tidy(total)
        ball = rest[0]
        for v in rest[1:]:
            ball = ball + v if operation == ADD else ball * v
        if self.is_rational(total) and total == (0 if operation == ADD else 1):
            return self._tidy(ball)
        return self._tidy(ball + total if operation == ADD else ball * total)

    def side(self, value):
        """-1, 0 or 1 where the sign is certain, else None."""
        if self.is_rational(value):
            return (value > 0) - (value < 0)
        return 1 if value > 0 else -1 if value < 0 else 0 if value.is_zero() else None

    def _power(self, base_node, exponent_node, base, exponent):
        k = self.graph.value_of(exponent_node)
        whole = k is not None and k.denominator == 1 or self.graph.integral(exponent_node)
        if whole and self.is_rational(exponent):
            return self._integer_power(base, int(exponent.p))
        side, rising = self.side(base), self.side(exponent)
        if side == -1 or (side == 0 and (k is None or rising != 1)):
            return UNDEFINED
        if side == 0:
            return self._rational(0)
        if side is None:
            # only a root of a ball around 0 could go on, and it cannot say whether it is defined
            return UNKNOWN
        if self.is_rational(exponent) and int(exponent.q) == 2:
            return self._half_power(base, int(exponent.p))
        return self.ball(base) ** self.ball(exponent)

    def _half_power(self, base, numerator):
        root = None
        if self.is_rational(base):
            p, q = base.p, base.q
            if p.is_square() and q.is_square():
                root = self.flint.fmpq(p.isqrt(), q.isqrt())
        if root is None:
            root = self.ball(base).sqrt()
        return root if numerator == 1 else self._integer_power(root, numerator)

    def _integer_power(self, base, k):
        if k < 0:
            side = self.side(base)
            if not side:
                return UNDEFINED if side == 0 else UNKNOWN
            base, k = 1 / base, -k
        if self.is_rational(base) and base.height_bits() * k < EXACT_BITS:
            return base ** k
        return self._repeated(self.ball(base), k)

    @staticmethod
    def _repeated(base, k):
        """base ** k by squaring: the library's power of a ball around 0 has no value."""
        total = None
        while k:
            if k & 1:
                total = base if total is None else total * base
            k >>= 1
            base = base * base if k else base
        return base ** 0 if total is None else total

    # -- functions; each takes a rational or a ball -------------------------------------------------------------------
    def positive(self, value, image):
        """image(ball) where the value is positive."""
        side = self.side(value)
        if side != 1:
            return UNDEFINED if side is not None else UNKNOWN
        return image(self.ball(value))

    def at_zero(self, value, exact, image):
        """The exact rational at an exact 0, else image(ball)."""
        if self.side(value) == 0:
            return self._rational(exact)
        return image(self.ball(value))


def _log(balls, x):
    if balls.is_rational(x) and x == 1:
        return balls._rational(0)
    return balls.positive(x, lambda b: b.log())


def _sign(balls, x):
    side = balls.side(x)
    return UNKNOWN if side is None else balls._rational(side)


def _floor(balls, x):
    if balls.is_rational(x):
        return balls.flint.fmpq(x.floor())
    found = x.floor().unique_fmpz()
    return UNKNOWN if found is None else balls.flint.fmpq(found)


def _trigamma(balls, x):
    # the Hurwitz zeta function at 2: trigamma(x) = sum over k >= 0 of 1 / (x + k)^2
    return balls.positive(x, lambda b: balls.flint.arb(2).zeta(b))


def _bessel(order):
    def image(balls, x):
        return balls.at_zero(x, 1 - order, lambda b: b.bessel_i(order))
    return image


FUNCTIONS = {
    "exp": lambda balls, x: balls.at_zero(x, 1, lambda b: b.exp()),
    "log": _log,
    "sin": lambda balls, x: balls.at_zero(x, 0, lambda b: b.sin()),
    "cos": lambda balls, x: balls.at_zero(x, 1, lambda b: b.cos()),
    "arctan": lambda balls, x: balls.at_zero(x, 0, lambda b: b.atan()),
    "erf": lambda balls, x: balls.at_zero(x, 0, lambda b: b.erf()),
    "sign": _sign,
    "floor": _floor,
    "lgamma": lambda balls, x: balls.positive(x, lambda b: b.lgamma()),
    "gamma": lambda balls, x: balls.positive(x, lambda b: b.gamma()),
    "digamma": lambda balls, x: balls.positive(x, lambda b: b.digamma()),
    "trigamma": _trigamma,
    "bessel0": _bessel(0),
    "bessel1": _bessel(1),
}


def text(value, digits=12):
    """A value for people: a short rational as it is, else a decimal that shows certain digits only."""
    if value is UNDEFINED or value is UNKNOWN:
        return value
    if isinstance(value, _flint().fmpq):
        short = str(value)
        return short if len(short) <= 24 else _flint().arb(value).str(digits)
    return value.str(digits)


def evaluate(graph, roots, point, bits=53, unknown=None):
    """The values of the roots at the point: fmpq, arb, UNDEFINED or UNKNOWN.

    point    {variable node: rational}, pi left out
    unknown  an UnknownFunctions where the graph has unknown functions
    """
    roots = unknown.explicit(graph, roots) if unknown else roots
    with Balls(graph, point, bits) as balls:
        return balls.values(roots)


def compare(graph, pair, point, precisions=PRECISIONS, unknown=None):
    """A Comparison of the two nodes of ``pair`` at the point, raising the precision until something is certain."""
    pair = unknown.explicit(graph, pair) if unknown else pair
    for bits in precisions:
        with Balls(graph, point, bits) as balls:
            found, last = _compare_values(balls, *balls.values(pair)), bits == precisions[-1]
            if found.outcome not in ("same", "unknown") or found.bits is None and found.outcome == "same" or last:
                return found
    raise ValueError("no precision was given")


def _compare_values(balls, left, right):
    """The Comparison of two values at one precision."""
    words = text(left), text(right)
    gone = [v is UNDEFINED for v in (left, right)]
    if any(v is UNKNOWN for v in (left, right)):
        return Comparison("unknown", *words)
    if any(gone):
        return Comparison("undefined" if all(gone) else "undefined_left" if gone[0] else "undefined_right", *words)
    gap = left - right
    order = balls.side(gap)
    if order == 0 and balls.is_rational(gap):
        return Comparison("same", *words)
    if not order:
        return Comparison("same", *words, _agreement(balls, left, gap))
    digits = 12
    while digits < 1200 and text(left, digits) == text(right, digits):
        digits *= 2
    return Comparison("differ", text(left, digits), text(right, digits), balls.bits, order)


def _agreement(balls, left, gap):
    """Bits b with |gap| < 2^-b max(1, |left|)."""
    gap, size = abs(balls.ball(gap)).upper(), abs(balls.ball(left)).upper()
    gap = gap / size if size > 1 else gap
    if gap.is_zero():
        return balls.bits
    mantissa, exponent = gap.upper().man_exp()
    return -(int(exponent) + int(mantissa).bit_length())


def sign(graph, node, point, precisions=PRECISIONS, unknown=None):
    """-1, 0 or 1 where that is certain, UNDEFINED, or UNKNOWN."""
    node, = unknown.explicit(graph, (node,)) if unknown else (node,)
    for bits in precisions:
        with Balls(graph, point, bits) as balls:
            value, = balls.values((node,))
            if value is UNDEFINED:
                return UNDEFINED
            if value is not UNKNOWN and balls.side(value) is not None:
                return balls.side(value)
    return UNKNOWN


HOLDS = {"positive": (1,), "nonnegative": (0, 1), "nonzero": (-1, 1), "zero": (0,), "negative": (-1,),
         "nonpositive": (-1, 0)}


def holds(graph, condition, point, precisions=PRECISIONS, unknown=None):
    """Whether a (tag, node) condition holds at the point: True, False, or None where that is not decided."""
    tag, node = condition
    found = sign(graph, node, point, precisions, unknown)
    if tag == "integer":
        raise ValueError("integrality is a matter of declaration, not of a ball")
    if found is UNKNOWN:
        return None
    return found in HOLDS[tag]
