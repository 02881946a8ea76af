"""What declarations say without saying it: sizes named in shapes, moments in words, ranges, shapes of definitions."""

from derive.reading.errors import ReadError
from derive.reading.laws import law_parameters
from derive.reading.names import name_parts
from derive.term import IMPLIED, ONE, Declaration, call, free_names, mul, name, range_, rel, term
from derive.term.multiples import quotient
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.shapes import ShapeError, shape_of

_KIND_OF_RANK = ("scalar", "vector", "matrix")
IDENTITY = (r"\mathbf{I}", r"\boldsymbol{I}", "I")      # undeclared, the identity matrix of the size that fits


def derived(draft, own, made):
    """The definition of a marginal or an expected reward, out of the law of the same or another name."""
    what = draft.notes.get("derived")
    if what is None or own.definition is not None:
        return own
    for law in made:
        if law is own or law.kind != "mass" or law.bar is None or law.definition is not None:
            continue
        before, after = law.formals[:law.bar], law.formals[law.bar:]
        body = call(name(law.name), *before, given=after)
        if what == "marginal" and law.name == own.name and own.bar is not None and own.formals[own.bar:] == after and \
                set(own.formals[:own.bar]) < set(before):
            return replace(own, definition=_summed(body, [v for v in before if v not in own.formals[:own.bar]]))
        if what == "expected_reward" and own.formals == after and name(own.name) in before:
            return replace(own, definition=_summed(mul(name(own.name), body), before))
    words = {"marginal": "state transition probability", "expected_reward": "expected reward"}[what]
    return replace(own, unread=f"{words} (of which declared law?)", unread_head=True)


def _summed(body, variables):
    for variable in reversed(variables):
        body = term("sum", body, variable, IMPLIED)
    return body


def implied_names(made, vectors=()):
    """Declarations of what words name but nothing declares: sizes of shapes and ranges, moments, labels, vectors."""
    known = {d.name for d in made} | {i for d in made for i in d.indices}
    extra = {v: Declaration(v, "vector", (IMPLIED,)) for v in vectors if v not in known}
    known |= {v.value for d in made for v in d.formals}

    def declare(found, **fields):
        if found not in known and found not in extra:
            extra[found] = Declaration(found, **fields)

    for d in made:
        for c in d.constraints:
            if quotient(c) is not None:
                declare(quotient(c)[2], kind="size", domain="integer", low=ONE)
        ends = [end for r in d.ranges if r.head == "range" for end in r.args]
        for size in (*d.shape, *(d.takes or ()), *((d.rank,) if d.rank is not None else ()), *ends):
            for found in sorted(free_names(size)):
                declare(found, kind="size", domain="integer", low=ONE)
        for r in d.ranges:
            if r.head == "name":
                declare(r.value, kind="set", structure=frozenset(["finite"]))
        if d.mean is not None and d.mean.head == "name":
            declare(d.mean.value, kind=_KIND_OF_RANK[len(d.shape)], shape=d.shape)
        _declare_spread(d, declare)
        law_parameters(d, declare)
        _declare_interval(d, declare)
        for state in d.states:
            declare(state, kind="label")
    return list(extra.values())


def labelled(made):
    """The declarations with the names their labels name: theta of p_theta, on which the law or function depends."""
    values = {d.name for d in made if d.kind in ("scalar", "vector", "matrix") and d.domain != "integer"
              and not d.indices}
    out = []
    for d in made:
        try:
            parts = name_parts(d.name)
        except ReadError:
            parts = None
        labels = () if parts is None else (*parts.subscripts, parts.superscript)
        extra = tuple(name(s) for s in labels if s in values and s != d.name and name(s) not in d.parameters)
        out.append(replace(d, parameters=d.parameters + extra) if extra and d.definition is None else d)
    return out


def _declare_interval(d, declare):
    """The ends of the interval a density lives on: a < b."""
    if d.kind == "density" and d.high is not None:
        for end, below in ((d.low, ()), (d.high, (rel(Relation.LT, d.low, d.high),))):
            if end.head == "name":
                declare(end.value, kind="scalar", constraints=below)


def _declare_spread(d, declare):
    variance = d.variance
    if variance is not None and d.kind == "random" and not d.shape:
        if variance.head == "pow" and variance.args[0].head == "name":
            variance = variance.args[0]
        if variance.head == "name":
            declare(variance.value, kind="scalar", domain="nonnegative")
    elif variance is not None and variance.head == "name" and len(d.shape) == 1 and variance.value not in IDENTITY:
        identity = variance.value in (r"\mathbf{I}", "I")
        declare(variance.value, kind="identity" if identity else "matrix", shape=d.shape * 2,
                structure=frozenset([] if identity else ["positive_semidefinite"]))


def ranged(own, made, letters, terms):
    """The declaration with ranges of its indices that others declare.

    letters   index letter -> the size it counts, from matrices declared by their entries r_{ij}
    terms     names declared as "number of terms": the length of every family that says no other
    """
    if IMPLIED not in own.ranges:
        return own
    array = next((d for d in made if own.entries_of == d.name and len(d.shape) == len(own.indices)), None)
    if array is not None and IMPLIED not in array.shape:
        return replace(own, ranges=tuple(range_(ONE, s) for s in array.shape))
    table = {i: range_(ONE, s) for i, s in letters.items()}
    table |= {d.name: range_(d.low, d.high) for d in made if d.kind == "index" and not d.constraints and
              None not in (d.low, d.high)}
    common = range_(ONE, name(terms[0])) if len(terms) == 1 and own.definition is None else IMPLIED
    return replace(own, ranges=tuple(table.get(i, common) if r is IMPLIED else r
                                     for i, r in zip(own.indices, own.ranges, strict=True)))


def shaped(made):
    """Kinds and shapes of definitions, inferred from their right sides in as many rounds as needed."""
    open_ = {k for k, d in enumerate(made)
             if d.definition is not None and d.kind in ("scalar", "function") and not d.shape}
    moving = True
    while moving:
        moving = False
        for k in sorted(open_):
            found = _with_shape(made[k], [d for n, d in enumerate(made) if n not in open_])
            if found is not None:
                made[k], moving = found, True
                open_.discard(k)
    for k in open_:
        rank = rank_of_face(made[k].name)
        if rank and made[k].kind == "scalar":
            made[k] = replace(made[k], kind=_KIND_OF_RANK[rank], shape=(IMPLIED,) * rank)
    return tuple(made)


def _with_shape(d, known):
    """The definition with its inferred kind and shape; None where it is not known yet."""
    try:
        shape = shape_of(d.definition, known)
    except ShapeError as error:
        return replace(d, unread=f"{d.text}: {error}", unread_head=True)
    if shape is None:
        return None
    return replace(d, kind=d.kind if d.kind == "function" else _KIND_OF_RANK[len(shape)], shape=shape)


def rank_of_face(spelling):
    """0, 1 or 2: plain letters are scalars, bold small letters vectors, bold capitals matrices."""
    for face in (r"\mathbf{", r"\boldsymbol{"):
        if spelling.startswith(face):
            return 2 if spelling[len(face):].lstrip("\\")[:1].isupper() else 1
    return 0
