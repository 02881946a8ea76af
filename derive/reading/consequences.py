"""What a whole declaration says by its words together: arrays of rows, ones, whole numbers with divisors, functions."""

from derive.reading.links import composed_of
from derive.reading.names import name_parts
from derive.reading.sketch import Raw
from derive.reading.vocabulary import FITS, GENERAL_ROLES
from derive.term import IMPLIED, INFINITY, ONE, ZERO, Relation, add, name, num, range_, rel, subterms, term
from derive.term.multiples import multiple, odd
from derive.term.record import replace

_RANK = {"scalar": (0,), "size": (0,), "index": (0,), "vector": (1, 2), "matrix": (2,)}
_NUMBERS_AND_ARRAYS = ("scalar", "vector", "matrix", "size", "random", "index", "label")


def consequences(draft, own, reading):
    """The declaration with what its notes come to; ``reading(raw, bound)`` is the Term of a formula, or None."""
    own = _ranges(draft, own)
    for what in ("rows", "columns", "diagonal"):
        if what in draft.notes:
            own = _composed(draft, own, what, reading)
    if draft.notes.get("zeros"):
        return _zeros(draft, own)
    if draft.notes.get("ones"):
        own = _filled(draft, own, ONE)
    if draft.notes.get("basis"):
        own = _basis(draft, own)
    own = _whole_number(draft, own)
    own = _permutation(draft, own, reading)
    _check(draft, own)
    return own


def _ranges(draft, own):
    """``t >= 1`` of an index t is its range."""
    constraints, ranges = [], list(own.ranges)
    for c in own.constraints:
        at = next((k for k, i in enumerate(own.indices) if c.head == "rel" and c.args[0] is name(i)), None)
        low = None if at is None or own.ranges[at] is not IMPLIED else \
            c.args[1] if c.value is Relation.GE else add(c.args[1], ONE) if c.value is Relation.GT else None
        if low is None:
            constraints.append(c)
        else:
            low = num(low.args[0].value + 1) if low.head == "add" and low.args[0].head == "num" else low
            ranges[at] = range_(low, INFINITY)
    if draft.notes.get("step"):
        _, step = draft.notes["step"]
        ranges = [range_(num(r.args[0].value + step), r.args[1]) if r.head == "range" and r.args[0].head == "num" else r
                  for r in ranges]
    return replace(own, constraints=tuple(constraints), ranges=tuple(ranges))


def _composed(draft, own, what, reading):
    raw = draft.notes[what]
    first = reading(raw, ())
    letters = {s.value for t in subterms(first) if t.head == "index" for s in t.args[1:] if s.head == "name"} \
        if first is not None else set()
    single = _plain_member(raw, what)
    if single is not None:
        formula, letter = single
    elif len(letters) == 1:
        letter = letters.pop()
        formula = reading(raw, (letter,))
    else:
        formula = None
    if "chain" in draft.notes and str(draft.notes["chain"][2]) != str(getattr(own.shape[0], "value", "")):
        formula = None          # the last entry is the last of the diagonal
    if formula is None or own.indices or len(own.shape) != 2:
        draft.miss(f"{what} {raw}", True)
        return own
    return replace(own, composed=composed_of(what, formula, letter, own.shape))


def _plain_member(raw, what):
    r"""(Term, letter) of \mathbf{x}_i^T or \mathbf{v}_j, whether or not the family is declared."""
    from derive.reading.equations import is_letter
    from derive.reading.errors import ReadError
    from derive.spelling import spell
    from derive.term import index

    try:
        parts = name_parts(str(raw))
    except ReadError:
        return None
    upper = parts.superscript in ("T", r"\top", r"\mathrm{T}")
    if not parts.subscripts or not is_letter(parts.subscripts[-1]) or parts.arguments is not None or parts.primes or \
            upper is not (what == "rows") or parts.superscript and not upper:
        return None
    member = index(name(spell(parts.base, parts.subscripts[:-1])), name(parts.subscripts[-1]))
    return term("transpose", member) if upper else member, parts.subscripts[-1]


def _zeros(draft, own):
    r"""The zero of any shape, \mathbf{0}, needs no declaration; another name is an array of zeros."""
    if own.name in (r"\mathbf{0}", r"\boldsymbol{0}", "0"):
        return replace(own, kind="notation", shape=())
    return _filled(draft, own, ZERO)


def _basis(draft, own):
    """e_j has the entries 1[i = j]."""
    from derive.reading.comprehension import whole
    if len(own.indices) != 1 or len(own.shape) != 1 or own.shape[0] is IMPLIED or own.definition is not None:
        draft.miss("a basis vector without its index", True)
        return own
    letter = "i" if own.indices[0] != "i" else "k"
    body = term("indicator", rel(Relation.EQ, name(letter), name(own.indices[0])))
    domain = range_(ONE, own.shape[0])
    return replace(own, definition=whole(body, (letter,), (domain,)), structure=own.structure - {"unit_norm"},
                   ranges=(domain,) if own.ranges[0] is IMPLIED else own.ranges)


def _filled(draft, own, value):
    """All entries 1, or 0."""
    from derive.reading.comprehension import whole
    if own.kind not in ("vector", "matrix") or own.indices or IMPLIED in own.shape or own.definition is not None or \
            own.structure or own.domain != "real":
        draft.miss("an array of one number, of what size", True)
        return own
    if own.kind == "vector" and len(own.shape) == 2:
        draft.miss("a row of ones", True)
        return own
    letters = ("i", "j")[:len(own.shape)]
    return replace(own, definition=whole(value, letters, [range_(ONE, s) for s in own.shape]))


def _whole_number(draft, own):
    """Odd, even, dividing D, divisible by H: a multiple of a whole number, or one less."""
    notes, extra = draft.notes, []
    if notes.get("parity") and own.kind == "function":
        return replace(own, structure=own.structure | {notes["parity"]})
    if not {"parity", "divides", "multiple"} & set(notes):
        return own
    if own.kind != "size" or own.indices or own.definition is not None:
        draft.miss(notes.get("parity") or "a divisor", True)
        return own
    if notes.get("parity"):
        extra.append(odd(own.name) if notes["parity"] == "odd" else multiple(own.name, num(2)))
    if notes.get("divides"):
        extra.append(multiple(_name(notes["divides"]), name(own.name)))
    if notes.get("multiple"):
        extra.append(multiple(own.name, name(_name(notes["multiple"]))))
    return replace(own, constraints=own.constraints + tuple(extra))


def _name(raw):
    return name_parts(str(raw)).name


def _permutation(draft, own, reading):
    """The set a permutation permutes is the range of its argument."""
    permutes = draft.notes.get("permutes")
    if permutes is None:
        return own
    if isinstance(permutes, Raw):
        inside = [t.strip() for t in permutes.replace("\\", "").strip("{}").split(",")]
        plain = all(t.isdigit() for t in inside) and [int(t) for t in inside] == list(range(1, len(inside) + 1))
        ends = (ONE, num(len(inside))) if plain else (None, None)
    else:
        ends = tuple(reading(r, ()) for r in permutes)
    if None in ends or own.indices or own.definition is not None:
        draft.miss("a permutation of what", True)
        return own
    return replace(own, ranges=(range_(*ends),), takes=())


def _check(draft, own):
    """Words of structure and roles said of what they cannot be said of, shapes that are no shape of the kind."""
    for word in sorted(own.structure):
        if own.kind not in FITS.get(word, (own.kind,)) and own.definition is None:
            draft.miss(f"{word.replace('_', ' ')} of a {own.kind}", True)
    for word in draft.notes.get("roles", ()):
        if own.kind not in _NUMBERS_AND_ARRAYS and word not in GENERAL_ROLES:
            draft.miss(f"{word} of a {own.kind}", True)
    if own.kind in _RANK and len(own.shape) not in _RANK[own.kind] or own.kind == "vector" and len(own.shape) == 2 and \
            ONE not in own.shape:
        draft.miss(f"a {own.kind} with {len(own.shape)} sizes", True)
    if "square" in own.structure and len(own.shape) == 2 and own.shape[0] is not own.shape[1]:
        draft.miss("square, with two sizes", True)
    if own.rank is not None and (own.kind != "matrix" or own.structure - {"square"} or own.domain != "real"
                                 or own.definition is not None):
        draft.miss("the rank of such a name", False)
    if own.takes is not None and own.kind != "function":
        draft.miss("an argument of what is no function", True)
    if "zero_outside" in own.structure:
        _check_outside(draft, own)


def _check_outside(draft, own):
    """Zero outside of the whole range, which must be stated; said of an array's entries the range is its length."""
    stated = [s for s in own.shape if s is not IMPLIED] if own.shape else [r for r in own.ranges if r is not IMPLIED]
    beyond = draft.notes.get("zero_beyond")
    if not stated:
        draft.miss("zero outside of what", False)
    elif beyond is not None:
        ends = [str(e) for e in beyond]
        last = own.shape[0] if own.shape else own.ranges[-1].args[1]
        written = draft.fields["shape"][0] if own.shape else next(r[2] for r in draft.ranges if r[0] == own.indices[-1])
        first = ONE if own.shape else own.ranges[-1].args[0]
        if ends[0] != str(first.value) or ends[1] != str(written) or last is IMPLIED:
            draft.miss(f"zero below {ends[0]} and above {ends[1]}", True)
