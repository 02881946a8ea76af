"""Plans: how large everything is in an instance of a claim, first the best for a proof, then sizes for refutation."""

from itertools import islice

from derive.term import Relation
from verifiers.instance.assign import assignments, letter_cases
from verifiers.instance.indexsets import set_key
from verifiers.instance.sizes import UNSIZED
from verifiers.instance.survey import survey
from verifiers.instance.value import NeedsSizes, ShapeClash
from verifiers.verdict import CannotDecide

RELATIONS = (Relation.EQ, Relation.LE, Relation.GE, Relation.LT, Relation.GT)
MOST_ATOMS, LARGEST_LENGTH, MOST_CASES, MOST_NODES = 8, 6, 12, 20000


class Plan(dict):
    """Integer name -> ("concrete", n), ("atoms", k) for the length of an index set, ("mark", q) for a fixed index in it.

    survey    verifiers.instance.survey.Survey of the claim
    cases     entries that differ from case to case: every pattern of equal fixed indices
    complete  whether the cases are all of them
    measured  index set -> (atoms, marks); the marks are single indices of weight one
    length_of index set -> (name, shift): the name is the total weight plus the shift
    stable    index set -> degree of the claim in its weights, the same for every number of atoms
    pinned    names that can have no other value
    ready     (claim, Instance) built while planning; it is handed out once
    """

    def __init__(self, entries=(), found=None, cases=(), complete=True):
        super().__init__(entries)
        self.survey, self.cases, self.complete = found, tuple(cases), complete
        self.measured, self.length_of, self.stable, self.pinned = {}, {}, {}, frozenset()
        self.ready = None

    @classmethod
    def of(cls, claim, plan):
        """A plain dict becomes a Plan of the claim."""
        if isinstance(plan, Plan):
            return plan
        found = survey(claim)
        made = cls(plan, found)
        made.measure()
        return made

    def measure(self):
        """Set up the index sets whose lengths are in atoms mode."""
        for domain in self.survey.ranges:
            name, shift = _length(domain)
            if name is not None and self.get(name, ("", 0))[0] == "atoms":
                marks = 1 + max((c[n][1] for c in ({**self, **case} for case in self.cases or ({},))
                                 for n, d in self.survey.letters.items() if d is domain and c[n][0] == "mark"), default=-1)
                self.measured[set_key(domain)] = self[name][1], marks
                self.length_of[set_key(domain)] = name, shift

    def index_set(self, letter):
        """The key of the set a marked letter is in."""
        return set_key(self.survey.letters[letter])

    def each_case(self):
        """One plan for each case; itself where there is one only."""
        if not self.cases:
            return [self]
        return [self._with(case) for case in self.cases]

    def _with(self, case):
        made = Plan({**self, **case}, self.survey)
        made.measured, made.length_of, made.stable, made.pinned = self.measured, self.length_of, self.stable, self.pinned
        return made

    def resized(self, entries):
        """The same plan with other numbers."""
        made = Plan({**self, **entries}, self.survey, self.cases, self.complete)
        made.stable, made.pinned = dict(self.stable), self.pinned
        made.measure()
        return made


def _length(domain):
    """(name, shift) of range(lo, name + c): the name is the number of members + lo - 1 - c; (None, 0) for others."""
    low, high = domain.args
    if low.head != "num":
        return None, 0
    if high.head == "name":
        return high.value, int(low.value) - 1
    if high.head == "add" and len(high.args) == 2 and high.args[0].head == "name" and high.args[1].head == "num":
        return high.args[0].value, int(low.value) - 1 - int(high.args[1].value)
    return None, 0


def plans(claim):
    """Plans of a claim: at most one or two for a proof, then concrete ones of different sizes.

    A plan whose instance cannot be built is not offered, unless none can: then the first is, and tells why.
    """
    found = survey(claim)
    yield from _unique(_all_plans(claim, found))


def _unique(candidates):
    seen = []
    for plan in candidates:
        key = dict(plan), plan.cases
        if key not in seen:
            seen.append(key)
            yield plan


def _all_plans(claim, found):
    offered = 0
    if found.sizes or found.letters:
        best = _measured_plan(claim, found)
        if best is not None:
            offered += 1
            yield best
    concrete = list(islice(concrete_plans(claim, found), 5))
    for plan in concrete[:1]:
        grown = _grown(claim, plan)
        if grown is not None and grown != plan:
            offered += 1
            yield grown
    usable = [p for p in concrete if offered or p is concrete[0] or _builds(claim, p)]
    yield from usable


# -- concrete sizes ---------------------------------------------------------------------------------------------------------
def concrete_plans(claim, found):
    """Plans at whole numbers, sizes different for different names where the declarations allow."""
    for numbers, pinned in assignments(claim, found):
        cases, complete = letter_cases(claim, found, numbers, MOST_CASES)
        if not cases:
            continue
        entries = _entries(found, numbers) | cases[0]
        plan = Plan(entries, found, cases if len(cases) > 1 else (), complete)
        plan.pinned = frozenset(pinned)
        yield plan


def _entries(found, numbers):
    """The concrete entries, with one for shapes without a size where there are such."""
    entries = {n: ("concrete", k) for n, k in numbers.items()}
    if any(t.head == "implied" for d in found.reached for t in d.shape):
        entries[UNSIZED] = "concrete", 3
    return entries


def _builds(claim, plan):
    from verifiers.instance.build import instantiate
    try:
        plan.ready = claim, instantiate(claim, plan)
    except (CannotDecide, ShapeClash, NeedsSizes, RecursionError):
        return False
    return True


def _try(claim, plan):
    """The instance, or None."""
    from verifiers.instance.build import instantiate
    try:
        instance = instantiate(claim, plan)
    except (CannotDecide, NeedsSizes, ShapeClash, RecursionError):
        return None
    plan.ready = claim, instance
    return instance if len(instance.graph) <= MOST_NODES else None


def _grown(claim, plan):
    """The plan with lengths that a theorem of verifiers.instance.coverage asks for, where that covers every size."""
    for _ in range(3):
        instance = _try(claim, plan)
        if instance is None:
            return None
        if instance.covers is None:
            return plan
        wanted = instance.coverage.wanted
        if not wanted or max(wanted.values()) > LARGEST_LENGTH or set(wanted) - set(plan):
            return None
        plan = plan.resized({n: ("concrete", k) for n, k in wanted.items()})
    return None


# -- index sets as measures ---------------------------------------------------------------------------------------------------
def _measured_plan(claim, found):
    """A plan with atoms that covers every size, or None."""
    lengths = {n for n, _ in map(_length, found.ranges) if n is not None and n in found.sizes}
    for names in dict.fromkeys((frozenset(lengths), frozenset(lengths - found.lengths))):
        if not names or claim.relation not in RELATIONS:
            continue
        plan = _with_atoms(claim, found, names, 2)
        plan = plan and _settled(claim, plan)
        if plan is not None:
            return plan
    return None


def _with_atoms(claim, found, names, atoms):
    first = next(iter(assignments(claim, found)), None)
    if first is None:
        return None
    numbers, pinned = first
    if names & set(pinned):
        return None
    measured = {d for d in found.ranges if _length(d)[0] in names}
    marked = [n for n, d in found.letters.items() if d in measured]
    cases, complete = letter_cases(claim, found, numbers, MOST_CASES, marked)
    if not cases:
        return None
    entries = _entries(found, numbers) | {n: ("atoms", atoms) for n in names} | cases[0]
    plan = Plan(entries, found, cases if len(cases) > 1 else (), complete)
    plan.pinned = frozenset(pinned)
    plan.measure()
    return plan


def _settled(claim, plan):
    """The plan with as many atoms as the claim needs, and lengths as large as it needs; None where it stays open."""
    degrees = _stable_degrees(claim, plan)
    if degrees is None:
        return None
    plan.stable = degrees
    wanted = {n: ("atoms", max(2, *(d for k, d in degrees.items() if plan.length_of[k][0] == n)))
              for n in {plan.length_of[k][0] for k in degrees}}
    plan = plan.resized(wanted)
    for _ in range(4):
        instance = _try(claim, plan)
        if instance is None:
            return None
        if instance.covers is None:
            return plan
        wanted = _wanted(plan, instance.coverage.wanted)
        if not wanted:
            return None
        plan = plan.resized(wanted)
    return None


def _wanted(plan, numbers):
    """Entries for the sizes and numbers of atoms a coverage asks for; empty where that is too many."""
    entries = {}
    for key, k in numbers.items():
        if key in plan.length_of:
            name = plan.length_of[key][0]
            if k > MOST_ATOMS:
                return {}
            entries[name] = "atoms", max(k, entries.get(name, ("", 0))[1])
        elif k > LARGEST_LENGTH or key not in plan:
            return {}
        else:
            entries[key] = "concrete", k
    return entries


def _stable_degrees(claim, plan):
    """Index set -> degree in its weights where it is the same with two and three atoms; None where nothing builds."""
    built = [_try(claim, plan.resized({n: ("atoms", k) for n, (mode, _) in plan.items() if mode == "atoms"}))
             for k in (2, 3)]
    if None in built:
        return None
    found = {}
    for key in plan.measured:
        first, second = (i.coverage.degree_in_weights(key) for i in built)
        if first is not None and first == second:
            found[key] = first
    return found


