"""Elite pattern search for an order: the points nearest to a violation are moved, with steps that shrink.

Every candidate is confirmed by balls (verifiers.search) before it is shown.
"""

from fractions import Fraction
from math import frexp

from verifiers.graph import discrete
from verifiers.rings.domain import tag_range
from verifiers.rings.points import draw
from verifiers.search import SLACK, Survey, confirm, holds_in_floats

ELITE, MOVES, ROUNDS = 8, 8, 40
KEPT = 30               # bits of a coordinate that was moved
EFFORT = 30_000         # coordinates moved, and operands evaluated by NumPy for all points at once
OPERAND = 3             # moves that cost as much as one such operand


def descend(view, rng, limit, order):
    """A Survey of points moved towards a violation of left <= right (order 1) or left >= right (order -1)."""
    from verifiers.rings.floats import compile_tape
    found = Survey(plans=[view.plan])
    moved = [v for v in view.variables if not discrete(view.graph.domain[v])]
    if not moved:
        return found
    roots = [n for pair in view.pairs for n in pair] + [n for _, n in view.constraints]
    tape = compile_tape(view.graph, roots, view.unknown)
    elite = draw(view.graph, view.variables, rng, 64)
    scores = _scores(view, tape, elite, order)
    ranked = sorted(range(len(elite)), key=lambda k: scores[k])[:ELITE]
    elite, scores, steps = [elite[k] for k in ranked], [scores[k] for k in ranked], [0.5] * len(ranked)
    operands = sum(len(view.graph.children(n)) for n in view.graph.reachable(roots))
    rounds = EFFORT // (ELITE*MOVES*len(moved) + OPERAND*operands)
    for _ in range(min(ROUNDS, max(rounds, 1))):
        tried = [_moved(view, p, moved, s, rng) for p, s in zip(elite, steps, strict=False) for _ in range(MOVES)]
        new = _scores(view, tape, tried, order)
        for k in range(len(elite)):
            best = min(range(k * MOVES, (k + 1) * MOVES), key=lambda j: new[j])
            if new[best] < scores[k]:
                elite[k], scores[k], steps[k] = tried[best], new[best], min(steps[k] * 1.3, 4)
            else:
                steps[k] = steps[k] * 0.6 if steps[k] > 1e-7 else 0.5
        if min(scores) < -1e-9:
            break
    found.closest = min(scores)
    for k in sorted(range(len(elite)), key=lambda k: scores[k])[:limit]:
        if scores[k] < 0 and found.differ is None:
            confirm(view, elite[k], None, order, found)
    return found


def _short(x):
    """The exact fraction of the first bits of a float."""
    fraction, exponent = frexp(x)
    return Fraction(round(fraction * 2**KEPT)) * Fraction(2)**(exponent - KEPT)


def _scores(view, tape, points, order):
    """How far each point is from a violation, relative, less rounding; infinite outside the domain."""
    from verifiers.rings.floats import run_with_error
    return _graded(view, *run_with_error(tape, points), order)


def _graded(view, values, bounds, order):
    import numpy as np
    with np.errstate(all="ignore"):
        return _relative(np, view, values, bounds, order)


def _relative(np, view, values, bounds, order):
    ends = 2 * len(view.pairs)
    left, right = values[:ends:2], values[1:ends:2]
    slack = SLACK * (bounds[:ends:2] + bounds[1:ends:2])
    gap = order * (right - left)
    gap = np.where(np.abs(gap) <= slack, 0.0, gap)
    scale = np.maximum(np.maximum(np.abs(left), np.abs(right)), 1e-300)
    # against 0 every gap is the whole value: only its size tells how near a violation is
    scale = np.where(np.minimum(np.abs(left), np.abs(right)) == 0, 1.0, scale)
    score = np.where(np.isfinite(gap) & np.isfinite(slack), gap / scale, np.inf).min(axis=0)
    for k, (tag, _) in enumerate(view.constraints):
        good = [holds_in_floats(tag, v, b) for v, b in zip(values[ends + k], bounds[ends + k], strict=False)]
        score = np.where(good, score, np.inf)
    return [float(s) for s in score]


def _moved(view, point, moved, step, rng):
    """The point with some coordinates moved by about ``step``, kept inside their domains, as exact rationals."""
    new = dict(point)
    for v in moved:
        if rng.random() < 0.5 or len(moved) == 1:
            x = float(point[v])
            domain = tag_range(view.graph.domain[v])
            far = max(abs(x), 1e-3 if domain.low == 0 else 1.0)
            scale = 0.3 if domain.high == 1 else far
            candidate = _short(x + rng.gauss(0, 1) * step * scale)
            if domain.low < candidate < domain.high and not (domain.nonzero and candidate == 0):
                new[v] = candidate
    return new
