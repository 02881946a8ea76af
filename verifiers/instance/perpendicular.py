"""Vectors that are orthogonal to one another: Gram-Schmidt without norms, and columns of a Cayley matrix."""

from verifiers.graph import POSITIVE
from verifiers.instance.indexsets import range_bounds
from verifiers.instance.matrices import inverse_of, multiply, transpose
from verifiers.instance.sizes import label
from verifiers.instance.value import Array, NeedsSizes
from verifiers.verdict import CannotDecide, Reason


def orthogonal_member(evaluator, d, subscripts, rows, structure):
    """The member of a family that is orthogonal to the members before it and to the names the givens tell.

    Raises CannotDecide (SIZE_BOUND) where the space has too few dimensions for that.
    """
    strange = structure - {"orthogonal_family", "unit_norm", "nonzero", "arbitrary"}
    others = [v for n in evaluator.perpendicular.get(d.name, ()) for v in _vectors(evaluator, n)]
    family = "orthogonal_family" in structure
    if strange or d.domain != "real" or "unit_norm" in structure and (others or not family):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is orthogonal and {', '.join(sorted(structure))}")
    count = _length(evaluator, d) if family else 1
    if count + len(others) > rows:
        raise CannotDecide(Reason.SIZE_BOUND, f"{count + len(others)} orthogonal vectors in {rows} dimensions")
    if "unit_norm" in structure:
        return _orthonormal(evaluator, d, subscripts, rows)
    return _projected(evaluator, d, subscripts, rows, others, family)


def _first(evaluator, d):
    domain = evaluator.plan.survey.range_of(d.name, 0)
    if domain is None or domain.head != "range":
        raise CannotDecide(Reason.DECLARATION, f"the orthogonal family {d.name} has no declared range")
    return range_bounds(evaluator, domain, ())


def _length(evaluator, d):
    low, high = _first(evaluator, d)
    return high - low + 1


def _vectors(evaluator, name):
    """The vector of that name, or all members of the family."""
    from verifiers.instance.declared import member, named_value
    d = evaluator.declared.families[name]
    if not d.indices:
        return [named_value(evaluator, name)]
    low, high = _first(evaluator, d)
    return [member(evaluator, name, (k,), ()) for k in range(low, high + 1)]


def _number(evaluator, d, subscripts):
    if not all(isinstance(s, int) for s in subscripts):
        raise NeedsSizes(f"the orthogonal family {d.name} has one member for each index")
    return subscripts[0] - _first(evaluator, d)[0]


def _orthonormal(evaluator, d, subscripts, rows):
    from verifiers.instance.structure import BUILDERS
    key = d.name, "columns"
    if key not in evaluator.known:
        evaluator.known[key] = BUILDERS["orthogonal"](evaluator, d, d.name, rows, rows)
    k, full = _number(evaluator, d, subscripts), evaluator.known[key]
    return Array(rows, 1, tuple(full[i, k] for i in range(rows)))


def _projected(evaluator, d, subscripts, rows, others, family):
    """v minus its projection on the span of what it must be orthogonal to."""
    from verifiers.instance.declared import member
    graph, name = evaluator.graph, label(d.name, subscripts)
    before = list(others)
    if family:
        low, number = _first(evaluator, d)[0], _number(evaluator, d, subscripts)
        before += [member(evaluator, d.name, (low + k,), ()) for k in range(number)]
    plain = name if not before else name + "'"
    vector = Array(rows, 1, tuple(graph.var(f"{plain}[{i + 1}]") for i in range(rows)))
    if before:
        basis = Array(rows, len(before), tuple(v.entries[i] for i in range(rows) for v in before))
        gram = multiply(graph, transpose(basis), basis)
        if family and not others:
            gram = Array(gram.rows, gram.columns, tuple(e if i == j else graph.zero for (i, j), e in zip(
                ((i, j) for i in range(gram.rows) for j in range(gram.columns)), gram.entries, strict=True)))
        weights = multiply(graph, inverse_of(graph, gram), multiply(graph, transpose(basis), vector))
        shadow = multiply(graph, basis, weights)
        vector = Array(rows, 1, tuple(graph.sub(v, s) for v, s in zip(vector.entries, shadow.entries, strict=True)))
    if "nonzero" in d.structure:
        evaluator.constraints.append((POSITIVE, graph.add(*(graph.mul(e, e) for e in vector.entries))))
    return vector
