"""First phase of reading declarations: words become a Draft; formulas stay text until all names are known."""

import re
from functools import lru_cache

from derive.reading import vocabulary
from derive.reading.errors import ReadError
from derive.reading.names import NameParts, name_parts, spell
from derive.reading.phrases import compiled, depth_zero, is_formula, may_match, may_start, split
from derive.term.record import field, record, replace

RELATION = re.compile(r"\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z])|\\neq?(?![A-Za-z])|\\in(?![A-Za-z])|<=|>=|!=|<|>|=")
_BREAK = re.compile(r"[\s.]*(?:[,;]|(?:with|and|that is|which is|is)(?![A-Za-z]))[\s.]*|[\s.]+")
_ARTICLE = re.compile(r"^\s*(?:an?|the)\s+(?=[a-z])")
_STOP = r"[,;]|(?<=\s)\(|\s(?:with|where)\s"
_LONGEST = 4000
REMEMBERED, LONG = 2048, 400        # declarations, and characters beyond which one is not remembered
_FIXED_DOMAINS = {"(0,1)": "unit", "[0,1]": "closed_unit", r"(0,\infty)": "positive",
                  r"[0,\infty)": "nonnegative", r"(-\infty,0)": "negative"}
_CHOICES = {"0,1": "binary", "1,0": "binary", "-1,1": "sign", "1,-1": "sign", "-1,+1": "sign", "+1,-1": "sign"}


class Raw(str):
    """A formula as the author wrote it, to be read in the second phase."""


@record
class Draft:
    """What has been understood so far; ``fields`` are those of Declaration, with Raw formulas in them."""

    key: str
    text: str
    names: frozenset = frozenset()                  # every declared name of several letters
    parts: NameParts | None = None
    fields: dict = field(default_factory=dict)
    structure: set = field(default_factory=set)
    ranges: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)       # what is resolved once all names are known
    definition: Raw | None = None
    head: NameParts | None = None                   # the left side of the definition
    unread: list = field(default_factory=list)
    unread_head: bool = False

    @property
    def kind(self):
        return self.fields.get("kind")

    def copied(self):
        """A Draft of its own, for the second phase to fill in."""
        return Draft(self.key, self.text, self.names, self.parts, dict(self.fields), set(self.structure),
                     list(self.ranges), list(self.relations), dict(self.notes), self.definition, self.head,
                     list(self.unread), self.unread_head)

    def miss(self, words, defining):
        """Words that were not understood."""
        self.unread.append(words.strip())
        self.unread_head |= defining


def draft(key, text, names=frozenset()):
    """The Draft of one declaration."""
    return _drafted(key, text, names).copied() if len(text) <= LONG else _drafted.__wrapped__(key, text, names)


@lru_cache(maxsize=REMEMBERED)
def _drafted(key, text, names):
    out = Draft(key, text, names)
    try:
        out.parts = name_parts(key)
    except ReadError as error:
        out.miss(f"the name {key}: {error.message}", True)
        return out
    if len(text) > _LONGEST:
        out.miss(f"{len(text)} characters of words", True)
        return out
    _scan(out, re.sub(r"(?<!\\)\\[,;:!> ]", " ", _ARTICLE.sub("", text)).strip(), crossed=False)
    if out.fields.get("domain", "real") != "real" and not out.kind:
        out.fields["kind"], out.notes["each"] = "scalar", True
    if not out.kind and out.definition is None and not out.unread_head:
        out.miss("what kind it is", True)
    return out


def _scan(out, text, crossed):
    """Consume a text phrase by phrase; what no row of the table covers is unread."""
    at = 0
    while at < len(text):
        gap = _BREAK.match(text, at)
        if gap:
            crossed |= bool(gap.group().strip(" ."))
            if crossed and out.fields.get("domain", "real") != "real" and not out.kind:
                out.fields["kind"], out.notes["each"] = "scalar", True
            at = gap.end()
            continue
        end = _remark(out, text, at) or _definition(out, text, at) or _phrase(out, text, at)
        if end is None:
            stops = [m.start() for m in depth_zero(text[at + 1:], _STOP)]
            end = at + 1 + min(stops, default=len(text))
            piece = text[at:end]
            out.miss(piece, not (out.kind and crossed) or _defining(piece))
        at = end


def _defining(piece):
    return bool({w.lower() for w in re.findall(r"[A-Za-z]+", piece)} & vocabulary.DEFINING) or "=" in piece


def _remark(out, text, at):
    """A parenthesis: words without content, or a phrase of its own."""
    if text[at] != "(" or at == 0:
        return None
    close = next((m.end() for m in re.finditer(r"\)", text[at:]) if text[at:at + m.end()].count("(") ==
                  text[at:at + m.end()].count(")")), None)
    if close is None:
        return None
    inside = text[at + 1:at + close - 1]
    words = re.sub(r"\S*[\^_\\]\S*|\b[a-z0-9]\b|[,\s]", " ", inside).split()
    if words and all(w in vocabulary.REMARKS for w in words):
        return at + close
    if inside.strip():
        _scan(out, inside, crossed=True)
    return at + close


def _definition(out, text, at):
    """The name itself, an equals sign and a formula to the end of the clause."""
    stops = [m.start() for m in depth_zero(text[at:], r"[,;]|\s(?:with|where|for|if)\s|\s\((?=[a-z]{2,}[ )])")]
    clause = text[at:at + min(stops, default=len(text))]
    equals = [m for m in depth_zero(clause, RELATION.pattern) if m.group() in ("=", "<", ">") or len(m.group()) > 1]
    if not equals or equals[0].group() != "=" or not is_formula(clause, out.names):
        return None
    try:
        head = name_parts(clause[:equals[0].start()])
    except ReadError:
        return None
    if head.name != out.parts.name or out.definition is not None or (
            out.parts.arguments is not None and (head.arguments, head.given) != (out.parts.arguments, out.parts.given)):
        return None
    if any(m.group() == "=" for m in equals[1:]) or not all(
            map(_is_name, listed(head.arguments or ()) + (head.given or ()))):
        return None
    out.head, out.definition = head, Raw(clause[equals[0].end():].strip())
    return at + len(clause)


def listed(arguments):
    r"""Arguments with ``f_1, \ldots, f_I`` written as the family f."""
    if len(arguments) != 3 or arguments[1] != r"\ldots" or not _is_name(arguments[0]) or not _is_name(arguments[2]):
        return arguments
    first, last = map(name_parts, (arguments[0], arguments[2]))
    if first.subscripts == ("1",) and len(last.subscripts) == 1 and replace(first, subscripts=()) == replace(
            last, subscripts=()):
        return (replace(first, subscripts=()).name,)
    return arguments


def _is_name(text):
    try:
        return name_parts(text).arguments is None
    except ReadError:
        return False


def _phrase(out, text, at):
    """The longest row of the table that matches here and can be applied; None where there is none."""
    found, related = [], RELATION.search(text, at)
    for row in likely(text[at]):
        if row.part == "link" and not out.kind and out.definition is None or row.pattern == "<r>" and not related:
            continue
        match = may_match(row.pattern, text, at) and compiled(row.pattern).match(text, at)
        if match and match.end() > at:
            found.append((match.end(), row, match))
    for end, row, match in sorted(found, key=lambda f: -f[0]):
        if _fits(out, row, match) and _apply(out, row, match):
            return end
    return None


@lru_cache(maxsize=128)
def likely(letter):
    """The rows that a phrase may match which begins with the letter, in their order."""
    return tuple(row for row in vocabulary.ROWS if may_start(row.pattern, letter))


def _fits(out, row, match):
    """True when every slot is filled by what it may be: formulas without English words, the name itself."""
    if (row.sets.get("kind") == "notation") != out.key.startswith(r"\frac") and row.part == "head":
        return False
    slots = {k: v for k, v in match.groupdict().items() if v is not None}
    if "self" in slots and slots["self"].replace(" ", "") != out.key.replace(" ", ""):
        return False
    if "r" in slots:
        sides = [m for m in depth_zero(slots["r"], RELATION.pattern)]
        if not sides or not all(split(slots["r"], RELATION.pattern)[k].strip() for k in range(len(sides) + 1)):
            return False
    return all(is_formula(slots[k], out.names) for k in ("f", "r", "list") if k in slots)


def _apply(out, row, match):
    """Set what the row sets; False, and nothing set, where it contradicts what is set already."""
    slots = {f"<{k}>": Raw(v) for k, v in match.groupdict().items() if v is not None}

    def filled(value):
        if isinstance(value, tuple):
            return tuple(map(filled, value))
        return slots.get(value, value) if isinstance(value, str) else value

    sets = {k: filled(v) for k, v in row.sets.items()}
    trial = out.copied()
    if row.part == "head" and out.kind and (sets["kind"] != out.kind or out.notes.get("many") != sets.get("many")):
        return False
    if not all(_set(trial, k, v) for k, v in sets.items()):
        return False
    out.fields, out.structure, out.ranges = trial.fields, trial.structure, trial.ranges
    out.relations, out.notes = trial.relations, trial.notes
    return True


def _set(out, key, value):
    """Set one entry of a row's ``sets``; False where it cannot be."""
    special = _SPECIAL.get(key)
    if special:
        return special(out, value)
    if key in _NOTES:
        target = out.notes
    else:
        target = out.fields
    if key in target and target[key] != value and not (key == "shape" and out.kind in ("mass", "density", "function")):
        return False
    target[key] = value
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
    elif old == word or pair <= {"positive", "unit"} or pair <= {"nonnegative", "unit"} or \
            pair <= {"nonnegative", "closed_unit"}:
        out.fields["domain"] = min(pair, key=("unit", "closed_unit", word).index)
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
    if letter in (r[0] for r in out.ranges):
        return False
    out.ranges.append((str(letter), low, high))
    return True


def _states(out, text):
    out.fields["states"] = tuple(_spelled(s) for s in split(text, ","))
    return out.kind == "chain"


def _independent_of(out, names):
    out.fields["independent_of"] = out.fields.get("independent_of", ()) + tuple(map(_spelled, names))
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
    out.relations.append((tuple(map(Raw, sides)), tuple(marks)))
    return True


def _arguments(out, value):
    """Formal arguments named in words; they must be those of the name where it has any."""
    own = out.parts.arguments
    if out.kind not in ("function", "mass", "density"):
        return False
    if own is None:
        out.notes["formals"] = out.notes.get("formals", ()) + (str(value),)
        return True
    return _spelled(value) in map(_spelled, own + (out.parts.given or ()))


def _conditions(out, values):
    return out.parts.given is not None and set(map(_spelled, values)) <= set(map(_spelled, out.parts.given))


def _spelled(text):
    try:
        return name_parts(text).name
    except ReadError:
        return str(text)


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


_NOTES = ("many", "terms", "entry", "row", "column", "derived", "meaning", "same", "over", "spread", "deviation",
          "differs", "length", "vector", "standard")
_SPECIAL = {"structure": _structure, "domain": _domain, "interval": _interval, "choices": _choices, "range": _range,
            "relation": _relation, "argument": _arguments, "given": _conditions, "each": _each, "support": _support,
            "below": lambda out, bound: _bound(out, bound, ">="), "above": lambda out, bound: _bound(out, bound, "<="),
            "exceeds": lambda out, bound: _bound(out, bound, ">"), "within": lambda out, bound: _bound(out, bound, "<"),
            "unequal": _unequal, "states": _states, "independent_of": _independent_of}


def family_parts(parts, count):
    """(name of the family, its index letters) where the last ``count`` subscripts are indices."""
    kept = parts.subscripts[:len(parts.subscripts) - count]
    return spell(parts.base, kept, parts.superscript, parts.primes), parts.subscripts[len(parts.subscripts) - count:]


def raw_terms(value):
    """Every Raw formula in a value, in order."""
    if isinstance(value, Raw):
        return (value,)
    return tuple(r for v in value for r in raw_terms(v)) if isinstance(value, tuple) else ()

