"""Second phase of reading declarations: with all names known, formulas are read and Declarations are made.

What was not read stays in ``Declaration.unread``; see ``vocabulary`` for the language.
"""

import re

from derive.reading import meanings, read
from derive.reading.completion import derived, implied_names, labelled, ranged, rank_of_face, shaped
from derive.reading.comprehension import stacked
from derive.reading.consequences import consequences
from derive.reading.definitions import beside_definition, conditional
from derive.reading.drafts import draft, listed
from derive.reading.equations import is_letter
from derive.reading.errors import ReadError
from derive.reading.joint_laws import coherent
from derive.reading.laws import named_law
from derive.reading.links import families_of
from derive.reading.members import averaged, counted, single, spread_out
from derive.reading.names import name_parts
from derive.reading.points import of_members
from derive.reading.sketch import Raw, family_parts, raw_terms, spelled
from derive.reading.sources import related
from derive.spelling import Names
from derive.term import (
    IMPLIED,
    ONE,
    TWO,
    ZERO,
    ZEROS,
    Declaration,
    add,
    free_names,
    name,
    num,
    pow_,
    range_,
    rel,
    term,
)
from derive.term import replace as substitute
from derive.term.bounds import bounds_of, chain, member_of, recognise
from derive.term.record import replace
from derive.term.relation import Relation

_ENTRY_LETTERS = frozenset("ijklmnst")
_KIND_OF_RANK = ("scalar", "vector", "matrix")


def read_declarations(symbols, bound=frozenset()):
    """The Declarations of {LaTeX name: words}, and those of sizes, sets and moments that the words name.

    bound   letters that the claim binds by a sum or the like: a name declared once with such a subscript is a family;
            and keys of symbols that are families by their use
    Words that were not understood are in ``unread``; nothing is raised for them.
    """
    words = frozenset(k for k in symbols if re.fullmatch(r"[A-Za-z]{2,}", k)) | {
        m.group() for k in symbols if (m := re.match(r"[A-Za-z]{2,}", k))}
    drafts = [draft(key, text, words, bound, keys) for key, text, keys in single(symbols)]
    for d in drafts:
        averaged(d, drafts)
    counting = ("index", "size", "label")
    others = {d.parts.name for d in drafts
              if d.parts and d.kind not in counting and d.fields.get("domain") != "integer"}
    counted = frozenset(b for b in bound if b not in others or "_" in b)
    table = {id(d): _provisional(d, counted, others) for d in drafts}
    _same_laws(table)
    _settle_labels(drafts, table)
    names = _names(drafts, table)
    made = [_finish(d, table[id(d)], names) for d in drafts]
    made = [derived(d, out, made) for d, out in zip(drafts, made, strict=True)]
    for _ in range(2):      # the length of one such array may be that of another
        made = [stacked(d, out, made) for d, out in zip(drafts, made, strict=True)]
    made = coherent(made, {k for k, d in enumerate(drafts) if d.notes.get("part")})
    terms = [d.key for d in drafts if d.notes.get("terms")]
    letters = {i: size for d, own in zip(drafts, made, strict=True) if _is_array_of_entries(d, bound)
               for i, size in zip(d.parts.subscripts, own.shape, strict=True)}
    made = [ranged(d, made, letters, terms) for d in made]
    vectors = [spelled(d.notes["vector"]) for d in drafts if d.notes.get("vector")]
    made = related(drafts, made)
    ordered = {d.notes["chain"][0]: d.notes["chain"][1] for d in drafts if "chain" in d.notes}
    made = [replace(d, unread="; ".join(filter(None, (d.unread, "the order of the entries"))))
            if d.composed is not None and any(e.name in ordered for e in made) else d for d in made]
    made += families_of(made, ordered)
    return shaped(labelled(made + implied_names(made, vectors)))


def _provisional(draft, bound, others):
    """A Declaration good enough to read other formulas by: name, kind, indices, formals, rank."""
    if draft.parts is None:
        return Declaration(draft.key, "unread", unread="; ".join(draft.unread), unread_head=True, text=draft.text)
    count = _index_count(draft, bound, others)
    base, indices = family_parts(draft.parts, count)
    stated = draft.ranges or draft.notes.get("many") or draft.definition or draft.notes.get("basis")
    if count and draft.kind == "vector" and draft.key not in bound and not (
            stated or draft.parts.base.startswith("\\")):
        draft.miss("one vector or one for each index? say vectors, i = 1..n", True)
    if draft.ranges and not draft.parts.subscripts:
        indices = tuple(r[0] for r in draft.ranges)
    if _is_array_of_entries(draft, bound):
        base, indices = family_parts(draft.parts, len(draft.parts.subscripts))[0], ()
    kind = draft.kind or ("function" if _formals(draft) else "scalar" if draft.definition is not None else "unread")
    cells = len(draft.notes.get("entrywise", ()))
    if cells and kind == "scalar":
        kind = _KIND_OF_RANK[cells]
    if _formals(draft) and kind in _KIND_OF_RANK + ("random",):
        kind = "function"
    head = draft.head if draft.head and draft.head.arguments is not None else draft.parts
    bar = len(head.arguments) if head.given is not None else None
    rank = len(draft.fields.get("shape", ())) or cells
    entries = draft.fields.get("entries")
    return Declaration(base, kind, (IMPLIED,) * rank, indices, (IMPLIED,) * len(indices), formals=_formals(draft),
                       bar=bar, entries=_base_name(entries) if entries else None,
                       entries_of=draft.fields.get("entries_of"), text=draft.text,
                       structure=frozenset({"event"} & draft.structure))


def _formals(draft):
    """The formal arguments: of the name, of the left side of its definition, or named in words."""
    head = draft.head if draft.head and draft.head.arguments is not None else draft.parts
    if head.arguments is not None:
        return tuple(name(spelled(a)) for a in listed(head.arguments) + (head.given or ()))
    if draft.notes.get("meaning") in meanings.ARITY:
        return meanings.formals(draft.notes["meaning"])
    return tuple(name(spelled(a)) for a in draft.notes.get("formals", ()))


def _base_name(text):
    try:
        parts = name_parts(text)
    except ReadError:
        return str(text)
    return family_parts(parts, len(parts.subscripts))[0]


def _index_count(draft, bound, others):
    """How many of the last subscripts are indices: those with a range, of a plural, bound, or of a definition."""
    ranged = {r[0] for r in draft.ranges}
    if draft.kind == "matrix" and not ranged and len(draft.parts.subscripts) > 1 and not draft.notes.get("many"):
        return 0
    every = any(draft.notes.get(k) for k in ("many", "each")) or draft.definition is not None or \
        draft.kind == "scalar" and "entries_of" in draft.fields or draft.notes.get("meaning") == "kronecker"
    count = 0
    for sub in reversed(draft.parts.subscripts):
        free = every or sub in bound and draft.kind not in ("size", "index") or draft.key in bound and draft.kind in (
            "scalar", "vector", "matrix", "size")
        if sub not in ranged and not (free and is_letter(sub) and sub not in others):
            break
        count += 1
    return count


def _same_laws(table):
    """A law p(x) defined out of others of the same name is a law of their kind."""
    kinds = {d.name: d.kind for d in table.values() if d.kind in ("mass", "density")}
    for k, d in table.items():
        if d.kind == "function" and d.name in kinds and d.formals:
            table[k] = replace(d, kind=kinds[d.name], shape=(IMPLIED,))


def _is_array_of_entries(draft, bound):
    """``r_{ij}: real matrix n x m`` declares the matrix r by its entries."""
    if draft.parts is None:
        return False
    subs = draft.parts.subscripts
    return (draft.kind == "matrix" and not draft.ranges and not draft.notes.get("many") and len(subs) == 2 and
            len(set(subs)) == 2 and (set(subs) <= _ENTRY_LETTERS or set(subs) <= bound) and
            (draft.parts.base.islower() and len(draft.parts.base) == 1 or draft.parts.base[1:].islower()))


def _names(drafts, table):
    """The names formulas are read by; a bold name that is only defined counts as a vector or matrix."""
    faced = []
    for d in drafts:
        own = table[id(d)]
        rank = rank_of_face(own.name) if d.definition is not None and own.kind == "scalar" else 0
        faced.append(replace(own, kind=("vector", "matrix")[rank - 1], shape=(IMPLIED,) * rank) if rank else own)
    return Names(faced)


def _settle_labels(drafts, table):
    """A definition whose right side does not use its index is of one label: epsilon_t = sum_i w_i [y_i != h_i]."""
    moving = True
    while moving:
        moving, names = False, _names(drafts, table)
        for d in drafts:
            own = table[id(d)]
            if d.definition is None or d.ranges or not own.indices:
                continue
            right = _right_side(d, own, names)
            if right is not None and not set(own.indices) & free_names(right):
                table[id(d)] = replace(own, name=d.parts.name, indices=(), ranges=())
                moving = True


def _read(draft, raw, names, bound=()):
    """The Term of a formula, or None where it is not read."""
    try:
        return read(str(raw), names, bound)
    except ReadError:
        return None


def _right_side(draft, own, names):
    """The right side of a definition; its indices and its formals that are no declared names are bound."""
    formals = tuple(f.value for f in own.formals if not names.declared(f.value))
    return _read(draft, draft.definition, names, own.indices + formals + draft.notes.get("entrywise", ()))


def _finish(draft, own, table):
    """The Declaration, every formula read; what is not read is unread."""
    if own.kind == "unread":
        return replace(own, unread="; ".join(draft.unread), unread_head=True)
    if meanings.is_restated(draft.parts) or draft.kind == "notation":
        return meanings.notation(draft, own, table)
    values = {}
    for key, value in draft.fields.items():
        if key not in ("kind", "entries"):
            values[key] = _term_of(draft, key, value, table)
    own = replace(own, parameters=tuple(name(spelled(p)) for p in draft.notes.get("within", ())))
    own = replace(own, ranges=_ranges(draft, own, table), structure=frozenset(draft.structure), **{
        k: v for k, v in values.items() if v is not None})
    if own.entries_of:
        own = replace(own, entries_of=spelled(own.entries_of))
    if own.eigen_of:
        own = replace(own, eigen_of=spelled(own.eigen_of))
    own = _definition(draft, own, table)
    own = _notes(draft, own, table)
    own = _relations(draft, own, table)
    own = _consistent(draft, own)
    own = counted(draft, own, lambda raw: _size(draft, raw, table))
    own = consequences(draft, own, lambda raw, bound: _read(draft, raw, table, bound))
    own = beside_definition(draft, own, table)
    if any(name(i) in c.args for i in own.indices for c in own.constraints):
        draft.miss("a relation on the index; say i = 1..n", True)
    return replace(own, unread="; ".join(draft.unread), unread_head=draft.unread_head)


def _term_of(draft, key, value, table):
    if key in ("entries_of", "eigen_of") or not raw_terms(value):
        return str(value) if isinstance(value, Raw) else value
    if key in ("shape", "takes"):
        return tuple(_size(draft, v, table) for v in value)
    if isinstance(value, tuple):
        parts = tuple(_term_of(draft, key, v, table) for v in value)
        return parts if None not in parts else None
    if key in ("states",):
        return str(value)
    found = _read(draft, value, table)
    if found is None:
        draft.miss(value, True)
    return found


def _size(draft, value, table):
    """A size: a label such as d_k is one name, unless its subscript counts something here."""
    if not isinstance(value, Raw):
        return value
    value = Raw(value[1:-1]) if value[:1] + value[-1:] == "{}" else value
    try:
        parts = name_parts(value)
    except ReadError:
        parts = None
    counted = set(draft.parts.subscripts) | {r[0] for r in draft.ranges}
    if parts is not None and parts.arguments is None and all(
            s.isalnum() and s not in counted and not table.declared(s) for s in parts.subscripts):
        return name(parts.name)
    found = _read(draft, value, table)
    if found is None:
        draft.miss(value, True)
    return IMPLIED if found is None else found


def _ranges(draft, own, table):
    given = {r[0]: r for r in draft.ranges}
    for letter in set(given) - set(own.indices):
        draft.miss(" ".join(("=".join((letter, given[letter][1])), "..", given[letter][2])), True)
    out = []
    for letter in own.indices:
        ends = [_read(draft, e, table) for e in given[letter][1:]] if letter in given else []
        if None in ends:
            draft.miss(f"the range of {letter}", True)
            ends = []
        out.append(range_(*ends) if ends else IMPLIED)
    return tuple(out)


def _definition(draft, own, table):
    if draft.definition is not None:
        right = _right_side(draft, own, table)
        if right is None:
            draft.miss(draft.definition, True)
            return own
        if draft.notes.get("step"):
            right = _one_step_back(right, *draft.notes["step"])
        meaning = draft.notes.get("meaning")
        if meaning and not meanings.agrees(meaning, own.formals, right):
            draft.miss(f"{meaning}, and another formula", True)
        return replace(own, definition=right)
    if draft.notes.get("meaning"):
        return replace(own, **meanings.defined(draft.notes["meaning"], own))
    return own


def _one_step_back(right, letter, step):
    """Of w_{t+1} = f(w_t) the right side of w_t: f(w_{t-1})."""
    return substitute(right, {add(name(letter), num(step)): name(letter), name(letter): add(name(letter), num(-step))})


def _notes(draft, own, table):
    """What a row noted about the name itself: a positive variance, the set a function lives on."""
    extra, notes = [], draft.notes
    if notes.get("over"):
        space = spelled(notes["over"])
        if table.declared(space) and table.first(space).kind != "set":
            draft.miss(f"a function on {space}, which is no set", True)
        own = replace(own, ranges=(name(space),))
    own = of_members(draft, own, lambda raw: _read(draft, raw, table))
    own = named_law(draft, own, lambda raw: _read(draft, raw, table), table)
    if notes.get("spread"):
        extra.append(rel(Relation.GT, term("Var", member_of(own)), ZERO))
    return spread_out(draft, replace(own, constraints=own.constraints + tuple(extra)))


def _relations(draft, own, table):
    """Constraints of the words, those on the name alone turned into a domain or bounds."""
    if draft.notes.get("differs"):
        draft.relations.append(((Raw(draft.key), draft.notes["differs"]), ("!=",)))
    if draft.notes.get("deviation"):
        spread = _read(draft, draft.notes["deviation"], table)
        own = replace(own, variance=pow_(spread, TWO)) if spread is not None else own
    for sides, marks in draft.relations:
        terms = tuple(_read(draft, s, table) for s in sides)
        if None in terms:
            draft.miss(" ".join(s + m for s, m in zip(sides, marks + ("",), strict=True)), True)
            continue
        own = bounds_of(member_of(own), own, terms, marks) or _each_relation(draft, own, terms, marks)
    return conditional(draft, own, table)


def _each_relation(draft, own, terms, marks):
    """The links of a chain one by one: bounds of the name, words of structure, constraints."""
    for k, mark in enumerate(marks):
        pair = terms[k:k + 2]
        found = bounds_of(member_of(own), own, pair, (mark,))
        found = found or recognise(own, chain(pair, (mark,)))
        if mark == "=" and found.constraints != own.constraints and name(own.name) in (
                t.args[0] if t.head == "index" else t for t in pair) and not _is_start(own, pair):
            draft.miss("an equation for the name, which is not its definition", True)
        own = found
    return own


def _is_start(own, pair):
    """Whether an equation says the first member of a recurrence: s_0 = 0 beside s_t = f(s_{t-1})."""
    member, value = pair
    return own.definition is not None and own.name in free_names(own.definition) and member.head == "index" and \
        member.args[0] is name(own.name) and all(a.head == "num" for a in member.args[1:]) and \
        own.name not in free_names(value)


def _consistent(draft, own):
    """Last checks: kinds that follow from bounds, words of structure that do not fit, what was left unread."""
    kind, domain, structure = own.kind, own.domain, set(own.structure)
    if own.indices and own.formals and not draft.parts.subscripts:
        draft.miss("a family of functions without its index in the name", True)
    if draft.notes.get("natural") and own.low is None:
        own = replace(own, low=ONE)
    if kind == "size" and own.indices:
        kind = "scalar"
    elif kind == "size" and own.low is None and own.high is None:
        kind = "scalar"
    elif kind == "size" and own.high is not None:
        kind = "index"
    if domain == "nonzero" and kind in ("vector", "matrix") and not draft.notes.get("entry_domain"):
        domain, structure = "real", structure | {"nonzero"}
    if domain in ("positive", "nonnegative", "negative") and kind == "matrix" and not draft.notes.get("entry_domain"):
        draft.miss(f"{domain} of a matrix: say positive definite, or an array with positive entries", True)
    if "positive_definite" in structure or "positive_semidefinite" in structure:
        structure -= {"symmetric"} | ({"positive_semidefinite"} if "positive_definite" in structure else set())
    if "orthogonal" in structure and kind == "vector" and len(own.indices) == 1:
        structure = structure - {"orthogonal"} | {"orthogonal_family"}
    elif "orthogonal" in structure and kind == "vector":
        draft.miss("orthogonal of one vector", True)
    if "sums_to_one" in structure and kind == "scalar" and not own.indices:
        draft.miss("sum to one of one number", True)
    if own.entries and len(name_parts(draft.fields["entries"]).subscripts) != len(own.shape):
        draft.miss(f"entries {draft.fields['entries']}", True)
    if draft.notes.get("standard"):
        moments = (ZEROS, name(r"\mathbf{I}")) if own.shape else (ZERO, ONE)
        own = replace(own, mean=moments[0], variance=moments[1])
    if draft.notes.get("many") and not own.indices:
        draft.miss("which index counts them", True)
    return replace(own, kind=kind, domain=domain, structure=frozenset(structure))
