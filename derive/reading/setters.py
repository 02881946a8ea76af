"""What a row of the vocabulary sets in a Draft: each entry of ``sets`` by its own rule, or False where it cannot be."""

import re

from derive.reading import chance_setters, process_setters, vocabulary
from derive.reading.equations import left_side
from derive.reading.names import name_parts, spell
from derive.reading.phrases import depth_zero, split
from derive.reading.sketch import RELATION, Raw, spelled
from derive.term import IMPLIED, ONE

_FIXED_DOMAINS = {"(0,1)": "unit", "[0,1]": "closed_unit", r"(0,\infty)": "positive",
                  r"[0,\infty)": "nonnegative", r"(-\infty,0)": "negative"}
_CHOICES = {"0,1": "binary", "1,0": "binary", "-1,1": "sign", "1,-1": "sign", "-1,+1": "sign", "+1,-1": "sign"}


def set_entry(out, key, value):
    """Set one entry of a row's ``sets``; False where it cannot be."""
    special = _SPECIAL.get(key) or process_setters.SPECIAL.get(key)
    if special:
        return special(out, value)
    row = out.fields.get("shape", ())
    if key == "shape" and out.kind == "vector" and len(row) == 2 and row[0] is ONE and len(value) == 1:
        value = (ONE, *value)
    if key == "shape" and not _same_rank(out, value):
        return out.kind in ("mass", "density", "function") and bool(out.fields.update(shape=value) or True)
    if key == "shape":
        return _shape(out, value)
    if key == "takes" and out.fields.get("takes") == (IMPLIED,) and len(value) == 1:
        out.fields["takes"] = value
        return True
    if key in _NOTES or key in process_setters.NOTES:
        target = out.notes
    else:
        target = out.fields
    if key in target and target[key] != value:
        return False
    target[key] = value
    return True


def _same_rank(out, shape):
    return len(out.fields.get("shape", shape)) == len(shape)


def _shape(out, shape):
    """Sizes combine: "not stated" gives way, two that are stated must be one; a law's space is replaced."""
    old = out.fields.get("shape", shape)
    law = out.kind in ("mass", "density", "function")
    if not law and any(a != b and IMPLIED not in (a, b) for a, b in zip(old, shape, strict=True)):
        return False
    out.fields["shape"] = tuple(b if a is IMPLIED or law and b is not IMPLIED else a
                                for a, b in zip(old, shape, strict=True))
    return True


def _structure(out, words):
    if out.kind and not all(out.kind in vocabulary.FITS.get(w, (out.kind,)) or out.parts.arguments is not None
                            for w in words):
        return False
    out.structure |= set(words)
    return True


def _domain(out, word):
    """Domains combine: real gives way, positive (0,1) is (0,1), a positive integer is at least 1."""
    old = out.fields.get("domain", "real")
    pair = {old, word}
    if "real" in pair:
        out.fields["domain"] = word if old == "real" else old
    elif pair == {"positive", "nonnegative"}:
        out.fields["domain"] = "positive"
    elif old == word or pair <= {"positive", "unit"} or pair <= {"nonnegative", "unit"} or \
            pair <= {"nonnegative", "closed_unit"} or pair == {"closed_unit", "unit"}:
        out.fields["domain"] = next(d for d in ("unit", "closed_unit", word) if d in pair)
    elif "integer" in pair and pair & {"positive", "nonnegative"}:
        out.fields["domain"] = "integer"
        out.fields["low"] = Raw("1" if "positive" in pair else "0")
    else:
        return False
    return True


def _interval(out, text):
    plain = text.replace(" ", "").replace(r"\left", "").replace(r"\right", "")
    if out.kind not in ("scalar", "random"):
        return False
    if _FIXED_DOMAINS.get(plain):
        return _domain(out, _FIXED_DOMAINS[plain])
    ends = [e.strip() for e in split(plain[1:-1], ",")]
    if len(ends) != 2 or plain[0] not in "[(" or plain[-1] not in ")]":
        return False
    if plain[0] + plain[-1] == "[]":
        out.fields["low"], out.fields["high"] = map(Raw, ends)
    else:
        marks = ("<=" if plain[0] == "[" else "<", "<=" if plain[-1] == "]" else "<")
        out.relations.append(((Raw(ends[0]), Raw(out.key), Raw(ends[1])), marks))
    return True


def _choices(out, text):
    inside = text.replace(" ", "").replace("\\{", "").replace("\\}", "").strip("{}")
    if out.kind == "label":
        words = tuple(w.strip() for w in text.replace("\\{", "").replace("\\}", "").strip("{}").split(","))
        out.fields["states"] = words
        return all(re.fullmatch(r"[A-Za-z0-9_]+", w) for w in words)
    return out.kind == "scalar" and inside in _CHOICES and _domain(out, _CHOICES[inside])


def _range(out, value):
    letter, low, high = value
    if out.kind == "index" and str(letter) == out.key and not {"low", "high"} & set(out.fields):
        out.fields["low"], out.fields["high"] = low, high
        return True
    if letter in (r[0] for r in out.ranges):
        return False
    out.ranges.append((str(letter), low, high))
    return True


def _states(out, text):
    out.fields["states"] = tuple(spelled(s) for s in split(text, ","))
    return out.kind == "chain"


def _independent_of(out, names):
    out.fields["independent_of"] = out.fields.get("independent_of", ()) + tuple(map(spelled, names))
    return out.kind == "random"


def _bound(out, bound, mark):
    """At least, at most: a relation on the name itself."""
    out.relations.append(((Raw(out.key), bound), (mark,)))
    return out.kind in ("scalar", "size", "index")


def _unequal(out, what):
    """Not symmetric, not 0: a relation on the name itself."""
    other = Raw(f"{out.key}^T" if what == "transpose" else what)
    out.relations.append(((Raw(out.key), other), ("!=",)))
    return out.kind == ("matrix" if what == "transpose" else "scalar")


def _relation(out, text):
    """A relation: bounds of the name itself become a domain or bounds, anything else a constraint."""
    sides = [s.strip() for s in split(text, RELATION.pattern)]
    marks = [m.group() for m in depth_zero(text, RELATION.pattern)]
    if marks == [r"\in"] and spelled(sides[0]) == spelled(out.key) and out.kind in ("scalar", "random", "label"):
        return _choices(out, sides[1]) or _interval(out, sides[1])
    if marks in ([">="], [r"\ge"], [r"\geq"]) and sides[0] in out.parts.subscripts and sides[1].isdigit() and \
            out.definition is None and sides[0] not in (r[0] for r in out.ranges):
        out.ranges.append((sides[0], sides[1], r"\infty"))         # a family from an index on: t >= 1
        return True
    out.relations.append((tuple(map(Raw, sides)), tuple(marks)))
    return True


def _arguments(out, value):
    """Formal arguments named in words; they must be those of the name where it has any."""
    own = out.parts.arguments
    if out.kind not in ("function", "mass", "density"):
        return False
    if spelled(value) in map(spelled, out.parts.subscripts):
        out.notes["within"] = (*out.notes.get("within", ()), str(value))
        return True
    if own is None:
        out.notes["formals"] = out.notes.get("formals", ()) + (str(value),)
        return True
    return spelled(value) in map(spelled, own + (out.parts.given or ()))


def _conditions(out, values):
    return out.parts.given is not None and set(map(spelled, values)) <= set(map(spelled, out.parts.given))


def _each(out, _):
    """Said of one member, meant of all: the subscripts are indices."""
    out.notes["each"] = True
    return True


def _support(out, text):
    ends = [Raw(e.strip()) for e in split(text[1:-1], ",")]
    if len(ends) != 2 or text[0] + text[-1] != "[]":
        return False
    out.fields |= {"shape": (), "low": ends[0], "high": ends[1]}
    return True


def _entry_domain(out, word):
    """Said of the entries of an array, not of the array."""
    if out.kind not in ("vector", "matrix") or out.fields.get("domain", "real") not in ("real", word):
        return False
    out.fields["domain"], out.notes["entry_domain"] = word, True
    return True


def _entry_choices(out, text):
    inside = text.replace(" ", "").replace("\\{", "").replace("\\}", "").strip("{}")
    return inside in _CHOICES and _entry_domain(out, _CHOICES[inside])


def _zero_beyond(out, value):
    """x_i = 0 for i < 1 and i > n, of the name itself or of its entries: the ends are checked against the range."""
    entry, letter, low, high = map(str, value)
    found = left_side(entry, out.parts)
    if found is None or letter not in (found[1] or out.parts.subscripts):
        return False
    out.structure.add("zero_outside")
    out.notes["zero_beyond"] = Raw(low), Raw(high)
    return out.kind in ("scalar", "vector")


def _endless(out, letter):
    """An index that takes every whole number."""
    out.notes["each"] = True
    return str(letter) in out.parts.subscripts


def _letter(out, letter):
    """"for each t" where t is an index or an argument of the name."""
    own = out.head or out.parts
    if str(letter) in out.parts.subscripts:
        out.notes["each"] = True
        return True
    return str(letter) in (own.arguments or ()) or str(letter) in out.parts.subscripts


def _counted(out, letter):
    """The letter of "the i-th row is x_i" must be a subscript of what is said."""
    formula = out.notes.get("rows") or out.notes.get("columns") or ""
    return re.search(rf"_\{{?[^{{}}]*{re.escape(str(letter))}", str(formula)) is not None


def _regular(out, formula):
    """Such that I + AB is invertible: its determinant is not 0."""
    out.relations.append(((Raw(rf"\det({formula})"), Raw("0")), ("!=",)))
    return True


def _diagonal_sign(out, word):
    """Positive entries of a diagonal matrix make it definite; on a triangular one they are positive alone."""
    if out.kind != "matrix":
        return False
    if "diagonal" in out.structure:
        out.structure.add({"positive": "positive_definite", "nonnegative": "positive_semidefinite",
                           "nonzero": "invertible"}[word])
        return True
    out.structure.add("positive_diagonal")
    return word == "positive" and bool(out.structure & {"lower_triangular", "upper_triangular"})


def _determinant(out, mark):
    """A determinant of one sign."""
    out.relations.append(((Raw(rf"\det({out.key})"), Raw("0")), (mark,)))
    return out.kind == "matrix"


def _owner(out, word):
    """Whose it is, "of the network": a role, but not the one that tells what it is."""
    out.notes["roles"] = (word, *out.notes.get("roles", ()))
    return True


def _own_letter(out, letter):
    """A letter that is an index of the name."""
    return str(letter) in out.parts.subscripts + (out.parts.superscript,)


def _shifted_letter(out, letter):
    """Of layer l+1: a place that is a subscript or superscript of the name."""
    own = (*out.parts.subscripts, (out.parts.superscript or "").strip("()"))
    return str(letter).strip("{}()") in own


def _collected(key):
    def collect(out, word):
        out.notes[key] = out.notes.get(key, ()) + (word,)
        return True
    return collect


def _of_matrix(key):
    def note(out, formula):
        if key == "diagonal" and "diagonal" not in out.structure:
            return False
        out.notes[key] = formula
        return out.kind == "matrix" and not {"rows", "columns", "diagonal"} & set(out.notes) - {key}
    return note


def _first_columns(out, formula):
    """Columns v_1, ..., v_k of a d x k matrix: the first of a family, or all of it."""
    last = name_parts(str(formula))
    shape = out.fields.get("shape", ())
    if out.kind != "matrix" or len(shape) != 2 or last.subscripts[-1:] != (str(shape[1]),):
        return False
    letter = "l" if last.subscripts[-1] != "l" else "j"
    return _of_matrix("columns")(out, Raw(spell(last.base, (*last.subscripts[:-1], letter), last.superscript)))


def _entries(out, formula):
    """The name of entries; of a diagonal matrix d_i names those of the diagonal."""
    if "diagonal" in out.structure and len(name_parts(str(formula)).subscripts) == 1 or \
            out.fields.get("entries", formula) != formula:
        return False
    out.fields["entries"] = formula
    return True


def _chain(out, value):
    """Diagonal entries s_1 >= ... >= s_r > 0: a family of its own, in decreasing order."""
    first, last = (name_parts(str(v)) for v in value[:2])
    same = first.subscripts[:-1] == last.subscripts[:-1] and first.base == last.base and first.subscripts[-1:] == ("1",)
    if not same or out.kind != "matrix" or "diagonal" not in out.structure or {"rows", "columns", "diagonal"} & set(
            out.notes) or not last.subscripts:
        return False
    letter = "k" if last.subscripts[-1] != "k" else "i"
    out.notes["diagonal"] = Raw(spell(first.base, (*first.subscripts[:-1], letter), first.superscript, first.primes))
    out.notes["chain"] = spell(first.base, first.subscripts[:-1], first.superscript, first.primes), str(value[2]), \
        last.subscripts[-1]
    return True


def _space(out, size):
    """On R^d: what a function takes, where a law lives."""
    if out.kind == "function":
        return set_entry(out, "takes", (size,))
    return out.kind in ("mass", "density") and set_entry(out, "shape", (size,))


def _regular_values(out, _):
    """Matrices that are invertible wherever a function takes them: nothing is defined where they are not."""
    size = out.fields.get("shape", ())
    return out.kind == "function" and len(size) == 2 and size[0] == size[1] and _structure(out, ("regular_values",))


def _eigen(out, names):
    r"""An eigenvector v of A with eigenvalue \lambda: A v = \lambda v, v not zero."""
    matrix, value = names
    out.relations.append(((Raw(f"{matrix} {out.key}"), Raw(f"{value} {out.key}")), ("=",)))
    return out.kind == "vector" and _structure(out, ("nonzero",) * ("unit_norm" not in out.structure))


def _smoothness(out, constant):
    """L-smooth: differentiable; that the gradient is Lipschitz with L is not built in."""
    return _structure(out, ("smooth",)) and _collected("unclear")(out, f"{constant}-smooth")


def _between(out, ends):
    """The bounds of an index or label, said alone: 1..K."""
    low, high = ends
    if out.kind not in ("index", "size") or {"low", "high"} & set(out.fields):
        return False
    out.fields["low"], out.fields["high"], out.fields["domain"] = low, high, "integer"
    return True


def _parity(out, word):
    return out.notes.setdefault("parity", word) == word


_NOTES = ("many", "terms", "entry", "row", "column", "derived", "meaning", "same", "over", "spread", "deviation",
          "differs", "length", "vector", "standard", "ones", "zeros", "basis", "divides", "multiple", "permutes",
          "spread_out", "conditional",
          "average", "average_entries", "natural", *chance_setters.NOTES)
_SPECIAL = {
    "structure": _structure, "domain": _domain, "interval": _interval, "choices": _choices, "range": _range,
    "relation": _relation, "argument": _arguments, "given": _conditions, "each": _each, "support": _support,
    "below": lambda out, bound: _bound(out, bound, ">="), "above": lambda out, bound: _bound(out, bound, "<="),
    "exceeds": lambda out, bound: _bound(out, bound, ">"), "within": lambda out, bound: _bound(out, bound, "<"),
    "entry_domain": _entry_domain, "entry_choices": _entry_choices, "zero_beyond": _zero_beyond, "endless": _endless,
    "letter": _letter, "role": _collected("roles"), "unclear": _collected("unclear"), "rows": _of_matrix("rows"),
    "columns": _of_matrix("columns"), "diagonal": _of_matrix("diagonal"), "first_columns": _first_columns,
    "entries": _entries, "chain": _chain, "parity": _parity, "own_letter": _own_letter, "owner": _owner,
    "determinant": _determinant, "space": _space, "between": _between, "shifted": _shifted_letter, "eigen": _eigen,
    "smoothness": _smoothness, "regular": _regular_values,
    "free": lambda out, _: out.kind == "matrix" and not out.structure,
    "counted": _counted, "invertible": _regular, "diagonal_sign": _diagonal_sign, "unequal": _unequal,
    "states": _states, "independent_of": _independent_of, **chance_setters.SPECIAL}
