"""argmin, argmax, min and max: a stationary point of a convex function, unique where the Hessian is invertible."""

from dataclasses import replace

from derive.term import ZERO, ZEROS, Relation, Term, deriv, neg, rel
from verifiers.graph import NONZERO
from verifiers.proofs.convexity import convex, determinant, hessian
from verifiers.proofs.equalities import identical
from verifiers.proofs.polynomials import provably_nonnegative
from verifiers.rings.domain import Signs
from verifiers.verdict import CannotDecide, Need, Proved, Reason, Refuted, Undecided

OPEN_DOMAINS = ("real", "positive", "negative", "nonzero", "unit")
UNIQUE_CAP = 5


def judge_extremum(case, judge, side, candidate, unique=True):
    """The verdict on candidate = argmin L (or its value = min L): gradient 0, convexity, and uniqueness.

    side   the Term argmin, argmax, minof or maxof with (body, variable)
    """
    body, variable = side.args
    _open_domain(case.claim, variable)
    loss = neg(body) if side.head in ("argmax", "maxof") else body
    slope, zero = deriv(body, variable), ZERO if _is_scalar(case.claim, variable) else ZEROS
    if side.head in ("minof", "maxof"):
        stationary = replace(case.claim, left=body, relation=Relation.EQ, right=candidate,
                             givens=(*case.claim.givens, rel(Relation.EQ, slope, zero)))
    else:
        stationary = replace(case.claim, left=slope, relation=Relation.EQ, right=zero,
                             givens=(*case.claim.givens, rel(Relation.EQ, variable, candidate)))
    verdict = judge(case.again(stationary))
    if isinstance(verdict, Refuted):
        return replace(verdict, detail=f"the gradient is not zero there; {verdict.detail}".rstrip("; "))
    if not isinstance(verdict, Proved):
        return verdict
    shown = _convexity(case, loss, variable, zero)
    if shown is None and side.head == "argmax":
        shown = _convexity(case, neg(Term("log", (body,))), variable, zero)
    if shown is None:
        return Undecided("stationarity", "the gradient is zero there; that the function is convex is not shown",
                         verdict.needs, reason=Reason.NEEDS_LEMMA)
    how, definite = shown
    needs = verdict.needs
    if unique and side.head in ("argmin", "argmax") and not definite:
        needs += (Need(rel(Relation.NE, Term("det", (Term("hess", (body, variable)),)), ZERO), "unique minimiser"),)
    return replace(verdict, by=f"stationarity; {how}", needs=needs)


def _open_domain(claim, variable):
    base = variable.args[0] if variable.head == "index" else variable
    declaration = claim.symbol(base.value) if base.head == "name" else None
    if declaration is None:
        raise CannotDecide(Reason.DECLARATION, "the variable of an extremum is not declared")
    if declaration.domain not in OPEN_DOMAINS or declaration.structure:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an extremum over a domain with a boundary")


def _is_scalar(claim, variable):
    base = variable.args[0] if variable.head == "index" else variable
    declaration = claim.symbol(base.value)
    return not declaration.shape or variable.head == "index" and not declaration.indices


def _convexity(case, loss, variable, zero):
    """(what shows it, whether the Hessian is known to be definite) or None, at the covering instance."""
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
    signs = Signs(graph, view.facts)
    how = convex(graph, node, variables, signs, identical(other, view))
    if how is None or not variables:
        return None
    return how, len(variables) == len(names) and _definite(graph, node, variables, signs)


def _definite(graph, node, variables, signs):
    if len(variables) > UNIQUE_CAP:
        return False
    det = determinant(graph, hessian(graph, node, variables))
    return signs.implies(NONZERO, det) or provably_nonnegative(graph, det, signs, strict=True)
