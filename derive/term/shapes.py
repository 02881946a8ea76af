"""Shapes of Terms from the declared shapes of names.

() is a scalar, (n,) a column vector, (n, m) a matrix, (1, n) a row; sizes are Terms.  None: not known.  Two sizes clash
only where both are plain names or both numbers; the size ``implied`` (not stated) agrees with every size.
"""

from derive.term.build import IMPLIED, ONE, add, mul, num
from derive.term.heads import FUNCTIONS

_SCALAR_VALUED = ("num", "pi", "infinity", "binom", "norm", "norm_one", "norm_max", "KL", "entropy",
                  "normal_density", "indicator")
_BINDERS = ("sum", "prod", "maxover", "minover", "int")


class ShapeError(ValueError):
    """Two shapes that do not go together: ``left`` and ``right``, in ``term``; ``sizes`` are the two that differ."""

    def __init__(self, left, right, term, what="do not go together", sizes=()):
        self.left, self.right, self.term, self.sizes = left, right, term, sizes
        super().__init__(f"shapes {show(left)} and {show(right)} {what}")


def show(shape):
    """A shape for a person: scalar, vector d, matrix n x d."""
    if shape is None:
        return "unknown"
    sizes = " x ".join(_show_size(s) for s in shape)
    return ("scalar", "vector ", "matrix ")[len(shape)] + sizes


def _show_size(size):
    if size.head in ("name", "num"):
        return str(size.value)
    parts = [_show_size(a) for a in size.args]
    return "?" if size is IMPLIED else {"add": "+", "mul": " "}.get(size.head, f" {size.head} ").join(parts)


def shape_of(term, symbols=()):
    """The shape of a Term under declarations (an iterable of them, or a mapping by name); None where unknown.

    Raises ShapeError where declared shapes clash.
    """
    declared = symbols.values() if hasattr(symbols, "values") else symbols
    table = {}
    for d in declared:
        table.setdefault((d.name, len(d.indices)), d)
        table.setdefault(d.name, d)
    return _shape(term, table, {})


def _shape(term, table, bound):
    head = term.head
    if head in _SCALAR_VALUED:
        for a in term.args:
            _shape(a, table, bound)
        return ()
    if head in _RULES:
        return _RULES[head](term, table, bound)
    if head in FUNCTIONS:
        return _shape(term.args[0], table, bound)
    return None


def agree(a, b, term):
    """The common shape of two that must be equal; an unknown one takes the other's."""
    if a is None or b is None:
        return a if b is None else b
    if len(a) != len(b):
        raise ShapeError(a, b, term)
    return tuple(_same(x, y, a, b, term) for x, y in zip(a, b, strict=True))


def is_open(size):
    """A length still to be found, marked by ?: it clashes with every other size; ShapeError.sizes says with which."""
    return size.head == "name" and size.value.startswith("?")


def _same(x, y, a, b, term, what="do not go together"):
    if x is y or y is IMPLIED:
        return x
    if x is IMPLIED:
        return y
    if x.head == y.head and x.head in ("num", "name") or is_open(x) or is_open(y):
        raise ShapeError(a, b, term, what, (x, y))
    return x


def _name(term, table, bound):
    if term in bound:
        return bound[term]
    d = table.get(term.value)
    if d is None or d.indices or d.kind in ("mass", "density", "set", "label", "chain", "notation", "unread"):
        return None
    if d.kind == "function" and not d.formals and d.definition is None:
        return None
    return None if d.kind == "function" and d.definition is not None and not d.shape else d.shape


def _index(term, table, bound):
    base, subs = term.args[0], len(term.args) - 1
    if base.head == "name" and base not in bound:
        d = table.get((base.value, subs)) or table.get(base.value)
        if d is None:
            return () if any(base.value == (e.entries or "") for e in table.values()) else None
        if d.kind == "unread" or d.kind == "function" and not d.formals and d.definition is None:
            return None
        if subs == len(d.indices):
            return d.shape
        return () if subs == len(d.indices) + len(d.shape) else None
    inner = _shape(base, table, bound)
    return () if inner and subs == len(inner) else None


def _call(term, table, bound):
    function = term.args[0]
    for a in term.args[1:]:
        _shape(a, table, bound)
    base = function.args[0] if function.head == "index" else function
    d = table.get(base.value) if base.head == "name" else None
    if d is None:
        return None
    if "elementwise" in d.structure and len(term.args) == 2:
        return _shape(term.args[1], table, bound)
    if d.kind in ("mass", "density", "chain"):
        return ()
    if d.kind != "function" or d.unread_head:
        return None
    return d.shape


def _add(term, table, bound):
    shape = None
    for a in term.args:
        shape = agree(shape, _shape(a, table, bound), term)
    return shape


def _mul(term, table, bound):
    shapes = [_shape(a, table, bound) for a in term.args]
    out = ()
    for shape in shapes:
        out = _product(out, shape, term)
    return out


def _product(a, b, term):
    """The shape of a b; a row times a column is a scalar."""
    if a == () or b == ():
        return b if a == () else a
    if a is None or b is None:
        return None
    rows, inner = (a[0], ONE) if len(a) == 1 else a
    other, columns = (b[0], ONE) if len(b) == 1 else b
    _same(inner, other, a, b, term, "cannot be multiplied")
    if _definitely_differ(inner, other) and ONE in (inner, other):
        raise ShapeError(a, b, term, "cannot be multiplied")
    if len(b) == 1:
        return () if rows is ONE else (rows,)
    return () if rows is ONE and columns is ONE else (rows, columns)


def _definitely_differ(x, y):
    return x is not y and IMPLIED not in (x, y) and x.head in ("num", "name") and y.head in ("num", "name")


def _pow(term, table, bound):
    base, exponent = _shape(term.args[0], table, bound), _shape(term.args[1], table, bound)
    if base is None or exponent is None and base != () or exponent not in ((), None):
        return None
    if len(base) == 2:
        _same(*base, base, base[::-1], term, "differ: a power needs a square matrix")
    return None if len(base) == 1 else base


def _transpose(term, table, bound):
    shape = _shape(term.args[0], table, bound)
    if shape is None or len(shape) == 0:
        return shape
    if len(shape) == 1:
        return (ONE, shape[0])
    return (shape[1],) if shape[0] is ONE else shape[::-1]


def _square(term, table, bound):
    shape = _shape(term.args[0], table, bound)
    if shape is not None and len(shape) == 2:
        _same(*shape, shape, shape[::-1], term, f"differ: {term.head} needs a square matrix")
    return ()


def _matrix(term, table, bound):
    rows, columns = term.value
    shapes = [_shape(e, table, bound) for e in term.args]
    if all(s == () for s in shapes):
        return (num(rows),) if columns == 1 else (num(rows), num(columns))
    if None in shapes:
        return None
    heights = [_extent([shapes[r * columns + c] for c in range(columns)], 0, term) for r in range(rows)]
    widths = [_extent([shapes[r * columns + c] for r in range(rows)], 1, term) for c in range(columns)]
    height, width = _total(heights), _total(widths)
    return (height,) if width is ONE else (height, width)


def _extent(shapes, axis, term):
    """The common height (axis 0) or width of blocks side by side; a scalar beside blocks (the block 0) has any."""
    size, first = ONE, None
    for s in shapes:
        if s:
            own = (s + (ONE,))[axis]
            size, first = (own, s) if first is None else (_same(size, own, first, s, term), first)
    return size


def _total(sizes):
    if all(s.head == "num" for s in sizes):
        return num(sum(s.value for s in sizes))
    return add(*sizes)


def _bind(term, table, bound):
    body, variable, domain = term.args
    inside = None if domain.head == "implied" and variable.head == "name" and variable.value in table else ()
    if term.head == "int":
        inside = _shape(variable, table, bound)
    return _shape(body, table, bound | {variable: inside})


def _stack(term, table, bound):
    """Numbers stacked are a vector, rows a matrix."""
    body, variable, domain = term.args
    inside = _shape(body, table, bound | {variable: ()})
    size = domain.args[1] if domain.head == "range" and domain.args[0] is ONE else IMPLIED
    if inside == ():
        return (size,)
    return (size, inside[1]) if inside is not None and len(inside) == 2 and inside[0] is ONE else None


def _pair(term, table, bound):
    """The size of an array is a row of two numbers."""
    _shape(term.args[0], table, bound)
    return (ONE, num(2))


def _extremiser(term, table, bound):
    return _shape(term.args[1], table, bound)


def _deriv(term, table, bound):
    body = _shape(term.args[0], table, bound)
    below = [_shape(v, table, bound) for v in term.args[1:]]
    if body is None or None in below:
        return None
    arrays = [s for s in below if s]
    if not arrays:
        return body
    return arrays[0] if body == () and len(arrays) == 1 else None


def _hess(term, table, bound):
    shape = _shape(term.args[1], table, bound)
    return None if shape is None or len(shape) > 1 else shape * 2


def _moment(term, table, bound):
    laws = {a.args[0]: _shape(a.args[0], table, bound) for a in term.args if a.head == "dist"}
    return _shape(term.args[0], table, bound | laws)


def _spread(term, table, bound):
    parts = [_shape(a, table, bound) for a in term.args if a.head != "dist"]
    if None in parts or any(len(p) > 1 for p in parts):
        return None
    first, last = parts[0], parts[-1]
    return () if first == last == () else (first + (ONE,))[:1] + (last + (ONE,))[:1]


def _vec(term, table, bound):
    shape = _shape(term.args[0], table, bound)
    return None if shape is None else (mul(*reversed(shape)),) if len(shape) == 2 else shape


def _diag(term, table, bound):
    shape = _shape(term.args[0], table, bound)
    return None if shape is None else shape * 2 if len(shape) == 1 else shape[:1]


def _kron(term, table, bound):
    a, b = (_shape(x, table, bound) for x in term.args)
    if a is None or b is None or len(a) != 2 or len(b) != 2:
        return None
    return (mul(a[0], b[0]), mul(a[1], b[1]))


def _cases(term, table, bound):
    shape = None
    for value in term.args[::2]:
        shape = agree(shape, _shape(value, table, bound), term)
    return shape


def _extreme(term, table, bound):
    shapes = [_shape(a, table, bound) for a in term.args]
    return () if all(s == () for s in shapes) else None


def _first(term, table, bound):
    return _shape(term.args[0], table, bound)


_RULES = {"name": _name, "index": _index, "call": _call, "add": _add, "hadamard": _add, "mul": _mul, "pow": _pow,
          "transpose": _transpose, "det": _square, "tr": _square, "matrix": _matrix, "argmin": _extremiser,
          "argmax": _extremiser, "minof": _first, "maxof": _first, "deriv": _deriv, "grad": _extremiser, "hess": _hess,
          "E": _moment, "Var": _spread, "Cov": _spread, "vec": _vec, "diag": _diag, "kron": _kron, "cases": _cases,
          "softmax": _first, "max": _extreme, "min": _extreme, "given": _first, "stack": _stack, "shape": _pair,
          **{b: _bind for b in _BINDERS}}
