"""Plans: how large everything is in an instance of a claim, first the best for a proof, then sizes for refutation."""

from itertools import islice, product

from derive.term import Relation
from verifiers.instance.assign import assignments, least, letter_cases
from verifiers.instance.indexsets import set_key
from verifiers.instance.sizes import UNSIZED
from verifiers.instance.survey import survey
from verifiers.instance.table import Table
from verifiers.instance.value import NeedsSizes, ShapeClash
from verifiers.verdict import CannotDecide

RELATIONS = (Relation.EQ, Relation.LE, Relation.GE, Relation.LT, Relation.GT)
MOST_ATOMS, LARGEST_LENGTH, MOST_CASES, MOST_SWEPT, MOST_NODES = 8, 6, 25, 25, 20000
MOST_PLANNED = 8000     # terms evaluated and nodes made after which no further sizes are tried


class Plan(dict):
    """Integer name -> ("concrete", n), ("atoms", k) for the length of an index set, ("mark", q) for a fixed index,
    ("free", 0) for a size that is only a number: an integer variable.

    survey    verifiers.instance.survey.Survey of the claim
    cases     entries that differ from case to case: every pattern of equal fixed indices
    complete  whether the cases are all of them
    measured  index set -> (atoms, marks); the marks are single indices of weight one
    length_of index set -> (name, shift): the name is the total weight plus the shift
    stable    index set -> degree of the claim in its weights, the same for every number of atoms
    pinned    names that can have no other value
    sweeps    size -> (degree, least size): it takes degree + 1 consecutive values in the cases
    ready     (claim, Instance) built while planning; it is handed out once
    """

    def __init__(self, entries=(), found=None, cases=(), complete=True):
        super().__init__(entries)
        self.survey, self.cases, self.complete = found, tuple(cases), complete
        self.measured, self.length_of, self.stable, self.pinned = {}, {}, {}, frozenset()
        self.ready, self.sweeps = None, {}

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
                letters = [n for n, d in self.survey.letters.items() if d is domain]
                whole = [{**self, **case} for case in self.cases or ({},)]
                marks = 1 + max((c[n][1] for c in whole for n in letters if c[n][0] == "mark"), default=-1)
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
        made.measured, made.length_of, made.stable = self.measured, self.length_of, self.stable
        made.pinned, made.sweeps = self.pinned, self.sweeps
        return made

    def resized(self, entries):
        """The same plan with other numbers."""
        made = Plan({**self, **entries}, self.survey, self.cases, self.complete)
        made.stable, made.pinned, made.sweeps = dict(self.stable), self.pinned, self.sweeps
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
    if concrete and not offered:
        general = _general(claim, found, concrete[0])
        if general is not None:
            offered += 1
            yield general
    yield from concrete if offered else _usable(claim, concrete)


def _usable(claim, concrete):
    """The first of the plans, and those of the others that can be built for no more than is worth it."""
    spent = 0
    for plan in concrete:
        work = 0 if plan is concrete[0] else _work(claim, plan)
        if work is not None:
            yield plan
            spent += work
        if spent > MOST_PLANNED:
            return


MEMBERS = 3, 2, 4


# -- concrete sizes -------------------------------------------------------------------------------------------------
def concrete_plans(claim, found):
    """Plans at whole numbers, sizes different for different names where the declarations allow.

    A declared set whose number of members nobody names has 3, then 2, then 4 of them, so that a claim that says how
    many there are is met by a set of another number.
    """
    sets = [d.name for d in claim.symbols if d.kind == "set"]
    choices = list(islice(assignments(claim, found), 5))
    if sets and len(choices) < len(MEMBERS):
        choices = choices[:1]*(len(MEMBERS) + 1 - len(choices)) + choices[1:]
    for k, (numbers, pinned) in enumerate(choices):
        cases, complete = letter_cases(claim, found, numbers, MOST_CASES)
        if not cases:
            continue
        members = {n: ("members", MEMBERS[k % len(MEMBERS)]) for n in sets}
        entries = sized_entries(found, numbers) | members | cases[0]
        plan = Plan(entries, found, cases if len(cases) > 1 else (), complete)
        plan.pinned = frozenset(pinned)
        yield plan


def least_plans(claim, found=None):
    """The plans at the least sizes the declarations allow, one for each pattern of fixed indices; none if unknown.

    found  the Survey of the claim, where there is one already
    """
    found = found or survey(claim)
    numbers = least(claim, found) if found.sizes else None
    if numbers is None:
        return []
    cases, _ = letter_cases(claim, found, numbers, MOST_CASES)
    return [Plan(sized_entries(found, numbers) | case, found) for case in cases]


def sized_entries(found, numbers):
    """The concrete entries, with one for shapes without a size where there are such."""
    entries = {n: ("concrete", k) for n, k in numbers.items()}
    if any(t.head == "implied" for d in found.reached for t in d.shape):
        entries[UNSIZED] = "concrete", 3
    return entries


def _work(claim, plan):
    """What the instance of the plan costs; None where it cannot be built."""
    from verifiers.instance.build import instantiate
    try:
        plan.ready = claim, instantiate(claim, plan)
    except (CannotDecide, ShapeClash, NeedsSizes, RecursionError):
        return None
    return plan.ready[1].work


def _try(claim, plan):
    """The instance, or None."""
    from verifiers.instance.build import instantiate
    try:
        instance = instantiate(claim, plan)
    except (CannotDecide, NeedsSizes, ShapeClash, RecursionError):
        return None
    plan.ready = claim, instance
    return instance if len(instance.graph) <= MOST_NODES else None


def _general(claim, found, plan):
    """A plan at whole numbers that covers every size, or None."""
    instance = _try(claim, plan)
    if instance is None:
        return None
    if instance.covers is None:
        return plan
    numbers = _only_numbers(instance, plan)
    plan = plan.resized({n: ("free", 0) for n in numbers})
    return _grown(claim, plan) or _swept(claim, found, plan) or _peeled(claim, found, plan)


def _only_numbers(instance, plan):
    """Sizes that the claim uses as numbers and in no other way: they become integer variables."""
    touched, survey = instance.coverage.touched, plan.survey
    used = {t.value for d in survey.reached if d.kind not in ("mass", "density", "function") for t in d.shape
            if t.head == "name" and instance.coverage.is_met(d)}
    return [n for n in survey.sizes if f"size {n}" in touched and f"ran {n}" not in touched and n not in used
            and n not in survey.subscripts and n not in plan.pinned and n in plan]


def _swept(claim, found, plan):
    """The plan with the sizes of bounded degree at consecutive values (verifiers.instance.summations), or None.

    A length for which a theorem of verifiers.instance.coverage asks is made that large where sweeping it fails.
    """
    from verifiers.instance.summations import degree
    instance = _try(claim, plan)
    if instance is None or claim.relation is not Relation.EQ:
        return None
    failing, wanted = instance.coverage.failing(), dict(instance.coverage.wanted)
    degrees = {n: degree(claim, Table(claim.symbols), n, n in found.lengths) for n in failing if n in found.sizes}
    longer = {n: ("concrete", min(wanted[n], LARGEST_LENGTH)) for n in degrees if n in wanted}
    for lengths in ({}, longer) if longer else ({},):
        swept = {n: many for n, many in degrees.items() if n not in lengths}
        if swept and None not in swept.values():
            made = _sweep(claim, found, plan.resized(lengths), swept)
            if made is not None:
                return made
    return None


def _sweep(claim, found, plan, degrees):
    """The plan with each size at one more value than its degree, or None."""
    sweeps = {n: (many, max(_least(found, n), len(found.letters), 2 if n in found.lengths else 1))
              for n, many in degrees.items()}
    ranges = [range(least, least + many + 1) for many, least in sweeps.values()]
    numbers = {n: k for n, (mode, k) in plan.items() if mode == "concrete" and n in found.sizes}
    cases, complete = [], True
    for values in product(*ranges):
        entries = dict(zip(sweeps, values, strict=True))
        some, all_patterns = letter_cases(claim, found, numbers | entries, MOST_CASES)
        complete &= all_patterns and bool(some)
        cases += [{n: ("concrete", k) for n, k in entries.items()} | case for case in some]
    if not complete or len(cases) > MOST_SWEPT:
        return None
    made = Plan({**plan, **cases[-1]}, found, cases)
    made.pinned, made.sweeps = plan.pinned, sweeps
    return _grown(claim, made)


def _least(found, n):
    low = found.limits.get(n, (None, None))[0]
    return int(low.value) if low is not None and low.head == "num" else 1


def _peeled(claim, found, plan):
    """The plan with an index t of products over s <= t at 2, and at 1 where that is allowed; t is the only one."""
    for n in found.subscripts & set(plan) if len(found.subscripts & set(plan)) == 1 else ():
        values = [2] if _least(found, n) >= 2 else [2, 1]
        cases = [{n: ("concrete", v)} for v in values] if len(values) > 1 else ()
        made = Plan({**plan, n: ("concrete", 2)}, found, cases)
        made.pinned = plan.pinned
        if n not in plan.pinned:
            grown = _grown(claim, made)
            if grown is not None:
                return grown
    return None


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


# -- index sets as measures -----------------------------------------------------------------------------------------
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
    entries = sized_entries(found, numbers) | {n: ("atoms", atoms) for n in names} | cases[0]
    plan = Plan(entries, found, cases if len(cases) > 1 else (), complete)
    plan.pinned = frozenset(pinned)
    plan.measure()
    return plan


def _settled(claim, plan):
    """The plan with as many atoms as the claim needs, and lengths as large as it needs; None where it stays open."""
    degrees, first = _stable_degrees(claim, plan)
    if degrees is None:
        return None
    if max(degrees.values(), default=0) <= 2:
        first.plan.stable = degrees
        first.covers = next((e.covers for e in first.coverage.evaluators if e.covers), None) or first.coverage.verdict()
        if first.covers is None and first.plan.complete:
            return first.plan
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
    """(Index set -> degree in its weights where it is the same with two and three atoms, the Instance with two).

    (None, None) where nothing builds.
    """
    built = [_try(claim, plan.resized({n: ("atoms", k) for n, (mode, _) in plan.items() if mode == "atoms"}))
             for k in (2, 3)]
    if None in built:
        return None, None
    found = {}
    for key in plan.measured:
        first, second = (i.coverage.degree_in_weights(key) for i in built)
        if first is not None and first == second:
            found[key] = first
    return found, built[0]


