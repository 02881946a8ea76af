r"""Several names or members at once: the key "x, y", the words "x_1, \ldots, x_n", "the mean of the x_i"."""

import re

from derive.reading.equations import is_letter
from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.phrases import split
from derive.reading.sketch import Raw
from derive.spelling import unbold
from derive.term import IMPLIED, ONE, TWO, ZERO, Relation, add, mul, name, neg, pow_, rel, term
from derive.term.bounds import member_of
from derive.term.record import replace

_NAME = r"(?:\\[A-Za-z]+(?:\{[^{}]*\})?|(?<![A-Za-z\\])[A-Za-z])"
_SUB = r"_\s*(?:\{([^{}]*)\}|([A-Za-z0-9]))"
_DOTS = r"(?:\\[lc]?dots|\.\.\.+)"
_LIST = re.compile(rf"({_NAME}){_SUB}\s*,\s*(?:\1_\{{?[\w+-]+\}}?\s*,\s*)*{_DOTS}\s*,\s*\1{_SUB}")
_COLUMN = re.compile(rf"\(\s*{_LIST.pattern}\s*\)(?:\^\{{?(?:T|\\top)\}}?)?")
# What is said of several names together is said of each of them.
OF_EACH = frozenset(("symmetric", "positive_definite", "positive_semidefinite", "orthogonal", "invertible", "diagonal",
                     "full_column_rank", "full_row_rank", "full_rank", "square", "nonzero", "unit_norm", "smooth",
                     "convex", "strictly_convex", "elementwise", "finite", "bounded", "gaussian", "finite_variance",
                     "event", "skew_symmetric", "lower_triangular", "upper_triangular"))


def single(symbols):
    """[(key, words, all keys declared with these words)] with a key of several names taken apart."""
    out = []
    for key, words in symbols.items():
        keys = tuple(k.strip() for k in split(key, r",|\band\b"))
        family = _LIST.fullmatch(key.strip())
        if family:
            base, first, last = _ends(family)
            out.append((f"{base}_i", f"{words}, i = {first}..{last}", ()))
        elif len(keys) > 1 and all(map(_is_name, keys)):
            out += [(k, words, keys) for k in keys]
        else:
            out.append((key, words, ()))
    return out


def _is_name(text):
    try:
        name_parts(text)
    except ReadError:
        return False
    return not text.startswith((r"\langle", "|", r"\frac"))


def _ends(found, start=1):
    """(base, first subscript, last subscript) of a list of members."""
    groups = found.groups()
    return groups[0], groups[1] or groups[2], groups[3] or groups[4]


def listed_members(out, text):
    r"""Words in which "x_1, \ldots, x_n" is said as a range of the name itself, a length, or a family x_i."""
    if "dots" not in text and ".." not in text:
        return text
    parts, tail = out.parts, []
    letter = parts.subscripts[-1] if len(parts.subscripts) == 1 and is_letter(parts.subscripts[-1]) else None

    def column(found):
        base, first, last = _ends(found)
        if parts.subscripts or first != "1" or not _stands_alone(found):
            return found.group()
        return f"of length {last}" + ("" if base == unbold(parts.base) else f" with entries {base}_i")

    def member(found):
        base, first, last = _ends(found)
        if not _stands_alone(found):
            return found.group()
        if letter and base == parts.base:
            tail.append(f", {letter} = {first}..{last}")
            return ""
        out.notes.setdefault("lists", {})[base] = Raw(first), Raw(last)
        return f"{base}_i"

    text = _LIST.sub(member, _COLUMN.sub(column, text))
    return text + "".join(t for t in tail if t.replace(" ", "") not in text.replace(" ", ""))


def _stands_alone(found):
    """A list among words, not inside a formula."""
    before = found.string[:found.start()]
    return "=" not in re.split(r"[;:]", before)[-1] and (not before or before[-1] in " ,") and \
        all(before.count(a) == before.count(b) for a, b in ("()", "[]", "{}"))


def shared(out, keys):
    """What is said of several names at once must be said of each: "independent" relates them, "sum to one" too."""
    if not keys:
        return
    if out.notes.get("many") and not any(map(is_letter, out.parts.subscripts)):
        del out.notes["many"]
    single_names = out.kind == "random" and not any(map(is_letter, out.parts.subscripts))
    components = "apart" in out.notes
    if single_names and (out.notes["apart"] if components else "independent" in out.structure and
                         "identically_distributed" not in out.structure):
        out.structure -= set() if components else {"independent"}
        out.fields["independent_of"] = tuple(name_parts(k).name for k in keys if k != out.key)
    inner = {"independent", "identically_distributed"} if components else set()
    for word in sorted(out.structure - OF_EACH - inner):
        out.miss(f"{word.replace('_', ' ')} of {' and '.join(keys)}", True)


def averaged(draft, drafts):
    """The definition of what is called the mean of a family: its sum over the range, divided by its length."""
    of = draft.notes.get("average")
    if draft.notes.get("average_entries"):
        return _averaged_entries(draft, drafts)
    if of is None:
        return
    parts = name_parts(str(of))
    family = next((d for d in drafts if d.parts and d.parts.base == parts.base and len(d.parts.subscripts) == 1 and
                   len(parts.subscripts) <= 1 and d is not draft), None)
    stated = [r for r in family.ranges if r[0] == family.parts.subscripts[0]] if family else []
    said = draft.notes.get("lists", {}).get(parts.base)
    if family is None or len(stated) + bool(said) == 0 or stated and said and tuple(stated[0][1:]) != said or \
            draft.definition is not None:
        draft.miss(f"mean of {of}, of which range", True)
        return
    low, high = stated[0][1:] if stated else said
    count = high if low == "1" else f"({high}-({low})+1)"
    letter = family.parts.subscripts[0]
    draft.head, draft.definition = draft.parts, Raw(
        rf"\frac{{1}}{{{count}}}\sum_{{{letter}={low}}}^{{{high}}} {family.key}")


def _averaged_entries(draft, drafts):
    """The mean of the entries of a vector of a stated length."""
    of = name_parts(str(draft.notes["average_entries"])).name
    vector = next((d for d in drafts if d.parts and d.parts.name == of and d.kind == "vector"), None)
    size = vector.fields.get("shape", (IMPLIED,)) if vector else (IMPLIED,)
    if len(size) != 1 or size[0] is IMPLIED or draft.definition is not None:
        draft.miss(f"mean of the entries of {of}", True)
        return
    letter = next(i for i in "ijk" if i != str(size[0]) and not any(d.parts and d.parts.name == i for d in drafts))
    draft.head, draft.definition = draft.parts, Raw(
        rf"\frac{{1}}{{{size[0]}}}\sum_{{{letter}=1}}^{{{size[0]}}} {of}_{{{letter}}}")


def counted(draft, own, reading):
    r"""The array whose rows, columns, diagonal or entries are x_1, \ldots, x_n has as many of them."""
    for base, (first, last) in draft.notes.get("lists", {}).items():
        if str(draft.notes.get("average", "")).startswith(base + "_"):
            continue
        used = [k for k in ("rows", "columns", "diagonal") if str(draft.notes.get(k, "")).startswith(base + "_")]
        used += ["entries"] * (own.kind == "vector" and str(draft.fields.get("entries", "")).startswith(base + "_"))
        axes = {"columns": (1,), "diagonal": (0, 1)}.get(used[0], (0,)) if used else ()
        end = reading(last)
        if not axes or first != "1" or end is None or axes[-1] >= len(own.shape) or any(
                own.shape[k] not in (IMPLIED, end) for k in axes):
            draft.miss(rf"{base}_{first}, \ldots, {base}_{last}", True)
            continue
        own = replace(own, shape=tuple(end if k in axes else size for k, size in enumerate(own.shape)))
    return own


def spread_out(draft, own):
    """Not all equal: n sum x_i^2 - (sum x_i)^2 is not 0, which it is for equal numbers alone (Cauchy-Schwarz)."""
    if not draft.notes.get("spread_out"):
        return own
    if len(own.indices) != 1 or own.ranges[0].head != "range" or own.kind != "scalar":
        draft.miss("not all equal, over which range", True)
        return own
    low, high = own.ranges[0].args
    count = high if low is ONE else add(high, neg(low), ONE)
    total = term("sum", member_of(own), name(own.indices[0]), own.ranges[0])
    squares = term("sum", pow_(member_of(own), TWO), name(own.indices[0]), own.ranges[0])
    gap = add(mul(count, squares), neg(pow_(total, TWO)))
    return replace(own, constraints=(*own.constraints, rel(Relation.NE, gap, ZERO)))
