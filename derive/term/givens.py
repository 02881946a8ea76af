"""Givens that only say what declarations say: absorbed, so that a claim has one form however its author wrote it.

Idempotent; what is not understood here stays a given.
"""

from derive.term.bounds import bounds_of, is_even, member_of
from derive.term.build import ONE, TWO, ZERO, index, name, rel, sub, term
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.walk import replace as substitute

_NOT_ZERO = ("positive", "negative", "nonzero", "unit", "sign")


def absorbed(claim):
    """The claim with givens that restate or sharpen a declaration moved into it."""
    table = list(claim.symbols)
    kept = []
    for given in dict.fromkeys(claim.givens):
        for k, d in enumerate(table):
            found = _into(d, given)
            if found is not None:
                table[k] = found
                break
        else:
            kept.append(given)
    return replace(claim, symbols=tuple(table), givens=tuple(kept))


def _into(d, given):
    """The declaration after a given that speaks of it alone; None where it is no such given."""
    if d.unread or d.kind in ("notation", "unread"):
        return None
    if given in d.constraints or _restates(d, given) or _recurs(d, given) or _is_total(d, given):
        return d
    if d.kind in ("density", "function") and any(is_even(d, *sides) for sides in _sides(given)):
        return replace(d, structure=d.structure | {"even"})
    for rule in (_orthogonal, _symmetric, _bounded, _moment):
        found = rule(d, given)
        if found is not None:
            return found
    return None


def _sides(given):
    """(left, right) and (right, left) of an equation, or nothing."""
    if given.head != "rel" or given.value is not Relation.EQ:
        return ()
    return given.args, given.args[::-1]


def _restates(d, given):
    return d.definition is not None and not d.formals and any(
        left == member_of(d) and right == d.definition for left, right in _sides(given))


def _recurs(d, given):
    """alpha_t = f(t) alpha_{t-1} where alpha_t is defined as the product of f(s), s = 1..t; a sum alike."""
    if d.definition is None or d.definition.head not in ("prod", "sum") or len(d.indices) != 1:
        return False
    body, variable, domain = d.definition.args
    if domain.head != "range" or domain.args[1] is not name(d.indices[0]):
        return False
    joined = "mul" if d.definition.head == "prod" else "add"
    for left, right in _sides(given):
        if left.head == "index" and left.args[0] is name(d.name) and right.head == joined:
            t = left.args[1]
            before = index(name(d.name), sub(t, ONE))
            last = substitute(body, {variable: t})
            rest = [a for a in right.args if a is not before]
            parts = list(last.args) if last.head == joined else [last]
            if len(rest) == len(right.args) - 1 and sorted(map(repr, rest)) == sorted(map(repr, parts)):
                return True
    return False


def _is_total(d, given):
    """The integral of a density or the sum of a mass is one; weights declared to sum to one do."""
    for left, right in _sides(given):
        if right is not ONE or left.head not in ("int", "sum"):
            continue
        body, variable, domain = left.args
        if d.kind in ("mass", "density") and body.head == "call" and body.args[0] == name(d.name):
            before = d.formals if d.bar is None else d.formals[:d.bar]
            if domain.head == "implied" and (not d.formals or before == (variable,) and body.args[1:] == d.formals):
                return (left.head == "int") == (d.kind == "density")
        if "sums_to_one" in d.structure and body == term("index", name(d.name), variable):
            return domain.head == "implied" or domain in d.ranges or len(d.shape) == 1 and domain == term(
                "range", ONE, d.shape[0])
    return False


def _orthogonal(d, given):
    """a_i^T a_j = 0 for i != j, or = [i = j]."""
    if d.kind != "vector" or len(d.indices) != 1:
        return None
    unit = given.head == "rel" and given.value is Relation.EQ
    if unit:
        body, condition = given, None
    elif given.head == "rel" and given.value is Relation.IMPLIES:
        condition, body = given.args
    elif given.head == "given":
        body, condition = given.args
    else:
        return None
    for left, right in _sides(body):
        if left.head == "mul" and len(left.args) == 2 and left.args[0].head == "transpose":
            a, b = left.args[0].args[0], left.args[1]
            if not all(t.head == "index" and t.args[0] == name(d.name) and len(t.args) == 2 for t in (a, b)):
                continue
            i, j = a.args[1], b.args[1]
            if i is j or not all(t.head == "name" for t in (i, j)):
                continue
            if unit and right in [term("indicator", rel(Relation.EQ, *p)) for p in ((i, j), (j, i))]:
                return replace(d, structure=d.structure | {"orthogonal_family", "unit_norm"})
            if not unit and right is ZERO and condition in [rel(Relation.NE, *p) for p in ((i, j), (j, i))]:
                return replace(d, structure=d.structure | {"orthogonal_family"})
    return None


def _symmetric(d, given):
    if d.kind != "matrix" or d.definition is not None:
        return None
    own = member_of(d)
    if any(left == own and right == term("transpose", own) for left, right in _sides(given)):
        definite = d.structure & {"positive_definite", "positive_semidefinite"}
        return d if definite else replace(d, structure=d.structure | {"symmetric"})
    return None


def _bounded(d, given):
    """Bounds of a name: implied by its domain, or made its domain."""
    links = given.args if given.head == "and" else (given,)
    if not all(link.head == "rel" for link in links) or d.definition is not None:
        return None
    if any(a.args[1] is not b.args[0] for a, b in zip(links, links[1:], strict=False)):
        return None
    own = member_of(d)
    terms = (links[0].args[0], *(link.args[1] for link in links))
    marks = tuple(str(link.value) for link in links)
    if any(m not in ("<", "<=", ">", ">=", "!=") for m in marks):
        return None
    said = next((t for t in terms if t == own or d.indices and t.head == "index" and t.args[0] == name(d.name)
                 and len(t.args) == len(d.indices) + 1), None)
    if said is None:
        return None
    if marks == ("!=",) and ZERO in terms and (d.domain in _NOT_ZERO or "nonzero" in d.structure):
        return d
    plain = replace(d, domain="real", constraints=()) if d.kind == "scalar" else d
    found = bounds_of(own, plain, tuple(own if t is said else t for t in terms), marks)
    if found is None or set(found.constraints) - set(d.constraints) and said is not own:
        return None
    if found.domain == d.domain and set(found.constraints) <= set(d.constraints) and (found.low, found.high) == (
            d.low, d.high):
        return d
    return replace(found, constraints=d.constraints + found.constraints) if (
        said is own and d.kind == "scalar" and d.domain == "real") else None


def _moment(d, given):
    """E[a] = m and, once the mean is 0, E[a^2] = v and Var[a] = v."""
    own = member_of(d)
    if d.kind != "random" or d.indices:
        return None
    for left, right in _sides(given):
        if left == term("E", own) and d.mean in (None, right):
            return replace(d, mean=right)
        spread = left == term("Var", own) or left == term("E", term("pow", own, TWO)) and d.mean is ZERO
        if spread and d.variance in (None, right):
            return replace(d, variance=right)
    return None
