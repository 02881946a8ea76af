"""Counterexamples: stratified points through the float tape, and each candidate confirmed by balls before it is shown.

For inequalities an elite pattern search follows: the points nearest to a violation are moved, with steps that shrink.
"""

from fractions import Fraction
from math import inf

from derive.term.record import field, record
from verifiers.graph import INTEGER, NONNEGATIVE, NONZERO, POSITIVE, ZERO, discrete
from verifiers.rings.domain import tag_range
from verifiers.rings.points import draw

# a rounding bound above this share of the value makes a float comparison blind
BLIND = 1e-4
SLACK = 4               # a float gap must exceed this many running error bounds
BALLED = 20_000         # nodes that balls evaluate for one view, over all points
LOOKED = 2              # points at which floats agree that balls look at too
SHORT = 64              # bits of a fraction that is compared without balls
GLANCES, GLANCED = 9, 2000      # points of a first look, besides the corners; nodes of a graph that is worth one


@record(frozen=True)
class Counterexample:
    """A point at which the claim fails for certain: ``outcome`` is a balls Comparison of entry ``entry``."""

    view: object
    point: dict
    entry: int
    outcome: object


@record
class Survey:
    """What the points of some views say of a claim.

    valid     points of the domain at which the left side is defined
    worst     largest relative gap that rounding explains
    closest   the smallest relative gap that the search of an order came to; 0 where rounding hides it
    unclear   points at which the sides differ and the left one may have no value
    differ    a Counterexample with both sides defined; gap: one where the right side alone is undefined
    nowhere   True while the left side was defined at no point; right_nowhere likewise
    """

    valid: int = 0
    worst: float = 0.0
    closest: float = inf
    unclear: int = 0
    differ: Counterexample | None = None
    gap: Counterexample | None = None
    right_defined: int = 0
    drawn: int = 0
    plans: list = field(default_factory=list)


def glance(view, rng, order=0):
    """A Counterexample at one of a few simple points, the shortest to read first, or None.

    Values are plain Fractions and floats, one point at a time: most false claims fail here, and NumPy, whose import
    takes longer than the whole judgement, is not needed.  What looks like a violation is confirmed by balls.
    """
    from verifiers.proofs import pointwise
    count, found = 2 * len(view.pairs), Survey()
    if len(view.graph) > GLANCED:
        return None
    nodes = view.unknown.explicit(view.graph, view.nodes)
    points = corners(view) + draw(view.graph, view.variables, rng, GLANCES) if view.variables else [{}]
    conditions = [t for t, _ in view.constraints + view.left_conditions]
    for point in sorted(points, key=_length):
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        row = [values[n] for n in nodes]
        if None in row[:count] or not all(pointwise.holds(t, v) for t, v in zip(conditions, row[count:], strict=False)):
            continue
        entry = next((k for k in range(0, count, 2) if pointwise.far(row[k], row[k + 1], order)), None)
        if entry is not None:
            confirm(view, point, entry // 2, order, found)
        if found.differ is not None:
            break
    return found.differ


def survey(view, rng, count, limit, order=0):
    """Look at ``count`` points of one view; ``limit`` candidates are confirmed.

    order   0: the sides must be equal; 1: left > right is a violation; -1: left < right is one
    """
    import numpy as np

    from verifiers.rings.floats import evaluate_with_error
    found = Survey(plans=[view.plan])
    points = corners(view) + draw(view.graph, view.variables, rng, count) if view.variables else [{}]
    roots = [n for pair in view.pairs for n in pair] + [n for _, n in view.facts]
    values, bounds = evaluate_with_error(view.graph, roots, points, view.unknown)
    # points where the right side is undefined must not use up the confirmations of those where the sides differ
    differing, undefined, doubtful, agreeing = [], [], [], []
    for k, point in enumerate(points):
        with np.errstate(all="ignore"):
            state = _screen(view, values[:, k], bounds[:, k], order, found)
        if state is None and not view.variables and found.valid:
            found.valid, found.right_defined, state = 0, 0, "doubtful"     # constants: balls see further than floats
        if state == "doubtful":
            doubtful.append((_length(point), k, None))
        elif state is not None:
            whole = np.isfinite(values[1:2 * len(view.pairs):2, k]).all()
            (differing if whole else undefined).append((_length(point), k, state))
        elif not order:
            agreeing.append((_length(point), k))
    found.drawn, limit = len(points), min(limit, max(BALLED // len(view.graph), 2))
    unclear = sorted(undefined, key=lambda c: c[:2]) + sorted(doubtful, key=lambda c: c[:2])
    for _, k, entry in sorted(differing, key=lambda c: c[:2])[:limit] + unclear[:limit]:
        confirm(view, points[k], entry, order, found)
        if found.differ is not None:
            return found
    for _, k in sorted(agreeing)[:min(BALLED // len(view.graph), LOOKED)]:
        found.differ = found.differ or _too_near_for_floats(view, points[k])
    return found


def _too_near_for_floats(view, point):
    """A Counterexample where balls tell sides apart that differ by less than the rounding of floats, else None."""
    look = Survey()
    confirm(view, point, None, 0, look)
    return look.differ


def corners(view):
    """Points at which claims often fail or hold with equality: all variables 0, 1, -1 or 2, and one of them 0."""
    graph, variables = view.graph, view.variables
    free = [v for v in variables if not discrete(graph.domain[v])]
    points = []
    for value in (0, 1, -1, 2):
        points.append({v: _nearest(graph.domain[v], Fraction(value)) for v in variables})
    for v in free[:4]:
        points.append({**points[1], v: _nearest(graph.domain[v], Fraction(0))})
    return points


def _nearest(tag, value):
    """The value if the domain has it, else one that it has."""
    r = tag_range(tag)
    good = (r.low < value or r.low == value and not r.low_open) and \
        (value < r.high or r.high == value and not r.high_open) and not (r.nonzero and value == 0)
    if good and not (isinstance(tag, str) and tag == "sign" and abs(value) != 1):
        return value
    low, high = (r.low if r.low > -inf else None), (r.high if r.high < inf else None)
    middle = (low + high) / Fraction(2) if low is not None and high is not None else \
        low + 1 if low is not None else high - 1 if high is not None else Fraction(1)
    if discrete(tag):
        return Fraction(1) if isinstance(tag, str) else Fraction(low if low is not None else 1)
    return Fraction(middle)


def _screen(view, values, bounds, order, found):
    """None: agrees or outside the domain; an entry: looks like a violation; "doubtful": floats cannot say."""
    import numpy as np
    ends = 2 * len(view.pairs)
    # conditions of the left side too: folding may have removed them from its value (0 log x)
    for (tag, _), v, b in zip(view.facts, values[ends:], bounds[ends:], strict=False):
        if not holds_in_floats(tag, v, b):
            return "doubtful" if not np.isfinite(v) else None
    left, right = values[:ends:2], values[1:ends:2]
    slack = SLACK * (bounds[:ends:2] + bounds[1:ends:2])
    if not np.isfinite(left).all() or not np.isfinite(slack[np.isfinite(right)]).all():
        return "doubtful"
    if not np.isfinite(right).all():
        return int(np.argmin(np.isfinite(right)))
    gap = order * (left - right) if order else np.abs(left - right)
    found.valid += 1
    found.right_defined += 1
    scale = np.maximum(np.maximum(np.abs(left), np.abs(right)), 1e-300)
    if (gap > slack).any():
        return int(np.argmax((gap - slack) / scale))
    if not order and ((slack > BLIND*scale) & (slack > BLIND**2)).any():
        found.valid -= 1            # rounding could hide a difference here: balls decide, and count the point
        found.right_defined -= 1
        return "doubtful"
    if not order:
        found.worst = max(found.worst, float(np.max(gap / np.maximum(scale, 1.0))))
    return None


def holds_in_floats(tag, value, bound):
    return {POSITIVE: value > bound, NONNEGATIVE: value >= -bound, NONZERO: abs(value) > bound,
            ZERO: abs(value) <= bound, INTEGER: True}.get(tag, False)


def _length(point):
    """How long the point is to read."""
    return sum(len(str(v)) for v in point.values())


def inside(view, point):
    """Whether all constraints hold at the point for certain."""
    from verifiers.rings import balls
    return all(tag != INTEGER and balls.holds(view.graph, (tag, node), point, unknown=view.unknown) is True
               for tag, node in view.constraints)


def confirm(view, point, entry, order, found):
    """Put the point into the Survey if exact fractions or balls confirm what was seen there, at ``entry`` or at any."""
    from verifiers.rings import balls
    exact = None if entry is None else _by_fractions(view, point, entry, order)
    if exact is not None:
        found.differ = Counterexample(view, point, entry, exact)
        return
    if not inside(view, point):
        return
    entries = range(len(view.pairs)) if entry is None else [entry, *(k for k in range(len(view.pairs)) if k != entry)]
    for k in entries:
        outcome = balls.compare(view.graph, view.pairs[k], point, unknown=view.unknown)
        if outcome.outcome in ("undefined_left", "undefined", "unknown"):
            found.unclear += outcome.outcome == "unknown" and entry is not None     # floats said that they differ
            return
        if entry is None:
            found.valid += k == 0
            found.right_defined += k == 0 and outcome.outcome != "undefined_right"
        if outcome.outcome == "undefined_right":
            if entry is not None:
                found.valid += 1
            if found.gap is None and _left_defined(view, point):
                found.gap = Counterexample(view, point, k, outcome)
            return
        if outcome.outcome == "differ" and order in (0, outcome.order):
            if not _left_defined(view, point):
                found.unclear += 1
                return
            example = Counterexample(view, point, k, outcome)
            if _right_undefined(view, point):
                found.gap = found.gap or example
            else:
                found.differ = example
            return


def _by_fractions(view, point, entry, order):
    """A Comparison where both sides and every condition are short exact fractions at the point and the sides differ.

    Balls, whose library takes longer to import than most claims to judge, would say the same; else None.
    """
    from verifiers.proofs import pointwise
    from verifiers.rings.balls import Comparison
    conditions = view.constraints + view.left_conditions + view.right_conditions
    nodes = view.unknown.explicit(view.graph, [*view.pairs[entry], *(n for _, n in conditions)])
    try:
        values = pointwise.evaluate(view.graph, nodes, point)
    except pointwise.Beyond:
        return None
    row = [values[n] for n in nodes]
    if not all(isinstance(v, Fraction) and v.numerator.bit_length() + v.denominator.bit_length() < SHORT for v in row):
        return None
    left, right, *rest = row
    direction = (left > right) - (left < right)
    if not direction or order not in (0, direction) or not all(
            tag != INTEGER and pointwise.holds(tag, v) for (tag, _), v in zip(conditions, rest, strict=True)):
        return None
    return Comparison("differ", str(left), str(right), None, direction)


def _left_defined(view, point):
    """Whether every condition of the left side holds for certain, also those that folding removed from its value."""
    from verifiers.rings import balls
    return all(balls.holds(view.graph, c, point, unknown=view.unknown) is True for c in view.left_conditions)


def _right_undefined(view, point):
    """Whether a condition of the right side fails for certain, also one that folding removed from its value."""
    from verifiers.rings import balls
    return any(balls.holds(view.graph, c, point, unknown=view.unknown) is False for c in view.right_conditions)


def merge(surveys):
    """One Survey of several; the first counterexample of each kind is kept."""
    total = Survey()
    for s in surveys:
        total.valid += s.valid
        total.drawn += s.drawn
        total.right_defined += s.right_defined
        total.worst = max(total.worst, s.worst)
        total.closest = min(total.closest, s.closest)
        total.unclear += s.unclear
        total.differ = total.differ or s.differ
        total.gap = total.gap or s.gap
        total.plans += s.plans
    return total


def tape_gap(view, rng, count, backend, order=0):
    """(worst relative gap that rounding does not explain, points compared) of the two sides on one backend.

    order 1 counts left above right only, -1 left below right only
    """
    import numpy as np

    from verifiers.rings.floats import compile_tape, run_with_error
    points = draw(view.graph, view.variables, rng, count if view.variables else 1)
    roots = [n for pair in view.pairs for n in pair] + [n for _, n in view.constraints]
    values, bounds = run_with_error(compile_tape(view.graph, roots, view.unknown), points, backend)
    ends = 2 * len(view.pairs)
    good = np.ones(len(points), bool)
    for (tag, _), row in zip(view.constraints, values[ends:], strict=False):
        good &= np.array([bool(holds_in_floats(tag, v, 0.0)) for v in row])
    left, right = values[:ends:2], values[1:ends:2]
    good &= np.isfinite(left).all(axis=0) & np.isfinite(right).all(axis=0)
    if not good.any():
        return float("nan"), 0
    slack = SLACK * (bounds[:ends:2] + bounds[1:ends:2])
    good &= np.isfinite(slack).all(axis=0)
    if not good.any():
        return float("nan"), 0
    left, right, slack = left[:, good], right[:, good], slack[:, good]
    gap = np.maximum((order * (left - right) if order else np.abs(left - right)) - slack, 0.0)
    scale = np.maximum(np.maximum(np.abs(left), np.abs(right)), 1.0)
    return float((gap / scale).max()), int(good.sum())
