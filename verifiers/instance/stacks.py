"""Arrays given by their entries: a stack over an index of numbers or of rows."""

from derive.term import IMPLIED
from verifiers.instance.evaluator import means
from verifiers.instance.indexsets import elements
from verifiers.instance.survey import index_terms
from verifiers.instance.value import Array, Atom, Multiple, NeedsSizes, sized
from verifiers.verdict import CannotDecide, Reason


@means("stack")
def _stack(evaluator, term, env):
    """The values of the body, one under the other."""
    body, variable, domain = term.args
    rows = []
    for weight, value in _members(evaluator, domain, variable.value, body, env):
        if isinstance(value, Atom):
            raise NeedsSizes("an array is put together over an index set")
        if weight is not None:
            raise CannotDecide(Reason.NEEDS_LEMMA, "an array over a set that depends on the data")
        found = evaluator.value(body, (*env, (variable.value, value)))
        if isinstance(found, Multiple) or isinstance(found, Array) and found.free:
            raise CannotDecide(Reason.DECLARATION, "an array is put together of rows of unknown size")
        rows.append(sized(found, evaluator.graph))
    if not rows or len({r.columns for r in rows}) != 1:
        raise CannotDecide(Reason.DECLARATION, "an array is put together of nothing, or of rows of several lengths")
    evaluator.touch("entries")
    return Array(sum(r.rows for r in rows), rows[0].columns, tuple(e for r in rows for e in r.entries))


def _members(evaluator, domain, variable, body, env):
    """The members of the range; where none is stated, the rows or columns of the array the letter counts."""
    if domain is not IMPLIED:
        return elements(evaluator, domain, variable, body, env)
    counts = set()
    for owner, place in index_terms(body, variable):
        array = evaluator.bound(owner, env)
        if isinstance(array, Array) and not array.free and place < 2:
            counts.add(array.shape[place])
    if len(counts) != 1:
        return elements(evaluator, domain, variable, body, env)
    return [(None, evaluator.graph.num(k)) for k in range(1, counts.pop() + 1)]


def entry_of_stack(evaluator, definition, places, env):
    """The entry of an array defined by its entries, without the array; None where it is no such array."""
    bound = []
    for place in places:
        if definition.head == "transpose" and bound:
            definition = definition.args[0]
        if definition.head != "stack" or place is None or definition.args[2].head != "range":
            return None
        body, variable, domain = definition.args
        inside = _inside(evaluator, domain, place, env)
        if not inside:
            return None
        bound.append((variable.value, place if isinstance(place, Atom) else evaluator.graph.num(place)))
        definition = body
    if definition.head == "transpose" or len(bound) != len(places):
        return None
    return evaluator.value(definition, (*env, *bound))


def _inside(evaluator, domain, place, env):
    from verifiers.instance.indexsets import range_bounds, set_key
    if isinstance(place, Atom):
        return place.of == set_key(domain)
    if set_key(domain) in evaluator.plan.measured:
        return False
    low, high = range_bounds(evaluator, domain, env)
    return low <= place <= high
