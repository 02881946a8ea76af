"""Prime fields, drawn at run time and shared by the claims that are judged one after the other.

A fresh prime costs as much as many an identity test, so a field serves a while before it is drawn anew.  The bound of a
certificate (``verifiers.rings.bounds``) stands: it is the probability, over a uniform choice of the primes and points,
that one claim is wrongly proved, and for a claim that was made without knowing the primes it does not matter what else
they are used for.  Sharing only ties the errors of different claims to each other.  A claim may have been made after
earlier verdicts; but as long as none of them was wrong they were what any other primes would have said too, so that
they tell an author nothing of the primes but that no error has occurred.  The points are fresh for every test.
"""

from functools import lru_cache
from random import Random, SystemRandom
from weakref import WeakKeyDictionary

from verifiers.rings.fields import Field, draw_prime

SERVED = 256                # identity tests, after which the shared fields are drawn anew
SYSTEM = SystemRandom()


class Pool:
    """Fields by number, each drawn when first asked for."""

    def __init__(self, rng):
        self._rng, self._fields, self.served = rng, [], 0

    def field(self, index):
        while len(self._fields) <= index:
            self._fields.append(Field(draw_prime(self._rng)))
        return self._fields[index]


_pools: WeakKeyDictionary = WeakKeyDictionary()
_shared = [Pool(SYSTEM)]


def shared():
    """The pool of this process, out of the randomness of the system; a new one every ``SERVED`` times."""
    if _shared[0].served >= SERVED:
        _shared[0] = Pool(SYSTEM)
    _shared[0].served += 1
    return _shared[0]


@lru_cache(maxsize=64)
def seeded(seed):
    """The pool that a seed fixes."""
    return Pool(Random(f"primes {seed!r}"))


def lend(rng, seed=None):
    """Let whoever draws on ``rng`` use the pool of the seed, the shared one where there is none."""
    _pools[rng] = shared() if seed is None else seeded(seed)


def pool_of(rng):
    """The pool lent to ``rng``, else one of its own; the shared one for None."""
    if rng is None:
        return shared()
    if rng not in _pools:
        _pools[rng] = Pool(rng)
    return _pools[rng]
