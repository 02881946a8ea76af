"""Integers of an instance: sizes, bounds and positions; and the names of its scalar variables."""

from fractions import Fraction

from verifiers.instance.value import Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason

UNSIZED = "#d"      # the plan's entry for shapes that are declared without a size


def planned(evaluator, name):
    """The plan's entry for an integer name, or None."""
    return evaluator.plan.get(name)


def integer(evaluator, term, env=()):
    """The integer a size, bound or position comes to at this plan.

    Raises NeedsSizes where it is the length of an index set in the measure mode, CannotDecide where it is no integer.
    """
    value = position(evaluator, term, env)
    if isinstance(value, Atom):
        raise NeedsSizes("an index is used as a number")
    return value


def position(evaluator, term, env=()):
    """The integer or Atom a subscript comes to; arithmetic on an Atom raises NeedsSizes."""
    if term.head == "num":
        return _whole(Fraction(term.value))
    if term.head == "name":
        return _named(evaluator, term, env)
    if term.head == "add":
        return sum(integer(evaluator, t, env) for t in term.args)
    if term.head == "mul":
        product = Fraction(1)
        for factor in term.args:
            product *= _factor(evaluator, factor, env)
        return _whole(product)
    return _constant(evaluator, evaluator.value(term, env))


def _factor(evaluator, factor, env):
    """A factor of an integer product, which may be a fraction such as 2^{-1}."""
    if factor.head == "pow" and factor.args[1].head == "num":
        base = integer(evaluator, factor.args[0], env)
        if base == 0:
            raise CannotDecide(Reason.DECLARATION, "a size is divided by zero")
        return Fraction(base) ** int(factor.args[1].value)
    return integer(evaluator, factor, env)


def _named(evaluator, term, env):
    bound = evaluator.bound(term.value, env)
    if isinstance(bound, Atom):
        return bound
    if bound is not None:
        return _constant(evaluator, bound)
    entry = planned(evaluator, term.value)
    if entry is None:
        return _constant(evaluator, evaluator.value(term, env))
    mode, count = entry
    if mode == "mark":
        return Atom(evaluator.plan.index_set(term.value), count)
    if mode == "concrete":
        return count
    raise NeedsSizes(f"{term.value} needs a number")


def _constant(evaluator, node):
    if node in evaluator.elements:
        return evaluator.elements[node]
    value = evaluator.graph.value_of(node) if isinstance(node, int) else None
    if value is None:
        raise CannotDecide(Reason.DECLARATION, "a position or size is not an integer")
    return _whole(Fraction(value))


def _whole(value):
    if value.denominator != 1:
        raise CannotDecide(Reason.DECLARATION, f"{value} stands where an integer is expected")
    return int(value)


def size(evaluator, term):
    """The number of rows or columns a shape declares."""
    if term.head == "implied":
        mode, count = evaluator.plan.get(UNSIZED, ("concrete", 3))
        evaluator.touch("unsized")
        return count
    count = _member_size(evaluator, term) if term.head == "index" else integer(evaluator, term)
    if not 1 <= count <= 64:
        raise CannotDecide(Reason.SIZE_BOUND, f"an array of {count} rows is not built")
    return count


def _member_size(evaluator, term):
    """The size D_k of a family of whole numbers of which nothing else is said: one that changes with k."""
    base, *places = term.args
    d = evaluator.declared.families.get(base.value) if base.head == "name" else None
    plain = d is not None and d.kind == "scalar" and d.domain == "integer" and d.definition is None and not d.high \
        and len(places) == len(d.indices) == 1 and base.value not in evaluator.assigned
    if not plain:
        return integer(evaluator, term)
    place = integer(evaluator, places[0])
    key = d.name, (place,)
    if key not in evaluator.names:
        low = integer(evaluator, d.low) if d.low is not None else 1
        evaluator.names[key] = evaluator.graph.num(max(low, 1) + 1 + place % 3)
    evaluator.not_general(Reason.SIZE_BOUND, f"the sizes {d.name} at one choice only")
    return _constant(evaluator, evaluator.names[key])


def label(name, subscripts=(), place=()):
    """How a variable is called: ``x``, ``x[2]``, ``A[1,2]``, ``v[3][1]``; the q-th atom of a set is ``@q``."""
    spelled = ",".join(f"@{s.q}" if isinstance(s, Atom) else str(s) for s in subscripts)
    tail = ",".join(str(p) for p in place)
    return name + (f"[{spelled}]" if spelled else "") + (f"[{tail}]" if tail else "")
