"""Prime fields for identity testing: primes drawn at run time, roots of residues, small rationals from residues.

A column vector is a list of residues, one for each random point.  Plain ints: with few columns nothing is faster, and
most of an operation is the interpreter's, so that one prime of 120 bits says as much as two of 60 at little over half
their cost.
"""

from fractions import Fraction
from math import gcd, prod

LOW, HIGH = 1 << 118, 1 << 120
# p = 25 mod 144: 8 and 3 divide p - 1 exactly, so that -1, 2 and 3 are squares, third roots of 1 exist, and the root
# algorithms below end in a few steps.  5 and 7 are made squares as well, for the surds people write: as p = 1 mod 4
# that is p = 1, 4 mod 5 and p = 1, 2, 4 mod 7 (quadratic reciprocity).
MODULUS = 144 * 5 * 7
RESIDUES = tuple(r for r in range(25, MODULUS, 144) if r % 5 in (1, 4) and r % 7 in (1, 2, 4))
SIEVE = prod((11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47))
ROUNDS = 32                 # of Miller and Rabin's test, each deceived with probability below 1/4
EXPONENT_BOUND = 1 << 14    # numerators and denominators of exponents found by linear algebra


class Lost(Exception):
    """A residue without the root asked for in every column: another prime may have it."""


def is_prime(n, rng):
    """Whether n > 3 is a prime number, wrongly so with probability below 4^-32 (Miller 1976, Rabin 1980)."""
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for _ in range(ROUNDS):
        x = pow(rng.randrange(2, n - 1), d, n)
        if x in (0, 1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def draw_prime(rng):
    """A random prime between 2^118 and 2^120 in the residue classes above, each with the same probability."""
    while True:
        p = rng.randrange(LOW // MODULUS + 1, HIGH // MODULUS) * MODULUS + rng.choice(RESIDUES)
        if gcd(p, SIEVE) == 1 and pow(2, p - 1, p) == 1 and is_prime(p, rng):
            return p


class Field:
    """The residues modulo one prime of ``draw_prime``, with the roots of unity the algorithms need."""

    def __init__(self, p):
        self.p, self.half = p, (p + 1) // 2
        g = 2
        while pow(g, (p - 1) // 2, p) == 1 or pow(g, (p - 1) // 3, p) == 1:
            g += 1
        self.unity = {d: pow(g, (p - 1) // d, p) for d in (2, 3, 4, 6, 8, 12)}
        self.i = self.unity[4]
        self._odd = (p - 1) // 8
        self._third = pow(3, -1, (p - 1) // 3)

    def residue(self, value):
        """A rational modulo p."""
        if isinstance(value, int):
            return value % self.p
        return value.numerator % self.p * pow(value.denominator, -1, self.p) % self.p

    def sqrt(self, a):
        """A square root of a, or None (Tonelli and Shanks, 2-adic order 3)."""
        p, q = self.p, self._odd
        w = pow(a, (q - 1) // 2, p)
        r = a * w % p
        t, c, m = r * w % p, self.unity[8], 3
        while t != 1:
            k, u = 0, t
            while u != 1:
                u, k = u * u % p, k + 1
                if k == m:
                    return None
            for _ in range(m - k - 1):
                c = c * c % p
            r, c = r * c % p, c * c % p
            t, m = t * c % p, k
        return r

    def cube_root(self, a):
        """A third root of a, or None; 3 divides p - 1 exactly once."""
        p = self.p
        if pow(a, (p - 1) // 3, p) != 1:
            return None
        return pow(a, self._third, p)

    def root(self, a, d):
        """A d-th root of a for d in 2, 3, 4, 6, 12, or None; which one of the d is left open."""
        for step in {2: "s", 3: "c", 4: "ss", 6: "sc", 12: "ssc"}[d]:
            a = self.sqrt(a) if step == "s" else self.cube_root(a)
            if a is None:
                return None
        return a

    def invert(self, column):
        """The inverses of a column by one inversion (Montgomery); raises ZeroDivisionError where one is 0."""
        p, partial, total = self.p, [], 1
        for x in column:
            partial.append(total)
            total = total * x % p
        if total == 0:
            raise ZeroDivisionError("a divisor is 0 at a random point")
        total = pow(total, -1, p)
        inverse = [0] * len(column)
        for k in range(len(column) - 1, -1, -1):
            inverse[k] = total * partial[k] % p
            total = total * column[k] % p
        return inverse

    def power(self, column, k):
        """column ** k for an integer k >= 0."""
        p = self.p
        if k == 2:
            return [x * x % p for x in column]
        return column if k == 1 else [pow(x, k, p) for x in column]


def small_rational(a, p, bound=EXPONENT_BOUND):
    """The rational n/d = a mod p with |n|, d <= bound, or None (Wang's reconstruction; 2 bound^2 is far below p)."""
    if a <= bound:
        return Fraction(a)
    if p - a <= bound:
        return Fraction(a - p)
    r0, r1, t0, t1 = p, a, 0, 1
    while r1 > bound:
        q = r0 // r1
        r0, r1, t0, t1 = r1, r0 - q * r1, t1, t0 - q * t1
    if t1 == 0 or abs(t1) > bound or gcd(r1, abs(t1)) != 1:
        return None
    return Fraction(r1, t1)


def prime_factors(n, limit=100_000):
    """{prime: exponent} of a positive integer; what is left beyond ``limit`` stays one factor."""
    factors, q = {}, 2
    while q * q <= n and q < limit:
        while n % q == 0:
            factors[q], n = factors.get(q, 0) + 1, n // q
        q += 1
    if n > 1:
        factors[n] = factors.get(n, 0) + 1
    return factors


class Echelon:
    """Columns over the field in row echelon form, each remembering its combination of the keys put in.

    spend  a function that is told how many operations a reduction costs
    """

    def __init__(self, p, spend):
        self.p, self.rows, self.spend = p, [], spend

    def reduce(self, column):
        """(pivot or None, what is left, {key: coefficient} with column = left + sum)."""
        p, left, combination = self.p, column, {}
        self.spend(len(self.rows) * len(column))
        for pivot, row, keys in self.rows:
            c = left[pivot]
            if c:
                left = [(x - c * y) % p for x, y in zip(left, row, strict=True)]
                for key, z in keys.items():
                    combination[key] = (combination.get(key, 0) + c * z) % p
        pivot = next((k for k, x in enumerate(left) if x), None)
        return pivot, left, combination

    def insert(self, key, reduced):
        """Add the column of ``reduced`` (from ``reduce``, with a pivot) under the key."""
        pivot, left, combination = reduced
        c = pow(left[pivot], -1, self.p)
        keys = {k: -c * x % self.p for k, x in combination.items()}
        keys[key] = c
        self.rows.append((pivot, [x * c % self.p for x in left], keys))
