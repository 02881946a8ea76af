r"""Eigenvalues and orthonormal eigenvectors of a symmetric matrix, made the free things it is put together of.

S free and symmetric: S = sum_j lambda_j v_j v_j^T (spectral theorem).  S = c sum_i x_i x_i^T or c X^T X of free data:
X = sum_j s_j u_j v_j^T with orthonormal u_j and v_j (singular value decomposition, n >= d), so that lambda_j = c s_j^2.
"""

from derive.term import ONE, TWO, Declaration, Relation, index, mul, name, pow_, range_, rel, subterms, term
from derive.term.record import replace

_SYMMETRIC = ("symmetric", "positive_semidefinite", "positive_definite")


def resolved(symbols, terms):
    """The declarations with every family of eigenvalues realised; one that is not says so.

    Families of which no member is used are left out, and what they say of their matrix with them.
    """
    used = {n.args[0].value for t in (*terms, *(d.definition for d in symbols if d.definition is not None))
            for n in subterms(t) if n.head == "index" and n.args[0].head == "name"}
    spectra = {d.name for d in symbols if d.eigen_of is not None and d.indices}
    idle = [d for d in symbols if d.indices and (d.name in spectra or any(
        n.head == "name" and n.value in spectra for c in d.constraints for n in subterms(c)))]
    if not {d.name for d in idle} & used:
        symbols = tuple(d for d in symbols if d not in idle)
    for values in symbols:
        if values.eigen_of is not None and values.kind == "scalar":
            symbols = _realised(symbols, values)
    for vectors in symbols:
        if vectors.eigen_of is not None and vectors.kind == "vector":
            symbols = _with(symbols, vectors, _unrealised(vectors))
    return symbols


def _with(symbols, old, new):
    return tuple(new if d is old else d for d in symbols)


def _unrealised(d):
    return replace(d, unread=d.unread or f"eigenvalues or eigenvectors of {d.eigen_of}", unread_head=True)


def _realised(symbols, values):
    matrix = next((d for d in symbols if d.name == values.eigen_of and not d.indices), None)
    families = (d for d in symbols if d.kind == "vector" and len(d.indices) == 1 and d.definition is None)
    vectors = next((d for d in families if _belongs(d, matrix, values)), None)
    if matrix is None or len(matrix.shape) != 2 or matrix.shape[0] is not matrix.shape[1] \
            or values.definition is not None or len(values.indices) != 1:
        return _with(symbols, values, _unrealised(values))
    size, letter = matrix.shape[0], values.indices[0]
    domain = range_(ONE, size)
    if values.ranges[0] not in (domain, term("implied")):
        return _with(symbols, values, _unrealised(values))
    called = vectors.name if vectors else rf"\mathbf{{v}}({matrix.name})"
    unit = Declaration(called, "vector", (size,), (letter,), (domain,),
                       structure=frozenset(["orthogonal_family", "unit_norm"]), text=vectors.text if vectors else "")
    symbols = _with(symbols, vectors, unit) if vectors else (*symbols, unit)
    values_ = replace(values, ranges=(domain,), eigen_of=None)
    outer = mul(index(name(unit.name), name(letter)), term("transpose", index(name(unit.name), name(letter))))
    if matrix.definition is None and matrix.structure & set(_SYMMETRIC) and not matrix.structure - set(_SYMMETRIC) \
            and matrix.domain == "real" and not matrix.constraints:
        sign = "positive" if "positive_definite" in matrix.structure else \
            "nonnegative" if "positive_semidefinite" in matrix.structure else values.domain
        whole = term("sum", mul(index(name(values.name), name(letter)), outer), name(letter), domain)
        symbols = _with(symbols, values, replace(values_, domain=sign))
        return _with(symbols, matrix, replace(matrix, definition=whole, structure=frozenset()))
    return _of_data(symbols, values, values_, matrix, unit)


def _belongs(d, matrix, values):
    """Whether a family is declared orthonormal eigenvectors: of the matrix by name, or by S v_j = lambda_j v_j."""
    if matrix is None or not {"orthogonal_family", "unit_norm"} <= d.structure:
        return False
    own = index(name(d.name), *map(name, d.indices))
    value = index(name(values.name), *map(name, d.indices))
    equation = rel(Relation.EQ, mul(name(matrix.name), own), mul(value, own))
    return equation in d.constraints and len(d.constraints) == 1 or d.eigen_of == matrix.name and not d.constraints


def _of_data(symbols, values, values_, matrix, unit):
    """S = c sum_i x_i x_i^T: the data by their singular values."""
    found = _gram(symbols, matrix.definition)
    if found is None:
        return _with(symbols, values, _unrealised(values))
    scale, data = found
    letter, domain = unit.indices[0], unit.ranges[0]
    count = data.ranges[0].args[1] if data.indices else data.shape[0]
    singular, left = rf"s({matrix.name})", rf"\mathbf{{u}}({matrix.name})"
    s = index(name(singular), name(letter))
    column, row = index(name(left), name(letter)), index(name(unit.name), name(letter))
    if data.indices:
        body = mul(s, index(column, name(data.indices[0])), row)
    else:
        body = mul(s, column, term("transpose", row))
    order = values.structure & {"decreasing"}
    extra = (Declaration(singular, "scalar", (), (letter,), (domain,), "nonnegative", order),
             Declaration(left, "vector", (count,), (letter,), (domain,),
                         structure=frozenset(["orthogonal_family", "unit_norm"])))
    symbols = _with(symbols, data, replace(data, definition=term("sum", body, name(letter), domain)))
    value = mul(*scale, pow_(index(name(singular), name(values.indices[0])), TWO))
    symbols = _with(symbols, values, replace(values_, definition=value, structure=frozenset(), domain="real"))
    return (*symbols, *extra)


def _gram(symbols, definition):
    """(factors before, declaration of the free data) of c sum_i x_i x_i^T or c X^T X, or None."""
    if definition is None:
        return None
    factors = definition.args if definition.head == "mul" else (definition,)
    last = factors[-1]
    if last.head == "sum" and last.args[2].head == "range":
        body, variable, domain = last.args
        x = body.args[0] if body.head == "mul" and len(body.args) == 2 else None
        if x is None or body.args[1] is not term("transpose", x) or x.head != "index" or x.args[1:] != (variable,):
            return None
        d = next((d for d in symbols if name(d.name) is x.args[0] and d.indices), None)
        if d is not None and d.definition is not None and d.definition.head == "transpose":
            rows = d.definition.args[0]         # x_i is row i of X
            d = next((e for e in symbols if rows.head == "index" and name(e.name) is rows.args[0]), None)
            whole = _is_free(d) and len(d.shape) == 2 and domain is range_(ONE, d.shape[0])
            return (factors[:-1], d) if whole else None
        fits = _is_free(d) and len(d.shape) == 1 and d.ranges == (domain,) and domain.args[0] is ONE
        return (factors[:-1], d) if fits and not _mentions(factors[:-1], d) else None
    if len(factors) >= 2 and factors[-2] is term("transpose", last) and last.head == "name":
        d = next((d for d in symbols if name(d.name) is last and not d.indices), None)
        return (factors[:-2], d) if _is_free(d) and not _mentions(factors[:-2], d) else None
    return None


def _mentions(factors, d):
    return any(t is name(d.name) for f in factors for t in subterms(f))


def _is_free(d):
    return d is not None and d.definition is None and d.domain == "real" and not d.structure and not d.constraints \
        and d.rank is None and d.kind in ("vector", "matrix")
