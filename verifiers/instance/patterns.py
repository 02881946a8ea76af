"""Arrays whose pattern is declared: triangular, skew-symmetric, zero on the diagonal, permutations; ordered scalars."""

from itertools import permutations

from derive.term import ONE, range_
from verifiers.instance.indexsets import range_bounds
from verifiers.instance.sizes import label
from verifiers.instance.value import Array, Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason


def square(d, rows, columns):
    if rows != columns:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is {rows} x {columns} at these sizes, not square")


def _entries(evaluator, d, name, shape, kept):
    """An array that is zero but at the entries kept; a diagonal declared positive is."""
    graph, diagonal = evaluator.graph, "positive" if "positive_diagonal" in d.structure else d.domain
    return Array(*shape, tuple(
        graph.var(f"{name}[{i + 1},{j + 1}]", diagonal if i == j else d.domain) if kept(i, j) else graph.zero
        for i in range(shape[0]) for j in range(shape[1])))


def lower_triangular(evaluator, d, name, rows, columns):
    """Zero above the diagonal."""
    square(d, rows, columns)
    return _entries(evaluator, d, name, (rows, columns), lambda i, j: i >= j)


def upper_triangular(evaluator, d, name, rows, columns):
    """Zero below the diagonal."""
    square(d, rows, columns)
    return _entries(evaluator, d, name, (rows, columns), lambda i, j: i <= j)


def skew_symmetric(evaluator, d, name, rows, columns):
    """S^T = -S: free above the diagonal."""
    square(d, rows, columns)
    graph = evaluator.graph
    free = {(i, j): graph.var(f"{name}[{i + 1},{j + 1}]") for i in range(rows) for j in range(i + 1, rows)}
    return Array(rows, rows, tuple(free[i, j] if i < j else graph.neg(free[j, i]) if i > j else graph.zero
                                   for i in range(rows) for j in range(rows)))


def zero_diagonal(evaluator, d, name, rows, columns):
    """Zero on the diagonal, symmetric where that is declared too."""
    square(d, rows, columns)
    graph, symmetric = evaluator.graph, "symmetric" in d.structure
    entries = []
    for i in range(rows):
        for j in range(rows):
            a, b = (min(i, j), max(i, j)) if symmetric else (i, j)
            entries.append(graph.zero if i == j else graph.var(f"{name}[{a + 1},{b + 1}]", d.domain))
    return Array(rows, rows, tuple(entries))


def permutation_matrix(evaluator, d, name, rows, columns):
    """The rows of the identity in another order; the plan says which."""
    square(d, rows, columns)
    graph, order = evaluator.graph, order_of(evaluator, d, rows)
    array = Array(rows, rows, tuple(graph.one if order[j] == i else graph.zero for i in range(rows)
                                    for j in range(rows)))
    sign = -1 if sum(order[a] > order[b] for a in range(rows) for b in range(a + 1, rows)) % 2 else 1
    evaluator.known[array] = graph.num(sign), Array(rows, rows, tuple(array[j, i] for i in range(rows)
                                                                      for j in range(rows)))
    return array


def order_of(evaluator, d, count):
    """A permutation of 0, ..., count - 1: one that is no involution where there is such a one, or the plan's."""
    evaluator.not_general(Reason.SIZE_BOUND, f"{d.name} was tried as one permutation only")
    if count > 6:
        return tuple(range(1, count)) + (0,)
    every = list(permutations(range(count)))
    every.sort(key=lambda p: (all(p[p[k]] == k for k in range(count)), sum(p[k] == k for k in range(count)), p))
    return every[len(every) * evaluator.plan.get(f"#order {d.name}", ("concrete", 0))[1] // 8]


BUILDERS = {"lower_triangular": lower_triangular, "upper_triangular": upper_triangular,
            "skew_symmetric": skew_symmetric, "zero_diagonal": zero_diagonal, "permutation": permutation_matrix}
TRIANGULAR = (lower_triangular, upper_triangular)       # whose diagonal may be declared positive
TOGETHER = ({"zero_diagonal", "symmetric"}, {"permutation", "orthogonal"})     # words that may be said together


def ordered_member(evaluator, d, subscripts):
    """One of numbers in decreasing order: the sum of the steps from the last on, which are not negative."""
    if len(d.indices) != 1 or isinstance(subscripts[-1], Atom):
        raise NeedsSizes(f"the order of {d.name} needs its places")
    if d.domain not in ("real", "positive", "nonnegative") or d.low is not None or d.high is not None:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} are {d.domain} numbers in order, which is not built in")
    domain = evaluator.plan.survey.range_of(d.name, 0)
    if domain is None or domain.head != "range":
        raise CannotDecide(Reason.DECLARATION, f"the ordered numbers {d.name} have no declared range")
    _, last = range_bounds(evaluator, domain, ())
    graph = evaluator.graph
    evaluator.not_general(Reason.SIZE_BOUND, f"the order of {d.name} at these sizes only")
    steps = [graph.var(label(d.name, (k,)) + "'", d.domain if k == last else "nonnegative")
             for k in range(subscripts[-1], last + 1)]
    return graph.add(*steps)


def is_zero_outside(evaluator, d, places):
    """Whether a place is outside the rows and columns, or the range, of what is declared zero there."""
    if "zero_outside" not in d.structure or None in places or any(isinstance(p, Atom) for p in places):
        return False
    domains = [evaluator.plan.survey.range_of(d.name, k) for k in range(len(d.indices))]
    domains += [range_(ONE, s) for s in d.shape if s.head != "implied"]
    if len(domains) != len(places) or any(r is None or r.head != "range" for r in domains):
        return False
    ends = [range_bounds(evaluator, r, ()) for r in domains]
    return not all(low <= p <= high for (low, high), p in zip(ends, places, strict=True))
