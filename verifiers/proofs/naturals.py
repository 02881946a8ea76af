"""Which conditions are natural assumptions: said in the author's names, and not making both sides 0 by themselves."""

import re

from derive.term import free_names, index, name
from derive.term import replace as substituted
from derive.term.record import replace
from verifiers.rings.points import draw

ATOM = re.compile(r"(.+)\[@\d+\]")      # the label of a member of a family at an atom of its index set
POINTS = 64


def in_names_of(claim, needs):
    """The conditions with x[@0] said as x_i, or () where one of them relates different members and has no such name."""
    found = []
    for need in needs:
        if need.condition is None:
            return ()
        atoms = {n: ATOM.fullmatch(n) for n in free_names(need.condition) if "@" in n}
        if len({n.rpartition("[")[2] for n in atoms}) > 1 or None in atoms.values():
            return ()
        said = {name(n): _member(claim, match.group(1)) for n, match in atoms.items()}
        if None in said.values():
            return ()
        found.append(replace(need, condition=substituted(need.condition, said)))
    return tuple(dict.fromkeys(found))


def _member(claim, base):
    """x_i for a family x with one index, else None."""
    declared = claim.symbol(base)
    return index(name(base), name(declared.indices[0])) if declared and len(declared.indices) == 1 else None


def only_zero(view, conditions, rng):
    """Whether both sides are 0 wherever the conditions hold: then the proof under them says nothing of the claim."""
    import numpy as np

    from verifiers.rings.floats import evaluate
    points = draw(view.graph, view.variables, rng, POINTS)
    sides = [node for pair in view.pairs for node in pair]
    values = evaluate(view.graph, sides + [node for _, node in conditions], points, unknown=view.unknown)
    ends = len(sides)
    tests = {"nonnegative": np.greater_equal, "positive": np.greater, "nonzero": np.not_equal, "zero": np.equal}
    with np.errstate(invalid="ignore"):
        good = np.isfinite(values[:ends]).all(axis=0)
        for (tag, _), row in zip(conditions, values[ends:], strict=True):
            good &= tests[tag](row, 0) if tag in tests else False
    return bool(good.any()) and not values[:ends, good].any()
