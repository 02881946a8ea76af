"""The oracle on conditions and extrema: orders that hold together, systems with the same solutions, minimisers.

Nothing here is a proof.  A minimiser is compared with values near and far; an equivalence of orders must be met true
and false; a system is solved from random starts and every solution is put into the other one.
"""

from itertools import combinations

import mpmath as mp

from derive.term import Relation, subterms
from oracle import evaluate, holds
from oracle_values import TINY, Undefined, Unknown
from oracle_world import World

WORLDS, ENOUGH = 40, 12
STARTS, SOLVED = 4, 3           # of a system: starts of the search, and solutions that are wanted
STEPS = [mp.mpf(s) for s in ("0.001", "0.03", "0.4", "2.7", "11", "90")]
FAILURES = (Unknown, ValueError, TypeError, ZeroDivisionError, LookupError, AttributeError)


def alike(claim):
    """Whether both conditions of an equivalence, or of an implication, agree in every world; None if undecided."""
    equations = [n for side in (claim.left, claim.right) for n in subterms(side) if n.head == "rel" and n.value == "="]
    if equations:
        return _same_solutions(claim)
    seen = set()
    for seed in range(WORLDS):
        world = World(claim, seed, evaluate)
        try:
            if not all(holds(g, world, {}) for g in claim.givens):
                continue
            truths = holds(claim.left, world, {}), holds(claim.right, world, {})
        except (*FAILURES, Undefined):
            continue
        if truths[0] and not truths[1] or truths[0] != truths[1] and claim.relation is Relation.IFF:
            return False
        seen.add((*truths, seed))
    return True if len(seen) >= ENOUGH and len({t[0] for t in seen}) == 2 else None


def _residuals(side):
    if side.head == "and":
        return [r for a in side.args for r in _residuals(a)]
    if side.head != "rel" or side.value != "=":
        raise Unknown("a condition that is no equation")
    return [side.args]


def _same_solutions(claim):
    """Whether every solution of one system that is found solves the other too; implications are tried one way."""
    systems = [_residuals(side) for side in (claim.left, claim.right)]
    ways = [systems, systems[::-1]] if claim.relation is Relation.IFF else [systems]
    found = [_carried(claim, *way) for way in ways]
    return False if False in found else True if all(found) else None


def _carried(claim, system, other):
    names = [d.name for d in claim.symbols if d.kind == "scalar" and not d.indices and d.definition is None]
    solved = 0
    for seed, unknowns in enumerate([*combinations(names, len(system))]*STARTS):
        world = World(claim, seed, evaluate)
        try:
            root = _solved(world, system, unknowns)
        except (*FAILURES, Undefined):
            continue
        if root is None:
            continue
        try:
            if any(abs(_gap(world, pair)) > TINY for pair in other):
                return False
        except (*FAILURES, Undefined):
            return False            # no value where the other condition holds
        solved += 1
        if solved == SOLVED:
            return True
    return None


def _gap(world, pair):
    left, right = (evaluate(t, world, {}) for t in pair)
    gap = left - right
    return mp.mnorm(gap, 1) if isinstance(gap, mp.matrix) else gap


def _solved(world, system, unknowns):
    """A solution in the world's override, or None."""
    start = [world.value(n) for n in unknowns]

    def gaps(*values):
        world.override.update({(n, (), 0): v for n, v in zip(unknowns, values, strict=True)})
        return [_gap(world, pair) for pair in system]
    root = mp.findroot(gaps, start, tol=mp.mpf(10)**-30, maxsteps=40)
    values = list(root) if isinstance(root, mp.matrix) else [root]
    return values if all(abs(g) < TINY**2 for g in gaps(*values)) else None


def minimises(side, value, world):
    """Whether a number is where the body of an argmin is least, of an argmax most; False where another beats it.

    Raises Unknown for other extrema and for minimisers that are arrays.
    """
    body, variable = side.args
    if side.head not in ("argmin", "argmax") or variable.head != "name" or isinstance(value, mp.matrix):
        raise Unknown(side.head)
    d = world.declared.get(variable.value)
    if d is None or d.kind != "scalar" or d.domain != "real":
        raise Unknown("a domain of minimisers")
    sign = 1 if side.head == "argmin" else -1
    best = evaluate(body, world, {variable.value: value})
    for step in (s*t for s in STEPS for t in (1, -1)):
        try:
            if sign*evaluate(body, world, {variable.value: value + step}) < sign*best:
                return False
        except (Undefined, ZeroDivisionError):
            continue
    return True
