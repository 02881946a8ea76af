"""Proofs of equalities: words, else the identity test on the instance that covers the claim; and a second opinion."""

from fractions import Fraction

from derive.term import alpha
from derive.term.record import field, record
from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE, VAR, ZERO, discrete
from verifiers.instance.value import ShapeClash
from verifiers.proofs import pointwise
from verifiers.proofs.word_terms import same_words
from verifiers.rings.domain import Signs
from verifiers.rings.points import stream
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide

AGREEMENTS = 2          # exact points at which a proof is looked at again
APART = 8               # points at which two nodes are looked at before they are proved to be one
DRAWS = 96              # points drawn in search of an inhabitant


@record
class Proof:
    """An equality proved where ``conditions`` hold; ``partial`` is why it is no proof of the whole claim, or None."""

    by: str
    view: object
    detail: str = ""
    error_bound: float = 0.0
    conditions: list = field(default_factory=list)
    partial: tuple | None = None


def prove(case):
    """A Proof, or None.  A proof at an instance that does not cover the claim is partial."""
    proof = _proved_at_once(case)
    if proof is not None and proof.partial is None:
        return proof
    return _by_letters(case) or _by_induction(case) or proof


def _by_letters(case):
    """The Proof of the claim with letters for its determinants, inverses and sizes, or None."""
    from verifiers.proofs.abstraction import abstracted
    for claim in abstracted(case.claim):
        view = case.first()
        try:
            found = None if view is None else _proved_at_once(case.again(claim))
        except (CannotDecide, ShapeClash):      # of the claim in letters, which says nothing of the claim
            continue
        if found is not None and found.partial is None and not undischarged(found.view, found.conditions):
            return Proof("letters for determinants and inverses", view, found.detail, found.error_bound)
    return None


def _proved_at_once(case):
    """A Proof by words or at the first plan, or None."""
    if alpha(case.claim.left) is alpha(case.claim.right):
        view = case.first()
        if view is not None:
            return Proof("identical", view, "both sides are one expression")
    if _by_words(case):
        view = case.first()
        if view is not None:
            return Proof("words", view, "equal as matrix words, for all sizes")
    for plan in case.plans[:1]:
        view = case.view(plan)
        if view is not None:
            proof = by_instance(case, view)
            return proof if proof is None or not plan.sweeps or _stands(case) else None
    return None


def _stands(case):
    """Whether a proof by a few consecutive sizes meets no counterexample at other sizes."""
    from verifiers.search import glance
    others = (case.view(p) for p in case.plans[1:])
    return all(v is None or v.blocked or glance(v, case.rng) is None for v in others)


def _by_induction(case):
    """The Proof by induction on a size, at an instance of whole sizes, or None."""
    from verifiers.proofs.inductive_sizes import candidates
    if next(candidates(case.claim), None) is None:
        return None
    from verifiers.proofs.induction import by_induction
    view = case.first()
    found = None if view is None else by_induction(case, _proved_at_once, prove)
    if found is None:
        return None
    n, low, error = found
    return Proof("induction", view, f"for {n} = {low}, and from {n} to {n} + 1", error)


def _by_words(case):
    try:
        return same_words(case.claim)
    except CannotDecide:
        return False


def by_instance(case, view):
    """A Proof that all pairs of the view are identities, or None."""
    pairs = [(l, r) for l, r in view.pairs if l != r]
    if not pairs:
        return Proof("identical", view, "both sides are one expression", partial=view.covers)
    result = identity(view.graph, pairs, case.rng, given=view.facts)
    if result.status != "proved":
        return None
    return Proof("identity test", view, result.detail, result.error_bound, list(result.conditions), view.covers)


def identical(case, view):
    """A test for two nodes of the view being one expression, without conditions that are not discharged."""
    def same(a, b):
        if a == b:
            return True
        if _apart(case, view, a, b):
            return False
        result = identity(view.graph, [(a, b)], case.rng, given=view.facts)
        signs = Signs.under(view.graph, view.facts)
        return result.status == "proved" and all(signs.implies(t, n) for t, n in result.conditions)
    return same


def _apart(case, view, a, b):
    """Whether two nodes are plainly different at a point where the facts of the view hold: no proof is tried then."""
    g, tags = view.graph, [tag for tag, _ in view.facts]
    nodes = view.unknown.explicit(g, [a, b, *(n for _, n in view.facts)])
    variables = [v for v in g.variables(nodes) if g.operation[v] == VAR]
    for point in stream(g, variables, case.rng, APART) if variables else ():
        try:
            values = pointwise.evaluate(g, nodes, point)
        except pointwise.Beyond:
            continue
        one, other = values[nodes[0]], values[nodes[1]]
        if all(pointwise.holds(t, values[n]) is True for t, n in zip(tags, nodes[2:], strict=True)) and \
                None not in (one, other) and pointwise.far(one, other) and _certainly(view, (a, b), point, one, other):
            return True
    return False


def _certainly(view, pair, point, *values):
    """Whether two values that look different are: exact fractions, or balls, which no cancellation deceives.

    A proof must not hang on the luck of a point at which floats lose their digits.
    """
    if all(isinstance(v, Fraction) for v in values):
        return True
    from verifiers.rings import balls
    return balls.compare(view.graph, pair, point, unknown=view.unknown).outcome == "differ"


@record
class Opinion:
    """What exact points of one view say of a proof.

    inhabitant   a point of the domain at which both sides are defined, or None
    agreed       how many points agreed
    against      a point (and entry) at which the sides certainly differ, or None
    gap          a point of the domain at which the left side is defined and the right side is not, or None
    left_defined whether the left side was defined anywhere
    """

    view: object
    inhabitant: dict | None = None
    agreed: int = 0
    against: tuple | None = None
    gap: dict | None = None
    left_defined: bool = False


def second_opinion(case, view, order=0, draws=DRAWS, patient=False):
    """Look again at a proof, in plain floats, and ask balls before contradicting it.

    order    0 for equality; 1 where left <= right was proved, -1 for left >= right
    patient  look at all the draws instead of stopping at the second agreement
    """
    found = Opinion(view)
    nodes = view.unknown.explicit(view.graph, view.nodes)
    for point in stream(view.graph, view.variables, case.rng, draws if view.variables else 1):
        _look(view, nodes, point, order, found)
        if found.against or found.agreed >= AGREEMENTS and not patient:
            break
    return found


def _look(view, nodes, point, order, found):
    count, pairs = len(view.constraints), len(view.pairs)
    try:
        values = pointwise.evaluate(view.graph, nodes, point)
    except pointwise.Beyond:
        _look_by_balls(view, point, order, found)
        return
    ends, rest = nodes[:2 * pairs], nodes[2 * pairs:]
    tags = [t for t, _ in view.constraints + view.left_conditions + view.right_conditions]
    states = [pointwise.holds(t, values[n]) for t, n in zip(tags, rest, strict=False)]
    lefts = len(view.left_conditions)
    if any(values[n] is None for n in ends[::2]) or not all(s is True for s in states[:count + lefts]):
        return
    found.left_defined = True
    if any(values[n] is None for n in ends[1::2]) or any(s is False for s in states[count + lefts:]):
        if found.gap is None and _undefined_right(view, point):
            found.gap = point
        return
    for entry in range(pairs):
        a, b = values[ends[2 * entry]], values[ends[2 * entry + 1]]
        if pointwise.far(a, b, order) and _confirmed(view, entry, point, order):
            found.against = point, entry
            return
    found.agreed += 1
    found.inhabitant = found.inhabitant or point


def agrees(case, plan, points=2, draws=12):
    """Whether a claim that is to be tried holds at a few points at that plan, in plain floats; the quick sieve."""
    view = case.view(dict(plan))
    if view is None or view.blocked:
        return False
    nodes = view.unknown.explicit(view.graph, view.nodes)
    ends, rest = nodes[:2 * len(view.pairs)], nodes[2 * len(view.pairs):]
    agreed = 0
    for point in stream(view.graph, view.variables, case.rng, draws):
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        good = all(pointwise.holds(t, values[n]) is True for (t, _), n in zip(view.constraints, rest, strict=False))
        if not good or any(values[n] is None for n in ends):
            continue
        if any(pointwise.far(values[a], values[b]) for a, b in zip(ends[::2], ends[1::2], strict=False)):
            return False
        agreed += 1
        if agreed == points:
            return True
    return False


def _confirmed(view, entry, point, order):
    from verifiers.rings import balls
    outcome = balls.compare(view.graph, view.pairs[entry], point, unknown=view.unknown)
    return outcome.outcome == "differ" and order in (0, outcome.order)


def _undefined_right(view, point):
    """Whether balls confirm that the right side has no value at the point."""
    from verifiers.rings import balls
    return any(balls.holds(view.graph, c, point, unknown=view.unknown) is False for c in view.right_conditions) or \
        any(balls.compare(view.graph, p, point, unknown=view.unknown).outcome == "undefined_right" for p in view.pairs)


def _look_by_balls(view, point, order, found):
    """The same opinion where plain floats do not reach."""
    from verifiers.search import Survey, confirm, inside
    if not inside(view, point):
        return
    looked = Survey()
    confirm(view, point, None, order, looked)
    found.left_defined = found.left_defined or looked.valid > 0
    if looked.differ is not None:
        found.against = point, looked.differ.entry
    elif looked.gap is not None:
        found.gap = found.gap or point
    elif looked.valid:
        found.agreed += 1
        found.inhabitant = found.inhabitant or point


def violation(case, view, condition, draws=12):
    """A point of the domain, left side defined, at which the condition fails for certain; None if none is found.

    A divisor is brought to 0 by solving it for a variable in which it is linear; signs are looked for among the draws.
    """
    from verifiers.rings import balls
    from verifiers.search import inside
    tag, node = condition
    for point in _roots(case, view, node, draws) if tag == NONZERO else \
            stream(view.graph, view.variables, case.rng, 4 * draws):
        if balls.holds(view.graph, condition, point, unknown=view.unknown) is False and inside(view, point) and \
                all(balls.holds(view.graph, c, point, unknown=view.unknown) is True for c in view.left_conditions):
            return point
    return None


def _roots(case, view, node, draws):
    """Points at which the node is 0, where it is linear in a variable with a rational solution."""
    g = view.graph
    for v in g.variables((node,)):
        slope = g.diff(node, v)
        if slope == g.zero or v in g.reachable((slope,)) or discrete(g.domain[v]) or v not in view.variables:
            continue
        rest, = g.substitute([node], {v: g.zero})
        for point in stream(g, view.variables, case.rng, draws):
            try:
                values = pointwise.evaluate(g, (rest, slope), point)
            except (pointwise.Beyond, KeyError):
                continue
            a, b = values[rest], values[slope]
            if isinstance(a, Fraction) and isinstance(b, Fraction) and b and _in_domain(g, v, -a / b):
                yield {**point, v: -a / b}


def _in_domain(graph, variable, value):
    from verifiers.rings.domain import tag_range
    r = tag_range(graph.domain[variable])
    low = value >= r.low if not r.low_open else value > r.low
    high = value <= r.high if not r.high_open else value < r.high
    return low and high and not (r.nonzero and value == 0)


def undischarged(view, conditions):
    """The conditions that neither the domains nor the facts imply, each once."""
    signs = view.known()
    return [(t, n) for t, n in dict.fromkeys(conditions)
            if t in (POSITIVE, NONNEGATIVE, NONZERO, ZERO) and not signs.implies(t, n)]
