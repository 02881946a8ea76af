"""What the rows of ``process_words`` set in a Draft, each entry by its own rule, or False where it cannot be."""

from derive.reading.equations import is_letter
from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.roles import is_harmless
from derive.reading.sketch import Raw, spelled

NOTES = ("uncorrelated", "correlation")


def table(out, over):
    """Numbers for every argument, of a finite set, or for every index."""
    if over != "states" and (out.parts.subscripts if out.parts.arguments is None else points(out.parts)):
        out.notes["many"] = True
    else:
        out.fields["kind"] = "function"
        out.structure.add("finite")
    return True


def points(parts):
    """The index letters of the arguments of h_t(x_i), p(w_i|h_i): members of families; () for other arguments."""
    try:
        each = [name_parts(a) for a in (*parts.arguments, *(parts.given or ()))]
    except ReadError:
        return ()
    if not each or any(len(p.subscripts) != 1 or not is_letter(p.subscripts[0]) or p.arguments for p in each):
        return ()
    return tuple(dict.fromkeys(p.subscripts[0] for p in each))


def pointwise(out):
    """Values h_t(x_i) of a sequence, one for each index of the arguments: a family written as a function."""
    letters = points(out.parts) if out.kind == "scalar" and out.notes.get("many") and out.parts.arguments else ()
    if not letters or set(letters) & set(out.parts.subscripts):
        return
    out.structure.add("pointwise")
    out.notes["points"] = tuple(next((r for r in out.ranges if r[0] == i), (i,)) for i in letters)
    out.ranges = [r for r in out.ranges if r[0] not in letters]
    out.notes["many"] = bool(out.parts.subscripts)


def _entries_apart(out, words):
    """Independent entries of one array; in a family it would be unclear what is independent of what."""
    out.structure |= set(words)
    return out.kind == "random" and "many" not in out.notes


def _apart_from(out, other):
    """A number that does not depend on a name: no number does, unless it is defined by it."""
    return out.kind in ("scalar", "vector", "matrix") and out.definition is None and spelled(other) != out.parts.name \
        and out.parts.arguments is None


def _probability_of(out, words):
    """A number that is the probability of what harmless words describe."""
    if not is_harmless(str(words)) or out.kind != "scalar":
        return False
    out.relations.append(((Raw("0"), Raw(out.key), Raw("1")), ("<=", "<=")))
    return True


SPECIAL = {"table": table, "entries_apart": _entries_apart, "apart_from": _apart_from,
           "probability_of": _probability_of}
