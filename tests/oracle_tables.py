"""Declared laws of the oracle as finite tables: masses, densities with reference weights, conditionals, divergences.

Every point of a sample space is one of a few numbers or vectors, whatever letter it goes by.  The laws p(x, z), p(x|z)
and p(z) of one name are marginals and quotients of one table.  A density's points have reference weights n_q, so that
sum n_q p_q = 1 and nothing is proved of it that only a mass function satisfies.
"""

from itertools import product

import mpmath as mp

from oracle_space import HERMITE, hermite
from oracle_values import Unknown, smooth_of

POINTS = 3
LAWS = ("mass", "density")


class Tables:
    """The laws of a world."""

    def __init__(self, world, evaluate):
        self.world, self.evaluate = world, evaluate
        self.supports, self.joints, self.reference = {}, {}, [mp.mpf(world.rng.randint(3, 30))/7 for _ in range(POINTS)]

    def support(self, shape=()):
        """The points of the space of that shape."""
        sizes = tuple(int(self.evaluate(s, self.world, {})) for s in shape if s.head != "implied")
        if sizes not in self.supports:
            rng = self.world.rng
            self.supports[sizes] = [
                mp.matrix([[mp.mpf(rng.randint(-40, 40))/13 + k] for _ in range(sizes[0])]) if sizes else
                mp.mpf(k + 1) + mp.mpf(rng.randint(1, 9))/11 for k in range(POINTS)]
        return self.supports[sizes]

    def place(self, value):
        """The number of a point."""
        for points in self.supports.values():
            for k, point in enumerate(points):
                if type(point) is type(value) and point == value:
                    return k
        raise Unknown("a point outside the sample space")

    def weight(self, d, k):
        return self.reference[k] if d.kind == "density" else mp.mpf(1)

    def laws(self, name):
        return [d for d in self.world.claim.symbols if d.name == name and d.kind in LAWS]

    def joint(self, name):
        """(letters, {places: value}) of everything declared of a law: values times weights sum to 1."""
        if name not in self.joints:
            found = self.laws(name)
            if any(d.definition is not None or d.structure - {"finite", "smooth"} for d in found):
                raise Unknown(f"law {name}")
            letters = tuple(dict.fromkeys(f.value for d in found for f in d.formals)) or ("",)
            cells = list(product(range(POINTS), repeat=len(letters)))
            raw = {c: mp.mpf(self.world.rng.randint(1, 40)) for c in cells}
            total = mp.fsum(raw[c]*mp.fprod(self.weight(found[0], k) for k in c) for c in cells)
            self.joints[name] = letters, {c: v/total for c, v in raw.items()}
        return self.joints[name]

    def marginal(self, name, fixed):
        """The value at {letter: place} with the other letters summed out."""
        letters, cells = self.joint(name)
        d = self.laws(name)[0]
        return mp.fsum(v*mp.fprod(self.weight(d, k) for letter, k in zip(letters, c, strict=True)
                                  if letter not in fixed)
                       for c, v in cells.items() if all(fixed.get(letter, k) == k for letter, k in
                                                        zip(letters, c, strict=True)))

    def density(self, name, args, bar):
        """p(args), or p(args[:bar] | args[bar:]), at points."""
        d = next((d for d in self.laws(name) if len(d.formals) == len(args) and d.bar == bar), None)
        bare = [""] if len(args) == 1 and self.laws(name) else None
        letters = [f.value for f in d.formals] if d is not None else bare
        if letters is None or len(set(letters)) < len(letters):
            raise Unknown(f"law {name}")
        fixed = dict(zip(letters, map(self.place, args), strict=True))
        given = {k: v for k, v in list(fixed.items())[bar:]} if bar is not None else {}
        return self.marginal(name, fixed)/self.marginal(name, given)

    def points_of(self, law, variable):
        """[(point, probability)] of a law Term for that variable."""
        if law.head == "name":
            found = self.laws(law.value)
            points = self.support(found[0].shape) if found else []
            return [(x, self.density(law.value, [x], None)*self.weight(found[0], k)) for k, x in enumerate(points)]
        if law.head == "normal":
            mean, variance = (self.evaluate(a, self.world, {}) for a in law.args)
            if isinstance(mean, mp.matrix) or isinstance(variance, mp.matrix):
                raise Unknown("Gaussian vector")
            return [(mean + mp.sqrt(variance)*z, w) for z, w in zip(*hermite(HERMITE), strict=True)]
        raise Unknown(f"law {law.head}")


def divergence(tables, one, other):
    """sum p log(p/q)."""
    if one.head != "name" or other.head != "name":
        raise Unknown("KL")
    rows = zip(tables.points_of(one, None), tables.points_of(other, None), strict=True)
    return mp.fsum(p*mp.log(p/q) for (_, p), (_, q) in rows)


def function_of(name, values):
    """Some smooth function that belongs to the name."""
    return smooth_of([mp.mpf(sum(map(ord, name)) % 17)/5, *values])
