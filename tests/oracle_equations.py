"""The oracle on claims: equalities, orders and proportions in random worlds, equivalences by multiples or by roots."""

import mpmath as mp

from derive.term import Relation, free_names
from derive.term.record import replace
from oracle import evaluate, given_holds, holds
from oracle_conditions import minimises
from oracle_values import TINY, Outside, Undefined, Unknown, compare, moderate
from oracle_world import World

TRIED = 4       # unknowns for which the equations are solved
WORLDS = 6
TRIES, ENOUGH = 20, 4
DIGITS = 150    # of the second look at a failure
REGIMES = ("plain", "plain", "least", "special")
FAILURES = (Unknown, ValueError, TypeError, ZeroDivisionError, LookupError, RecursionError, AttributeError)
EXTREMA = ("argmin", "argmax")
COMPARED = (Relation.EQ, Relation.LE, Relation.GE, Relation.LT, Relation.GT)


def same_equations(claim):
    """True where the equations at both sides are multiples of one another or have the same roots; False; None."""
    parts = [_parts(side) for side in (claim.left, claim.right)]
    if len(parts[0]) != len(parts[1]):
        return None
    verdicts = [_multiples(claim, *pair) for pair in zip(*parts, strict=True)]
    if all(verdicts):
        return True
    return _same_roots(claim, parts[0][0], parts[1][0]) if len(parts[0]) == 1 else None


def _parts(side):
    if side.head == "and":
        return [p for part in side.args for p in _parts(part)]
    if side.head != "rel" or side.value != "=":
        raise Unknown("not an equation")
    return [side]


def _multiples(claim, one, other):
    """Whether the second residual is a constant multiple, not 0, of the first in every world."""
    ratios = []
    for seed in range(WORLDS):
        world = World(claim, seed, evaluate)
        a, b = _residual(one, world), _residual(other, world)
        if abs(a) < TINY and abs(b) < TINY:
            continue
        if abs(a) < TINY or abs(b) < TINY:
            return False
        ratios.append(b/a)
    return all(abs(r - ratios[0]) < TINY*(1 + abs(r)) for r in ratios)


def _same_roots(claim, one, other):
    unknowns = [d.name for d in claim.symbols if d.kind == "scalar" and not d.indices and d.definition is None]
    found = None
    for seed in range(WORLDS//2):
        world = World(claim, seed, evaluate)
        for name in unknowns[:TRIED]:
            for first, second in ((one, other), (other, one)):
                root = _root(first, world, name)
                if root is not None:
                    if abs(_at(second, world, name, root)) > TINY**mp.mpf("0.5"):
                        return False
                    found = True
    return found


def _residual(side, world):
    left, right = (evaluate(a, world, {}) for a in side.args)
    if isinstance(left, mp.matrix) or isinstance(right, mp.matrix):
        raise Unknown("equation between arrays")
    return left - right


def _at(side, world, name, value):
    world.override[name, (), 0] = value
    try:
        return _residual(side, world)
    finally:
        del world.override[name, (), 0]


def _root(side, world, name):
    """A root of the equation in one unknown near the world's value, or None."""
    start = world.value(name)
    try:
        root = mp.findroot(lambda t: _at(side, world, name, t), (start, start + mp.mpf(1)/7), tol=mp.mpf(10)**-25)
    except (ValueError, ZeroDivisionError):
        return None
    return root if isinstance(root, mp.mpf) and abs(_at(side, world, name, root)) < TINY else None


def _ratio_elsewhere(claim, world):
    """left/right after the variables of proportionality have moved."""
    moved = {v.value for v in claim.about}
    world.values = {key: value for key, value in world.values.items() if key[0] not in moved}
    world.integrals.clear()
    return evaluate(claim.left, world, {})/evaluate(claim.right, world, {})


def equivalent(claim, worlds=12, seed=5, needs=()):
    """True where the claim holds in every world, False where it fails in one, None where the oracle cannot say.

    needs   conditions of a proof: the worlds in which they hold are looked at
    """
    if claim.relation not in (*COMPARED, Relation.PROPTO, Relation.IMPLIES):
        return None
    if needs and equivalent(claim, worlds, seed):
        return True         # whatever was needed
    if claim.givens and equivalent(replace(claim, givens=()), worlds, seed, needs):
        return True         # whatever is given
    conditions = [n.condition for n in needs if n.condition is not None and free_names(n.condition)]
    seen = unknown = 0
    for k in range(TRIES*worlds):
        drawn = seed + k, evaluate, REGIMES[k % len(REGIMES)]
        found = _holds_in(claim, World(claim, *drawn), conditions)
        if found is False:
            with mp.workdps(DIGITS):        # no rest of cancellation
                found = _holds_in(claim, World(claim, *drawn), conditions)
        if found is False:
            return False
        seen += found is True
        unknown += found == "unknown"
        if seen == worlds or unknown > worlds:
            break
    return True if seen >= min(worlds, ENOUGH) else None


def _holds_in(claim, world, needs):
    """Whether the claim holds in one world; None outside its domain, "unknown" where the oracle does not reach."""
    try:
        if not all(given_holds(given, world) for given in (*claim.givens, *needs) if free_names(given)):
            return None
        if claim.relation is Relation.IMPLIES:
            return holds(claim.right, world, {}) if holds(claim.left, world, {}) else None
        if claim.left.head in EXTREMA and claim.relation is Relation.EQ:
            return minimises(claim.left, evaluate(claim.right, world, {}), world)
        left = evaluate(claim.left, world, {})
        if not moderate(left):
            return None
    except Undefined:
        return None
    except FAILURES:
        return "unknown"
    try:
        right = evaluate(claim.right, world, {})
        if not moderate(right):
            return None
        if claim.relation is Relation.PROPTO:
            return compare(left/right, _ratio_elsewhere(claim, world), Relation.EQ)
        return compare(left, right, claim.relation)
    except Outside:
        return None
    except (Undefined, ZeroDivisionError):
        return None if world.special else False
    except FAILURES:
        return "unknown"
