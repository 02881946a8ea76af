"""The missing assumption of a claim that is false as declared: the smallest natural one under which it is proved."""

from itertools import islice

from derive.term import ONE, TWO, ZERO, Relation, Term, free_names, mul, name, rel
from derive.term.bounds import member_of
from derive.term.record import replace
from verifiers.instance.value import ShapeClash
from verifiers.proofs.equalities import agrees, prove, second_opinion, undischarged
from verifiers.verdict import CannotDecide, Need


def missing_assumption(case, plan):
    """(Needs, Proof) for the first assumption of the table under which the claim is proved, else None.

    plan   whole sizes at which each changed claim is looked at before a proof is tried
    """
    left, cost = case.budget.sieved, 0
    for needs, claim in islice(strengthened(case.claim), case.budget.mends):
        if left < cost:
            break
        other = case.again(claim)
        try:
            cost = other.cost(plan)
            left -= cost
            if not agrees(other, plan):
                continue
            proof = prove(other)
            if proof is None or proof.partial is not None:
                continue
            if undischarged(proof.view, proof.conditions + proof.view.right_conditions):
                continue
            view = other.first(proof.view)
            opinion = second_opinion(other, view)
        except (CannotDecide, ShapeClash):
            continue
        if opinion.inhabitant is not None and opinion.against is None and opinion.gap is None:
            return needs, proof
    return None


def strengthened(claim):
    """(Needs, claim with one more assumption), the mildest first; then the same assumption on every name it fits."""
    used = free_names(claim.left) | free_names(claim.right)
    symbols = [d for d in claim.symbols if d.name in used]
    together = []
    for row in ASSUMPTIONS:
        found = [(d, made) for d in symbols if (made := row(d, claim)) is not None]
        for declaration, (need, changed) in found:
            yield (need,), _with(claim, {declaration: changed})
        if len(found) > 1 and row is not independent:
            together.append((tuple(need for _, (need, _) in found), {d: changed for d, (_, changed) in found}))
    for needs, changes in together:
        yield needs, _with(claim, changes)


def _with(claim, changes):
    return replace(claim, symbols=tuple(changes.get(d, d) for d in claim.symbols))


def _free_scalar(declaration):
    return declaration.kind == "scalar" and declaration.definition is None and declaration.entries_of is None


def signed(relation, domain, within=("real",)):
    """The assumption that a number of the domains ``within`` is positive, negative, not zero ..."""
    def row(declaration, _):
        if _free_scalar(declaration) and declaration.domain in within:
            return Need(rel(relation, member_of(declaration), ZERO), "assumed"), replace(declaration, domain=domain)
        return None
    return row


def unit(declaration, _):
    if _free_scalar(declaration) and declaration.domain in ("real", "positive", "nonnegative"):
        condition = Term("and", (rel(Relation.LT, ZERO, member_of(declaration)),
                                 rel(Relation.LT, member_of(declaration), ONE)))
        return Need(condition, "assumed"), replace(declaration, domain="unit")
    return None


def _square(declaration):
    return declaration.kind == "matrix" and len(declaration.shape) == 2 and declaration.definition is None \
        and declaration.shape[0] is declaration.shape[1]


def symmetric(declaration, _):
    if _square(declaration) and not declaration.structure & {"symmetric", "positive_definite", "orthogonal",
                                                             "positive_semidefinite", "diagonal"}:
        letter = member_of(declaration)
        need = Need(rel(Relation.EQ, Term("transpose", (letter,)), letter), "symmetric")
        return need, replace(declaration, structure=declaration.structure | {"symmetric"})
    return None


def invertible(declaration, _):
    if _square(declaration) and not declaration.structure & {"invertible", "positive_definite", "orthogonal"}:
        need = Need(rel(Relation.NE, Term("det", (member_of(declaration),)), ZERO), "invertible")
        return need, replace(declaration, structure=declaration.structure | {"invertible"})
    return None


def independent(declaration, claim):
    """Independence of two random names that may depend on one another."""
    others = [d for d in claim.symbols if d.kind == "random" and d is not declaration
              and d.name in free_names(claim.left) | free_names(claim.right)]
    if declaration.kind != "random" or len(others) != 1 or others[0].name in declaration.independent_of:
        return None
    need = Need(None, f"{declaration.name} and {others[0].name} are independent")
    return need, replace(declaration, independent_of=(*declaration.independent_of, others[0].name))


def orthogonal(declaration, _):
    """A^T A = I of a square matrix, or of one with orthonormal columns."""
    if declaration.kind == "matrix" and len(declaration.shape) == 2 and declaration.definition is None and \
            not declaration.structure - {"invertible", "full_column_rank"}:
        letter = member_of(declaration)
        need = Need(rel(Relation.EQ, mul(Term("transpose", (letter,)), letter), name(r"\mathbf{I}")), "orthogonal")
        return need, replace(declaration, structure=frozenset(["orthogonal"]))
    return None


def unit_norm(declaration, _):
    if declaration.kind == "vector" and len(declaration.shape) == 1 and declaration.definition is None and \
            declaration.domain == "real" and not declaration.structure - {"nonzero"}:
        need = Need(rel(Relation.EQ, Term("norm", (member_of(declaration),)), ONE), "of unit length")
        return need, replace(declaration, structure=frozenset(["unit_norm"]))
    return None


def sums_to_one(declaration, _):
    """sum_i w_i = 1 of a family of numbers."""
    if declaration.kind == "scalar" and len(declaration.indices) == 1 and declaration.definition is None and \
            declaration.entries_of is None and not declaration.structure and declaration.ranges[0].head == "range":
        total = Term("sum", (member_of(declaration), name(declaration.indices[0]), declaration.ranges[0]))
        return Need(rel(Relation.EQ, total, ONE), "assumed"), replace(declaration, structure=frozenset(["sums_to_one"]))
    return None


def centred(declaration, _):
    """E[X] = 0 of a random variable without a declared mean."""
    if declaration.kind == "random" and declaration.mean is None and declaration.law is None and not declaration.shape \
            and not declaration.indices and declaration.variance is None:
        need = Need(rel(Relation.EQ, Term("E", (name(declaration.name),)), ZERO), "centred")
        return need, replace(declaration, mean=ZERO)
    return None


def at_least_two(declaration, _):
    if declaration.kind == "size" and declaration.low in (None, ONE):
        return Need(rel(Relation.GE, name(declaration.name), TWO), "assumed"), replace(declaration, low=TWO)
    return None


ASSUMPTIONS = (signed(Relation.NE, "nonzero"), signed(Relation.GE, "nonnegative"),
               signed(Relation.GT, "positive", ("real", "nonnegative", "nonzero")), signed(Relation.LT, "negative"),
               unit, symmetric, invertible, independent, sums_to_one, centred, unit_norm, orthogonal, at_least_two)
