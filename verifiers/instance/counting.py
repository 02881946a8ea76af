"""Caratheodory: whether a finite space has enough outcomes for an identity on it to hold for every law.

The m expectations of one law are a point of the convex hull of their integrands' values, so m + 1 outcomes reach it.
Counted are the dimensions, not the integrands: a basis of monomials in the random scalars and in functions of them.
Under a condition the law of each row is replaced first (inner), then the law of the rows (outer), by the same argument.
"""

from verifiers.instance.atoms import events_of, exact_space, law_name, space
from verifiers.instance.outcomes import chance
from verifiers.instance.polynomials import polynomial
from verifiers.verdict import Reason

SENTENCE = "more expectations of one law than outcomes of its space"


def note_integrand(integral, node, finite, any_outcomes):
    """Count one integrand in each space of an expectation; notes where the outcomes do not cover every law."""
    evaluator = integral.evaluator
    terms = polynomial(evaluator.graph, node, integral.spaces)
    for key in integral.keys:
        if exact_space(evaluator, key) is not None or events_of(evaluator, key):
            continue        # exact, or noted where the space was made
        known = chance(evaluator).integrands.setdefault(law_of(evaluator, key), {"nodes": set(), "basis": set()})
        known["nodes"].add(node)
        if terms is None or known["basis"] is None:
            known["basis"] = None
        else:
            known["basis"] |= basis(integral, terms, key, finite(evaluator, key)) - {()}
        if not finite(evaluator, key):
            compare(evaluator, known, any_outcomes, False)
        elif space(evaluator, key).axes:
            rows(evaluator, key, known)
        else:
            where = space(evaluator, key)
            compare(evaluator, known, len(where.outcomes) // (2 if where.even else 1), shared(evaluator, key))


def law_of(evaluator, key):
    return law_name(evaluator, key) if key[0] in evaluator.table or key[0] == "joint" else ";".join(map(str, key))


def shared(evaluator, key):
    """True where several independent spaces have one law, so that integrands are not linear in it."""
    return key[0] != "joint" and law_name(evaluator, key) == key[0] and len(key) > 1 and key[1] != ()


def compare(evaluator, known, outcomes, several):
    """Both the number of integrands and the size of a basis bound the dimension; shared laws need the basis."""
    bounds = [] if several else [len(known["nodes"])]
    if known["basis"] is not None:
        bounds.append(len(known["basis"]))
    if not bounds or min(bounds) > outcomes - 1:
        evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)


def basis(integral, terms, key, exact_space):
    """The monomials of a polynomial that live on one space; of a law with exact moments only those with functions."""
    slots, out = chance(integral.evaluator).slots, set()
    for monomial in terms:
        mine = tuple((alias(integral.evaluator, g, key), k) for g, k in monomial if key in integral.spaces(g))
        if exact_space or any(g not in slots for g, _ in monomial if key in integral.spaces(g)):
            out.add(tuple(sorted(mine, key=str)))
    return out


def alias(evaluator, generator, key):
    """A generator named so that members of one law count once."""
    slot = chance(evaluator).slots.get(generator)
    if slot is not None and slot.name in evaluator.table and shared(evaluator, key):
        return "entry", slot.entry
    return generator


def rows(evaluator, key, known):
    """The count under a condition: functions within a row, and functions of the row."""
    if known["basis"] is None:
        evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)
        return
    inner, outer = set(), set()
    for monomial in known["basis"]:
        outer.add(row_function(evaluator, key, monomial, inner))
    for node in known.get("conditional", ()):
        for monomial in node:
            row_function(evaluator, key, monomial, inner)
    outcomes = space(evaluator, key).outcomes
    at_most = len({o[-1] for o in outcomes}) - 1, len({o[0] for o in outcomes}) - 1
    if len(inner - {()}) > at_most[0] or len(outer - {()}) > at_most[1]:
        evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)


def row_function(evaluator, key, monomial, inner):
    """A monomial averaged within a row: {averages: power}; what is averaged goes to ``inner``."""
    record, axes = chance(evaluator), space(evaluator, key).axes
    powers, raw = {}, []
    for g, k in monomial:
        slot = record.slots.get(g)
        if g in record.derived:
            origin = record.origins.get(g)
            name = ("average", origin) if origin is not None else g
            powers[name] = powers.get(name, 0) + k
        elif slot is not None and slot.name in axes:
            powers[g] = powers.get(g, 0) + k
        else:
            raw.append((g, k))
    if raw:
        raw = tuple(sorted(raw, key=str))
        inner.add(raw)
        powers["average", raw] = powers.get(("average", raw), 0) + 1
    return tuple(sorted(powers.items(), key=str))


def note_condition(integral, derived, node, key):
    """Count the integrand of a conditional expectation, and name it where it is one monomial."""
    evaluator, record = integral.evaluator, chance(integral.evaluator)
    terms = polynomial(evaluator.graph, node, integral.spaces)
    known = record.integrands.setdefault(law_of(evaluator, key), {"nodes": set(), "basis": set()})
    if terms is None:
        known["basis"] = None
        return
    monomials = tuple(tuple(sorted(m, key=str)) for m in terms if m)
    known.setdefault("conditional", set()).add(monomials)
    slots = record.slots
    axes = space(evaluator, key).axes
    if len(monomials) == 1 and len(terms) == 1 and terms[next(iter(terms))] == evaluator.graph.one \
            and all(g in slots and slots[g].name not in axes for g, _ in monomials[0]):
        record.origins[derived] = monomials[0]
    if known["basis"] is not None:
        rows(evaluator, key, known)
