"""The finite sample space of an oracle world: outcomes, their weights, and the values of random names on them.

Names declared independent of one another get coordinates of their own; every other random name is any function of all
coordinates.  Declared moments are met by shifting and scaling the values; a Gaussian has Gauss-Hermite outcomes.
"""

from itertools import product

import mpmath as mp

from oracle_values import Unknown

OUTCOMES = 3            # of one coordinate
HERMITE = 6             # outcomes of a Gaussian: polynomials to degree 11 are exact
MOST = 250              # outcomes in all


def apart(a, b):
    """Whether two declared names are declared independent of one another."""
    both = all("independent" in d.structure and not d.independent_of for d in (a, b))
    return b.name in a.independent_of or a.name in b.independent_of or both


def hermite(n):
    """(nodes, weights) of the standard normal law, n outcomes."""
    nodes, weights = mp.polyroots([mp.mpf(c) for c in _hermite_coefficients(n)], maxsteps=200, extraprec=200), []
    for x in nodes:
        below = mp.polyval([mp.mpf(c) for c in _hermite_coefficients(n - 1)], x)
        weights.append(mp.factorial(n)/(n*n*below**2))
    return nodes, weights


def _hermite_coefficients(n):
    """Of the probabilists' polynomial He_n, the highest power first."""
    before, now = [1], [1, 0]
    for k in range(1, n):
        shifted = [*now, 0]
        older = [0, 0, *before]
        before, now = now, [a - k*b for a, b in zip(shifted, older, strict=True)]
    return now if n else [1]


class Space:
    """Outcomes of the random names of a world.

    coordinates  [(name, member)] that are independent of one another, one for every digit of an outcome
    weights      of every outcome
    """

    def __init__(self, world, used, evaluate):
        self.world, self.evaluate, self.known = world, evaluate, {}
        names = [d for d in world.claim.symbols if d.kind == "random" and d.definition is None and d.name in used]
        self.alone = []
        for d in names:
            if all(apart(d, other) for other in self.alone) and (self.alone or d.indices or any(
                    apart(d, other) for other in names if other is not d)):
                self.alone.append(d)
        rest = [d for d in names if d not in self.alone]
        self.trouble = any(apart(a, b) for a in rest for b in names if a is not b)
        self.coordinates = [(d.name, member) for d in self.alone for member in self._members(d)] or [None]
        self.gaussian = {d.name for d in names if "gaussian" in d.structure}
        self.sizes = [self._size(c, names) for c in self.coordinates]
        self.laws = {}
        self.outcomes = list(product(*map(range, self.sizes))) if mp.fprod(self.sizes) <= MOST else None
        self.weights = None if self.outcomes is None else [
            mp.fprod(self._law(k)[digit] for k, digit in enumerate(o)) for o in self.outcomes]

    def _size(self, coordinate, names):
        own = {coordinate[0]} if coordinate else {d.name for d in names}
        return HERMITE if own & self.gaussian else OUTCOMES if len(self.coordinates) < 4 else 2

    def _members(self, d):
        if not d.indices or "independent" not in d.structure:
            return [()]
        return list(product(*(range(int(self.evaluate(r.args[0], self.world, {})),
                                    int(self.evaluate(r.args[1], self.world, {})) + 1) for r in d.ranges)))

    def _law(self, k):
        """The weights of one coordinate; members of an i.i.d. family share theirs."""
        coordinate = self.coordinates[k]
        key = self._shared(coordinate) if coordinate else None
        if key not in self.laws:
            gaussian = coordinate[0] in self.gaussian if coordinate else bool(self.gaussian)
            self.laws[key] = hermite(HERMITE)[1] if gaussian else self.world.simplex(self.sizes[k])
        return self.laws[key]

    def _shared(self, coordinate):
        d = self.world.declared[coordinate[0]]
        return (d.name, "all") if "identically_distributed" in d.structure else coordinate

    def value(self, d, subscripts, outcome):
        """The value of a random name, or of a member of a random family, at the numbered outcome."""
        if self.outcomes is None or self.trouble:
            raise Unknown("sample space")
        own = (d.name, tuple(map(int, subscripts)) if "independent" in d.structure and d.indices else ())
        if own in self.coordinates:
            key = (*self._shared(own), subscripts if self._shared(own) is own else ())
            return self._values(d, key, self._law(self.coordinates.index(own)))[
                self.outcomes[outcome][self.coordinates.index(own)]]
        return self._values(d, (d.name, subscripts), self.weights)[outcome]

    def _values(self, d, key, weights):
        if key not in self.known:
            self.known[key] = self._drawn(d, weights)
        return self.known[key]

    def _drawn(self, d, weights):
        moments = [None if t is None else self.evaluate(t, self.world, {}) for t in (d.mean, d.variance)]
        if d.name in self.gaussian:
            if d.shape or None in moments and "standard" not in d.structure or len(weights) != HERMITE:
                raise Unknown("Gaussian arrays")
            mean, variance = (0, 1) if None in moments else moments
            return [mean + mp.sqrt(variance)*z for z in hermite(HERMITE)[0]]
        raw = [self.world.draw_random(d) for _ in weights]
        mean, variance = moments
        if mean is None and variance is None:
            return raw
        if d.shape or d.domain != "real":
            raise Unknown("moments of an array")
        centre = mp.fsum(w*x for w, x in zip(weights, raw, strict=True))
        spread = mp.sqrt(mp.fsum(w*(x - centre)**2 for w, x in zip(weights, raw, strict=True)))
        scale = 1 if variance is None else mp.sqrt(variance)/spread
        return [(centre if mean is None else mean) + scale*(x - centre) for x in raw]
