"""What is said of a name beside its definition holds of the formula, a relation to be enforced, or is unread."""

from derive.reading import read_condition
from derive.reading.errors import ReadError
from derive.term import ONE, ZERO, Relation, free_names, name, rel, subterms, term
from derive.term.bounds import member_of
from derive.term.record import replace

_SIGNS = {"positive": ((Relation.GT, ZERO),), "nonnegative": ((Relation.GE, ZERO),), "negative": ((Relation.LT, ZERO),),
          "nonzero": ((Relation.NE, ZERO),), "unit": ((Relation.GT, ZERO), (Relation.LT, ONE)),
          "closed_unit": ((Relation.GE, ZERO), (Relation.LE, ONE))}
# True of every formula they are said of, or how the formula is meant.
_NO_CONDITION = {"elementwise", "smooth", "finite", "arbitrary", "increment", "variable_of_proportionality", "square"}
_WHOLE = {"name", "num", "add", "mul", "sum", "index", "range", "floor", "max", "min"}


def beside_definition(draft, own, table):
    """The declaration of a defined name with its domain, bounds and structure as relations; the rest is unread."""
    if own.definition is None or draft.definition is None or draft.notes.get("meaning") or "entrywise" in draft.notes:
        return own
    member, said, words = member_of(own), list(own.constraints), []
    number = not own.formals and own.kind in ("scalar", "size", "index") and not own.shape
    if own.domain in _SIGNS and number:
        said += [rel(relation, member, bound) for relation, bound in _SIGNS[own.domain]]
    elif own.domain not in ("real", "complex") and not (own.domain == "integer" and _is_whole(own.definition, table)):
        words.append(own.domain)
    said += [rel(r, member, bound) for r, bound in ((Relation.GE, own.low), (Relation.LE, own.high))
             if bound is not None]
    if "invertible" in own.structure and not own.formals:
        said.append(rel(Relation.NE, term("det", member), ZERO))
    words += sorted(own.structure - _NO_CONDITION - {"invertible"})
    words += ["its law"] * (own.kind == "random" and any(f is not None for f in (own.mean, own.variance, own.law)))
    for word in words:
        draft.miss(f"{word.replace('_', ' ')} of what is defined", False)
    kept = "integer" if own.domain == "integer" else own.domain if own.domain == "complex" else "real"
    return replace(own, constraints=tuple(dict.fromkeys(said)), domain=kept, low=None, high=None,
                   structure=own.structure & _NO_CONDITION)


def _is_whole(formula, table):
    """A sum or product of whole numbers."""
    return all(t.head in _WHOLE for t in subterms(formula)) and all(
        table.declared(n) and (table.first(n).kind in ("size", "index") or table.first(n).domain == "integer")
        for n in free_names(formula))


def imposed(symbols, terms):
    """The relations said of formulas in what the terms use, where the names of the formulas are not used themselves."""
    used, pending = set(), [n for t in terms for n in free_names(t)]
    while pending:
        current = pending.pop()
        if current not in used:
            used.add(current)
            pending += [n for d in symbols if d.name == current and d.definition is not None
                        for n in free_names(d.definition)]
    return tuple(c for d in symbols if d.definition is not None and d.name not in used and not d.formals
                 and used & free_names(d.definition) for c in d.constraints)


def conditional(draft, own, table):
    """A relation that holds where another one does: Cov[x_s, x_t] = c for s != t."""
    if not draft.notes.get("conditional"):
        return own
    relation, condition = draft.notes["conditional"]
    try:
        found = read_condition(rf"{relation} \text{{for}} {condition}", table)
    except ReadError:
        found = None
    if found is None or found.value is not Relation.IMPLIES or found.args[1].head != "rel" or name(own.name) in (
            side.args[0] if side.head == "index" else side for side in found.args[1].args):
        draft.miss(f"{relation} for {condition}", True)
        return own
    return replace(own, constraints=(*own.constraints, found))
