"""A claim under judgement: its instances with their equations solved, its budget, and its source of randomness."""

from itertools import islice
from random import Random

from derive.term import Claim
from derive.term.record import field, record
from verifiers.graph import NONZERO, ZERO
from verifiers.instance.assign import placed_within, positions
from verifiers.instance.build import build
from verifiers.instance.plan import Plan, least_plans, plans
from verifiers.instance.value import ShapeClash
from verifiers.proofs import pointwise
from verifiers.proofs.givens import Known, solve
from verifiers.rings.points import UnknownFunctions
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Reason

LEAST_COST = 100        # of an instance, also of one that cannot be built
ORDERS_TRIED = 7, 4, 2  # eighths of the list of all permutations at which others are taken
PLACES, MOVED = 3, 6    # places of a fixed index, and Views in all, looked at besides the plans' own


@record(frozen=True)
class Budget:
    """Counted operations of one judgement; nothing here is measured in time.

    points   stratified points before "supported", and for a refutation
    plans    choices of sizes that are built
    balls    candidate counterexamples confirmed by ball arithmetic, for each plan
    edits    single edits tried for the likely slip of a refuted claim
    mends    missing assumptions tried for a refuted claim
    nodes    size of an instance that is still judged
    built    terms evaluated and nodes made for all instances together
    sieved   terms evaluated and nodes made in search of the likely slip, and again of a missing assumption
    proofs   whether nothing but a proof is asked for
    """

    points: int = 64
    plans: int = 4
    balls: int = 12
    edits: int = 1500
    mends: int = 24
    nodes: int = 20000
    built: int = 130_000
    sieved: int = 60000
    proofs: bool = False


DEFAULT = Budget()


class View:
    """One instance with its equations put in, ready for every ring.

    pairs        (left, right) nodes of every entry
    constraints  (tag, node) that a point must satisfy; pivots of solved equations among them
    facts        constraints and what the left side needs in order to be defined
    blocked      why points of this view refute nothing, or None
    nodes        every node a point must give a value to
    variables    the variables that a point gives values to

    also         further constraints of this view alone: a pivot that vanishes
    """

    def __init__(self, instance, rng, prefer=(), also=()):
        self.instance, self.graph, self.labels = instance, instance.graph, instance.labels
        self.plan, self.covers, self.notes = instance.plan, instance.covers, instance.notes
        self.unknown, self.also = UnknownFunctions(rng), also
        ends = [n for pair in instance.pairs for n in pair]
        left, right = list(instance.left_conditions), list(instance.right_conditions)
        roots = ends + [n for _, n in left] + [n for _, n in right]
        self.vanishes = self._vanishes(rng)
        solved = solve(self.graph, roots, (*instance.constraints, *also), self.vanishes, prefer)
        take = iter(solved.roots)
        self.pairs = [(next(take), next(take)) for _ in instance.pairs]
        self.left_conditions = [(tag, next(take)) for tag, _ in left]
        self.right_conditions = [(tag, next(take)) for tag, _ in right]
        self.solutions, self.pivots = solved.solutions, solved.pivots
        never = [(ZERO, n) for n in solved.open if self.graph.value_of(n) is not None]
        self.constraints = solved.conditions + [(NONZERO, p) for p in solved.pivots] + never
        self.blocked = "a given is not enforced" if solved.open or not instance.enforced else None
        self.facts = self.constraints + self.left_conditions
        self.nodes = [n for pair in self.pairs for n in pair] + [
            n for _, n in self.facts + self.right_conditions] + list(self.solutions.values())
        self.variables = [v for v in self.graph.variables(self.nodes) if self.graph.domain[v] != "pi"]

    def _vanishes(self, rng):
        """A test for nodes that are 0 everywhere."""
        def test(node):
            result = identity(self.graph, [(node, self.graph.zero)], rng)
            return result.status == "proved" and not result.conditions
        return test

    def completed(self, point):
        """The point with the names that the givens determine."""
        values = pointwise.known_values(self.graph, self.solutions.values(), point)
        return {**point, **{v: values[n] for v, n in self.solutions.items() if values.get(n) is not None}}

    def where(self, rng, *conditions):
        """The View of the same instance under further (tag, node) conditions."""
        return View(self.instance, rng, also=conditions)

    def known(self):
        """Signs of nodes under the facts, also of sums that equal a fact without looking so."""
        return Known(self.graph, self.facts, self.vanishes)

    @property
    def untouched_facts(self):
        """What is declared or given of names that no given was solved for.

        What speaks of a solved name holds after the solution is put in only where its pivot is not 0: with x^2 = x y,
        y is x unless x is 0, and that y is not 0 keeps nothing from x.
        """
        solved, inside = set(self.solutions), self.instance
        return [(tag, n) for tag, n in (*inside.constraints, *inside.left_conditions)
                if tag != ZERO and solved.isdisjoint(self.graph.variables((n,)))]


@record
class Case:
    """One claim being judged."""

    claim: Claim
    rng: Random
    budget: Budget = DEFAULT
    refusals: list = field(default_factory=list)
    _views: dict = field(default_factory=dict)
    _plans: list | None = None

    @property
    def plans(self):
        """The plans of the claim: the best for proof first, then concrete ones."""
        if self._plans is None:
            self._plans = list(islice(plans(self.claim), self.budget.plans))
        return self._plans

    def view(self, plan):
        """The View at that plan, or None where it cannot be built; the refusal is kept."""
        key = tuple(sorted(plan.items()))
        if key not in self._views:
            try:
                self._views[key] = self._build(plan)
            except CannotDecide as refusal:
                self.refusals.append(refusal)
                self._views[key] = None
        return self._views[key]

    def cost(self, plan):
        """Terms evaluated and nodes made for the View at that plan."""
        view = self.view(dict(plan))
        return LEAST_COST if view is None else LEAST_COST + view.instance.work

    def _build(self, plan):
        instance = build(self.claim, plan)
        if len(instance.graph) > self.budget.nodes:
            raise CannotDecide(Reason.BUDGET, f"{len(instance.graph)} nodes at this size")
        return View(instance, self.rng)

    @property
    def built(self):
        """The Views that have been looked at so far."""
        return [v for v in self._views.values() if v is not None]

    @property
    def concrete(self):
        """The Views at whole-number sizes, in the plans' order; a claim without sizes has one."""
        return list(self._concrete())

    def first(self, otherwise=None):
        """The first of the concrete Views; no other is built for it."""
        return next(self._concrete(), otherwise)

    def _concrete(self):
        for plan in self.plans:
            if all(mode != "atoms" for mode, _ in plan.values()):
                view = self.view(plan)
                if view is not None:
                    yield view

    @property
    def least(self):
        """Views at the least sizes that are declared, where those are not among the plans' own."""
        known = [dict(p) for p in self.plans]
        surveyed = self.plans[0].survey if self.plans else None
        try:
            found = [self.view(p) for p in least_plans(self.claim, surveyed)[:PLACES] if dict(p) not in known]
        except ShapeClash:
            return []
        return [v for v in found if v is not None]

    @property
    def moved(self):
        """Views at the first two whole sizes with a fixed index, the one of a one-hot vector or a permutation moved."""
        found = []
        whole = [p for p in self.plans if p.survey is not None and all(mode != "atoms" for mode, _ in p.values())]
        for plan in whole[:2]:
            base = {**plan, **(plan.cases[0] if plan.cases else {})}
            numbers = {n: k for n, (_, k) in base.items() if n not in plan.survey.letters}
            places = [(n, k) for n in plan.survey.letters for k in positions(plan.survey, n, numbers)[1:PLACES]]
            places[:0] = [(f"#order {d.name}", k) for d in plan.survey.reached if "permutation" in d.structure
                          for k in ORDERS_TRIED]
            places += [(f"#hot {d.name}", 2) for d in plan.survey.reached if "one_hot" in d.structure]
            for n, k in places:
                moved = {**base, n: ("concrete", k)}
                view = self.view(Plan(moved, plan.survey)) if placed_within(self.claim, plan.survey, moved) else None
                if view is not None:
                    found.append(view)
        return found[:MOVED]

    def again(self, claim):
        """The judgement of a claim this one reduces to, within the same budget and randomness."""
        return Case(claim, self.rng, self.budget)


__all__ = ["DEFAULT", "Budget", "Case", "ShapeClash", "View"]
