"""Arrays of nodes: products, determinants and inverses, without choosing pivots."""

from functools import lru_cache
from itertools import pairwise

from verifiers.instance.value import Array, ShapeClash, collapsed
from verifiers.verdict import CannotDecide, Reason

LARGEST = 6             # side of the largest determinant expanded by minors


def transpose(array):
    """The transpose; the free zero stays free."""
    if array.free:
        return array
    entries = tuple(array[i, j] for j in range(array.columns) for i in range(array.rows))
    return Array(array.columns, array.rows, entries)


def multiply(graph, a, b):
    """The matrix product of two sized arrays.  Raises ShapeClash."""
    if a.columns != b.rows:
        raise ShapeClash(f"{a.rows} x {a.columns} times {b.rows} x {b.columns}")
    entries = tuple(graph.add(*(graph.mul(a[i, k], b[k, j]) for k in range(a.columns)))
                    for i in range(a.rows) for j in range(b.columns))
    return Array(a.rows, b.columns, entries)


def scaled(graph, node, array):
    """node * array, entrywise."""
    return Array(array.rows, array.columns, tuple(graph.mul(node, e) for e in array.entries), array.free)


def chain(graph, arrays):
    """The product of sized arrays in order, in a bracketing that fits: A (x^T y) is written A x^T y in a flat product.

    A 1 x 1 partial product is a scalar.  All bracketings that fit have the same value; the cheapest is taken.
    Raises ShapeClash where none fits.
    """
    shapes = tuple(a.shape for a in arrays)
    plan = _bracketing(shapes)
    if plan is None:
        first = next(((p, q) for p, q in pairwise(shapes) if not _meet(p, q)), (shapes[0], shapes[-1]))
        raise ShapeClash(f"{first[0][0]} x {first[0][1]} times {first[1][0]} x {first[1][1]}")

    def build(node):
        if isinstance(node, int):
            return arrays[node]
        left, right = build(node[0]), build(node[1])
        if left.shape == (1, 1):
            return scaled(graph, left.entries[0], right)
        return scaled(graph, right.entries[0], left) if right.shape == (1, 1) else multiply(graph, left, right)

    return collapsed(build(plan))


def _meet(p, q):
    return p[1] == q[0] or (1, 1) in (p, q)


@lru_cache(maxsize=4096)
def _bracketing(shapes):
    """The cheapest tree of pairs over the positions, or None."""
    count = len(shapes)
    best = {(i, i): (0, shapes[i], i) for i in range(count)}
    for width in range(1, count):
        for i in range(count - width):
            j = i + width
            options = []
            for k in range(i, j):
                left, right = best.get((i, k)), best.get((k + 1, j))
                if left is None or right is None or not _meet(left[1], right[1]):
                    continue
                (n, m), (p, q) = left[1], right[1]
                if (1, 1) in (left[1], right[1]):
                    shape, cost = ((p, q), p * q) if (n, m) == (1, 1) else ((n, m), n * m)
                else:
                    shape, cost = (n, q), n * m * q
                options.append((left[0] + right[0] + cost, shape, (left[2], right[2])))
            if options:
                best[i, j] = min(options, key=lambda o: o[0])
    found = best.get((0, count - 1))
    return None if found is None else found[2]


def determinant(graph, array):
    """The determinant by expansion along rows, minors shared; no division.  Raises ShapeClash, CannotDecide."""
    if array.rows != array.columns:
        raise ShapeClash(f"the determinant of a matrix {array.rows} x {array.columns}")
    _small(array.rows)
    return _minor(graph, array, tuple(range(array.rows)), tuple(range(array.rows)), {})


def _small(side):
    if side > LARGEST:
        raise CannotDecide(Reason.BUDGET, f"a determinant of side {side} is not expanded")


def _minor(graph, array, rows, columns, memo):
    """The minor of the listed rows and columns."""
    key = rows, columns
    if key not in memo:
        if not rows:
            memo[key] = graph.one
        else:
            first, rest = rows[0], rows[1:]
            parts = []
            for k, c in enumerate(columns):
                if array[first, c] != graph.zero:
                    sub = _minor(graph, array, rest, columns[:k] + columns[k + 1:], memo)
                    parts.append(graph.mul(graph.num(-1 if k % 2 else 1), array[first, c], sub))
            memo[key] = graph.add(*parts)
    return memo[key]


def inverse_of(graph, array):
    """Adjugate over determinant; records that the determinant is nonzero.  Raises ShapeClash, CannotDecide."""
    n = array.rows
    if n != array.columns:
        raise ShapeClash(f"the inverse of a matrix {array.rows} x {array.columns}")
    if _is_diagonal(graph, array):
        return Array(n, n, tuple(graph.inv(array[i, i]) if i == j else graph.zero for i in range(n) for j in range(n)))
    _small(n)
    memo, everything = {}, tuple(range(n))
    scale = graph.inv(_minor(graph, array, everything, everything, memo))
    entries = []
    for i in range(n):
        for j in range(n):
            rows = tuple(r for r in everything if r != j)
            columns = tuple(c for c in everything if c != i)
            sign = graph.num(-1 if (i + j) % 2 else 1)
            entries.append(graph.mul(sign, _minor(graph, array, rows, columns, memo), scale))
    return Array(n, n, tuple(entries))


def _is_diagonal(graph, array):
    return all(array[i, j] == graph.zero for i in range(array.rows) for j in range(array.columns) if i != j)
