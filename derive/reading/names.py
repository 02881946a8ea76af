"""Names in one spelling: ``\\boldsymbol{v}_{a}`` and ``\\mathbf v_a`` are both ``\\mathbf{v}_a``."""

from derive.reading.errors import ReadError
from derive.reading.lexer import tokens
from derive.spelling import DIFFERENCE, RAISED, spell
from derive.spelling import joined as close
from derive.term.record import record, replace


@record(frozen=True)
class NameParts:
    """A name as an author writes it at the head of a declaration.

    base         the letter or word: ``\\mathbf{x}``, ``\\operatorname{sig}``, ``dX``
    subscripts   its lower index split at letters, numbers and commas: ``("3", "i")``, ``("k-1", "j")``
    superscript  its upper label (``*``, ``(2)``, ``j``) or ""
    primes       a string of primes
    arguments    of ``p(x, z | \\phi)`` the canonical names before the bar, or None where nothing is called
    given        the names after the bar, or None where there is no bar
    """

    base: str
    subscripts: tuple[str, ...] = ()
    superscript: str = ""
    primes: str = ""
    arguments: tuple[str, ...] | None = None
    given: tuple[str, ...] | None = None

    @property
    def name(self):
        """The canonical name without the arguments."""
        return spell(self.base, self.subscripts, self.superscript, self.primes)


def raised(parts):
    r"""The parts of x^{(i)} as those of the family x^{(\cdot)} with the index i, or None for other names."""
    letter = parts.superscript[1:-1]
    if not parts.superscript.startswith("(") or not parts.superscript.endswith(")") or not letter:
        return None
    return replace(parts, subscripts=(letter, *parts.subscripts), superscript=RAISED)


def name_of(text):
    """The canonical spelling of one name with its labels.  Raises ReadError where the text is more than a name."""
    parts = name_parts(text)
    if parts.arguments is not None:
        raise ReadError("a name with arguments", len(text), "a name alone")
    return parts.name


def name_parts(text):
    """The parts of a name, with the arguments it is declared with.  Raises ReadError."""
    marks = tokens(text)
    base, k = _base(marks)
    sub, sup, primes = (), "", ""
    while marks[k][0] in ("_", "^", "'"):
        mark, k = marks[k][0], k + 1
        if mark == "'":
            primes += "'"
            continue
        inner, k = script_tokens(marks, k)
        if mark == "_":
            sub = subscripts(inner)
        elif inner and all(t[0] == "'" for t in inner):
            primes += "'" * len(inner)
        else:
            sup = joined(inner)
    arguments = given = None
    if marks[k][0] in ("(", "["):
        (arguments, given), k = _arguments(marks, k)
    if marks[k][0]:
        raise ReadError(f"{marks[k][0]} after a name", marks[k][1], "the end of the name")
    return NameParts(base, sub, sup, primes, arguments, given)


def _base(marks):
    """The letter or bare word a name begins with, and the position after it."""
    if marks[0][0] == r"\frac":
        inner, k = script_tokens(marks, 1)
        lower, k = script_tokens(marks, k)
        return rf"\frac{{{joined(inner)}}}{{{joined(lower)}}}", k
    if marks[0][0] == DIFFERENCE and marks[1][2] == "name":
        return joined(marks[:2]), 2
    k = 0
    while marks[k][2] == "name" and len(marks[k][0]) == 1:
        k += 1
    if k:
        return "".join(t[0] for t in marks[:k]), k
    if marks[0][0] == r"\Delta" and marks[1][2] == "name":
        return joined(marks[:2]), 2         # \Delta x is one name where it is declared
    if marks[0][2] == "name":
        return marks[0][0], 1
    raise ReadError("no name here", marks[0][1], "a letter or a word")


def script_tokens(marks, k):
    """The tokens of a script that begins at ``k``, without braces, and the position after it."""
    if marks[k][0] != "{":
        if not marks[k][0] or marks[k][0] in ("}", "^", "_"):
            raise ReadError("an empty script", marks[k][1], "a letter, a number or a group in braces")
        return [marks[k]], k + 1
    depth, start = 0, k
    while True:
        text = marks[k][0]
        if not text:
            raise ReadError("a brace is not closed", marks[start][1], "}")
        depth += (text == "{") - (text == "}")
        k += 1
        if not depth:
            return marks[start + 1:k - 1], k


def subscripts(inner):
    """A lower index split: ``3i`` is 3, i; ``k-1,j`` is k-1, j; ``t-1`` is one; ``max`` in words is one."""
    groups, depth = [[]], 0
    for token in inner:
        depth += (token[0] in "([{") - (token[0] in ")]}") if token[0] else 0
        if token[0] == "," and not depth:
            groups.append([])
        else:
            groups[-1].append(token)
    if len(groups) == 1 and all(t[2] in ("name", "number") for t in groups[0]):
        return tuple(s for t in groups[0] for s in (list(t[0]) if t[2] == "number" and len(groups[0]) > 1 else [t[0]]))
    return tuple(joined(g) for g in groups)


def joined(marks):
    """The text of tokens written close."""
    return close([token[0] for token in marks])


def _arguments(marks, k):
    """((names before the bar), (names after it) or None) of ``(x, z | \\phi)``, and the position after it."""
    close = {"(": ")", "[": "]"}[marks[k][0]]
    groups, current, depth, k = [[]], [], 0, k + 1
    while True:
        token = marks[k]
        if not token[0]:
            raise ReadError("the arguments are not closed", token[1], close)
        if token[0] == close and not depth:
            break
        depth += (token[0] in ("(", "[", "{")) - (token[0] in (")", "]", "}"))
        if token[0] in (",", ";", "|", r"\mid", r"\|") and not depth:
            groups[-1].append(joined(current))
            current = []
            if token[0] in ("|", ";", r"\mid"):
                groups.append([])
        else:
            current.append(token)
        k += 1
    if current:
        groups[-1].append(joined(current))
    return (tuple(groups[0]), tuple(groups[1]) if len(groups) > 1 else None), k + 1
