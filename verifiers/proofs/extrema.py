"""argmin, argmax, min and max: a stationary point of a convex function, unique where the Hessian is invertible."""

from derive.term import ONE, TWO, ZERO, ZEROS, Relation, Term, deriv, free_names, neg, rel, subterms
from derive.term import replace as put
from derive.term.record import replace
from verifiers.graph import NONZERO
from verifiers.proofs.convexity import (
    AFFINE,
    CONCAVE,
    CONSTANT,
    Curvature,
    convex,
    determinant,
    hessian,
    strongly_convex,
)
from verifiers.proofs.equalities import identical
from verifiers.proofs.givens import Known
from verifiers.proofs.polynomials import provably_nonnegative
from verifiers.proofs.quadratics import minimiser
from verifiers.verdict import CannotDecide, Conditional, Need, Proved, Reason, Refuted, Undecided

BOUNDS = {"real": (), "positive": ((Relation.GT, ZERO),), "negative": ((Relation.LT, ZERO),),
          "unit": ((Relation.GT, ZERO), (Relation.LT, ONE))}
UNIQUE_CAP = 5
CORNERS = {"abs", "max", "min", "maxover", "minover", "relu", "sign", "floor", "norm", "indicator", "cases"}


def judge_extremum(case, judge, side, candidate, unique=True):
    """The verdict on candidate = argmin L (or its value = min L): gradient 0, convexity, and uniqueness.

    side   the Term argmin, argmax, minof or maxof with (body, variable)
    """
    body, variable = side.args
    _open_domain(case.claim, variable)
    _inside(case, judge, variable, candidate if side.head in ("argmin", "argmax") else None)
    loss = neg(body) if side.head in ("argmax", "maxof") else body
    known = minimiser(case.claim, loss, variable)
    if known is not None:
        return _at_the_minimiser(case, judge, side, known, candidate)
    slope, zero = deriv(body, variable), ZERO if _is_scalar(case.claim, variable) else ZEROS
    if side.head in ("minof", "maxof"):
        stationary = replace(case.claim, left=body, relation=Relation.EQ, right=candidate,
                             givens=(*case.claim.givens, rel(Relation.EQ, slope, zero)))
    else:
        stationary = replace(case.claim, left=slope, relation=Relation.EQ, right=zero,
                             givens=(*case.claim.givens, rel(Relation.EQ, variable, candidate)))
    verdict = judge(case.again(stationary))
    at_point = side.head in ("argmin", "argmax")
    if isinstance(verdict, Refuted) and not _kinked(case.claim, body, variable) and (
            at_point or _convexity(case, loss, variable, zero) is not None):
        return replace(verdict, detail=f"the gradient is not zero there; {verdict.detail}".rstrip("; "))
    if isinstance(verdict, Conditional) and at_point and not _kinked(case.claim, body, variable):
        return Refuted(verdict.by, "the gradient is not zero at the point shown", (), verdict.witness)
    if not isinstance(verdict, Proved):
        return Undecided("stationarity", "that the gradient is zero there is not shown", verdict.needs,
                         reason=getattr(verdict, "reason", Reason.NEEDS_LEMMA))
    shown = _convexity(case, loss, variable, zero)
    if shown is None and side.head == "argmax":
        shown = _convexity(case, neg(Term("log", (body,))), variable, zero, everywhere=True)
    if shown is None:
        return Undecided("stationarity", "the gradient is zero there; that the function is convex is not shown",
                         verdict.needs, reason=Reason.NEEDS_LEMMA)
    return _extreme(case, side, verdict, shown, unique and at_point)


def _at_the_minimiser(case, judge, side, point, candidate):
    """The verdict where the only minimiser is known: it, or the value there, is the candidate."""
    body, variable = side.args
    left = point if side.head in ("argmin", "argmax") else put(body, {variable: point})
    if variable in subterms(candidate):
        raise CannotDecide(Reason.DECLARATION, "the variable of the extremum stands outside of it")
    verdict = judge(case.again(replace(case.claim, left=left, relation=Relation.EQ, right=candidate)))
    if isinstance(verdict, Proved):
        return replace(verdict, by="stationarity; a quadratic with a definite Hessian")
    return verdict


def _extreme(case, side, verdict, shown, unique):
    """The verdict of a stationary point of a convex function; where it may be one of many, or none, that is said."""
    (body, variable), (how, definite), needs = side.args, shown, verdict.needs
    if not definite and (definite is None or unique and _kinked(case.claim, body, variable)):
        return Undecided("stationarity", "there may be many stationary points, or none", needs,
                         reason=Reason.NEEDS_LEMMA)
    if not definite and side.head in ("minof", "maxof"):
        needs += (Need(None, "a stationary point exists"),)
    if unique and not definite:
        needs += (Need(rel(Relation.NE, Term("det", (Term("hess", (body, variable)),)), ZERO), "unique minimiser"),)
    return replace(verdict, by=f"stationarity; {how}", needs=needs)


def _kinked(claim, body, variable):
    """Whether the function may have corners in the variable, at which a minimiser needs no gradient of zero."""
    base = variable.args[0] if variable.head == "index" else variable
    moving, terms = {base.value}, [body]
    for _ in claim.symbols:
        moving |= {d.name for d in claim.symbols if d.definition is not None and free_names(d.definition) & moving}
    terms += [d.definition for d in claim.symbols if d.definition is not None and (d.name in moving or d.formals)]
    nodes = {n for t in terms for n in subterms(t)}
    # a squared norm is smooth, a norm by itself is not
    bare = {a for n in nodes if n.head != "pow" or n.args[1] is not TWO for a in n.args} | set(terms)
    return any(n.head in CORNERS and (n.head != "norm" or n in bare) and
               (free_names(n) & moving or any(d.formals and free_names(n) & {f.value for f in d.formals}
                                              for d in claim.symbols)) for n in nodes)


def _open_domain(claim, variable):
    base = variable.args[0] if variable.head == "index" else variable
    declaration = claim.symbol(base.value) if base.head == "name" else None
    if declaration is None:
        raise CannotDecide(Reason.DECLARATION, "the variable of an extremum is not declared")
    if declaration.domain not in BOUNDS or declaration.structure:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an extremum over a domain with a boundary")


def _inside(case, judge, variable, candidate):
    """Raises CannotDecide unless the candidate is shown to lie in the variable's domain whatever the parameters are."""
    base = variable.args[0] if variable.head == "index" else variable
    if any(base.value in free_names(g) for g in case.claim.givens):
        raise CannotDecide(Reason.NEEDS_LEMMA, "an extremum under constraints on its variable")
    for relation, bound in BOUNDS[case.claim.symbol(base.value).domain]:
        if candidate is None or not isinstance(judge(case.again(replace(
                case.claim, left=candidate, relation=relation, right=bound))), Proved):
            raise CannotDecide(Reason.NEEDS_LEMMA, "that the extremum is taken inside the domain is not shown")


def _is_scalar(claim, variable):
    base = variable.args[0] if variable.head == "index" else variable
    declaration = claim.symbol(base.value)
    return not declaration.shape or variable.head == "index" and not declaration.indices


def _convexity(case, loss, variable, zero, everywhere=False):
    """(what shows it, whether the Hessian is known to be definite) or None, at the covering instance.

    The second is None where the Hessian is singular everywhere: the function is flat along some line.
    everywhere  the loss must be defined on the whole domain of the variable, not only on a convex part of it
    """
    other = case.again(replace(case.claim, left=loss, relation=Relation.EQ, right=ZERO))
    places = case.again(replace(case.claim, left=variable, relation=Relation.EQ, right=zero))
    plan = other.plans[0]
    view, at = other.view(plan), places.view(plan)
    if view is None or at is None or view.covers is not None or len(view.pairs) != 1:
        return None
    graph = view.graph
    names = {at.graph.operands[n] for left, _ in at.pairs for n in at.graph.variables((left,))}
    node = view.pairs[0][0]
    variables = [v for v in graph.variables((node,)) if graph.operands[v] in names]
    if not _convex_domain(view, variables, everywhere):
        return None
    signs = view.known()
    how = convex(graph, node, variables, signs, identical(other, view))
    if how is None or not variables:
        return None
    if len(variables) < len(names) or _flat(graph, node, variables, identical(other, view)):
        return how, None
    return how, _definite(graph, node, variables, signs)


def _flat(graph, node, variables, same):
    """Whether the determinant of the Hessian is 0 everywhere."""
    return len(variables) <= UNIQUE_CAP and same(determinant(graph, hessian(graph, node, variables)), graph.zero)


def _convex_domain(view, variables, everywhere):
    """Whether the loss is defined on a convex set: no more is asked of the variables than that concave nodes are > 0.

    1/x^2 + x^2 is convex wherever it is defined and has two minimisers.
    """
    graph, declared = view.graph, Known(view.graph, view.constraints, view.vanishes)
    curvature = Curvature(graph, variables, declared)
    for tag, node in view.left_conditions:
        if declared.implies(tag, node) or not set(variables).intersection(graph.reachable((node,))):
            continue
        if everywhere or tag == NONZERO or curvature.of(node) not in (CONSTANT, AFFINE, CONCAVE):
            return False
    return True


def _definite(graph, node, variables, signs):
    if strongly_convex(graph, node, variables, signs):
        return True
    if len(variables) > UNIQUE_CAP:
        return False
    det = determinant(graph, hessian(graph, node, variables))
    return signs.implies(NONZERO, det) or provably_nonnegative(graph, det, signs, strict=True)
