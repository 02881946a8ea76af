"""Of a claim that is known to fail, the counterexample that is easiest to read.

The claim is built again with few outcomes of its random names and at small sizes, and looked at on points of small
numbers that no seed changes; balls confirm what is shown.  Where nothing simpler is found the first one stands.
"""

from fractions import Fraction
from itertools import islice
from random import Random

from verifiers.cases import View
from verifiers.instance.assign import letter_cases, permitted
from verifiers.instance.build import build
from verifiers.instance.plan import MOST_CASES, Plan, sized_entries
from verifiers.instance.sizes import UNSIZED
from verifiers.instance.value import Array, ShapeClash
from verifiers.proofs import pointwise
from verifiers.readable import both
from verifiers.rings.domain import tag_range
from verifiers.rings.points import UnknownFunctions, sample
from verifiers.search import Survey, confirm
from verifiers.verdict import CannotDecide
from verifiers.witness import position, witness

OUTCOMES = "#outcomes"          # the plan's entry for the number of outcomes of a space
SPACES = (2, 3)                 # outcomes that are tried
LARGEST, WORK, CASES = 4000, 60000, 3      # nodes of an instance, nodes evaluated in one, places of fixed indices
NEAR = 0.1                      # relative gap below which a difference may look like rounding
CONFIRMED = 4                   # candidates of one instance put to balls
LONG = 400                      # bits of a fraction that is still written out
SEED = 5
# The numbers a point is made of, in the order they are tried; a tag without a row is drawn as everywhere else.
POOLS = {
    "real": ((1, 2, 3, -1, -2), (2, 3, -1, 5, 4, -2, -3), (1, 2, -1), (0, 1, 2), (0, 1), ("1/2", 1, 2, -1, "3/2")),
    "nonzero": ((1, 2, 3, -1, -2), (2, 3, -1, 5, 4, -2, -3), (1, 2, -1), ("1/2", 1, 2, -1, "3/2")),
    "positive": ((1, 2, 3), (2, 3, 4, 5), (1, 2), ("1/2", 1, 2, 3)),
    "weight": ((1, 2, 3),),
    "nonnegative": ((1, 2, 3), (2, 3, 4, 5), (0, 1, 2), ("1/2", 1, 2, 3)),
    "negative": ((-1, -2, -3), (-2, -3, -4, -5), (-1, -2)),
    "unit": (("1/2", "1/3", "2/3"), ("1/3", "1/4", "2/3", "3/4"), ("1/2", "1/4", "3/4")),
    "closed_unit": (("1/2", "1/3", "2/3"), ("1/3", "1/4", "2/3", "3/4"), (0, 1, "1/2")),
    "integer": ((1, 2, 3), (2, 3, 4, 5), (0, 1, -1)),
}
ROUNDS = 8                      # points of each pool


def simplest(case, example, order=0):
    """A Counterexample as certain as ``example`` and easier to read; ``example`` itself where verdicts alone count.

    order   as in verifiers.search.survey
    """
    if not case.budget.edits or example.outcome.outcome != "differ":
        return example
    for view in _views(case, example):
        found = _at_small_numbers(view, order)
        if found is not None:
            return found
    return example


# -- small instances --------------------------------------------------------------------------------------------------
def _views(case, example):
    """Views of the claim with few outcomes and small sizes, the smallest first."""
    claim = case.claim
    for plan in _plans(claim, example):
        try:
            instance = build(claim, plan)
        except (CannotDecide, ShapeClash):
            continue
        if len(instance.graph) <= LARGEST:
            view = View(instance, Random(SEED))
            view.unknown = PlainFunctions()
            if not view.blocked and view.pairs:
                yield view


def _plans(claim, example):
    """Plans at whole sizes: all 2 where that is allowed, then the sizes of the example; few outcomes first."""
    own = example.view.plan
    if own.survey is None or any(mode not in ("concrete", "free", "members") for mode, _ in own.values()):
        return
    number = position(example.view, example.entry)[0]
    cases = own.each_case()
    single = Plan(cases[min(number, len(cases) - 1)], own.survey)
    random = _has_spaces(example.view)
    for plan in (*_at_two(claim, single), single):
        for count in SPACES if random else ():
            yield Plan({**plan, OUTCOMES: ("concrete", count)}, own.survey)
        yield plan


def _has_spaces(view):
    return any(e.chance is not None and (e.chance.spaces or e.chance.reference is not None)
               for e in view.instance.coverage.evaluators)


def _at_two(claim, plan):
    """The plan with every size of 3 or more at 2, where the declarations allow."""
    found = plan.survey
    numbers = {n: min(k, 2) for n, (mode, k) in plan.items() if mode == "concrete" and n in found.sizes}
    same = all(plan[n] == ("concrete", k) for n, k in numbers.items()) and UNSIZED not in plan
    if set(numbers) != set(found.sizes) or same or not permitted(claim, found, numbers):
        return []
    cases, _ = letter_cases(claim, found, numbers, MOST_CASES)
    entries = sized_entries(found, numbers)
    small = {UNSIZED: ("concrete", 2)} if UNSIZED in entries else {}
    return [Plan({**entries, **small, **c}, found) for c in islice(cases, CASES)]


class PlainFunctions(UnknownFunctions):
    """Unknown functions of few terms: 1 + u^2, 2 - u + u^2, 3 + 2 u + u^2 ...; of several arguments with u_1 u_2."""

    def __init__(self):
        super().__init__(Random(SEED))

    def terms(self, name, arity):
        key = name, arity
        if key not in self._terms:
            k = len(self._terms)
            linear = {(place,): Fraction((k + place) % 3 * (-1) ** (k + place)) for place in range(arity)}
            found = {(): Fraction(k + 1), **linear}
            found |= dict.fromkeys([(0, 0), (0, 1)][:min(arity, 2)], Fraction(1))
            self._terms[key] = {p: c for p, c in found.items() if c}
        return self._terms[key]


# -- small numbers ----------------------------------------------------------------------------------------------------
def points(view):
    """Points of small numbers, the same under every seed; names of one kind take different values where they can."""
    graph, found = view.graph, []
    for k in range(max(map(len, POOLS.values()))):
        for turn in range(ROUNDS):
            rng = Random(SEED + 100 * k + turn)
            dealt = {}
            found.append({v: _number(graph.domain[v], str(graph.operands[v]), (k, turn), rng, dealt)
                          for v in view.variables})
    return list({tuple(p.items()): p for p in found}.values()) if view.variables else [{}]


def _number(tag, label, place, rng, dealt):
    """One value: dealt without repetition from the pool of the tag while it lasts."""
    if label.startswith("extra["):
        return Fraction(0)
    if label.startswith("volume["):
        return Fraction(1)
    if not isinstance(tag, str) or tag not in POOLS:
        return _of_range(tag, rng)
    pool = POOLS[tag][place[0] % len(POOLS[tag])]
    left = dealt.setdefault(tag, [])
    if not left:
        left.extend(rng.sample(pool, len(pool)) if place[1] else pool)
    return Fraction(left.pop(0))


def _of_range(tag, rng):
    """A value of a domain that is a range of whole numbers, small ones first, else a drawn one."""
    if not isinstance(tag, str) and tag[0] == "integer":
        low = int(tag_range(tag).low)
        return Fraction(rng.randrange(low, min(low + 4, tag[2] + 1 if len(tag) > 2 else low + 4)))
    return sample(tag, 0, rng)


def _at_small_numbers(view, order):
    """The Counterexample of the view that is the shortest to read, or None."""
    failing = sorted(_failing(view, order), key=lambda f: f[0])
    for _, point, entry in failing[:CONFIRMED]:
        looked = Survey()
        confirm(view, point, entry, order, looked)
        if looked.differ is not None:
            return looked.differ
    return None


def _failing(view, order):
    """(length to read, point, entry) of the points at which plain numbers see a difference."""
    nodes, count = view.unknown.explicit(view.graph, view.nodes), 2 * len(view.pairs)
    tags = [t for t, _ in view.constraints + view.left_conditions]
    most = WORK // max(len(view.graph.reachable(nodes)), 1)
    for point in points(view)[:max(most, ROUNDS)]:
        if _merged(view, point):
            continue
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        row = [values[n] for n in nodes]
        if None in row[:count] or not all(pointwise.holds(t, v) for t, v in zip(tags, row[count:], strict=False)):
            continue
        entry = next((k for k in range(0, count, 2) if pointwise.far(row[k], row[k + 1], order)), None)
        if entry is not None:
            yield _reading(view, point, entry // 2, row[entry:entry + 2]), point, entry // 2


def _merged(view, point):
    """Whether two points of the space of a law would be one."""
    for evaluator in view.instance.coverage.evaluators:
        record = evaluator.chance.reference if evaluator.chance is not None else None
        for members in record.spaces.values() if record is not None else ():
            places = [tuple(point.get(n) for n in (v.entries if isinstance(v, Array) else (v,))) for _, v in members]
            if len(set(places)) < len(places) and None not in sum(places, ()):
                return True
    return False


def _text(value):
    """The value as text; a fraction that nobody reads is not written out."""
    long = isinstance(value, Fraction) and value.numerator.bit_length() + value.denominator.bit_length() > LONG
    return "…" * (LONG // 4) if long else str(value)


def _reading(view, point, entry, sides):
    """How hard a witness is to read: its length, what hides the matter (zeros, repetitions), sides that are near."""
    told = witness(view, point, entry)
    words = both(*map(_text, sides))
    values = list(point.values())
    near = 8 * (pointwise.relative_gap(*sides) < NEAR)
    hidden = near + 6 * values.count(0) + (len(values) - len(set(values))) + 4 * sum(w == "0" for w in words)
    hidden += 40 * sum(value.endswith("with probability 1") for _, value in told)
    return sum(len(value) for _, value in told) + sum(map(len, words)) + hidden
