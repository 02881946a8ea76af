"""First phase of reading declarations: words become a Draft; formulas stay text until all names are known."""

import re
from functools import lru_cache

from derive.reading import vocabulary
from derive.reading.additive import constant_in
from derive.reading.chance_setters import doubts, implied_random
from derive.reading.defaults import FREE, implied_kind, orders
from derive.reading.equations import LEAD, is_letter, left_side, shifted
from derive.reading.errors import ReadError
from derive.reading.members import listed_members, shared
from derive.reading.names import name_parts, raised
from derive.reading.phrases import compiled, depth_zero, is_formula, may_match, may_start, split
from derive.reading.process_setters import pointwise
from derive.reading.role_words import (
    FORMULA_ADJECTIVES,
    FORMULA_NOUNS,
    FORMULA_TITLES,
    OF_ANYTHING,
    OF_DATA,
    OF_FUNCTIONS,
)
from derive.reading.roles import ALTERING, CONVENTIONS, is_harmless, relates, words_of
from derive.reading.setters import set_entry
from derive.reading.sketch import RELATION, Draft, Raw, spelled
from derive.reading.wording import worded
from derive.term.record import replace

_BREAK = re.compile(r"[\s.]*(?:[,;:]|(?:with|and|that is|which is|is)(?![A-Za-z]))[\s.]*"
                    r"(?:an?\s+(?=(?!in\b|is\b|and\b)[a-z]{2})|the\s+(?=[a-z]{2}))?|[\s.]+")
_STOP = r"[,;:]|(?<=\s)\(|\s(?:with|where)\s"
_CONDITION = re.compile(r"\s+(?:for|if|when|where)\s+(?:[^\s,;]+\s*(?:[<>]|\\[lg]e|\\ne|!=|=\s*\S+(?!\S*\.\.))|[^,;]*"
                        r"otherwise)")
_OF_NEGATIVE = re.compile(rf"[\s-]+(?:log|{'|'.join(OF_DATA + OF_FUNCTIONS + OF_ANYTHING)})")   # minus the gradient
_NOUN = re.compile(r"\s+(?:vector|matri|scalar|number|random|sequence)")     # before it a noun is a role: state vector
_OPERATION = re.compile(r"\S\s*[-+/]\s*\S|\\frac|\\(?:sum|prod|sqrt)(?![a-z])"
                        r"|\\(?:mathbb|mathrm|operatorname)\s*\{(?:E|V|Var|Cov)\}\s*[\[(]|[}\w]\s*\\,\s*\\[a-z]+")
_NO_VALUE = re.compile(r"\\times|\.\.|\\[lc]?dots|[A-Za-z]-[A-Za-z]{2}|^[\[({]")
_BOUND = re.compile(r"(?:>=|<=|[<>]|\\geq?|\\leq?)\s")
_NOUN_BOUND = re.compile(rf"(?<![\\A-Za-z])([a-z]{{3,}})\s+(?={_BOUND.pattern}\s*-?[\d./]+\s*(?:[,;]|$))")
_LONGEST = 4000
REMEMBERED, LONG = 2048, 400        # declarations, and characters beyond which one is not remembered


def draft(key, text, names=frozenset(), bound=frozenset(), keys=()):
    """The Draft of one declaration.

    bound   letters that the claim binds by a sum or the like
    keys    all names declared by the same words, where there are several
    """
    return _drafted(key, text, names, bound, keys).copied() if len(text) <= LONG else \
        _drafted.__wrapped__(key, text, names, bound, keys)


@lru_cache(maxsize=REMEMBERED)
def _drafted(key, text, names, bound, keys):
    out = Draft(key, text, names)
    try:
        out.parts = name_parts(key)
    except ReadError as error:
        out.miss(f"the name {key}: {error.message}", True)
        return out
    family = raised(out.parts)
    if family is not None and _counts(family.subscripts[0], text, bound):
        out.parts = family
    if len(text) > _LONGEST:
        out.miss(f"{len(text)} characters of words", True)
        return out
    free_of = constant_in(worded(text))
    if free_of is not None:
        out.fields.update(kind="scalar", independent_of=free_of)
        out.structure.add("additive_constant")
        return out
    _scan(out, listed_members(out, _from_on(_relation_last(worded(text), key), out.parts)), crossed=False)
    implied_random(out)
    implied_kind(out)
    pointwise(out)
    if not out.settled and is_expression(out, text):
        out.definition, out.unread, out.unread_head = Raw(text.strip()), [], False
    if not out.settled and not {"average", "average_entries"} & set(out.notes) and not out.unread_head:
        out.miss("what kind it is", True)
    shared(out, keys)
    for doubt in doubts(out):
        out.miss(doubt, False)
    return out


def _counts(letter, text, bound):
    """Whether the letter in x^{(i)} is an index: bound by the claim, or given a range in the words."""
    return is_letter(letter) and (letter in bound or re.search(
        rf"(?<![A-Za-z\\]){re.escape(letter)}\s*(?:=|\\in(?![a-z])|in\s)", text) is not None)


def _relation_last(text, key):
    r"""``\eta > 0 step size`` is a step size with \eta > 0; ``f: R^d -> R`` is from R^d to R."""
    found = re.match(rf"{re.escape(key)}\s*(?:>=|<=|[<>]|\\geq?|\\leq?)\s*\S+?,?\s+(?=[a-z]{{3,}})", text)
    text = re.sub(rf"^{re.escape(key)}\s+(?:is\s+)?(?=real(?![A-Za-z-]))", "", text)
    text = re.sub(rf"(?<!\S){re.escape(key)}\s+(?=from R)", "", text)      # "smooth loss, L from R^d to R"
    inside = re.search(rf",\s*({re.escape(key)}\s+(?:\\in|in)\s+R(?:\^(?:\w|\{{[^{{}}]*\}}))?)(?=\s*(?:[,;]|$))", text)
    if inside is not None:      # "weights, w in R^d" tells first where it lies
        text = f"{inside[1]}, {text[:inside.start()]}{text[inside.end():]}"
    if _BOUND.match(text) or _NOUN_BOUND.search(text):      # "> 0" and "temperature > 0" are of the name
        text = _NOUN_BOUND.sub(lambda m: f"{m[1]}, {key} ", f"{key} {text}" if _BOUND.match(text) else text)
    return text if found is None else f"{text[found.end():]}, {found.group().strip(' ,')}"


def _from_on(text, parts):
    """``s_t = f(s_{t-1}) for t >= 1``: the condition on the index said as a clause of its own."""
    for letter in filter(is_letter, parts.subscripts):
        text = re.sub(rf"\s+(?:for|where|when)\s+(?:all\s+)?(?={re.escape(letter)}\s*(?:>=?|\\geq?)\s*\d)", ", ", text)
    return text


def _scan(out, text, crossed, altering=None):
    """Consume a text phrase by phrase; what no row of the table covers is unread.

    crossed   a clause is complete before; ``altering``: words that even then tell how the name is read
    A clause that is unread in part is unread as a whole: "negative log likelihood" is no negative number.
    """
    at, clause = 0, (0, _state(out))
    while at < len(text):
        gap = _BREAK.match(text, at)
        if gap:
            if gap.group().strip(" ."):
                crossed, clause = True, (gap.end(), _state(out))
                implied_random(out)
                implied_kind(out, crossing=True)
            at = gap.end()
            continue
        alone = crossed and at == clause[0] or text[at] == "("
        end = _called(out, text, at, alone) or _remark(out, text, at) or _definition(out, text, at) or \
            _phrase(out, text, at)
        if end is None:
            stops = [m.start() for m in depth_zero(text[at + 1:], _STOP)]
            end = at + 1 + min(stops, default=len(text))
            if crossed and out.settled and clause[1]["settled"]:
                _restore(out, clause[1])
                at = clause[0]
            _unread(out, text, at, end, crossed, altering)
            clause = end, _state(out)
        at = end


def _state(out):
    """What a phrase may set, to be restored."""
    return {"settled": out.settled, "definition": out.definition, "head": out.head, "fields": dict(out.fields),
            "structure": set(out.structure), "ranges": list(out.ranges), "relations": list(out.relations),
            "notes": dict(out.notes)}


def _restore(out, state):
    out.definition, out.head = state["definition"], state["head"]
    for key in ("fields", "structure", "ranges", "relations", "notes"):
        setattr(out, key, type(state[key])(state[key]))


def _unread(out, text, at, end, crossed, altering):
    """A piece no row covers: a remark, a description before a definition, or unread words."""
    piece = text[at:end]
    described = not out.settled and text[end:end + 1] in (":", ",") and _defines(out, text[end + 1:])
    words = words_of(piece)
    if is_harmless(piece) and (described or crossed and out.settled) or \
            described and not out.unread and is_title(piece):
        return
    if described:
        defining = bool(words & ALTERING)
    elif out.definition is not None and crossed:
        defining = bool(words & CONVENTIONS) or "=" in piece
    else:
        defining = not (out.kind and crossed) or bool(words & (altering or vocabulary.DEFINING)) or "=" in piece
    out.miss(piece, defining)


def is_title(piece):
    """Words alone, that call what is then defined by a formula: "weighted error", "precision", "recall"."""
    words = words_of(piece)
    return re.fullmatch(r"[A-Za-z-]+(?:\s+[A-Za-z-]+){0,4}\s*", piece) is not None and not words & ALTERING


def is_expression(out, text):
    """A formula alone says what the name is: "1-\\beta_t", "\\mathbb{E}[x]"."""
    whole = " ".join(out.unread).replace(" ", "") == text.strip().replace(" ", "")
    return whole and is_formula(text, out.names) and not RELATION.search(text) and \
        _OPERATION.search(text) is not None and _NO_VALUE.search(text) is None


def _defines(out, text):
    """Whether a text begins with a definition of the name."""
    trial = Draft(out.key, out.text, out.names, out.parts)
    return _definition(trial, text.lstrip(), 0) is not None


def _called(out, text, at, alone):
    """A clause after a definition that only says what the formula is called: "the standard normal cdf"."""
    if not alone or out.definition is None:
        return None
    end = at + min((m.start() for m in depth_zero(text[at:], _STOP)), default=len(text) - at)
    words = text[at:end].strip("() ").split()
    plain = bool(words) and words[-1] in FORMULA_NOUNS and FORMULA_ADJECTIVES.issuperset(words)
    return end if plain or " ".join(w for w in words if w != "the") in FORMULA_TITLES else None


def _remark(out, text, at):
    """A parenthesis: words without content, or a phrase of its own, read whole or not at all."""
    if text[at] != "(" or at == 0:
        return None
    close = next((m.end() for m in re.finditer(r"\)", text[at:]) if text[at:at + m.end()].count("(") ==
                  text[at:at + m.end()].count(")")), None)
    if close is None:
        return None
    inside = text[at + 1:at + close - 1]
    words = re.sub(r"\S*[\^_\\]\S*|\b[a-z0-9]\b|[,\s]", " ", inside).split()
    if words and all(w in vocabulary.REMARKS for w in words) and not relates(inside) or is_harmless(inside):
        return at + close
    if inside.strip():
        before, missed = _state(out), len(out.unread)
        _scan(out, inside, True, ALTERING if out.settled else None)
        if len(out.unread) > missed and out.settled:
            _restore(out, before)
            out.unread[missed:] = [inside.strip()]
    return at + close


def _definition(out, text, at):
    """The name itself, an equals sign and a formula to the end of the clause."""
    lead = LEAD.match(text, at)
    at = lead.end() if lead else at
    stops = [m.start() for m in depth_zero(text[at:], r"[,;]|\s(?:with|where|for|if)\s|\s\((?=[a-z-]{2,}[ ):])")]
    clause = text[at:at + min(stops, default=len(text))]
    if _CONDITION.match(text, at + len(clause)):
        return None
    equals = [m for m in depth_zero(clause, RELATION.pattern) if m.group() in ("=", "<", ">") or len(m.group()) > 1]
    if not equals or equals[0].group() != "=" or ".." in clause or not is_formula(clause, out.names):
        return None
    head = _defined_head(out, clause[:equals[0].start()])
    if head is None or any(m.group() == "=" for m in equals[1:]) or not all(
            map(_is_name, listed(head.arguments or ()) + (head.given or ()))):
        return None
    out.head, out.definition = head, Raw(clause[equals[0].end():].strip())
    return at + len(clause)


def _defined_head(out, text):
    """The parts of what an equation defines, the entry's letters or the step of a recurrence noted; None for others."""
    found = left_side(text, out.parts)
    if out.definition is not None:
        return None
    if found is None:
        try:
            step = shifted(name_parts(text), out.parts)
        except ReadError:
            return None
        if step is None or out.kind not in (None, "scalar", "vector", "matrix"):
            return None
        out.notes["step"] = step
        return name_parts(text) if out.parts.arguments is None else None
    head, letters = found
    if out.parts.arguments is not None and (head.arguments, head.given) != (out.parts.arguments, out.parts.given):
        return None
    if letters:
        rank = len(out.fields.get("shape", letters))
        if out.kind not in (None, "vector", "matrix", "function") or rank != len(letters) or \
                len(set(letters)) < len(letters) and "diagonal" not in out.structure:
            return None
        out.notes["entrywise"] = letters
    return head


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
        if row.part == "link" and not out.settled and row.pattern not in FREE or row.pattern == "<r>" and not related:
            continue
        match = may_match(row.pattern, text, at) and compiled(row.pattern).match(text, at)
        if match and match.end() > at:
            found.append((match.end(), row, match))
    found.sort(key=lambda f: (-f[0], f[1].part == "head" and _NOUN.match(text, f[0]) is not None))
    for end, row, match in found:
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
    if row.sets.get("domain") == "negative" and _OF_NEGATIVE.match(match.string, match.end()):
        return False
    slots = {k: v for k, v in match.groupdict().items() if v is not None}
    if "self" in slots and spelled(slots["self"]) != spelled(out.key):
        return False
    if not all(_is_relation(slots[k]) for k in ("r", "q") if k in slots) or \
            "r" in slots and not out.settled and not orders(out, slots["r"]):
        return False
    return all(is_formula(slots[k], out.names) for k in ("f", "r", "q", "list") if k in slots)


def _is_relation(text):
    """Something stands on both sides of every sign of relation, of which there is one."""
    sides = split(text, RELATION.pattern)
    return len(sides) > 1 and all(side.strip() for side in sides)


def _apply(out, row, match):
    """Set what the row sets; False, and nothing set, where it contradicts what is set already."""
    slots = {f"<{k}>": Raw(v) for k, v in match.groupdict().items() if v is not None}

    def filled(value):
        if isinstance(value, tuple):
            return tuple(map(filled, value))
        return slots.get(value, value) if isinstance(value, str) else value

    sets = {k: filled(v) for k, v in row.sets.items()}
    trial = out.copied()
    if row.part == "head" and out.kind and (sets["kind"] != out.kind or "implied" not in out.notes and
                                            out.notes.get("many") != sets.get("many")):
        return False
    if not all(set_entry(trial, k, v) for k, v in sets.items()):
        return False
    out.fields, out.structure, out.ranges = trial.fields, trial.structure, trial.ranges
    out.relations, out.notes = trial.relations, trial.notes
    return True
