"""What a Term looks like, as far as notation needs it: is |A| a determinant, is b^{-1} a fraction?

A local test on declared kinds and bold letters; it claims nothing of sizes.
"""

from derive.term.build import IMPLIED
from derive.term.heads import FUNCTIONS

SCALAR, COLUMN, ROW, MATRIX = (1, 1), ("n", 1), (1, "n"), ("n", "n")
_SCALARS = {"num", "pi", "infinity", "det", "tr", "norm", "norm_one", "norm_max", "entropy", "KL", "normal_density",
            "binom", "range", "rel"}
_LIKE_FIRST = {"sum", "prod", "maxover", "minover", "int", "minof", "maxof", "E", "given", "at", "grad", "softmax"}


def kind_of(term, names):
    """SCALAR, COLUMN, ROW or MATRIX where declarations or bold letters say so, else None."""
    head = term.head
    if head in _SCALARS:
        return SCALAR
    if head in _LIKE_FIRST or head in FUNCTIONS:
        return kind_of(term.args[-1 if head == "grad" else 0], names) if term.args else None
    rule = _RULES.get(head)
    return rule(term, names) if rule else None


def _name(term, names):
    d = names.first(term.value)
    return _face(term.value) if d is None else _declared(d, names)


def _declared(d, names):
    if d.kind in ("identity", "matrix"):
        return MATRIX
    if d.kind in ("density", "mass"):
        return SCALAR                   # its shape is that of the argument
    if d.shape:
        return COLUMN if len(d.shape) == 1 else MATRIX
    if d.kind == "vector":
        return COLUMN
    if d.kind in ("scalar", "size", "index"):
        return SCALAR
    if d.kind in ("function", "random") and not d.unread_head:
        return SCALAR
    return kind_of(d.definition, names) if d.definition is not None and not d.formals else None


def _face(spelling):
    for face in (r"\mathbf{", r"\boldsymbol{"):
        if spelling.startswith(face):
            letter = spelling[len(face):].lstrip("\\")[:1]
            return MATRIX if letter.isupper() else COLUMN
    return None


def _sum(term, names):
    return next((k for k in (kind_of(a, names) for a in term.args) if k), None)


def _product(term, names):
    shape = SCALAR
    for factor in term.args:
        kind = kind_of(factor, names)
        if kind is None:
            return None
        if shape == SCALAR:
            shape = kind
        elif kind != SCALAR:
            shape = (shape[0], kind[1])
    return shape


def _transpose(term, names):
    kind = kind_of(term.args[0], names)
    return kind and (kind[1], kind[0])


def _index(term, names):
    """An entry of a declared array or a member of a declared family."""
    base, count = term.args[0], len(term.args) - 1
    if IMPLIED in term.args:
        return None
    if base.head != "name":
        return SCALAR
    member = next((d for d in names.table.get(base.value, ()) if len(d.indices) == count), None)
    if member is not None:
        return _declared(member, names)
    return SCALAR if names.first(base.value) is not None else _face(base.value) or SCALAR


def _matrix(term, names):
    rows, columns = term.value
    inner = kind_of(term.args[0], names)
    if inner == MATRIX:
        return MATRIX
    return (1 if rows == 1 else "n", 1 if columns == 1 else "n")


def _call(term, names):
    function = term.args[0]
    return _name(function, names) if function.head == "name" else None


def _first(term, names):
    return kind_of(term.args[0], names)


_RULES = {"name": _name, "add": _sum, "hadamard": _sum, "mul": _product, "transpose": _transpose, "index": _index,
          "matrix": _matrix, "call": _call, "pow": _first, "indicator": lambda t, n: SCALAR,
          "hess": lambda t, n: MATRIX,
          "vec": lambda t, n: COLUMN, "diag": lambda t, n: MATRIX, "kron": lambda t, n: MATRIX,
          "Cov": lambda t, n: MATRIX if kind_of(t.args[0], n) == COLUMN else SCALAR,
          "Var": lambda t, n: SCALAR, "cases": _first}
