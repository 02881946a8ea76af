"""Claims out of text: two sides, a relation, declarations in words, relations that are given."""

import re
from functools import lru_cache

from derive.reading import Names, read, read_condition, regimes
from derive.reading.additive import with_constants
from derive.reading.declarations import read_declarations
from derive.reading.definitions import imposed
from derive.reading.errors import ReadError
from derive.reading.extents import counting_words, paired, with_extents
from derive.reading.moving import expanded, moving, recurrent
from derive.reading.sources import exact
from derive.reading.usage import completed
from derive.term import Claim, Relation
from derive.term.givens import absorbed
from derive.term.record import replace
from derive.term.relation import LATEX

_RELATION = {latex: r for r, latex in LATEX.items()} | {str(r): r for r in Relation} | {
    r"\leq": Relation.LE, r"\geq": Relation.GE, r"\neq": Relation.NE, r"\rightarrow": Relation.TO,
    r"\Rightarrow": Relation.IMPLIES, r"\Leftrightarrow": Relation.IFF, "==": Relation.EQ, "=>": Relation.IMPLIES,
    "<=>": Relation.IFF, "->": Relation.TO, "≤": Relation.LE, "≥": Relation.GE, "≠": Relation.NE, "∝": Relation.PROPTO}
GROUPS, SIDES, LONG = 256, 1024, 4000     # groups of declarations and sides remembered, up to so many characters
_BINDER = re.compile(r"\\(?:sum|prod|max|min|sup|inf)(?:\\limits)?\s*_\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\?[A-Za-z]))")
# an operator that may bind two letters: \sum_{i<j}
_PAIR = re.compile(r"\\(?:sum|prod)(?:\\limits)?\s*_\s*\{[^{}]*(?:<|\\lt|\\ne)")
_OVER = re.compile(r"\\(?:min|max|inf|sup|arg\s*\\min|arg\s*\\max|operatorname\*?\s*\{arg(?:\\,|\s)*(?:min|max)\})"
                   r"(?:\\limits)?\s*_\s*\{\s*(\\?[A-Za-z]+|\\(?:mathbf|boldsymbol)\{\\?[A-Za-z]+\})\s*"
                   r"((?:\\in|>|\\ge)(?:[^{}]|\{[^{}]*\})*)\}")
_DOMAINS = ((r">\s*0", "positive scalar"), (r"\\geq?\s*0", "nonnegative scalar"),
            (r"\\in\s*\(\s*0\s*,\s*1\s*\)", "scalar in (0,1)"), (r"\\in\s*\[\s*0\s*,\s*1\s*\]", "scalar in [0,1]"),
            (r"\\in\s*\\mathbb\{R\}", "real scalar"), (r"\\in\s*\\mathbb\{R\}\s*\^\s*\{?[^{}]+\}?", "vector {0}"))
_PLAIN = frozenset(f"{sign}{noun}" for sign in ("", "real ", "positive ", "nonnegative ", "nonzero ", "positive real ")
                   for noun in ("scalar", "number", "scalars", "numbers"))
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_INVERTIBLE = re.compile(r"^\s*((?:[^{}a-z]|(?<![A-Za-z])[a-z](?![a-z])|\\[A-Za-z]+|\{[^{}]*\})+?)\s*"
                         r"(?:\\(?:text|mathrm|textrm)\{)?\s*is\s+(?:invertible|nonsingular|non-singular)\s*\}?\s*$")
_PRIME = re.compile(r"(?<=[A-Za-z})\]])'(?!')")
_FOR_ALL = re.compile(r"^(.*?)(?:\\ |\s)*\\forall\s*(\\?[A-Za-z]+)\s*$", re.S)


def read_claim(left, relation, right, symbols=None, given=(), about=None, layout=None):
    """The Claim of texts.

    left, right   LaTeX; conditions where the relation is iff or implies
    relation      LaTeX or ASCII: =, \\le, <=, \\propto, iff ...
    symbols       {LaTeX name: words}; what is used and not declared stays undeclared
    given         LaTeX relations; those that only say what is declared are absorbed by the declarations
    about         the variables of proportional-to and limits: "\\mathbf{w}", "\\beta \\to \\infty", or None

    Raises ReadError; its ``field`` names the text: "left", "rel", "right", "given[0]", "about".
    """
    symbols = expanded(dict(symbols or {}) | implied_variables((left, right), symbols or {}))
    symbols = restricted((left, right), given, symbols)
    (left, right, *given), symbols = _transposed([left, right, *given], symbols)
    symbols = recurrent(symbols, (left, right, *given))
    texts = [left, right, *given, *symbols.values()]
    bound = bound_letters(texts)
    bound |= moving(texts, symbols, bound)
    declared, names, own_layout = _remembered(_declared, LONG, tuple(symbols.items()), bound)
    layout = layout or own_layout
    kind = _in_field("rel", _relation, relation)
    words = counting_words(declared)
    left, right = paired(left, words), paired(right, words)
    sides = [_in_field(field, _side, text, kind, names, other)
             for field, text, other in (("left", left, right), ("right", right, left))]
    givens = read_givens(given, names)
    variables = _in_field("about", regimes.about, about, kind, names)
    if kind is Relation.EQ:
        declared = exact(declared, sides)
        declared = with_constants(declared, sides, variables)
    declared, sides, givens = completed(declared, sides, givens)
    sides = with_extents(declared, sides, layout)
    claim = absorbed(Claim(sides[0], kind, sides[1], declared, givens, variables, layout))
    return replace(claim, givens=claim.givens + imposed(declared, (*sides, *givens)))


def _transposed(texts, symbols):
    """The texts and symbols with A' as A^T, where a prime alone is declared to be the transpose."""
    if "transpose" not in symbols.get("'", ""):
        return texts, symbols
    def put(text):
        return _PRIME.sub(r"^\\top ", text)

    return [put(t) for t in texts], {k: put(v) if "=" in v else v for k, v in symbols.items() if k != "'"}


def _remembered(reading, most, text, *setting):
    """What the reading makes of a text; it is looked up where the text is no longer than most texts are."""
    return (reading if len(str(text)) <= most else reading.__wrapped__)(text, *setting)


@lru_cache(maxsize=GROUPS)
def _declared(symbols, bound):
    """(declarations, their Names, the layout they say) of (name, words) pairs: the steps of a derivation share them."""
    if all(text in _PLAIN and _LETTER.fullmatch(key) and key not in bound for key, text in symbols):
        declared = tuple(d for key, text in symbols for d in _alone(key, text))
    else:
        declared = read_declarations(dict(symbols), bound)
    layout = next((d.layout for d in declared if d.layout), None)
    declared = tuple(d for d in declared if d.kind != "notation" or d.unread_head)
    return declared, Names(declared), layout


@lru_cache(maxsize=GROUPS)
def _alone(key, text):
    """The declarations of a letter that is said to be a number and nothing else: other names have no say in it."""
    return read_declarations({key: text})


def implied_variables(texts, symbols):
    """{name: words} of undeclared variables that an argmin or the like gives its domain: \\max_{p\\in(0,1)}."""
    found = {}
    for text in texts:
        for variable, tail in _OVER.findall(text):
            words = next((words for pattern, words in _DOMAINS if re.fullmatch(pattern, tail.strip())), None)
            if words is not None and variable not in symbols:
                size = re.fullmatch(r"\\in\s*\\mathbb\{R\}\s*\^\s*\{?([^{}]+)\}?", tail.strip())
                found[variable] = words.format(*(size.groups() if size else ()))
    return found


def restricted(sides, given, symbols):
    r"""The symbols with \lambda > 0 among the words of \lambda, where \max_{\lambda > 0} says it and no other text."""
    out = dict(symbols)
    for text, other in (sides, sides[::-1]):
        for variable, tail in _OVER.findall(text):
            bound = re.fullmatch(r">\s*0|\\geq?\s*0", tail.strip())
            elsewhere = re.compile(rf"(?<![A-Za-z\\]){re.escape(variable)}(?![A-Za-z])")
            others = (other, *given, *(w for k, w in symbols.items() if k != variable))
            used = [t for t in others if elsewhere.search(t)]
            if bound and variable in out and not used:
                out[variable] = f"{out[variable]}, {variable} {tail.strip()}"
    return out


def read_givens(given, symbols):
    """The relations assumed, as condition Terms.  Raises ReadError with its ``field``."""
    return tuple(_in_field(f"given[{k}]", _given, text, symbols) for k, text in enumerate(given))


def bound_letters(texts):
    """The letters that sums, products and extrema in the texts bind."""
    found = set()
    for group in (g for text in texts for g in _BINDER.finditer(text)):
        head = re.split(r"=|\\(?:in|notin)(?![a-z])", group.group(1) or group.group(2))[0]
        parts = re.split(r"[,<]|\\(?:le|leq|ne|neq|lt)(?![a-z])", head)
        for part in parts[1:2] if len(parts) == 3 and "," not in head else parts:
            if _LETTER.fullmatch(part.strip()):
                found.add(part.strip())
    return frozenset(found)


def _in_field(field, reading, *texts):
    try:
        return reading(*texts)
    except ReadError as error:
        error.field = field
        raise


def _relation(text):
    found = _RELATION.get(text.strip())
    if found is None:
        raise ReadError(f"no relation {text.strip()!r}", 0, "one of = != <= >= < > propto approx iff implies to in")
    return found


def _side(text, relation, symbols, other=""):
    found = _remembered(_read, LONG, text, symbols, _free_letters(other) if _PAIR.search(text) else frozenset())
    condition = found.head in ("rel", "and", "or")
    if condition != (relation in (Relation.IFF, Relation.IMPLIES)):
        raise ReadError("a relation stands where a value is wanted" if condition else
                        "a value stands where a relation is wanted", 0, "a value" if condition else "a relation")
    return found


@lru_cache(maxsize=SIDES)
def _read(text, names, elsewhere):
    """The Term of a side: the right side of one step is the left side of the next."""
    return read(text, names, elsewhere=elsewhere)


def _free_letters(text):
    """The letters of a text that no operator in it binds."""
    return frozenset(_LETTER.findall(text)) - bound_letters([text])


def _given(text, symbols):
    """A relation, also one with a condition in parentheses behind it or "for all"."""
    text = _INVERTIBLE.sub(r"\\det(\1) \\ne 0", regimes.in_latex(text))
    every = _FOR_ALL.match(text)
    return read_condition(every.group(1) if every else text, symbols)
