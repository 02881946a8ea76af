"""Conditions: indicators, cases and filters.  Comparisons of indices are decided, comparisons of data become signs."""

from derive.term import Relation, Term, free_names
from verifiers.graph import NONZERO
from verifiers.instance.evaluator import means
from verifiers.instance.sizes import planned, position
from verifiers.instance.survey import counts_with
from verifiers.instance.value import Array, Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason

COMPLEMENT = {Relation.EQ: Relation.NE, Relation.NE: Relation.EQ, Relation.LT: Relation.GE, Relation.GE: Relation.LT,
              Relation.GT: Relation.LE, Relation.LE: Relation.GT}
MIRROR = {Relation.EQ: Relation.EQ, Relation.NE: Relation.NE, Relation.LT: Relation.GT, Relation.GT: Relation.LT,
          Relation.LE: Relation.GE, Relation.GE: Relation.LE}
EXTREMES = {"min": (Relation.GT, Relation.GE), "max": (Relation.LT, Relation.LE)}      # these hold of all or of none
DECIDED = {Relation.EQ: lambda a, b: a == b, Relation.NE: lambda a, b: a != b, Relation.LT: lambda a, b: a < b,
           Relation.LE: lambda a, b: a <= b, Relation.GT: lambda a, b: a > b, Relation.GE: lambda a, b: a >= b}


def truth(evaluator, condition, env):
    """True, False, or a node that is 1 where the condition holds and 0 elsewhere (an Array of them, entrywise).

    Raises NeedsSizes where two atoms would have to be compared that stand for more than one index each.
    """
    if condition.head in ("and", "or"):
        return _combined(evaluator, condition, env)
    if condition.head != "rel":
        raise CannotDecide(Reason.NEEDS_LEMMA, f"a {condition.head} is no condition")
    apart = _each(evaluator, condition)
    if apart is not None:
        return _combined(evaluator, apart, env)
    left, right = condition.args
    if condition.value is Relation.IN:
        return _contained(evaluator, left, right, env)
    if condition.value not in DECIDED:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{condition.value} is no comparison of numbers")
    a, b = _side(evaluator, left, env), _side(evaluator, right, env)
    evaluator.touch(*(f"size {n}" for n in free_names(condition) if n in evaluator.plan and counts_with(condition, n)))
    if isinstance(a, Atom) or isinstance(b, Atom):
        return _compare_atoms(evaluator, condition.value, a, b)
    return compare(evaluator.graph, condition.value, a, b)


def _each(evaluator, condition):
    """min(a, b) > t as "a > t and b > t", and so on, where random names are compared; else None."""
    random = any(d.kind == "random" for d in evaluator.claim.symbols)
    if not random or condition.value not in EXTREMES["min"] + EXTREMES["max"]:
        return None
    for k, mark in ((0, condition.value), (1, MIRROR[condition.value])):
        side, other = condition.args[k], condition.args[1 - k]
        if side.head in EXTREMES:
            parts = (Term("rel", (a, other), mark) for a in side.args)
            return Term("and" if mark in EXTREMES[side.head] else "or", tuple(parts))
    return None


def _side(evaluator, term, env):
    if term.head == "name":
        bound = evaluator.bound(term.value, env)
        entry = planned(evaluator, term.value)
        if isinstance(bound, Atom) or bound is None and entry is not None and entry[0] != "atoms":
            place = position(evaluator, term, env)
            return place if isinstance(place, Atom) else evaluator.graph.num(place)
    return evaluator.value(term, env)


def _compare_atoms(evaluator, relation, a, b):
    if relation not in (Relation.EQ, Relation.NE) or not isinstance(a, Atom) or not isinstance(b, Atom) or a.of != b.of:
        raise NeedsSizes("indices without numbers are compared")
    marks = evaluator.plan.measured[a.of][1]
    if a.q >= marks and b.q >= marks:
        raise NeedsSizes("two indices of one set are compared that both run")
    return (a.q == b.q) is (relation is Relation.EQ)


def compare(graph, relation, a, b):
    """The comparison of two values, entrywise for arrays against arrays or scalars."""
    if isinstance(a, Array) or isinstance(b, Array):
        return _entrywise(graph, relation, a, b)
    p, q = graph.value_of(a), graph.value_of(b)
    if a == b or p is not None and q is not None:
        return DECIDED[relation](0 if a == b else p, 0 if a == b else q)
    difference = graph.sub(a, b)
    if relation is Relation.EQ:
        return graph.is_zero(difference)
    if relation is Relation.NE:
        return graph.sub(graph.one, graph.is_zero(difference))
    if relation is Relation.GT:
        return graph.step(difference)
    if relation is Relation.LT:
        return graph.step(graph.neg(difference))
    inverse = graph.step(graph.neg(difference)) if relation is Relation.GE else graph.step(difference)
    return graph.sub(graph.one, inverse)


def _entrywise(graph, relation, a, b):
    shape = a.shape if isinstance(a, Array) and not a.free else b.shape if isinstance(b, Array) else None
    if shape is None or isinstance(b, Array) and not b.free and b.shape != shape:
        raise CannotDecide(Reason.DECLARATION, "arrays of different shapes are compared")
    count = shape[0] * shape[1]
    left = a.entries if isinstance(a, Array) and not a.free else (graph.zero if isinstance(a, Array) else a,) * count
    right = b.entries if isinstance(b, Array) and not b.free else (graph.zero if isinstance(b, Array) else b,) * count
    nodes = tuple(as_node(graph, compare(graph, relation, p, q)) for p, q in zip(left, right, strict=True))
    return Array(*shape, nodes)


def as_node(graph, holds):
    """A truth as a node or Array of nodes."""
    if holds is True:
        return graph.one
    return graph.zero if holds is False else holds


def _contained(evaluator, left, right, env):
    if right.head != "set":
        raise CannotDecide(Reason.NEEDS_LEMMA, "membership is read for sets written out only")
    a, graph, any_of = _side(evaluator, left, env), evaluator.graph, False
    for element in right.args:
        b = _side(evaluator, element, env)
        atoms = isinstance(a, Atom) or isinstance(b, Atom)
        holds = _compare_atoms(evaluator, Relation.EQ, a, b) if atoms else compare(graph, Relation.EQ, a, b)
        any_of = _either(graph, any_of, holds)
    return any_of


def _either(graph, a, b):
    if a is True or b is True:
        return True
    if a is False or b is False:
        return b if a is False else a
    return graph.sub(graph.one, graph.mul(graph.sub(graph.one, a), graph.sub(graph.one, b)))


def _both(graph, a, b):
    if a is False or b is False:
        return False
    if a is True or b is True:
        return b if a is True else a
    return graph.mul(a, b)


def _combined(evaluator, condition, env):
    join = _both if condition.head == "and" else _either
    total = condition.head == "and"
    for part in condition.args:
        holds = truth(evaluator, part, env)
        if isinstance(holds, Array):
            raise CannotDecide(Reason.NEEDS_LEMMA, "conditions on arrays are not combined")
        total = join(evaluator.graph, total, holds)
    return total


@means("indicator")
def _indicator(evaluator, term, env):
    value = as_node(evaluator.graph, truth(evaluator, term.args[0], env))
    if isinstance(value, Array):
        evaluator.touch("entries")
    return value


@means("cases")
def _cases(evaluator, term, env):
    """The first value whose condition holds; without "otherwise" it is undefined where none does."""
    graph, pairs = evaluator.graph, list(zip(term.args[0::2], term.args[1::2], strict=False))
    otherwise = term.args[-1] if len(term.args) % 2 else None
    live, decided = [], False
    for value, condition in pairs:
        holds = truth(evaluator, condition, env)
        if isinstance(holds, Array):
            evaluator.touch("entries")
            if otherwise is None and not _exhaustive(pairs):
                raise CannotDecide(Reason.NEEDS_LEMMA, "cases over arrays that may leave an entry out")
        if holds is not False:
            live.append((value, holds))
        if holds is True:
            decided = True
            break
    if decided or otherwise is not None:
        last = live.pop()[0] if decided else otherwise
        rest = evaluator.value(last, env)
    else:
        if not live:
            raise CannotDecide(Reason.DECLARATION, "no case holds")
        if not _exhaustive(pairs):
            graph.require(NONZERO, _any(graph, [h for _, h in live]))
        rest = evaluator.value(live.pop()[0], env)
    for value, holds in reversed(live):
        rest = _mixed(graph, holds, evaluator.value(value, env), rest)
    return rest


def _any(graph, nodes):
    total = False
    for node in nodes:
        total = _either(graph, total, node)
    return total


def _exhaustive(pairs):
    """Whether two conditions of the list are opposites of one another."""
    plain = [(c.value, c.args) for _, c in pairs if c.head == "rel" and c.value in COMPLEMENT]
    both = plain + [(MIRROR[r], (b, a)) for r, (a, b) in plain]
    return any((COMPLEMENT[r], sides) in both for r, sides in plain)


def _spread(value, shape):
    """The entries of a value in that shape; a number stands in each of them."""
    if isinstance(value, Array) and not value.free and value.shape != shape:
        raise CannotDecide(Reason.DECLARATION, "the cases have different shapes")
    if isinstance(value, Array):
        return value.entries * (shape[0] * shape[1]) if value.free else value.entries
    if not isinstance(value, int):
        raise CannotDecide(Reason.DECLARATION, "a case over an array is no array")
    return (value,) * (shape[0] * shape[1])


def _mixed(graph, holds, value, rest):
    """``value`` where ``holds`` is 1, ``rest`` where it is 0; entry by entry where ``holds`` is an Array."""
    if isinstance(holds, Array):
        sides = [_spread(v, holds.shape) for v in (value, rest)]
        return Array(*holds.shape, tuple(_mixed(graph, *three) for three in zip(holds.entries, *sides, strict=True)))
    if isinstance(value, int) and isinstance(rest, int):
        return graph.add(graph.mul(holds, value), graph.mul(graph.sub(graph.one, holds), rest))
    if isinstance(value, Array) and isinstance(rest, Array) and (value.free or rest.free or value.shape == rest.shape):
        shape = rest.shape if value.free else value.shape
        a, b = (x.entries if not x.free else (graph.zero,) * (shape[0] * shape[1]) for x in (value, rest))
        return Array(*shape, tuple(_mixed(graph, holds, p, q) for p, q in zip(a, b, strict=True)))
    raise CannotDecide(Reason.DECLARATION, "the cases have different shapes")
