"""LaTeX as printed here, turned into plain text for a terminal."""

import re

from derive.notation import GREEK

_MARK = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.S)
_LETTERS = dict(zip(GREEK, "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
_WORDS = {"cdot": "*", "times": "*", "int": " integral ", "infty": "inf", "partial": "d",
          "nabla": "grad", "le": "<=", "ge": ">=", "ne": "!=", "approx": "~=", "propto": "prop.to", "in": " in ",
          "iff": " <=> ", "implies": " => ", "to": " -> ", "wedge": " and ", "vee": " or ", "odot": " o ", "sim": " ~ ",
          "otimes": " (x) ", "top": "T", "ldots": "...", "mid": " | ", "lfloor": "floor(", "rfloor": ")", "ell": "l"}
_ACCENTS = {"hat", "tilde", "bar", "dot", "ddot", "check", "vec", "breve", "underline"}
_FACES = {"mathbf", "boldsymbol", "operatorname", "mathrm", "mathbb", "mathcal", "mathfrak", "mathord", "mathop",
          "text"}
_ESCAPES = {r"\|": "||", r"\{": "{", r"\}": "}", r"\\": "; ", r"\,": " "}


def plain(latex):
    """The text of printed LaTeX."""
    return re.sub(r"\s+", " ", _read(_MARK.findall(latex), 0, "")[0]).strip()


def _read(marks, k, end):
    """(text, position after ``end``) of the marks from ``k`` on."""
    out = ""
    while k < len(marks) and marks[k] != end:
        piece, k = _piece(marks, k)
        out += piece
    return out, k + 1


def _argument(marks, k):
    """The text of {...} or of one mark."""
    if k < len(marks) and marks[k] == "{":
        return _read(marks, k + 1, "}")
    return _piece(marks, k) if k < len(marks) else ("", k)


def _piece(marks, k):
    mark = marks[k]
    if mark in ("_", "^"):
        text, after = _argument(marks, k + 1)
        return mark + (text if text.isalnum() else f"({text})"), after
    if mark == "{":
        return _read(marks, k + 1, "}")
    if mark == "&":
        return ", ", k + 1
    if not mark.startswith("\\"):
        return mark, k + 1
    return _command(marks, k) if mark[1:].isalpha() else (_ESCAPES.get(mark, ""), k + 1)


def _operator(marks, k):
    """A sum or product with its limits, apart from its body."""
    out, k = marks[k][1:], k + 1
    while k < len(marks) and marks[k] in ("_", "^"):
        piece, k = _piece(marks, k)
        out += piece
    return f" {out} ", k


def _command(marks, k):
    word = marks[k][1:]
    if word in ("left", "right"):
        return ("", k + 2) if k + 1 < len(marks) and marks[k + 1] == "." else ("", k + 1)
    if word in ("sum", "prod"):
        return _operator(marks, k)
    if word == "frac":
        above, k = _argument(marks, k + 1)
        below, k = _argument(marks, k)
        return f"{_grouped(above)}/{_grouped(below)}", k
    if word == "sqrt":
        text, k = _argument(marks, k + 1)
        return f"sqrt({text})", k
    if word == "binom":
        above, k = _argument(marks, k + 1)
        below, k = _argument(marks, k)
        return f"binom({above}, {below})", k
    if word in ("begin", "end"):
        name, k = _argument(marks, k + 1)
        return ("[" if word == "begin" else "]") if name != "cases" else "{" if word == "begin" else "}", k
    if word in _FACES:
        return _argument(marks, k + 1)
    if word in _ACCENTS:
        text, k = _argument(marks, k + 1)
        return f"{text}_{word}", k
    return _LETTERS.get(word, _WORDS.get(word, word)), k + 1


def _grouped(text):
    """One letter or number as it is, anything longer in parentheses."""
    return text if text.isalnum() else f"({text})"
