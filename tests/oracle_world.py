"""The worlds of the oracle: every declared name gets a value of its declared kind, drawn by a seed."""

from functools import cached_property
from itertools import product
from random import Random

import mpmath as mp

from derive.term import Relation, free_names
from oracle_frames import frame, lengths, member, slots
from oracle_space import Space
from oracle_tables import Tables
from oracle_values import TINY, Outside, Unknown, frobenius

SPECIAL = {"real": (0, 1, -1, 2), "positive": (1, 2, 0.5), "nonnegative": (0, 1, 2), "negative": (-1, -2),
           "nonzero": (1, -1, 2), "unit": (0.5, 0.25), "closed_unit": (0, 1, 0.5)}
KNOWN = {"finite_variance", "symmetric", "nonzero", "positive_definite", "invertible", "full_column_rank", "diagonal",
         "full_row_rank", "positive_semidefinite", "orthogonal", "stochastic", "unit_norm", "sums_to_one", "one_hot"}


def _of_full_rank(a, structure):
    """Raises Outside for an array of a smaller rank than is declared."""
    columns = structure & {"full_column_rank", "invertible"}
    rows = structure & {"full_row_rank", "invertible"}
    if columns and abs(mp.det(a.T*a)) < TINY or rows and abs(mp.det(a*a.T)) < TINY:
        raise Outside("an array of smaller rank")


class World:
    """One assignment of values to every declared name: sizes, scalars, arrays, families, sample spaces."""

    def __init__(self, claim, seed, evaluate, regime="plain"):
        self.rng, self.claim, self.evaluate = Random(seed), claim, evaluate
        self.least, self.special = regime == "least", regime == "special"
        self.declared = {d.name: d for d in claim.symbols}
        self.values, self.override, self.integrals = {}, {}, {}
        self.simplex, self._space = self._simplex, None
        self.shares, self.slots = {}, slots(claim)
        self.lengths = lengths(claim, self.slots)
        self.frame = frame(self.rng, len(self.slots)) if self.slots else None
        for given in claim.givens:
            self._assign(given)

    def _assign(self, given):
        """A given such as s_0 = 0 or x_1 = (1, 0) says the value of a name."""
        if given.head != "rel" or given.value != Relation.EQ:
            return
        left, right = given.args
        if left.head == "name":
            self.override[left.value, (), 0] = self.evaluate(right, self, {})
        elif left.head == "index" and left.args[0].head == "name" and all(s.head == "num" for s in left.args[1:]):
            where = tuple(int(s.value) for s in left.args[1:])
            self.override[left.args[0].value, where, 0] = self.evaluate(right, self, {})

    def _simplex(self, n):
        raw = [mp.mpf(self.rng.randint(1, 40)) for _ in range(n)]
        return [w/mp.fsum(raw) for w in raw]

    @cached_property
    def tables(self):
        """The declared laws."""
        return Tables(self, self.evaluate)

    @property
    def space(self):
        """The sample space of the random names, made on demand."""
        if self._space is None:
            used = free_names(self.claim.left) | free_names(self.claim.right)
            for _ in self.claim.symbols:
                used |= {n for d in self.claim.symbols if d.name in used and d.definition is not None
                         for n in free_names(d.definition)}
            self._space = Space(self, used, self.evaluate)
        return self._space

    @property
    def weights(self):
        """The weights of its outcomes."""
        if self.space.outcomes is None:
            raise Unknown("sample space")
        return self.space.weights

    def draw_random(self, d):
        """Some value of a random name, of its shape and domain."""
        return self._array([int(self.evaluate(s, self, {})) for s in d.shape], d)

    def number(self, domain):
        """A random number of a domain; of few, with repetitions, in a special world."""
        if self.special and domain in SPECIAL:
            return mp.mpf(self.rng.choice(SPECIAL[domain]))
        x = mp.mpf(self.rng.randint(10, 200))/self.rng.choice((97, 131))
        return {"positive": x, "nonnegative": x, "negative": -x, "unit": x/(x + 1), "closed_unit": x/(x + 1),
                "binary": self.rng.randint(0, 1), "sign": self.rng.choice((-1, 1)),
                "integer": self.rng.randint(1, 4)}.get(domain, x*self.rng.choice((-1, 1)))

    def value(self, name, subscripts=(), atom=0):
        """The value of a name, or of a member of a family; each drawn once."""
        key = (name, subscripts, atom)
        if key in self.override:
            return self.override[key]
        d = self.declared.get(name)
        if d is not None and d.kind == "random":
            return self.space.value(d, subscripts, atom)
        if key not in self.values:
            self.values[key] = self._draw(d, name, subscripts)
        return self.values[key]

    def _draw(self, d, name, subscripts):
        if d is None and len(name) == 1 and name.islower():
            return self.rng.randint(1, 2)       # a free index letter: one of those that every family has
        if d is not None and d.kind == "label" and not d.constraints or d is None and len(name) == 1:
            return mp.mpf(1000 + sum(map(ord, name)))       # a label is told from the others and from numbers
        if d is None or d.kind not in ("scalar", "vector", "matrix", "size", "index", "random", "identity"):
            raise Unknown(name)
        if name in self.lengths:
            return self.frame.rows
        if "sums_to_one" in d.structure and d.indices:
            raw = self.shares.setdefault(name, self._simplex(int(self.evaluate(d.ranges[0].args[1], self, {}))))
            return raw[subscripts[0] - 1]
        if name in self.slots:
            return member(self.frame, self.slots[name], d, subscripts, self.rng)
        if d.kind in ("size", "index"):
            low = int(self.evaluate(d.low, self, {})) if d.low is not None else 1
            high = int(self.evaluate(d.high, self, {})) if d.high is not None else low + (2 if self.slots else 3)
            if d.kind == "index":
                return self.rng.randint(low, high)
            return low if self.least else self.rng.randint(min(low + 1, high), high)
        shape = [int(self.evaluate(s, self, {})) for s in d.shape]
        if d.kind == "identity":
            return mp.eye(shape[0])
        if d.structure - KNOWN or d.low is not None or d.high is not None:
            raise Unknown(f"{name}: {sorted(d.structure)}")
        return self._array(shape, d)

    def _array(self, shape, d):
        if not shape:
            return self.number(d.domain)
        rows, columns = (*shape, 1)[:2]
        a = mp.matrix(rows, columns)
        for i, j in product(range(rows), range(columns)):
            a[i, j] = self.number(d.domain)
        _of_full_rank(a, d.structure)
        if "positive_definite" in d.structure:
            return a*a.T + mp.eye(rows)
        if "positive_semidefinite" in d.structure:
            return a[:, :1]*a[:, :1].T if self.special else a*a.T
        if "diagonal" in d.structure:
            return mp.diag([a[i, i] for i in range(rows)])
        if "orthogonal" in d.structure:
            q = mp.qr(a + 9*mp.eye(rows))[0]
            return q*mp.diag([self.rng.choice((-1, 1)) for _ in range(rows)])
        if "stochastic" in d.structure:
            return mp.matrix([self._simplex(columns) for _ in range(rows)])
        if d.structure & {"unit_norm", "sums_to_one"}:
            return a/(frobenius(a) if "unit_norm" in d.structure else mp.fsum(a))
        if "one_hot" in d.structure:
            return mp.eye(rows)[:, self.rng.randrange(rows)]
        return a + a.T if "symmetric" in d.structure else a
