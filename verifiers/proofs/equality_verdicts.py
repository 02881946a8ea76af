"""Equalities to verdicts: a proof and its second opinion, a counterexample, or the support of many points."""

from itertools import islice

from derive.term import TWO, Relation, Term, free_names, name, rel, subterms
from derive.term.record import replace
from verifiers.constants import look
from verifiers.graph import NONZERO
from verifiers.instance.plan import concrete_plans
from verifiers.instance.value import ShapeClash
from verifiers.mistakes import mutants
from verifiers.proofs.equalities import prove, second_opinion, undischarged, violation
from verifiers.proofs.exceptions import at_fault, at_least_sizes, at_vanishing_pivot, may_vanish, weak_pivots
from verifiers.proofs.naturals import in_names_of, only_zero
from verifiers.proofs.needs import needs
from verifiers.readable import both, condition
from verifiers.rings.domain import Signs
from verifiers.search import glance, merge, survey
from verifiers.simplest import simplest
from verifiers.verdict import CannotDecide, Conditional, Need, Proved, Reason, Refuted, Supported, Undecided, Unreadable
from verifiers.witness import entry_words, witness

SUPPORTED_POINTS = 64
USED = "used by the proof"      # why a need stands that no symbol of the author asks for
OFFERED = 5             # choices of whole-number sizes that are compared with those a claim has instances at
TWINS = 12              # mutated twins tried before "supported" is given up


def judge_equality(case):
    """The verdict on left = right."""
    proof = prove(case)
    if proof is not None and is_given(case.claim):
        proof = replace(proof, by="given", detail="it is one of the givens")
    if proof is not None and proof.partial is None:
        return settle(case, proof)
    if proof is None and case.first() is None and not any(case.view(p) for p in case.plans):
        raise _refusal(case)
    return without_proof(case, proof)


def is_given(claim):
    """Whether the claim is one of its givens, word for word; such a step earns nothing."""
    own = {rel(claim.relation, claim.left, claim.right)}
    if claim.relation is Relation.EQ:
        own.add(rel(claim.relation, claim.right, claim.left))
    return not own.isdisjoint(claim.givens)


def _refusal(case):
    return case.refusals[-1] if case.refusals else CannotDecide(Reason.NEEDS_LEMMA, "the claim has no instance")


# -- a proof --------------------------------------------------------------------------------------------------------

def settle(case, proof, order=0):
    """The verdict on a claim with a proof: inhabited, looked at again, its conditions discharged or named."""
    view = case.first(proof.view)
    verdict = _settled(case, proof, view, order)
    exception = _exception(case, proof, view, order) if isinstance(verdict, Proved) else None
    return verdict if exception is None else exception


def _exception(case, proof, view, order):
    """The verdict where the claim fails at a vanishing pivot or at the least sizes, which the proof leaves out."""
    found = at_vanishing_pivot(case, view, order)
    if found is not None:
        pivot, example = found
        own = in_names_of(case.claim, _tidy(case, proof, ())) if example.outcome.outcome == "undefined_right" else ()
        return _under(proof, example, own or in_names_of(case.claim, _named(view, [(NONZERO, pivot)])))
    example = at_least_sizes(case, order)
    if example is None:
        return None
    if not at_fault(example):
        larger = tuple(Need(rel(Relation.GE, name(n), TWO), USED) for n in ones(example.view.plan))
        return _under(proof, example, in_names_of(case.claim, _tidy(case, proof, ())) or larger)
    if undischarged(proof.view, proof.conditions + proof.view.right_conditions):
        return refuted(example) if order else fails(case, example)
    opinion = second_opinion(case, example.view, order)
    return contradiction(case, example.view, proof, replace(opinion, against=(example.point, example.entry)))


def _under(proof, example, conditions):
    if not conditions:
        return refuted(example)
    view = example.view
    return Conditional(proof.by, "it fails at the point shown; proved under the condition", (), conditions,
                       witness(view, example.point, example.entry))


def _settled(case, proof, view, order):
    opinion = second_opinion(case, view, order)
    if not opinion.left_defined:        # X^T X has no inverse where X has more columns than rows
        others = (second_opinion(case, v, order) for v in case.concrete if v is not view)
        opinion = next((o for o in others if o.left_defined), opinion)
        view = opinion.view
    open_conditions = undischarged(proof.view, proof.conditions + proof.view.right_conditions)
    if opinion.against is not None and view.blocked:        # the points do not satisfy the givens that it is proved by
        return Undecided(proof.by, view.blocked, reason=Reason.DECLARATION)
    if opinion.against is not None and not undischarged(proof.view, proof.conditions):
        return contradiction(case, view, proof, opinion)
    if open_conditions or opinion.gap is not None or opinion.against is not None:
        return _with_conditions(case, proof, view, opinion, open_conditions, order)
    return _proved(case, proof, view, opinion)


def contradiction(case, view, proof, opinion):
    point, entry = opinion.against
    text = ", ".join(f"{k} = {v}" for k, v in witness(view, point, entry))
    return Undecided(proof.by, f"proved by {proof.by} ({proof.detail}), and refuted at {text} in entry {entry}: the "
                     "judge itself is wrong", reason=Reason.CONTRADICTION)


def _proved(case, proof, view, opinion, extra=()):
    if opinion.inhabitant is None:
        return _uninhabited(opinion)
    point = dict(opinion.inhabitant)
    shown = witness(view, point)
    pivots = _named(proof.view, [(NONZERO, p) for p in weak_pivots(proof.view) if may_vanish(case, proof.view, p)])
    found = tuple(dict.fromkeys((*needs(case, proof.view), *extra, *pivots)))
    notes = "; ".join(dict.fromkeys((proof.detail, *proof.view.notes)))
    return Proved(proof.by, notes, found, shown, proof.error_bound)


def _uninhabited(opinion):
    if not opinion.left_defined:
        return Undecided("inhabitant", "no value satisfies what is declared, or the left side is defined nowhere",
                         reason=Reason.DECLARATION)
    return Undecided("inhabitant", "no value was found at which both sides are defined", reason=Reason.DECLARATION)


def _with_conditions(case, proof, view, opinion, conditions, order):
    """Each open condition is violated at a point (then the claim is conditional), or stands beside the proof."""
    found = survey(view, case.rng, case.budget.points, case.budget.balls, order)
    here = undischarged(view, view.right_conditions)
    gap = opinion.gap or next(filter(None, (violation(case, view, c) for c in here)), None)
    if gap is None and found.gap is not None:
        gap = found.gap.point
    if found.gap is not None and not found.right_defined and opinion.inhabitant is None:
        return refuted(found.gap, "the right side is defined nowhere")
    if found.differ is not None and not conditions:
        return contradiction(case, view, proof, replace(opinion, against=(found.differ.point, found.differ.entry)))
    named = _named(proof.view, essential(proof.view, conditions))
    if found.differ is not None and only_zero(proof.view, conditions, case.rng):
        return refuted(found.differ)
    if found.differ is not None or gap is not None:
        return _conditional(case, proof, view, found, gap, named)
    strange = [c for c in undischarged(proof.view, proof.conditions) if c[0] != NONZERO]
    if strange and not set(strange) <= set(proof.view.right_conditions):
        return Supported("identity test", "proved where a sign holds that is not shown to hold everywhere", named,
                         reason=Reason.NEEDS_LEMMA, points=found.valid, worst=found.worst)
    return _proved(case, proof, view, opinion)


def essential(view, conditions):
    """The conditions that the others do not imply."""
    kept = list(conditions)
    for c in conditions:
        rest = [k for k in kept if k is not c]
        if c in kept and Signs.under(view.graph, view.facts + rest).implies(*c):
            kept = rest
    return kept


def _named(view, conditions):
    """Needs for (tag, node) conditions, each written out or said in words."""
    return tuple(dict.fromkeys(condition(view, tag, node, USED) for tag, node in conditions))


def _conditional(case, proof, view, found, gap, named):
    if view.blocked:
        return Undecided(proof.by, view.blocked, named, reason=Reason.DECLARATION)
    shown = witness(view, gap) if found.differ is None else _at(simplest(case, found.differ))
    conditions = in_names_of(case.claim, _tidy(case, proof, named))
    where = "the sides differ" if found.differ is not None else "the right side is undefined"
    if not conditions:
        if found.differ is None:
            return Undecided(proof.by, "proved where the right side is defined, which is not everywhere", named,
                             reason=Reason.NEEDS_LEMMA)
        return refuted(found.differ)
    return Conditional(proof.by, f"{where} at the point shown; proved under the condition", (), conditions, shown)


def _tidy(case, proof, named):
    """The conditions as they stand in the instance, else what the right side needs in the author's symbols."""
    own = tuple(n for n in needs(case, proof.view) if free_names(n.condition) <= free_names(case.claim.right))
    return named if named and all(n.condition is not None for n in named) else own


# -- no proof -------------------------------------------------------------------------------------------------------

def without_proof(case, partial=None, order=0):
    """Counterexamples, else support, for a claim that no tier proved for all sizes."""
    if case.budget.proofs:
        raise CannotDecide(Reason.BUDGET, "nothing but a proof was asked for")
    views = case.concrete + case.least + case.moved or [v for v in map(case.view, case.plans[:1]) if v is not None]
    free = [v for v in views if not v.blocked]
    if not free:
        raise CannotDecide(Reason.DECLARATION, views[0].blocked) if views else _refusal(case)
    if len(views) == 1 and (example := glance(free[0], case.rng, order)) is not None:
        return fails(case, example, order)
    surveys = [survey(v, case.rng, case.budget.points, case.budget.balls, order) for v in free]
    total = merge(surveys)
    if total.differ is not None:
        if _mixed(case.claim, surveys):
            return Undecided("points", "it holds at some sizes and fails at others", reason=Reason.SIZE_BOUND)
        return fails(case, total.differ, order)
    if total.gap is not None and total.right_defined == 0:
        return refuted(total.gap, "the right side is defined nowhere")
    if total.valid == 0:
        return _nowhere(case, free[0])
    return supported(case, total, partial, free)


def _nowhere(case, view):
    opinion = second_opinion(case, view)
    if opinion.left_defined:
        raise CannotDecide(Reason.BUDGET, "no point of the domain was reached by the floats")
    if not view.constraints:
        return Unreadable("definedness", "the left side is defined nowhere", expected="a left side that has a value")
    return _uninhabited(opinion)


def _mixed(claim, surveys):
    """Whether it fails only where a size is 1 that is not declared to be allowed: a declaration may leave that out."""
    def silent(n):
        return claim.symbol(n) is None or claim.symbol(n).low is None
    good = [s for s in surveys if s.differ is None and s.valid >= 8]
    return bool(good) and all(any(map(silent, ones(s.plans[0]))) for s in surveys if s.differ is not None)


def ones(plan):
    """The sizes that are 1 in the plan."""
    return [n for n, (mode, v) in plan.items() if mode == "concrete" and v == 1 and n not in plan.survey.letters]


def fails(case, example, order=0):
    """A counterexample to a verdict: conditional under a natural missing assumption, else refuted."""
    from verifiers.conditions import missing_assumption
    plan = example.view.plan if not ones(example.view.plan) or not case.concrete else case.concrete[0].plan
    found, example = missing_assumption(case, plan), simplest(case, example, order)
    if found is not None:
        needed, verdict = found
        left, right = both(example.outcome.left, example.outcome.right)
        return Conditional(verdict.by, f"the sides are {left} and {right} at the point shown; proved under the "
                           "condition", (), needed, _at(example))
    return refuted(example)


def _at(example):
    """The point of a Counterexample in the reader's words."""
    return witness(example.view, example.point, example.entry)


def refuted(example, detail=""):
    """A Refuted with its witness and both values."""
    entry = entry_words(example.view, example.entry)
    left, right = both(example.outcome.left, example.outcome.right)
    by = "exact fractions" if example.outcome.outcome == "differ" and example.outcome.bits is None else "balls"
    return Refuted(by, "; ".join(filter(None, (detail, entry))), (), _at(example), left, right)


def supported(case, total, partial, views):
    """Supported, if the points are many, every declared name took part, and a mutated twin fails at the same sizes."""
    reason, why = partial.partial if partial is not None else (Reason.NEEDS_LEMMA, "no tier proves it")
    if total.gap is not None:
        return Undecided("points", f"{why}; it holds where the right side is defined, which is not everywhere",
                         reason=reason)
    if total.valid < min(SUPPORTED_POINTS, case.budget.points) and views[0].variables:
        more = [survey(v, case.rng, 4 * case.budget.points, case.budget.balls) for v in views]
        if any(m.differ for m in more):
            return fails(case, merge(more).differ)
        total = merge([total, *more])
        if total.valid < SUPPORTED_POINTS:
            return Undecided("points", f"only {total.valid} points of the domain were reached", reason=Reason.BUDGET)
    if not any(v.variables for v in views):
        seen = next((s for s in map(look, views) if s is not True), True)
        if seen is not True:
            return fails(case, seen) if seen else Undecided(
                "points", "numbers that agree to many bits and may differ in one beyond", reason=Reason.BUDGET)
    if total.unclear:
        return Undecided("points", "the sides differ where the left one may have no value", reason=Reason.DECLARATION)
    lone = met_at_one_size(case, total)
    if lone:
        return Undecided("points", f"it could be looked at for one value of {', '.join(lone)} only",
                         reason=Reason.SIZE_BOUND)
    idle = idle_names(case.claim, views)
    if idle:
        return Undecided("points", f"{', '.join(idle)} took no part", reason=Reason.DECLARATION)
    if not twin_fails(case):
        return Undecided("points", "the same points do not refute a changed step either", reason=Reason.NEEDS_LEMMA)
    sizes = "; ".join(filter(None, (_sizes(p) for p in total.plans)))
    return Supported("points", f"{why}{'; sizes ' + sizes if sizes else ''}", (), reason=reason, points=total.valid,
                     worst=total.worst)


def met_at_one_size(case, total):
    """The sizes that may have several values above 1, but an instance at one only: an index may leave its range.

    A size that the claim has no instance at is no evidence, and a claim can hold by chance at one size (N + 1 - i and
    2N - 1 - i are the same reversal at N = 2).
    """
    found = next((p.survey for p in total.plans if p.survey is not None), None)
    if found is None:
        return []
    offered = list(islice(concrete_plans(case.claim, found), OFFERED))
    met = [p for p in total.plans if all(mode == "concrete" for mode, _ in p.values())]
    return [n for n in found.sizes if len(met) == len(total.plans) and _proper(met, n) < 2 <= _proper(offered, n)]


def _proper(plans, size):
    """How many values above 1 the size has: at 1 nearly everything holds, and i^2 + 1 is i + 1 at 1 and 2."""
    return len({p[size] for p in plans if size in p and p[size][1] > 1})


def _sizes(plan):
    return ", ".join(f"{k} = {n}" for k, (mode, n) in sorted(plan.items()) if mode != "free" and k[0] != "#")


def _members_only(claim):
    """Names declared bare and as a family of which the sides use members x_i alone."""
    families = {d.name for d in claim.symbols if d.indices}
    bare = {a.value for side in (claim.left, claim.right) for n in (Term("and", (side,)), *subterms(side))
            for k, a in enumerate(n.args) if a.head == "name" and not (n.head == "index" and k == 0)}
    return {d.name for d in claim.symbols if d.name in families and not d.indices} - bare


def idle_names(claim, views):
    """Declared free arrays and numbers of the sides that no variable of the views stands for, and no given tells.

    A letter that no author declares and that is an argument of a law is one of the points of its space.
    """
    points = {f.value for d in claim.symbols if d.kind == "mass" for f in d.formals if f.head == "name"}
    points -= {d.name for d in claim.symbols if d.text}
    names = (free_names(claim.left) | free_names(claim.right)) - points - _members_only(claim)
    told = {t for g in claim.givens if g.head == "rel" and g.value is Relation.EQ for t in g.args}
    asked = [d.name for d in claim.symbols if d.name in names and d.definition is None and name(d.name) not in told
             and d.kind in ("scalar", "vector", "matrix") and d.entries_of is None and not d.indices]
    seen = {s for v in views for s in v.labels.values()}
    return [n for n in asked if not any(s.startswith(n.partition("_")[0]) for s in seen)]


def twin_fails(case, order=0):
    """Whether a changed step fails at the sizes and points that the step itself passed."""
    claim = case.claim
    twins = [replace(claim, right=t) for _, t in mutants(claim.right, claim.symbols, TWINS)]
    twins += [replace(claim, left=t) for _, t in mutants(claim.left, claim.symbols, TWINS)]
    for twin in twins:
        other = case.again(twin)
        try:
            view = other.first()
        except (CannotDecide, ShapeClash):
            continue
        if view is not None and not view.blocked and survey(view, case.rng, 16, 4, order).differ is not None:
            return True
    return False
