r"""Arrays put together out of a family: rows x_i^T, columns v_j, diagonal entries d_i, entries a_{ij}.

Where both the array and the family are used, one is defined by the other: the family by the array if it is free and
nothing more is said of it, x_i = (X_{i:})^T, else the array by the family, and then nothing may be said of the array.
"""

from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.term import IMPLIED, ONE, Declaration, free_names, index, name, range_, term
from derive.term.record import replace

_KIND = ("scalar", "vector", "matrix")


def composed_of(what, formula, letter, shape):
    """The Term an array is equal to: its rows, columns or diagonal entries over the letter."""
    size = shape[1 if what == "columns" else 0]
    domain = IMPLIED if size is IMPLIED else range_(ONE, size)
    if what == "rows":
        return term("stack", formula, name(letter), domain)
    if what == "columns":
        return term("transpose", term("stack", term("transpose", formula), name(letter), domain))
    return term("diag", term("stack", formula, name(letter), domain))


def parts_of(composed):
    """(what, formula, letter, domain) of such a Term."""
    what = {"stack": "rows", "transpose": "columns", "diag": "diagonal"}[composed.head]
    stack = composed if composed.head == "stack" else composed.args[0]
    body, letter, domain = stack.args
    return what, body.args[0] if what == "columns" else body, letter.value, domain


def linked(symbols, terms):
    """The declarations, every array and its rows, columns or entries defined by one another where both are used."""
    for own in symbols:
        if own.composed is not None:
            symbols = _joined(symbols, own, terms)
        elif own.entries is not None and not own.indices:
            symbols = _named_entries(symbols, own)
    return symbols


def _family(formula, letter, what):
    """The name of the family whose member at the letter the formula is, or None."""
    inner = formula.args[0] if what == "rows" and formula.head == "transpose" else formula if what != "rows" else None
    if inner is None or inner.head != "index" or inner.args[1:] != (name(letter),) or inner.args[0].head != "name":
        return None
    return inner.args[0].value


def _member_shape(what, shape):
    return () if what == "diagonal" else shape[1:] if what == "rows" else shape[:1]


def families_of(made, ordered):
    """The families that rows, columns or diagonal entries name and nothing declares.

    ordered   name -> domain of those said to be in decreasing order
    """
    found = {}
    for own in made:
        if own.composed is not None:
            what, formula, letter, domain = parts_of(own.composed)
            family, shape = _family(formula, letter, what), _member_shape(what, own.shape)
            if family is not None and not any(d.name == family or _of_family(d, family) for d in made):
                words = frozenset(["decreasing"]) if family in ordered else frozenset()
                found[family] = Declaration(family, _KIND[len(shape)], shape, (letter,), (domain,),
                                            ordered.get(family, "real"), words)
    return list(found.values())


def _of_family(d, family):
    """A name such as v_j beside columns v_1, ..., v_k that are not read as its members."""
    try:
        return bool(d.indices or d.unread_head) and name_parts(d.name).base == family
    except ReadError:
        return False


def _joined(symbols, own, terms):
    what, formula, letter, domain = parts_of(own.composed)
    family, shape = _family(formula, letter, what), _member_shape(what, own.shape)
    said = own.structure or own.constraints or own.definition is not None or own.domain != "real"
    if not said and own.name not in _used(symbols, terms):
        return symbols
    member = next((d for d in symbols if d.name == family and len(d.indices) == 1), None)
    if member is not None and own.definition is None and _is_plain(member) and _agrees(member, shape, domain):
        entry = {"rows": lambda: term("transpose", index(name(own.name), name(letter), IMPLIED)),
                 "columns": lambda: index(name(own.name), IMPLIED, name(letter)),
                 "diagonal": lambda: index(name(own.name), name(letter), name(letter))}[what]()
        return _with(symbols, member, replace(member, shape=shape, indices=(letter,), ranges=(domain,),
                                              definition=entry))
    if own.definition is None and own.domain == "real" and not own.structure - {"diagonal"} and (
            member is None or _agrees(member, shape, domain)):
        kept = own.structure - {"diagonal"} if what == "diagonal" else own.structure
        if not kept:
            return _with(symbols, own, replace(own, definition=own.composed, structure=kept))
    return _with(symbols, own, replace(own, unread=f"the {what} beside what else is said of it", unread_head=True))


def _is_plain(member):
    return member.definition is None and member.domain == "real" and not member.structure and not member.constraints \
        and member.kind in ("vector", "scalar") and not member.entries and member.composed is None


def _agrees(member, shape, domain):
    """Whether sizes and range are those of the array, or not stated."""
    sizes = all(a is b or a is IMPLIED for a, b in zip(member.shape, shape, strict=True)) \
        if len(member.shape) == len(shape) else False
    return sizes and member.ranges[0] in (domain, IMPLIED)


def _with(symbols, old, new):
    return tuple(new if d is old else d for d in symbols)


def _used(symbols, terms):
    """The names the terms use, through definitions; a plain letter with subscripts may be the bold array."""
    from derive.spelling import unbold
    seen, pending = set(), [n for t in terms for n in free_names(t)]
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        for d in symbols:
            if current in (d.name, unbold(d.name), d.entries):
                seen.add(d.name)
                if d.definition is not None:
                    pending += free_names(d.definition)
                if d.composed is not None:
                    pending += free_names(d.composed)
    return seen


def _named_entries(symbols, own):
    """y_i declared beside "vector n with entries y_i" are the entries of that vector."""
    member = next((d for d in symbols if d.name == own.entries and len(d.indices) == len(own.shape)), None)
    if member is None or member.entries_of is not None:
        return symbols
    domains = tuple(IMPLIED if s is IMPLIED else range_(ONE, s) for s in own.shape)
    fit = all(r in (d, IMPLIED) or d is IMPLIED for r, d in zip(member.ranges, domains, strict=True))
    letters = tuple(map(name, member.indices))
    if fit and own.definition is None and _may_lend_its_domain(member, own):
        own_, entry = replace(own, domain=member.domain), index(name(own.name), *letters)
        symbols = _with(symbols, own, own_)
        return _with(symbols, member, replace(member, definition=entry, domain="real", ranges=tuple(
            d if r is IMPLIED else r for r, d in zip(member.ranges, domains, strict=True))))
    if fit and own.definition is None and own.domain == "real" and not own.structure:
        from derive.reading.comprehension import whole
        cell = index(name(member.name), *letters)
        return _with(symbols, own, replace(own, definition=whole(cell, member.indices, [
            r if d is IMPLIED else d for r, d in zip(member.ranges, domains, strict=True)]), entries=None))
    return _with(symbols, own, replace(own, unread=f"the entries {own.entries}", unread_head=True))


def _may_lend_its_domain(member, own):
    free = member.definition is None and not member.structure and not member.constraints and member.kind == "scalar" \
        and member.low is None and member.high is None
    return free and (member.domain == own.domain or own.domain == "real" and not own.structure)
