"""What a proof needs, in the author's own symbols: divisors, arguments of logarithms and roots, inverses."""

from derive.term import HALF, ZERO, ZEROS, Relation, Term, free_names, rel, subterms
from derive.term.record import replace
from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE
from verifiers.instance.build import build
from verifiers.instance.value import NeedsSizes, ShapeClash
from verifiers.proofs.convexity import determinant
from verifiers.proofs.givens import Known
from verifiers.proofs.polynomials import provably_nonnegative
from verifiers.readable import condition
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Need

SMALL = 2              # rows of a matrix whose determinant is written out
REGULAR = {"invertible", "positive_definite", "orthogonal"}


def definedness(claim):
    """(tag, Term, why) for every place where a side may be undefined, each once, definitions looked into."""
    found, seen = {}, set()
    queue = [claim.left, claim.right]
    while queue:
        term = queue.pop(0)
        for node in subterms(term):
            requirement = _requirement(node, claim)
            if requirement:
                found.setdefault(requirement[:2], requirement)
            if node.head == "name" and node.value not in seen:
                seen.add(node.value)
                declaration = claim.symbol(node.value)
                if declaration is not None and declaration.definition is not None:
                    queue.append(declaration.definition)
    return tuple(found.values())


def _requirement(node, claim):
    if node.head == "log":
        return POSITIVE, node.args[0], "inside a logarithm"
    if node.head == "pow" and node.args[1].head == "num" and node.args[1].value < 0:
        return NONZERO, node.args[0], "divisor"
    if node.head == "pow" and node.args[1] is HALF:
        return NONNEGATIVE, node.args[0], "under a root"
    if node.head == "pow" and any(_continuous(claim.symbol(n)) for n in free_names(node.args[1])):
        return POSITIVE, node.args[0], "base of a power"
    return None


def _continuous(declaration):
    """Whether a declared number takes more than integer values."""
    return declaration is not None and declaration.kind == "scalar" and declaration.definition is None \
        and declaration.domain not in ("integer", "binary", "sign")


def needs(case, view):
    """The Needs of a proof that the declared domain does not already give."""
    out, signs = [], None
    for tag, term, why in definedness(case.claim):
        if term.head == "num" or not _declared(case.claim, term):
            continue            # met by every value of the domain, or about a bound or formal name only
        nodes = _nodes(view, term)
        if nodes is None:
            need = _need(case.claim, view, tag, term, why)
        else:
            signs = signs or _signs(view.instance)
            need = None if all(signs.implies(tag, n) for n in nodes) else _said(tag, term, why)
        if need is not None and need not in out:
            out.append(need)
    return tuple(dict.fromkeys([*out, *_of_members(case.claim, view)]))


WHY = {POSITIVE: "inside a logarithm or power", NONNEGATIVE: "under a root", NONZERO: "divisor"}


def _of_members(claim, view):
    """Needs of what stands under a bound index, such as x_i != 0 in a sum over i."""
    signs = Known(view.graph, [c for c in view.constraints if c[0] in WHY], view.vanishes)
    for tag, node in dict.fromkeys((*view.left_conditions, *view.right_conditions)):
        if tag in WHY and not signs.implies(tag, node):
            need = condition(view, tag, node, WHY[tag])
            if need.condition is not None and not _declared(claim, need.condition):
                yield need


def _nodes(view, term):
    """The nodes of a number in every case of the view; None where it is an array, random, or has no value there."""
    graph, found = view.graph, []
    for evaluator in view.instance.coverage.evaluators:
        mark = graph.mark()
        try:
            value = evaluator.value(term) if evaluator.chance is None else None
        except (CannotDecide, ShapeClash, NeedsSizes):
            return None
        graph.withdraw(mark)
        if not isinstance(value, int):
            return None
        found.append(value)
    return found


def _need(claim, view, tag, term, why):
    """The Need, or None where every value of the domain meets it."""
    try:
        instance = build(replace(claim, left=term, relation=Relation.EQ, right=ZEROS), view.plan)
    except (CannotDecide, ShapeClash):
        return None
    signs = _signs(instance)
    if max(instance.coverage.shapes[0]) > 1:
        return None if _regular(claim, term, instance, signs) else \
            Need(rel(Relation.NE, Term("det", (term,)), ZERO), "invertible")
    return None if all(signs.implies(tag, node) for node, _ in instance.pairs) else _said(tag, term, why)


def _said(tag, term, why):
    operator = {POSITIVE: Relation.GT, NONNEGATIVE: Relation.GE, NONZERO: Relation.NE}[tag]
    return Need(rel(operator, term, ZERO), why)


def _signs(instance):
    """Signs under the givens of the instance, which a condition may equal without looking so."""
    graph = instance.graph

    def vanishes(node):
        result = identity(graph, [(node, graph.zero)])
        return result.status == "proved" and not result.conditions
    return Known(graph, [c for c in instance.constraints if c[0] in (POSITIVE, NONNEGATIVE, NONZERO)], vanishes)


def _regular(claim, term, instance, signs):
    """Whether a matrix is declared invertible, or is written out and its determinant proved positive."""
    declaration = claim.symbol(term.value) if term.head == "name" else None
    if declaration is not None and declaration.structure & REGULAR:
        return True
    n = instance.coverage.shapes[0][0]
    if n > SMALL or instance.coverage.shapes[0] != (n, n) or set(instance.plan) & set(instance.plan.survey.lengths):
        return False
    entries = [node for node, _ in instance.pairs[:n * n]]
    rows = [entries[k:k + n] for k in range(0, n * n, n)]
    return provably_nonnegative(instance.graph, determinant(instance.graph, rows), signs, strict=True)


def _declared(claim, term):
    names = {d.name for d in claim.symbols}
    return free_names(term) <= names and free_names(term)


