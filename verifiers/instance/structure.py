"""Free values of declared names: fresh variables, and dense rational parametrisations of what is structured.

Each parametrisation reaches a Zariski-dense part of the declared set (and every component of it), so that a rational
identity in its parameters is one on the whole set; the inverse and determinant it knows are kept in ``known``.
"""

from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE
from verifiers.instance import patterns
from verifiers.instance.assign import number
from verifiers.instance.matrices import determinant, inverse_of, multiply, transpose
from verifiers.instance.sizes import label, size
from verifiers.instance.value import Array, Atom
from verifiers.verdict import CannotDecide, Reason

FIRST_LABEL = 10007     # labels are different numbers that nothing else is compared with
HARMLESS = {"arbitrary", "increment", "independent", "smooth", "finite", "finite_variance", "nonzero", "bounded",
            "variable_of_proportionality", "identically_distributed", "square", "zero_outside", "additive_constant"}


def free_value(evaluator, d, subscripts):
    """The value of a name (or member of a family) that nothing defines."""
    structure = d.structure | evaluator.structures.get(d.name, frozenset())
    if d.kind == "label":
        return evaluator.graph.num(FIRST_LABEL + [e.name for e in evaluator.claim.symbols].index(d.name))
    if d.kind not in ("scalar", "vector", "matrix", "size", "identity", "index"):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} ({d.kind}) has no value here")
    if d.kind == "identity":
        return _identity(evaluator, d)
    place = subscripts[len(d.indices):]         # an array used as a family in the measure mode
    if not d.shape or place:
        return _scalar_member(evaluator, d, subscripts, structure)
    rows, columns = shape_of(evaluator, d)
    return _array(evaluator, d, label(d.name, subscripts), rows, columns, structure, subscripts)


def shape_of(evaluator, d):
    sizes = [size(evaluator, t) for t in d.shape]
    return (sizes[0], 1) if len(sizes) == 1 else tuple(sizes)


def _identity(evaluator, d):
    from verifiers.instance.value import Multiple
    evaluator.touch("identity")
    if not d.shape or any(t.head == "implied" for t in d.shape):
        return Multiple(evaluator.graph.one)
    n, m = shape_of(evaluator, d)
    if n != m:
        raise CannotDecide(Reason.DECLARATION, f"the identity {d.name} is declared {n} x {m}")
    return eye(evaluator.graph, n)


def eye(graph, n):
    return Array(n, n, tuple(graph.one if i == j else graph.zero for i in range(n) for j in range(n)))


# -- scalars --------------------------------------------------------------------------------------------------------
def _scalar_member(evaluator, d, subscripts, structure):
    if "sums_to_one" in structure and subscripts:
        return _share(evaluator, d, subscripts)
    if "decreasing" in structure and subscripts and structure <= HARMLESS | {"decreasing"}:
        return patterns.ordered_member(evaluator, d, subscripts)
    unknown = structure - HARMLESS - {"sums_to_one"}
    if unknown:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is declared {sorted(unknown)[0]}, which is not built in")
    return scalar(evaluator, d, label(d.name, subscripts), structure)


def scalar(evaluator, d, name, structure=frozenset()):
    """A fresh scalar variable in the declared domain, within the declared bounds."""
    graph = evaluator.graph
    tag = "nonzero" if "nonzero" in structure and d.domain == "real" else d.domain
    if d.kind in ("size", "index") or tag == "integer":
        tag = _integer_tag(d)
    node = graph.var(name, tag)
    evaluator.labels[node] = name
    if "nonzero" in structure and tag not in ("nonzero", "positive", "negative", "unit", "sign"):
        evaluator.constraints.append((NONZERO, node))
    for place, (bound, sign) in enumerate(((d.low, 1), (d.high, -1)), 1):
        built_in = isinstance(tag, tuple) and len(tag) > place
        if bound is not None and bound.head != "infinity" and not built_in:
            gap = graph.mul(graph.num(sign), graph.sub(node, evaluator.scalar(bound)))
            evaluator.constraints.append((NONNEGATIVE, gap))
    return node


def _integer_tag(d):
    """The tag of an integer with the bounds that are numbers."""
    low, high = (None if b is None else number(b, {}) for b in (d.low, d.high))
    if low is None:
        return "integer"
    return ("integer", int(low)) if high is None else ("integer", int(low), int(high))


def _share(evaluator, d, subscripts):
    """One of the shares of a family that sums to one: u_i / sum u, or the last as the rest.

    The sum is over the one index of which a range is declared, else over the last.
    """
    from verifiers.instance.indexsets import measure
    counted = [k for k, r in enumerate(d.ranges[:len(d.indices)]) if r.head == "range"]
    at = counted[0] if len(counted) == 1 and not d.shape else len(subscripts) - 1
    graph, last = evaluator.graph, subscripts[at]
    if isinstance(last, Atom):
        found = measure(evaluator, last.of)
        found.sums.add(evaluator.graph.var(f"sum of {d.name}"))     # the sum that is one counts as a sum
        weights = found.weights
        places = [Atom(last.of, q) for q in range(len(weights))]
    else:
        first, final = _summed_range(evaluator, d, at)
        weights, places = [graph.one] * (final - first + 1), list(range(first, final + 1))
    nodes = [_share_variable(evaluator, d, (*subscripts[:at], p, *subscripts[at + 1:])) for p in places]
    here = places.index(last)
    if d.domain == "real":
        rest = graph.sub(graph.one, graph.add(*(graph.mul(w, n) for w, n in zip(weights[1:], nodes[1:], strict=True))))
        return nodes[here] if here else graph.div(rest, weights[0])
    total = graph.add(*(graph.mul(w, n) for w, n in zip(weights, nodes, strict=True)))
    _some(evaluator, d, total)
    return graph.div(nodes[here], total)


def _summed_range(evaluator, d, place):
    from derive.term import ONE, range_
    from verifiers.instance.indexsets import range_bounds
    domain = evaluator.plan.survey.range_of(d.name, place) if place < len(d.indices) \
        else range_(ONE, d.shape[place - len(d.indices)])
    if domain is None or domain.head != "range":
        raise CannotDecide(Reason.DECLARATION, f"the shares {d.name} have no declared range")
    return range_bounds(evaluator, domain, ())


def _share_variable(evaluator, d, subscripts):
    if d.domain not in ("real", "positive", "nonnegative", "unit", "closed_unit"):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} are {d.domain} shares of one, which is not built in")
    return evaluator.graph.var(label(d.name, subscripts) + ("" if d.domain == "real" else "'"), _share_domain(d))


def _share_domain(d):
    """Where the numbers lie whose parts of their sum the shares are."""
    return "real" if d.domain == "real" else "nonnegative" if d.domain in ("nonnegative", "closed_unit") else "positive"


def _some(evaluator, d, total):
    """Not all of the numbers are 0."""
    if _share_domain(d) == "nonnegative" and (POSITIVE, total) not in evaluator.constraints:
        evaluator.constraints.append((POSITIVE, total))


# -- arrays ---------------------------------------------------------------------------------------------------------
def _array(evaluator, d, name, rows, columns, structure, subscripts):
    if "orthogonal_family" in structure or d.name in evaluator.perpendicular:
        from verifiers.instance.perpendicular import orthogonal_member
        return orthogonal_member(evaluator, d, subscripts, rows, structure)
    builder = next((BUILDERS[s] for s in BUILDERS if s in structure), None if d.rank is None else _of_rank)
    rest = structure - HARMLESS - IMPLIED_BY_BUILDERS - set(BUILDERS)
    if builder in patterns.TRIANGULAR:
        rest -= {"positive_diagonal"}
    if rest:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is declared {sorted(rest)[0]}, which is not built in")
    if builder is not None and d.domain != "real" and builder not in WITH_DOMAIN:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} has {d.domain} entries and a structure")
    array = (builder or _plain)(evaluator, d, name, rows, columns) if builder is not _one_hot else \
        _one_hot(evaluator, d, rows, columns, sum(s for s in subscripts if isinstance(s, int)))
    if len(structure & set(BUILDERS)) > 1 and not _contains(structure):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is declared {', '.join(sorted(structure))}")
    _constrain(evaluator, array, structure)
    if d.kind in ("vector", "matrix"):
        for i in range(rows):
            for j in range(columns):
                evaluator.labels.setdefault(array[i, j], _entry_name(name, i, j, columns))
    return array


def _contains(structure):
    """Whether one of the words implies the others."""
    words = structure & set(BUILDERS)
    return words <= {"positive_definite", "symmetric"} or words <= {"positive_semidefinite", "symmetric"} \
        or words <= {"diagonal", "symmetric"} or words <= {"positive_definite", "diagonal", "symmetric"} \
        or words <= {"positive_semidefinite", "diagonal", "symmetric"} or words in patterns.TOGETHER


def _entry_name(name, i, j, columns):
    return f"{name}[{i + 1}]" if columns == 1 else f"{name}[{i + 1},{j + 1}]"


def _plain(evaluator, d, name, rows, columns, tag=None):
    entries = tuple(evaluator.graph.var(_entry_name(name, i, j, columns), tag or d.domain)
                    for i in range(rows) for j in range(columns))
    return Array(rows, columns, entries)


def _square(d, rows, columns):
    if rows != columns:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is {rows} x {columns} at these sizes, not square")


def _of_rank(evaluator, d, name, rows, columns):
    """A product of two free factors, n x r and r x m: of rank r at almost every point."""
    if d.structure - HARMLESS or d.domain != "real":
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is declared with a rank and more")
    inner = size(evaluator, d.rank)
    if inner > min(rows, columns):
        raise CannotDecide(Reason.SIZE_BOUND, f"no {rows} x {columns} matrix has rank {inner}")
    evaluator.not_general(Reason.SIZE_BOUND, f"the rank of {d.name} at these sizes only")
    left, right = _plain(evaluator, d, name + ".l", rows, inner), _plain(evaluator, d, name + ".r", inner, columns)
    return multiply(evaluator.graph, left, right)


def _symmetric(evaluator, d, name, rows, columns):
    _square(d, rows, columns)
    graph = evaluator.graph
    return Array(rows, rows, tuple(graph.var(_entry_name(name, min(i, j), max(i, j), 2), d.domain)
                                   for i in range(rows) for j in range(rows)))


def _triangle(evaluator, name, n, tag):
    graph = evaluator.graph
    return Array(n, n, tuple(graph.zero if i < j else graph.var(f"{name}.L[{i + 1},{j + 1}]", tag if i == j else "real")
                             for i in range(n) for j in range(n)))


def _positive_definite(evaluator, d, name, rows, columns):
    """L L^T with positive diagonal: every positive definite matrix; det = prod L_ii^2, inverse by substitution."""
    _square(d, rows, columns)
    if "diagonal" in d.structure:
        return _diagonal(evaluator, d, name, rows, columns, "positive")
    graph, low = evaluator.graph, _triangle(evaluator, name, rows, "positive")
    array = multiply(graph, low, transpose(low))
    inverse_low = _lower_inverse(graph, low)
    inverse = multiply(graph, transpose(inverse_low), inverse_low)
    root = graph.mul(*(low[i, i] for i in range(rows)))
    evaluator.known[array] = graph.mul(root, root), inverse
    evaluator.known[inverse] = graph.inv(graph.mul(root, root)), array
    return array


def _lower_inverse(graph, low):
    """The inverse of a lower triangular matrix, by forward substitution."""
    n = low.rows
    rows = [[graph.zero] * n for _ in range(n)]
    for j in range(n):
        for i in range(j, n):
            start = graph.one if i == j else graph.zero
            total = graph.add(start, *(graph.neg(graph.mul(low[i, k], rows[k][j])) for k in range(j, i)))
            rows[i][j] = graph.div(total, low[i, i])
    return Array(n, n, tuple(e for row in rows for e in row))


def _semidefinite(evaluator, d, name, rows, columns):
    _square(d, rows, columns)
    if "diagonal" in d.structure:
        return _diagonal(evaluator, d, name, rows, columns, "nonnegative")
    low = _triangle(evaluator, name, rows, "real")
    return multiply(evaluator.graph, low, transpose(low))


def _diagonal(evaluator, d, name, rows, columns, tag=None):
    _square(d, rows, columns)
    graph = evaluator.graph
    return Array(rows, rows, tuple(graph.var(_entry_name(name, i, j, 2), tag or d.domain) if i == j else graph.zero
                                   for i in range(rows) for j in range(rows)))


def _orthogonal(evaluator, d, name, rows, columns):
    """Cayley: (I - S)(I + S)^{-1} diag(e, 1, ..., 1) with e = -1 or 1: dense in both components.

    With fewer columns than rows: its first columns, orthonormal.
    """
    if columns > rows:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} cannot have orthonormal columns, {rows} x {columns}")
    graph, n = evaluator.graph, rows
    skew = {(i, j): graph.var(f"{name}.S[{i + 1},{j + 1}]") for i in range(n) for j in range(i + 1, n)}
    entries = [skew.get((i, j)) or (graph.neg(skew[j, i]) if i > j else graph.zero) for i in range(n) for j in range(n)]
    minus = Array(n, n, tuple(graph.sub(o, s) for o, s in zip(eye(graph, n).entries, entries, strict=True)))
    plus = Array(n, n, tuple(graph.add(o, s) for o, s in zip(eye(graph, n).entries, entries, strict=True)))
    sign = graph.var(f"{name}.det", "sign")
    turned = multiply(graph, minus, inverse_of(graph, plus))
    full = Array(n, n, tuple(graph.mul(sign, turned[i, j]) if j == 0 else turned[i, j]
                             for i in range(n) for j in range(n)))
    if columns < rows:
        return Array(n, columns, tuple(full[i, j] for i in range(n) for j in range(columns)))
    evaluator.known[full] = sign, transpose(full)
    evaluator.known[transpose(full)] = sign, full
    return full


def _unit(evaluator, d, name, rows, columns):
    """Stereographic: (2u, |u|^2 - 1) / (|u|^2 + 1), all unit vectors but one."""
    graph, n = evaluator.graph, rows * columns
    if n == 1:
        return Array(1, 1, (graph.var(f"{name}.sign", "sign"),))
    u = [graph.var(f"{name}.u[{k + 1}]") for k in range(n - 1)]
    square = graph.add(*(graph.mul(x, x) for x in u))
    scale = graph.inv(graph.add(square, graph.one))
    parts = [graph.mul(graph.num(2), x, scale) for x in u] + [graph.mul(graph.sub(square, graph.one), scale)]
    return Array(rows, columns, tuple(parts))


def _shares(evaluator, d, name, rows, columns):
    """Entries that sum to one: u / sum u where they have a sign, the last entry as the rest for real ones."""
    graph = evaluator.graph
    if d.domain == "real":
        plain = _plain(evaluator, d, name, rows, columns).entries
        rest = graph.sub(graph.one, graph.add(*plain[:-1]))
        return Array(rows, columns, (*plain[:-1], rest))
    plain = _plain(evaluator, d, name + "'", rows, columns, _share_domain(d)).entries
    _some(evaluator, d, graph.add(*plain))
    total = graph.inv(graph.add(*plain))
    return Array(rows, columns, tuple(graph.mul(x, total) for x in plain))


def _stochastic(evaluator, d, name, rows, columns):
    """Rows of numbers that are not negative and sum to one."""
    graph, plain = evaluator.graph, _plain(evaluator, d, name + "'", rows, columns, "nonnegative")
    sums = [graph.add(*(plain[i, j] for j in range(columns))) for i in range(rows)]
    evaluator.constraints.extend((POSITIVE, s) for s in sums)
    totals = [graph.inv(s) for s in sums]
    return Array(rows, columns, tuple(graph.mul(plain[i, j], totals[i]) for i in range(rows) for j in range(columns)))


def _one_hot(evaluator, d, rows, columns, member):
    """The one stands where the plan says, one place on for the next member of a family."""
    first = evaluator.plan.get(f"#hot {d.name}", ("concrete", 1))[1] - (1 if d.indices else 0)
    count = (first - 1 + member) % (rows * columns) + 1
    evaluator.not_general(Reason.SIZE_BOUND, f"{d.name} was tried with its one in one place only")
    graph = evaluator.graph
    return Array(rows, columns, tuple(graph.one if k == count - 1 else graph.zero for k in range(rows * columns)))


BUILDERS = {**patterns.BUILDERS, "positive_definite": _positive_definite, "positive_semidefinite": _semidefinite,
            "orthogonal": _orthogonal, "diagonal": _diagonal, "symmetric": _symmetric, "unit_norm": _unit,
            "sums_to_one": _shares, "stochastic": _stochastic, "one_hot": _one_hot}
WITH_DOMAIN = (_shares, _symmetric, _diagonal, patterns.zero_diagonal, patterns.lower_triangular,
               patterns.upper_triangular)
IMPLIED_BY_BUILDERS = {"full_rank", "invertible", "full_column_rank", "full_row_rank"}


def _constrain(evaluator, array, structure):
    """What is only an open condition: the sample points must satisfy it."""
    graph = evaluator.graph
    if "nonzero" in structure:
        evaluator.constraints.append((POSITIVE, graph.add(*(graph.mul(x, x) for x in array.entries))))
    if "invertible" in structure:
        if array.rows != array.columns:
            raise CannotDecide(Reason.DECLARATION, "a matrix that is not square is declared invertible")
        evaluator.constraints.append((NONZERO, determinant(graph, array)))
    if "full_rank" in structure:
        wide = transpose(array) if array.rows > array.columns else array
        evaluator.constraints.append((NONZERO, determinant(graph, multiply(graph, wide, transpose(wide)))))
    for word, wide in (("full_column_rank", transpose(array)), ("full_row_rank", array)):
        if word in structure:
            if wide.rows > wide.columns:
                raise CannotDecide(Reason.SIZE_BOUND, f"no {array.rows} x {array.columns} matrix has {word}")
            evaluator.constraints.append((NONZERO, determinant(graph, multiply(graph, wide, transpose(wide)))))

