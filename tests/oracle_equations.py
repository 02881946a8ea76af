"""The oracle on equivalences: two equations in one unknown have the same solutions, found by root search."""

import mpmath as mp

from oracle import Unknown, World, evaluate
from oracle_values import TINY

TRIED = 4       # unknowns for which the equations are solved


def same_solutions(claim, seed):
    """True, False or None: whether the equations at both sides hold together in one world, and at roots near it."""
    sides = (claim.left, claim.right)
    if any(side.head != "rel" or side.value != "=" for side in sides):
        raise Unknown("not two equations")
    world = World(claim, seed)
    here = [_residual(side, world) for side in sides]
    if all(abs(r) < TINY for r in here):
        return True
    if any(abs(r) < TINY for r in here):
        return False
    found = None
    for name in _unknowns(claim)[:TRIED]:
        for one, other in (sides, sides[::-1]):
            root = _root(one, world, name)
            if root is None:
                continue
            if not _holds_at(other, world, name, root):
                return False
            found = True
    return found


def _unknowns(claim):
    return [d.name for d in claim.symbols if d.kind == "scalar" and d.definition is None and not d.indices]


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
        root = mp.findroot(lambda t: _at(side, world, name, t), (start, start + mp.mpf(1)/7), tol=mp.mpf(10)**-30)
    except (ValueError, ZeroDivisionError):
        return None
    return root if isinstance(root, mp.mpf) and abs(_at(side, world, name, root)) < TINY else None


def _holds_at(side, world, name, root):
    return abs(_at(side, world, name, root)) < TINY**mp.mpf("0.5")
