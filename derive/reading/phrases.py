"""Phrases of the declaration language: a pattern of words and slots, matched against an author's words.

A pattern is words separated by blanks: ``word?`` is optional, ``a|b`` is either, ``word(s)`` may be plural.  Slots:
<n> <m> a size, <i> a letter, <a> <b> a bound, <name> <x> <y> <z> a name, <f> a formula, <r> a relation,
<interval>, <set>.  A slot that occurs twice must be filled twice with the same text.
"""

import re
from functools import cache

from derive.reading import role_words
from derive.term.families import FAMILIES

_GROUP = r"[(\[{][^()\[\]{}]*+[)\]}]"
for _ in range(3):      # brackets nested up to four deep, kinds not told apart: (0,1] is a group
    _GROUP = rf"[(\[{{](?:[^()\[\]{{}}]++|{_GROUP})*+[)\]}}]"
_BEGIN = r"\\begin\{(?:[^\\]|\\(?!end\{))*+\\end\{\w+\*?\}"
_PIECE = rf"(?:{_BEGIN}|[^,;()\[\]{{}}]|{_GROUP})"
_END = r"(?=\s*(?:[,;]|$)|\s+\(|\s+(?:with|and|for|where|if|is|in row)\b)"
_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_NAME = (rf"(?:\\[A-Za-z]+(?:{_BRACES})?|[A-Za-z](?![A-Za-z])|Pr(?![A-Za-z]))"
         rf"(?:[_^](?:{_BRACES}|\\[A-Za-z]+|[A-Za-z0-9*])|')*")
_FACTOR = rf"(?:\d+(?:\^(?:\d+|{_BRACES}))?(?:{_NAME})?|{_NAME})"
_SIZE = rf"(?:\{{[^{{}}]*\}}|\|[^|\s]+\||{_FACTOR}(?:[+\-]{_FACTOR})*)"
_FAMILY = "(?:" + "|".join(sorted((re.escape(s) for f, row in FAMILIES.items() if f not in ("normal", "uniform")
                                   for s in (f, *row.spellings) if s.isalpha() and len(s) > 3), key=len,
                                  reverse=True)) + ")(?![A-Za-z])"
_LAW = (r"(?:\\(?:mathrm|text|textrm|operatorname|mathsf|mathcal|mathbf|textit|mathit)\s*(?:\{\s*[A-Za-z]+\s*\}|[A-Z])|"
        + "|".join(s for row in FAMILIES.values() for s in row.spellings if s.isalpha())
        + rf"|\\chi\^\{{?2\}}?)\s*{_GROUP}")
_SLOTS = {"n": _SIZE, "m": _SIZE, "a": r"-?" + _SIZE, "b": r"-?" + _SIZE, "i": r"\\?[A-Za-z]+", "interval": _GROUP,
          "set": r"\\?\{[^{}]*\}", "family": _FAMILY, "law": _LAW, "list": rf"{_NAME}(?:\s*,\s*{_NAME})*",
          "f": rf"{_PIECE}+?{_END}", "r": rf"{_PIECE}+?{_END}", "q": rf"{_PIECE}+?{_END}",
          "roles": role_words.SLOT, "words": r"(?:[a-z][a-z-]*)(?:\s+[a-z][a-z-]*)*"}
_SPELLINGS = {"x": r"(?:x|\\times|by)", "in": r"(?:in|\\in)", ">=": r"(?:>=|\\geq?)", "<=": r"(?:<=|\\leq?)",
              "!=": r"(?:!=|\\neq?)"}
_PROSE = re.compile(r"(?<![\\A-Za-z{])(?:the|of|with|and|for|each|over|is|are|or|if|where|all|every|whose|from|to|by"
                    r"|on|in|as|at|be|no|not|an|one|two|any|its|row|column|[a-z]{4,})(?![A-Za-z}])")


def may_match(pattern, text, at):
    """Quick look before a pattern is compiled: its first word stands here, or its longest literal somewhere behind."""
    starts, longest = _look(pattern)
    return text.startswith(starts, at) if starts else text.find(longest, at) >= 0


def may_start(pattern, letter):
    """Whether a phrase of the pattern may begin with the letter."""
    starts, _ = _look(pattern)
    return not starts or any(s[0] == letter for s in starts)


@cache
def _look(pattern):
    tokens, starts = pattern.split(" "), []
    if tokens[0] in _SPELLINGS:
        return (), ""
    for token in tokens:
        starts += [a.split("(s)")[0].split("<")[0] for a in _alternatives(token.removesuffix("?"))]
        if not token.endswith("?"):
            break
    needed = [t for t in tokens if not t.endswith("?") and "|" not in t and t not in _SPELLINGS]
    return (tuple(starts) if all(starts) else ()), max(
        (p.split("(s)")[0] for t in needed for p in re.split(r"<\w+>", t)), key=len, default="")


@cache
def compiled(pattern):
    """The regular expression of a pattern; matches from a given position, at a word's end."""
    out, seen = [], set()
    for k, token in enumerate(pattern.split(" ")):
        optional = token.endswith("?")
        body = "|".join(map(lambda t: _token(t, seen), _alternatives(token.removesuffix("?"))))
        gap = r"\s+" if k else ""
        out.append(f"(?:{gap}(?:{body}))?" if optional else f"{gap}(?:{body})")
    text = "".join(out)
    if pattern.split(" ")[0].endswith("?"):
        text = text.replace(r")?\s+", r")?\s*", 1)
    return re.compile(text + r"(?![A-Za-z0-9_]|-[A-Za-z])")


def _alternatives(token):
    return token.split("|") if "|" in token and "<" not in token else [token]


def _token(token, seen):
    parts = re.split(r"<(\w+)>", token)
    out = []
    for k, part in enumerate(parts):
        if k % 2 == 0:
            literal = re.escape(part).replace(r"\(s\)", "s?").replace("=", r"\s*=\s*").replace(",", r"\s*,\s*")
            out.append(_SPELLINGS.get(part, literal))
        elif part in seen:
            out.append(f"(?P={part})")
        else:
            seen.add(part)
            out.append(f"(?P<{part}>{_SLOTS.get(part, _NAME)})")
    return "".join(out)


def is_formula(text, words=()):
    """True when no English word stands in the text; ``words`` are declared names such as ``vec`` or ``Pr``."""
    return all(found.group() in words for found in _PROSE.finditer(re.sub(_BEGIN, "0", text)))


def depth_zero(text, separators):
    """Positions of separators (a regular expression) outside all brackets and environments."""
    text = re.sub(_BEGIN, lambda m: "0" * len(m.group()), text)
    depth, out = 0, []
    for found in re.finditer(rf"[(\[{{]|[)\]}}]|{separators}", text):
        token = found.group()
        if len(token) == 1 and token in "([{":
            depth += 1
        elif len(token) == 1 and token in ")]}":
            depth -= 1
        elif depth == 0:
            out.append(found)
    return out


def split(text, separators):
    """The pieces of a text between separators outside brackets."""
    start, out = 0, []
    for found in depth_zero(text, separators):
        out.append(text[start:found.start()])
        start = found.end()
    return out + [text[start:]]
