"""Every relation that is no equality or order, by what it reduces to: other claims, each judged by itself."""

from derive.term import ZERO, Relation, free_names, mul, name, rel, subterms
from derive.term import replace as put
from derive.term.record import replace
from verifiers.graph import NONZERO
from verifiers.proofs import pointwise
from verifiers.proofs.equality_verdicts import USED
from verifiers.proofs.equations import same_system
from verifiers.proofs.equivalences import same_equation, same_order
from verifiers.proofs.extrema import judge_extremum
from verifiers.proofs.givens import Known
from verifiers.proofs.quadratics import solution
from verifiers.rings.points import draw
from verifiers.verdict import CannotDecide, Conditional, Need, Proved, Reason, Refuted, Supported, Undecided

EXTREMA = ("argmin", "argmax", "minof", "maxof")
ORDERED = (Relation.LE, Relation.LT, Relation.GE, Relation.GT)


# -- proportional to --------------------------------------------------------------------------------------------------

def proportional(case, judge):
    """f proportional to g in x: f(x) g(x') = f(x') g(x) for a fresh copy x', and f g is positive."""
    claim = case.claim
    cross = crossed(claim)
    verdict = judge(case.again(cross))
    if not isinstance(verdict, Proved):
        return _told(verdict, "the ratio of the sides is not the same at the two values")
    names = {n for t in claim.about for n in free_names(t)}
    f, g = (inlined(t, claim, names) for t in (claim.left, claim.right))
    sign = _sign_of_constant(case, replace(claim, left=mul(f, g), relation=Relation.EQ, right=ZERO))
    if sign is None or sign < 0:
        return Undecided(verdict.by, "the constant of proportionality is not positive" if sign else
                         "a side is 0 wherever it was looked at", reason=Reason.NEEDS_LEMMA)
    need = () if sign == 2 else (Need(rel(Relation.NE, claim.right, ZERO), "not identically zero"),)
    return replace(verdict, detail=f"f(x) g(x') = f(x') g(x); {verdict.detail}".rstrip("; "),
                   needs=verdict.needs + need)


def crossed(claim):
    """The equation f(x) g(x') = f(x') g(x) of "f is proportional to g in x".  Raises CannotDecide."""
    if not claim.about:
        raise CannotDecide(Reason.DECLARATION, "proportional in which variable?")
    names = {n for t in claim.about for n in free_names(t)}
    f, g = (inlined(t, claim, names) for t in (claim.left, claim.right))
    copies, fresh = other_values(claim, names)
    givens = tuple(put(t, copies) for t in claim.givens if free_names(t) & names)
    return replace(claim, left=mul(f, put(g, copies)), relation=Relation.EQ, right=mul(put(f, copies), g),
                   symbols=claim.symbols + fresh, givens=claim.givens + givens, about=())


def other_values(claim, names):
    """({name: its copy, a name of its own for another value}, the declarations of the copies)."""
    copies = {name(n): name(n + "'" * _primes(claim, n)) for n in sorted(names)}
    return copies, tuple(replace(d, name=copies[name(d.name)].value) for d in claim.symbols if d.name in names)


def _primes(claim, base):
    taken = {d.name for d in claim.symbols}
    count = 1
    while base + "'" * count in taken:
        count += 1
    return count


def _sign_of_constant(case, claim):
    """1 where f g > 0 at every point looked at, 2 where that is by exponentials alone, -1, or None where all are 0."""
    from verifiers.rings.domain import Signs
    other = case.again(claim)
    view = other.first()
    if view is None:
        return None
    signs = Signs.under(view.graph, view.facts)
    if all(signs.implies("positive", left) for left, _ in view.pairs):
        return 2
    seen = set()
    nodes = view.unknown.explicit(view.graph, view.nodes)
    for point in draw(view.graph, view.variables, case.rng, 32):
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        value = values[nodes[0]]
        if value is not None and pointwise.holds(NONZERO, value):
            seen.add(value > 0)
    return None if not seen else 1 if seen == {True} else -1


def inlined(term, claim, names):
    """The term with every definition that depends on ``names`` written out."""
    for _ in range(len(claim.symbols) + 1):
        new = _inlined_once(term, claim, names)
        if new is term:
            return term
        term = new
    return term


def _inlined_once(term, claim, names):
    mapping = {}
    for declaration in claim.definitions:
        if not _depends(declaration, claim, names):
            continue
        base = name(declaration.name)
        for node in _occurrences(term, base):
            if node is base and not declaration.indices and not declaration.formals:
                mapping[node] = declaration.definition
            elif node.head == "index" and len(node.args) == len(declaration.indices) + 1:
                indices = map(name, declaration.indices)
                mapping[node] = put(declaration.definition, dict(zip(indices, node.args[1:], strict=True)))
            elif node.head == "call" and len(node.args) == len(declaration.formals) + 1:
                mapping[node] = put(declaration.definition, dict(zip(declaration.formals, node.args[1:], strict=True)))
    return put(term, mapping)


def _occurrences(term, base):
    return [n for n in subterms(term) if n is base or n.head in ("index", "call") and n.args and n.args[0] is base]


def _depends(declaration, claim, names, seen=()):
    own = free_names(declaration.definition) - {f.value for f in declaration.formals} - set(declaration.indices)
    if own & names:
        return True
    deeper = [claim.symbol(n) for n in own if n not in seen and n != declaration.name]
    return any(d is not None and d.definition is not None and _depends(d, claim, names, (*seen, declaration.name))
               for d in deeper)


def _told(verdict, sentence):
    if isinstance(verdict, (Refuted, Conditional)):
        return replace(verdict, detail=f"{sentence}; {verdict.detail}".rstrip("; "))
    return verdict


# -- implications -----------------------------------------------------------------------------------------------------

def parts(condition):
    """The relations of a conjunction, or None where it is anything else."""
    if condition.head == "rel":
        return [condition]
    if condition.head == "and":
        inner = [parts(a) for a in condition.args]
        return None if None in inner else [p for group in inner for p in group]
    return None


def equivalence(case, judge):
    """A <=> B: both implications; between single inequalities, one difference a positive multiple of the other."""
    claim = case.claim
    left, right = parts(claim.left), parts(claim.right)
    if left is None or right is None:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an equivalence of conditions that are no conjunctions of relations")
    if len(left) == len(right) == 1 and left[0].value in ORDERED and right[0].value in ORDERED:
        return same_order(case, left[0], right[0])
    if any(p.value is not Relation.EQ for p in left + right):
        raise CannotDecide(Reason.ORDER, "an equivalence between an equation and an inequality")
    if len(left) == len(right) == 1:
        found = _solved(case, judge, left[0], right[0])
        found = same_equation(case, left[0], right[0]) if found is None else found
        if found is not None:
            return found
    found = same_system(case, left, right)
    if found is not None:
        return found
    return _everywhere(combined([_implied(case, judge, left, part, whole=True) for part in right] +
                                [_implied(case, judge, right, part) for part in left]))


def _solved(case, judge, left, right):
    """The verdict on H x + g = 0 <=> x = c, H definite: c is the one solution; None for other equations."""
    for equation, answer in ((left, right), (right, left)):
        for variable, value in (answer.args, answer.args[::-1]):
            point = None
            if variable.head == "name" and variable not in subterms(value) and variable in subterms(equation):
                point = solution(case.claim, equation, variable)
            if point is not None:
                return judge(case.again(replace(case.claim, left=point, relation=Relation.EQ, right=value)))
    return None


def implication(case, judge):
    """A => B: each part of B under the parts of A as givens."""
    left, right = parts(case.claim.left), parts(case.claim.right)
    if left is None or right is None:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an implication of conditions that are no conjunctions of relations")
    return _everywhere(combined([_implied(case, judge, left, part, whole=True) for part in right]))


def _everywhere(verdict):
    """The verdict, unless the proof divides by what may be 0: x y = x does not imply y = 1."""
    if isinstance(verdict, Proved) and any(need.why == USED for need in verdict.needs):
        raise CannotDecide(Reason.NEEDS_LEMMA, "it is proved only where a divisor of the proof is not 0")
    return verdict


def _implied(case, judge, assumed, part, whole=False):
    """The verdict on a part under what is assumed; ``whole``: it must have a value wherever that holds."""
    claim = replace(case.claim, left=part.args[0], relation=Relation(part.value), right=part.args[1],
                    givens=case.claim.givens + tuple(assumed))
    verdict = judge(case.again(claim))
    if whole and isinstance(verdict, Proved) and not _defined(case.again(replace(claim, relation=Relation.EQ))):
        raise CannotDecide(Reason.NEEDS_LEMMA, "that the conclusion has a value wherever it is drawn is not shown")
    return verdict


def _defined(case):
    """Whether the left side is shown to have a value wherever the givens have one and hold."""
    view = case.first()
    if view is None:
        return False
    declared = Known(view.graph, view.constraints, view.vanishes)
    return all(declared.implies(t, n) for t, n in view.left_conditions)


def combined(verdicts, detail="each implication"):
    """The verdict on a conjunction of claims: the weakest link, needs united."""
    for kind in (Refuted, Undecided, Conditional):
        for v in verdicts:
            if isinstance(v, kind):
                return v
    if len(verdicts) == 1:
        return verdicts[0]
    strange = [v for v in verdicts if not isinstance(v, (Proved, Supported))]
    if strange:
        return strange[0]
    needs = tuple(dict.fromkeys(n for v in verdicts for n in v.needs))
    weak = [v for v in verdicts if isinstance(v, Supported)]
    if weak:
        return replace(weak[0], needs=needs, points=min(v.points for v in weak))
    methods = "; ".join(dict.fromkeys(v.by for v in verdicts))
    return replace(verdicts[0], by=methods, detail=detail, needs=needs,
                   error_bound=sum(v.error_bound for v in verdicts))


# -- the rest ---------------------------------------------------------------------------------------------------------

def membership(case, judge):
    """a in argmin L: a minimises L; other sets are not judged."""
    side = case.claim.right
    if side.head not in ("argmin", "argmax"):
        raise CannotDecide(Reason.NEEDS_LEMMA, "membership of a set that is no argmin")
    return judge_extremum(case, judge, side, case.claim.left, unique=False)


def different(case, judge):
    """a != b: one of the two strict orders is proved everywhere, or the sides are equal somewhere."""
    verdicts = [judge(case.again(replace(case.claim, relation=r))) for r in (Relation.GT, Relation.LT)]
    proved = next((v for v in verdicts if isinstance(v, Proved)), None)
    if proved is not None:
        return proved
    equal = judge(case.again(replace(case.claim, relation=Relation.EQ)))
    if isinstance(equal, Proved):
        return Refuted(equal.by, "the sides are equal everywhere", (), equal.inhabitant)
    raise CannotDecide(Reason.ORDER, "that the sides are nowhere equal is not shown")


def limit(case, judge):
    raise CannotDecide(Reason.LIMIT, "limits are not judged yet")


def approximate(case, judge):
    raise CannotDecide(Reason.LIMIT, "an approximation is judged only with its regime and order, and not yet")


REDUCTIONS = {Relation.PROPTO: proportional, Relation.IFF: equivalence, Relation.IMPLIES: implication,
              Relation.IN: membership, Relation.NE: different, Relation.TO: limit, Relation.APPROX: approximate}


def judge_extreme_side(case, judge):
    """The verdict on an equation one of whose sides is an argmin, argmax, minof or maxof."""
    claim = case.claim
    if claim.right.head in EXTREMA and claim.left.head in EXTREMA:
        from verifiers.proofs.same_extrema import judge_same_extrema
        return judge_same_extrema(case, judge)
    side, candidate = (claim.left, claim.right) if claim.left.head in EXTREMA else (claim.right, claim.left)
    return judge_extremum(case, judge, side, candidate)
