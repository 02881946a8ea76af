"""One claim to one verdict, by tiers with counted budgets: declarations, words, identity test, counterexamples.

Every proof is looked at again by an independent ring before it is a verdict; a proof and a counterexample of one claim
are a contradiction, which decides nothing and which the caller must report.
"""

import os
from random import Random

from derive.term import FUNCTIONS, TWO, ZEROS, CyclicDefinition, Relation, free_names, subterms
from derive.term import replace as put
from derive.term.record import replace
from verifiers.cases import DEFAULT, Case
from verifiers.complex_parts import is_complex
from verifiers.drawn_names import drawn
from verifiers.finite_sets import ranged
from verifiers.instance.declared import IDENTITY_LETTERS
from verifiers.instance.meter import metered
from verifiers.instance.value import ShapeClash
from verifiers.odd_roots import in_one_reading
from verifiers.other_readings import as_matrices, spread_once
from verifiers.proofs.equality_verdicts import judge_equality
from verifiers.rings.pool import lend
from verifiers.room import room
from verifiers.verdict import CannotDecide, Conditional, Proved, Reason, Refuted, Supported, Undecided, Unreadable

ORDERS = {Relation.LE: (1, False), Relation.LT: (1, True), Relation.GE: (-1, False), Relation.GT: (-1, True)}
EXTREMA = {"argmin", "argmax", "minof", "maxof"}


def judge(claim, seed=None, budget=DEFAULT):
    """The Verdict on a claim.

    seed    fixes the random points and primes; the verdict does not depend on it
    budget  counted operations (verifiers.cases.Budget)
    """
    if any(map(_impossible, claim.givens)):
        return Undecided("inhabitant", "no value satisfies what is declared", reason=Reason.DECLARATION)
    rng = Random(os.urandom(16) if seed is None else seed)
    lend(rng, seed)
    with room(), metered(budget.built):
        return _judged(Case(drawn(ranged(settled(claim))), rng, budget))


def _judged(case):
    """The verdict, after a second draw where it is only supported, and with the slip where it is refuted."""
    rng, budget = case.rng, case.budget
    verdict = judge_case(case)
    if isinstance(verdict, Supported) and verdict.reason is not Reason.SIZE_BOUND:
        # an unlucky prime or point can cost a proof, about once in two hundred: once more with others
        again = Case(case.claim, Random(rng.getrandbits(64)), budget)
        second = judge_case(again)
        if isinstance(second, (Proved, Refuted)):
            case, verdict = again, second
    if not isinstance(verdict, (Refuted, Conditional)) or not budget.edits:
        return verdict
    from verifiers.slips import named
    return named(case, verdict, judge_case)


def judge_case(case):
    """As ``judge``, for a claim another one was reduced to."""
    obstacle = unreadable(case.claim)
    if obstacle is not None:
        return obstacle
    try:
        if is_complex(case.claim):
            return _by_parts(case)
        try:
            verdict = _by_relation(case)
        except ShapeClash as clash:
            return as_matrices(case, _shape_clash(case, clash), judge_case)
        verdict = as_matrices(case, cautious(case.claim, _in_either_layout(case, verdict)), judge_case)
        return in_one_reading(case, spread_once(case, verdict), judge_case)
    except CannotDecide as refusal:
        return Undecided("no tier", refusal.detail, reason=refusal.reason)
    except RecursionError:
        return Undecided("no tier", "the terms are nested too deeply", reason=Reason.BUDGET)


def _by_parts(case):
    """The verdict on a claim with complex numbers: both of its parts hold."""
    from verifiers.complex_parts import real_claims
    from verifiers.proofs.relations import combined
    return combined([judge_case(case.again(c)) for c in real_claims(case.claim)], "each part")


def _by_relation(case):
    """The verdict by the relation's own judge; what an equality does not need is not imported for it."""
    claim = case.claim
    if claim.relation in ORDERS:
        from verifiers.proofs.inequality_verdicts import judge_inequality
        return judge_inequality(case, *ORDERS[claim.relation])
    if claim.relation is Relation.EQ and any("additive_constant" in d.structure for d in claim.symbols):
        from verifiers.proofs.additive import constant, judge_up_to
        found = constant(claim)
        if found is not None:
            return judge_up_to(case, judge_case, found)
    if claim.relation is Relation.EQ and not {claim.left.head, claim.right.head} & EXTREMA:
        return judge_equality(case)
    from verifiers.proofs.relations import REDUCTIONS, judge_extreme_side
    if claim.relation is Relation.EQ:
        return judge_extreme_side(case, judge_case)
    return REDUCTIONS[claim.relation](case, judge_case)


def _with_extrema(claim):
    """The claim with a side that is the name or call of an argmin, or a minimum, written out."""
    if claim.relation is not Relation.EQ or not any(
            d.definition is not None and d.definition.head in EXTREMA for d in claim.symbols):
        return claim
    return replace(claim, left=_written_out(claim, claim.left), right=_written_out(claim, claim.right))


def _written_out(claim, side):
    function, arguments = (side.args[0], side.args[1:]) if side.head == "call" else (side, ())
    d = claim.symbol(function.value) if function.head == "name" else None
    if d is None or d.definition is None or d.definition.head not in EXTREMA or d.indices or \
            len(d.formals) != len(arguments) or any(
                n in free_names(a) for a in arguments for n in free_names(d.definition.args[1])):
        return side
    return put(d.definition, dict(zip(d.formals, arguments, strict=True)))


# -- what the claim is about, and its givens --------------------------------------------------------------------------

def _impossible(given):
    """Whether a given relates two numbers that are not so related."""
    from verifiers.instance.assign import number
    from verifiers.instance.conditions import DECIDED
    sides = [number(t, {}) for t in given.args] if given.head == "rel" and not free_names(given) else [None]
    return None not in sides and given.value in DECIDED and not DECIDED[Relation(given.value)](*sides)


def settled(claim):
    """The claim with conditions it is said to be about among its givens, and closed conventions (0 log 0 = 0) left out.

    What else an equation or an order is said to be about stays: it may hold what is missing.
    """
    about, givens = claim.about, [g for g in claim.givens if free_names(g)]
    if claim.relation not in (Relation.PROPTO, Relation.TO, Relation.APPROX):
        declared = {d.name for d in claim.symbols}
        known = [t for t in about if t.head in ("rel", "and") and free_names(t) <= declared]
        about = tuple(t for t in about if t not in known and not (t.head == "name" and t.value in declared))
        givens += [t for t in known if t not in givens]
    return replace(_with_extrema(claim), about=about, givens=tuple(givens))


# -- declarations ---------------------------------------------------------------------------------------------------

def used_names(claim):
    """Names the claim depends on: free in its sides, givens and about, and in the definitions of those."""
    found, queue = set(), list(free_names(claim.left) | free_names(claim.right))
    queue += [n for t in (*claim.givens, *claim.about) for n in free_names(t)]
    while queue:
        current = queue.pop()
        if current in found:
            continue
        found.add(current)
        declaration = claim.symbol(current)
        if declaration is not None:
            own = {*declaration.indices, *(f.value for f in declaration.formals)}
            for t in (declaration.definition, *declaration.shape, *declaration.constraints, declaration.law):
                queue += free_names(t) - own if t is not None else ()
    return found


def unreadable(claim):
    """Unreadable or Undecided where the declarations do not say what is meant, else None."""
    try:
        _ = claim.definitions
    except CyclicDefinition as error:
        return Unreadable("declarations", str(error), expected="definitions that do not use one another in a circle")
    for name in sorted(used_names(claim)):
        declaration = claim.symbol(name)
        if declaration is not None and (declaration.unread_head or declaration.kind == "unread"):
            return Undecided("declarations", f"I do not read \"{declaration.unread or declaration.text}\" in the "
                             f"declaration of {name}", reason=Reason.DECLARATION)
    counted = _counted_labels(claim)
    if counted:
        return Undecided("declarations", f"{counted[0]} is a label and no number", reason=Reason.DECLARATION)
    return None


def _counted_labels(claim):
    """Labels that a side calculates with."""
    labels = {d.name for d in claim.symbols if d.kind == "label"}
    return [a.value for t in (claim.left, claim.right) if labels for n in subterms(t)
            if n.head in ("add", "mul", "pow", *FUNCTIONS) for a in n.args if a.head == "name" and a.value in labels]


# Unread words with one of them may say something of other names than the one they stand by.
SIGNS = ("=", "<", ">", r"\le", r"\ge", r"\ne", r"\in")


def cautious(claim, verdict):
    """A claim with an unread qualifier is never refuted or conditional: the words may hold what is missing."""
    if not isinstance(verdict, (Refuted, Conditional)):
        return verdict
    spread = _unused_variances(claim)
    if spread:
        return Undecided(verdict.by, f"it fails unless it is saved by being the variance of {spread[0]}",
                         reason=Reason.DECLARATION)
    if claim.about and claim.relation in (Relation.EQ, *ORDERS):
        return Undecided(verdict.by, "it fails unless it is saved by what it is said to be about",
                         reason=Reason.DECLARATION)
    used = used_names(claim)
    bases = {n.partition("_")[0] for n in used}
    unread = [d for d in claim.symbols if d.unread and (
        d.name in used or d.name.partition("_")[0] in bases or any(sign in d.unread for sign in SIGNS))]
    if unread:
        words = "; ".join(f"{d.name}: \"{d.unread}\"" for d in unread)
        return Undecided(verdict.by, f"it fails unless it is saved by words I do not read ({words})",
                         reason=Reason.DECLARATION)
    return verdict


def _unused_variances(claim):
    """Random names the claim does not use, of which a variance is declared in names that it does use."""
    used = used_names(claim)
    return [d.name for d in claim.symbols if d.kind == "random" and d.name not in used and d.variance is not None
            and used & free_names(d.variance) and not _spread(claim, d.variance)]


def _spread(claim, variance):
    """Whether a variance is plainly one, whatever its names are."""
    declaration = claim.symbol(variance.value) if variance.head == "name" else None
    if declaration is not None:
        return declaration.domain in ("positive", "nonnegative", "unit", "closed_unit") or \
            bool(declaration.structure & {"positive_definite", "positive_semidefinite"})
    return variance.head == "pow" and variance.args[1] is TWO


# -- layouts and shapes ---------------------------------------------------------------------------------------------

def _derivatives(claim):
    return [n for t in (claim.left, claim.right) for n in subterms(t) if n.head == "deriv"]


def _of_a_vector(case):
    """Whether the claim has a derivative of a vector, so that the layout is the author's to say."""
    for node in _derivatives(case.claim):
        body = case.again(replace(case.claim, left=node.args[0], relation=Relation.EQ, right=ZEROS))
        try:
            view = body.view(body.plans[0])
        except ShapeClash:
            continue
        if view is not None and len(view.pairs) > 1:
            return True
    return False


def _in_either_layout(case, verdict):
    """A derivative of a vector by a vector without a layout is proved if it holds in one; the layout is named."""
    claim = case.claim
    if claim.layout is not None or not isinstance(verdict, (Refuted, Conditional)) or not _of_a_vector(case):
        return verdict
    return _in_layout(case, "denominator") or verdict


def _in_layout(case, layout):
    """The proof in that layout, named, or None."""
    other = case.again(replace(case.claim, layout=layout))
    try:
        verdict = _by_relation(other)
    except (CannotDecide, ShapeClash):
        return None
    if isinstance(verdict, Proved):
        return replace(verdict, detail=f"{verdict.detail}; in {layout} layout".lstrip("; "))
    return None


def _shape_clash(case, clash):
    """Sides whose shapes cannot meet: refuted where every shape was declared and each side is sound by itself."""
    claim = case.claim
    if claim.layout is None and _derivatives(claim):
        if _of_a_vector(case):
            found = _in_layout(case, "denominator")
            if found is not None:
                return found
        elif _in_layout(case, "numerator") is not None:
            return Undecided("shapes", "it holds in numerator layout, which is not declared", reason=Reason.DECLARATION)
    if not _sound(case, claim.left):
        return Unreadable("shapes", str(clash), expected="a left side whose shapes fit")
    letters = {a.value for t in (claim.left, claim.right) for n in subterms(t) if n.head == "index"
               for a in n.args[1:] if a.head == "name"}
    loose = [n for n in sorted(used_names(claim) - letters) if n not in IDENTITY_LETTERS and not _shaped(
        claim.symbol(n))]
    if loose:
        return Undecided("shapes", f"{clash}; the shape of {', '.join(loose)} is not declared",
                         reason=Reason.DECLARATION)
    return cautious(claim, Refuted("shapes", str(clash)))


def _shaped(declaration):
    if declaration is None:
        return False
    return bool(declaration.shape) or declaration.kind not in ("vector", "matrix")


def _sound(case, side):
    """Whether a side alone has a value at some plan."""
    alone = case.again(replace(case.claim, left=side, relation=Relation.EQ, right=side))
    try:
        return any(alone.view(plan) is not None for plan in alone.plans)
    except ShapeClash:
        return False


def float_check(claim, backend="numpy", seed=0, points=64):
    """(worst relative gap, points compared) of the two sides on the float tape; order relations count violations only.

    It is the first instance whose sizes are larger than 1, where there is one.
    Of a proportionality f(x) g(x') and f(x') g(x) are compared.
    backend  "numpy" or "numba"
    Raises CannotDecide or ShapeClash where the claim has no instance.
    """
    from verifiers.search import tape_gap
    if claim.relation is Relation.PROPTO:
        from verifiers.proofs.relations import crossed
        claim = crossed(claim)
    case = Case(drawn(ranged(claim)), Random(seed))
    views = case.concrete
    view = next((v for v in views if ("concrete", 1) not in v.plan.values()), next(iter(views), None))
    if view is None:
        raise case.refusals[-1] if case.refusals else CannotDecide(Reason.NEEDS_LEMMA, "no instance of whole sizes")
    order = ORDERS.get(claim.relation, (0, False))[0]
    return tape_gap(view, case.rng, points, backend, order)
