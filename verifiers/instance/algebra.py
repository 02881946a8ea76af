"""Sums, products, powers and the operations on matrices: what their heads mean."""

from fractions import Fraction
from functools import reduce

from derive.term import free_names, subterms
from verifiers.instance.evaluator import means
from verifiers.instance.matrices import chain, determinant, inverse_of, multiply, scaled, transpose
from verifiers.instance.positivity import is_positive
from verifiers.instance.sizes import integer
from verifiers.instance.structure import eye
from verifiers.instance.value import Array, Multiple, NeedsSizes, ShapeClash, collapsed, sized
from verifiers.verdict import CannotDecide, Reason

SPREAD = "a number beside a vector is added to each of its entries"
SPREAD_SYMBOL = "a scalar beside a vector is added to each of its entries"
HIGHEST = 64            # power of a matrix that is multiplied out


@means("num")
def _num(evaluator, term, env):
    return evaluator.graph.num(term.value)


@means("pi")
def _pi(evaluator, term, env):
    return evaluator.graph.var("pi", "pi")


@means("zeros")
def _zeros(evaluator, term, env):
    return Array(1, 1, (evaluator.graph.zero,), free=True)


@means("infinity")
def _infinity(evaluator, term, env):
    raise CannotDecide(Reason.LIMIT, "infinity is no number")


@means("add")
def _add(evaluator, term, env):
    return total(evaluator.graph, _spread(evaluator, [evaluator.value(t, env) for t in term.args]))


def _spread(evaluator, values):
    r"""Numbers beside vectors of one length as vectors of that number: 1 - h \odot h.  Said in the notes."""
    graph, shapes = evaluator.graph, {v.shape for v in values if isinstance(v, Array) and not v.free}
    numbers = [v for v in values if isinstance(v, int) and graph.value_of(v) != 0]
    if len(shapes) != 1 or not numbers or min(shape := next(iter(shapes))) > 1 or shape == (1, 1):
        return values
    evaluator.touch("entries")
    note = SPREAD if all(graph.value_of(n) is not None for n in numbers) else SPREAD_SYMBOL
    if note not in evaluator.notes:
        evaluator.notes.append(note)
    count = shape[0] * shape[1]
    return [Array(*shape, (v,) * count) if v in numbers else v for v in values]


def total(graph, values):
    """The sum of values of one shape, which the unsized zero and identity take too.  Raises ShapeClash."""
    shapes = {v.shape: None for v in values if isinstance(v, Array) and not v.free}
    if not shapes:
        return _total_unsized(graph, values)
    shape = next(iter(shapes))
    if len(shapes) > 1:
        a, b = list(shapes)[:2]
        raise ShapeClash(f"{a[0]} x {a[1]} plus {b[0]} x {b[1]}")
    arrays = []
    for v in values:
        if isinstance(v, int) and shape != (1, 1) and graph.value_of(v) != 0:
            raise ShapeClash(f"a number plus an array {shape[0]} x {shape[1]}")
        if not isinstance(v, int) or shape == (1, 1):
            arrays.append(sized(v, graph, shape))
    nodes = zip(*(a.entries for a in arrays), strict=True)
    return collapsed(Array(*shape, tuple(graph.add(*parts) for parts in nodes)))


def _total_unsized(graph, values):
    """A sum of numbers, unsized identities and unsized zeros."""
    numbers = [v for v in values if isinstance(v, int)]
    multiples = [v.scalar for v in values if isinstance(v, Multiple)]
    if multiples and any(graph.value_of(n) != 0 for n in numbers):
        raise CannotDecide(Reason.DECLARATION, "a number plus an identity matrix of unknown size")
    if multiples:
        return Multiple(graph.add(*multiples))
    if not numbers:
        return values[0]
    return graph.add(*numbers)


@means("mul")
def _mul(evaluator, term, env):
    return product(evaluator.graph, [evaluator.value(t, env) for t in term.args])


def product(graph, values):
    """The product of scalars and arrays in order; a 1 x 1 result is a scalar.  Raises ShapeClash."""
    scalars = [v for v in values if isinstance(v, int)]
    multiples = [v.scalar for v in values if isinstance(v, Multiple)]
    arrays = [v for v in values if isinstance(v, Array)]
    if any(a.free for a in arrays):
        return Array(1, 1, (graph.zero,), free=True)
    scale = graph.mul(*scalars, *multiples)
    if not arrays:
        return Multiple(scale) if multiples else scale
    result = chain(graph, arrays)
    if isinstance(result, int):
        return graph.mul(scale, result)
    return scaled(graph, scale, result) if scalars or multiples else result


# -- powers and inverses --------------------------------------------------------------------------------------------
@means("pow")
def _pow(evaluator, term, env):
    base_term, exponent_term = term.args
    graph = evaluator.graph
    if base_term.head == "norm" and exponent_term.head == "num" and exponent_term.value in (2, 4):
        return graph.pow(square_norm(evaluator, base_term.args[0], env),
                         graph.num(Fraction(exponent_term.value) / 2))
    base = evaluator.value(base_term, env)
    if isinstance(base, int):
        return _scalar_power(evaluator, base, evaluator.value(exponent_term, env))
    try:
        k = integer(evaluator, exponent_term, env)
    except CannotDecide as reason:
        raise CannotDecide(Reason.NEEDS_LEMMA, "a power of a matrix that is no integer is not evaluated") from reason
    evaluator.touch(*(f"size {n}" for n in free_names(exponent_term) if n in evaluator.plan))
    return _matrix_power(evaluator, base_term, base, k, env)


def _scalar_power(evaluator, base, exponent):
    graph = evaluator.graph
    if not isinstance(exponent, int):
        raise CannotDecide(Reason.DECLARATION, "an exponent is not a number")
    k = graph.value_of(exponent)
    if k is None and not is_positive(graph, base):
        lengths = {w for m in evaluator.measures.values() for w in m.weights}
        if lengths & set(graph.variables((exponent,))):
            raise NeedsSizes("a base of unknown sign is raised to a whole number without a value")
    if k is not None and abs(k) > 10 ** 6:
        raise CannotDecide(Reason.BUDGET, f"the power {k} is not evaluated")
    return graph.pow(base, exponent)


def _matrix_power(evaluator, base_term, base, k, env):
    graph = evaluator.graph
    if isinstance(base, Multiple):
        return Multiple(graph.pow(base.scalar, graph.num(k)))
    if base.rows != base.columns:
        if min(base.shape) == 1:
            raise CannotDecide(Reason.DECLARATION, f"a vector to the power {k} may mean two things")
        raise ShapeClash(f"a power of a matrix {base.rows} x {base.columns}")
    if abs(k) > HIGHEST:
        raise CannotDecide(Reason.BUDGET, f"the matrix power {k} is not multiplied out")
    if k < 0:
        evaluator.touch("inverse")
        base, k = inverse(evaluator, base_term, env), -k
    result = eye(graph, base.rows)
    for _ in range(k):
        result = multiply(graph, result, base)
    return result


def inverse(evaluator, term, env):
    """The inverse of a square matrix Term: of a product of square factors, factor by factor."""
    graph, value = evaluator.graph, evaluator.value(term, env)
    if isinstance(value, Multiple):
        return Multiple(graph.inv(value.scalar))
    if value in evaluator.known:
        return evaluator.known[value][1]
    if term.head == "mul":
        factors = [evaluator.value(t, env) for t in term.args]
        arrays = [(t, v) for t, v in zip(term.args, factors, strict=True) if isinstance(v, Array)]
        if all(v.shape == value.shape for _, v in arrays) and (len(arrays) > 1 or len(factors) > 1):
            scale = graph.inv(graph.mul(*(_scale(v) for v in factors if not isinstance(v, Array))))
            parts = [inverse(evaluator, t, env) for t, _ in reversed(arrays)]
            return scaled(graph, scale, chain(graph, parts)) if len(parts) > 1 else scaled(graph, scale, parts[0])
    if term.head == "transpose":
        return transpose(inverse(evaluator, term.args[0], env))
    return inverse_of(graph, value)


def _scale(value):
    return value.scalar if isinstance(value, Multiple) else value


@means("det")
def _det(evaluator, term, env):
    evaluator.touch("determinant")
    return det(evaluator, term.args[0], env)


def det(evaluator, term, env):
    """The determinant of a matrix Term: of a product of square factors, factor by factor."""
    graph, value = evaluator.graph, evaluator.value(term, env)
    if isinstance(value, int):
        return value
    if isinstance(value, Multiple) or value.free:
        raise CannotDecide(Reason.DECLARATION, "the determinant of a matrix of unknown size")
    if value in evaluator.known:
        return evaluator.known[value][0]
    if term.head == "pow" and term.args[1].head == "num" and term.args[1].value == -1:
        return graph.inv(det(evaluator, term.args[0], env))
    if term.head == "transpose":
        return det(evaluator, term.args[0], env)
    if term.head == "mul":
        factors = [(t, evaluator.value(t, env)) for t in term.args]
        arrays = [t for t, v in factors if isinstance(v, Array)]
        if all(v.shape == value.shape for _, v in factors if isinstance(v, Array)) and len(factors) > 1 and arrays:
            scale = graph.mul(*(_scale(v) for _, v in factors if not isinstance(v, Array)))
            return graph.mul(graph.pow(scale, graph.num(value.rows)), *(det(evaluator, t, env) for t in arrays))
    return determinant(graph, value)


# -- other operations on arrays -------------------------------------------------------------------------------------
@means("transpose")
def _transpose(evaluator, term, env):
    value = evaluator.value(term.args[0], env)
    if not isinstance(value, Array):
        return value
    turned = transpose(value)
    if value in evaluator.known and turned not in evaluator.known:
        root, other = evaluator.known[value]
        evaluator.known[turned] = root, transpose(other)
    return turned


def _touch_trace(evaluator, term):
    """A trace, and whether it may be one of a derivative: then it can yield the size as a number."""
    definitions = [d.definition for d in evaluator.claim.symbols if d.definition is not None]
    traced = any(t.head in ("deriv", "grad", "hess") for whole in (term, *definitions) for t in subterms(whole))
    evaluator.touch("trace", *(["traced derivative"] if traced else []))


@means("tr")
def _tr(evaluator, term, env):
    _touch_trace(evaluator, term)
    value = evaluator.value(term.args[0], env)
    if isinstance(value, int):
        return value
    if isinstance(value, Multiple) or value.free:
        raise CannotDecide(Reason.DECLARATION, "the trace of a matrix of unknown size")
    if value.rows != value.columns:
        raise ShapeClash(f"the trace of a matrix {value.rows} x {value.columns}")
    return evaluator.graph.add(*(value[i, i] for i in range(value.rows)))


def square_norm(evaluator, term, env):
    """The sum of squares of the entries of a Term's value."""
    graph, value = evaluator.graph, evaluator.value(term, env)
    if isinstance(value, Multiple):
        raise CannotDecide(Reason.DECLARATION, "the norm of an identity of unknown size")
    if isinstance(value, Array) and value.columns > 1 and value.rows > 1:
        _touch_trace(evaluator, term)
    return graph.add(*(graph.mul(e, e) for e in sized(value, graph).entries))


@means("norm")
def _norm(evaluator, term, env):
    value = evaluator.value(term.args[0], env)
    if isinstance(value, int):
        return evaluator.graph.abs(value)
    return evaluator.graph.sqrt(square_norm(evaluator, term.args[0], env))


@means("norm_one", "norm_max")
def _other_norm(evaluator, term, env):
    """The sum, or the largest, of the absolute values of a vector's entries."""
    graph, value = evaluator.graph, evaluator.value(term.args[0], env)
    if isinstance(value, Multiple) or isinstance(value, Array) and min(value.shape) > 1:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an induced norm of a matrix")
    if isinstance(value, Array):
        evaluator.touch("entries")
    sizes = [graph.abs(e) for e in (sized(value, graph).entries if isinstance(value, Array) else (value,))]
    if term.head == "norm_one":
        return graph.add(*sizes)
    return reduce(graph.max, sizes)


@means("hadamard")
def _hadamard(evaluator, term, env):
    graph, values = evaluator.graph, [evaluator.value(t, env) for t in term.args]
    if all(isinstance(v, int) for v in values):
        return graph.mul(*values)
    shapes = {v.shape for v in values if isinstance(v, Array) and not v.free}
    if len(shapes) != 1 or not all(isinstance(v, Array) for v in values):
        raise ShapeClash(f"entrywise product of {' and '.join(_shown(v) for v in values)}")
    evaluator.touch("entries")
    arrays = [sized(v, graph, shapes.copy().pop()) for v in values]
    return Array(*arrays[0].shape, tuple(graph.mul(*p) for p in zip(*(a.entries for a in arrays), strict=True)))


def _shown(value):
    if isinstance(value, Array):
        return f"{value.rows} x {value.columns}"
    return "a number" if isinstance(value, int) else "an identity of unknown size"


@means("kron")
def _kron(evaluator, term, env):
    a, b = (evaluator.value(t, env) for t in term.args)
    if isinstance(a, Multiple) or isinstance(b, Multiple):
        a, b = _kron_identity(evaluator, a, b)
    evaluator.touch("kron")
    a, b = sized(a, evaluator.graph), sized(b, evaluator.graph)
    entries = tuple(evaluator.graph.mul(a[i, j], b[k, m]) for i in range(a.rows) for k in range(b.rows)
                    for j in range(a.columns) for m in range(b.columns))
    return Array(a.rows * b.rows, a.columns * b.columns, entries)


def _kron_identity(evaluator, a, b):
    """I kron X with an identity written without a size: the size of the square X, where nothing else is said."""
    other = b if isinstance(a, Multiple) else a
    if not isinstance(other, Array) or other.rows != other.columns:
        raise CannotDecide(Reason.DECLARATION, "a Kronecker product with an identity of unknown size")
    note = "an identity without a size has the size of the matrix it meets in a Kronecker product"
    if note not in evaluator.notes:
        evaluator.notes.append(note)
    evaluator.touch("unsized")
    return tuple(sized(v, evaluator.graph, other.shape) for v in (a, b))


@means("vec")
def _vec(evaluator, term, env):
    value = sized(evaluator.value(term.args[0], env), evaluator.graph)
    evaluator.touch("kron")
    return Array(value.rows * value.columns, 1, transpose(value).entries)


@means("diag")
def _diag(evaluator, term, env):
    value = sized(evaluator.value(term.args[0], env), evaluator.graph)
    evaluator.touch("entries")
    if min(value.shape) == 1:
        n, zero = len(value.entries), evaluator.graph.zero
        return collapsed(Array(n, n, tuple(value.entries[i] if i == j else zero for i in range(n) for j in range(n))))
    if value.rows != value.columns:
        raise ShapeClash(f"the diagonal of a matrix {value.rows} x {value.columns}")
    return Array(value.rows, 1, tuple(value[i, i] for i in range(value.rows)))


@means("matrix")
def _matrix(evaluator, term, env):
    """A matrix written out; its parts may be blocks, the unsized zero and identity fill their place."""
    graph, (rows, columns) = evaluator.graph, term.value
    parts = [[evaluator.value(term.args[i * columns + j], env) for j in range(columns)] for i in range(rows)]
    heights = [_common([_extent(graph, p, 0) for p in row], "rows") for row in parts]
    widths = [_common([_extent(graph, row[j], 1) for row in parts], "columns") for j in range(columns)]
    heights, widths = _square_up(parts, heights, widths)
    lines = []
    for i, row in enumerate(parts):
        blocks = [_block(graph, p, (heights[i], widths[j])) for j, p in enumerate(row)]
        for k in range(heights[i]):
            lines.append(tuple(e for b in blocks for e in (b[k, m] for m in range(b.columns))))
    if max(heights + widths) == 1:
        evaluator.touch("entries")
    return collapsed(Array(len(lines), len(lines[0]), tuple(e for line in lines for e in line)))


def _extent(graph, value, axis):
    """Rows or columns of a block; None where it takes what it meets (also the number 0)."""
    if isinstance(value, Array) and not value.free:
        return value.shape[axis]
    return 1 if isinstance(value, int) and graph.value_of(value) != 0 else None


def _common(extents, what):
    known = {e for e in extents if e is not None}
    if len(known) > 1:
        raise ShapeClash(f"blocks of {' and '.join(map(str, sorted(known)))} {what} side by side")
    return known.pop() if known else None


def _square_up(parts, heights, widths):
    """Unknown extents: an unsized identity is square; what is still unknown is one."""
    for i, row in enumerate(parts):
        for j, p in enumerate(row):
            if isinstance(p, Multiple):
                heights[i] = heights[i] if heights[i] is not None else widths[j]
                widths[j] = widths[j] if widths[j] is not None else heights[i]
    return [h or 1 for h in heights], [w or 1 for w in widths]


def _block(graph, value, shape):
    if isinstance(value, int) and graph.value_of(value) == 0:
        value = Array(1, 1, (graph.zero,), free=True)
    block = sized(value, graph, shape)
    if block.shape != shape:
        raise ShapeClash(f"a block {block.rows} x {block.columns} where {shape[0]} x {shape[1]} fits")
    return block


