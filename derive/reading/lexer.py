"""LaTeX to tokens: every letter, whatever its font and accents, becomes one token spelled in one way."""

import re

from derive.notation import LETTERS
from derive.reading.errors import ReadError
from derive.spelling import DIFFERENCE, joined

LONGEST_TEXT, MOST_TOKENS = 20_000, 12_000

_SIMPLE = r"[A-Za-z0-9]|\\[A-Za-z]+"
_TOKEN = re.compile(r"""
    (?P<space>   [\s~]+ | \\[,;:!>\ ] | \\(?:qquad|quad)(?![A-Za-z])
                 | \\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|nonumber)(?![A-Za-z]) )
  | (?P<number>  \d+(?:\.\d+)? | \.\d+ )
  | (?P<word>    \\(?:operatorname|mathrm|text|textrm|mathsf|textsf|mathit|textit|mathtt|texttt|rm)(?![A-Za-z])\*?\s*
                 (?: \{(?P<letters>(?:[A-Za-z0-9.\-\ ]|\\[,\ !])*)\} | (?P<single>[A-Za-z]) ) )
  | (?P<font>    \\(?P<face>mathbf|boldsymbol|bm|pmb|textbf|mathcal|mathscr|mathfrak|mathbb)(?![A-Za-z])\s*
                 (?: \{\s*(?P<inner>(?:""" + _SIMPLE + r""")(?:\s*[A-Za-z])*)\s*\} | (?P<bare>""" + _SIMPLE + r""") ) )
  | (?P<delim>   \\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s* (?: \\[A-Za-z]+ | \\. | . ) )
  | (?P<command> \\[A-Za-z]+\*? )
  | (?P<escape>  \\. )
  | (?P<char>    . )
""", re.X | re.S)

ALIASES = {r"\ln": r"\log", r"\leq": r"\le", r"\geq": r"\ge", r"\neq": r"\ne", r"\lVert": r"L\|", r"\rVert": r"R\|",
           r"\Vert": r"\|", r"\lvert": "L|", r"\rvert": "R|", r"\vert": "|", r"\dfrac": r"\frac", r"\tfrac": r"\frac",
           r"\cfrac": r"\frac", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\cdots": r"\ldots", r"\dots": r"\ldots",
           r"\dotsc": r"\ldots", r"\dotsb": r"\ldots", r"\intercal": r"\top", r"\lbrack": "[", r"\rbrack": "]",
           r"\dbinom": r"\binom", r"\tbinom": r"\binom", r"\Rightarrow": r"\implies", r"\Leftrightarrow": r"\iff",
           r"\land": r"\wedge", r"\lor": r"\vee", r"\rightarrow": r"\to",
           r"\widehat": r"\hat", r"\widetilde": r"\tilde",
           r"\overline": r"\bar", r"\ast": "*", r"\star": "*", r"\parallel": r"\|", r"\iint": r"\int\int",
           r"\Longrightarrow": r"\implies", r"\Longleftrightarrow": r"\iff", r"\lt": "<", r"\gt": ">",
           r"\bullet": ":", r"\prime": "'"}
FACES = {"boldsymbol": "mathbf", "bm": "mathbf", "pmb": "mathbf", "textbf": "mathbf", "mathscr": "mathcal"}
ACCENTS = (r"\hat", r"\tilde", r"\bar", r"\dot", r"\ddot", r"\check", r"\vec", r"\breve", r"\underline")
PIECES = {(r"\mathbb{V}", "ar"): r"\operatorname{Var}", (r"\mathbb{C}", "ov"): r"\operatorname{Cov}"}
PHRASES = ("if", "otherwise", "for", "and", "or", "else", "where", "when", "with", "all")


def tokens(text):
    """The tokens of a text as (text, column, kind), the last an empty mark at its end.  Raises ReadError.

    kind is "number", "name" (a letter or a word) or "mark".
    """
    if len(text) > LONGEST_TEXT:
        raise ReadError(f"the text has {len(text)} characters; at most {LONGEST_TEXT} are read", LONGEST_TEXT)
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup in _READERS else _group(match)
        if kind != "space":
            _READERS[kind](match, found)
        elif "quad" in match.group():
            found.append((r"\quad", match.start(), "mark"))
    if len(found) > MOST_TOKENS:
        raise ReadError(f"the text has {len(found)} symbols; at most {MOST_TOKENS} are read", found[MOST_TOKENS][1])
    found = _accented(found)
    found.append(("", len(text), "mark"))
    return found


def _group(match):
    return "word" if match.group("word") is not None else "font"


def _number(match, found):
    text = match.group()
    if len(text) == 2 and text.isdigit() and found and found[-1][0] == r"\frac":
        found += [(text[0], match.start(), "number"), (text[1], match.start() + 1, "number")]
        return
    found.append((match.group(), match.start(), "number"))


def _word(match, found):
    letters = match.group("letters")
    word = match.group("single") if letters is None else re.sub(r"\\.|[ \-]", "", letters)
    text = match.group()
    if word.startswith(PHRASES) and text.startswith(r"\text"):
        found.append((r"\text{" + next(p for p in PHRASES if word.startswith(p)) + "}", match.start(), "mark"))
    elif not word:
        if not text.startswith(r"\text"):
            raise ReadError("an empty name", match.start())
    elif word.isdigit():
        found.append((word, match.start(), "number"))
    elif found and (found[-1][0], word) in PIECES:
        found[-1] = (PIECES[found[-1][0], word], found[-1][1], "name")
    else:
        found.append((word_name(word), match.start(), "name"))


def word_name(word):
    """The spelling of a name of several upright letters; one upright letter keeps its own."""
    return r"\operatorname{" + word + "}" if len(word) > 1 else r"\mathrm{" + word + "}"


def _font(match, found):
    inner, face = match.group("inner") or match.group("bare"), FACES.get(match.group("face"), match.group("face"))
    parts = re.findall(r"\\[A-Za-z]+|\d|[A-Za-z]", inner)
    for part in parts:
        bold_greek = face == "mathbf" and part.startswith("\\")
        found.append((f"\\{'boldsymbol' if bold_greek else face}{{{part}}}", match.start(), "name"))


def _delimiter(match, found):
    text = match.group()
    left, right = text.startswith((r"\left", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl")), False
    if not left:
        right = text.startswith((r"\right", r"\bigr", r"\Bigr", r"\biggr", r"\Biggr"))
    mark = re.sub(r"^\\[A-Za-z]+\s*", "", text, count=1) if not re.match(r"\\[A-Za-z]+\s*\\", text) else \
        text[text.rindex("\\"):]
    mark = ALIASES.get(mark, mark)
    if mark in ("|", r"\|", "."):
        if text.startswith(r"\middle"):
            mark = r"\mid" if mark == "|" else mark
        elif left or right:
            mark = ("L" if left else "R") + mark
    if mark not in _DELIMITERS:
        raise ReadError(f"no delimiter {mark}", match.start(), "a bracket or a bar")
    found.append((mark, match.start(), "mark"))


_DELIMITERS = {"(", ")", "[", "]", r"\{", r"\}", "|", r"\|", r"\mid", "L|", "R|", r"L\|", r"R\|", "L.", "R.", "/",
               r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\langle", r"\rangle", "."}


def _command(match, found):
    text = ALIASES.get(match.group(), match.group())
    if text == r"\int\int":
        found += [(r"\int", match.start(), "mark")] * 2
    elif text == r"\Pr":
        found += [("P", match.start(), "name"), ("r", match.start() + 1, "name")]
    else:
        found.append((text, match.start(), "name" if text in LETTERS else "mark"))


def _character(match, found):
    text = match.group()
    found.append((ALIASES.get(text, text), match.start(), "name" if text.isalpha() and text.isascii() else "mark"))


_READERS = {"number": _number, "word": _word, "font": _font, "delim": _delimiter, "command": _command,
            "escape": _character, "char": _character, "space": None}

def _accented(found):
    """Accents and the letter under them become one token: ``\\hat{y}``, ``\\bar{\\mathbf{x}}``."""
    if not any(t[0] in ACCENTS for t in found):
        return found
    out, k = [], len(found) - 1
    while k >= 0:                       # from the right, so that an accent finds the finished letter under it
        token = found[k]
        if token[0] == r"\bar" and out and out[-1][0] == "{" and not _is_letter(out):
            token = (r"\operatorname{conj}", token[1], "name")       # a bar over an expression
        elif token[0] in ACCENTS:
            letter, used = _under(out, token)
            del out[len(out) - used:]
            token = (f"{token[0]}{{{letter}}}", token[1], "name")
        out.append(token)
        k -= 1
    return out[::-1]


def _under(out, accent):
    """The letter an accent stands on, and how many tokens of the reversed list it takes."""
    if out and out[-1][2] == "name":
        return out[-1][0], 1
    if _is_letter(out):
        return out[-2][0], 3
    raise ReadError(f"{accent[0]} stands on no single letter", accent[1], "one letter, as in " + accent[0] + "{x}")


def _is_letter(out):
    """Whether the reversed list ends in one letter in braces."""
    return len(out) > 2 and out[-1][0] == "{" and out[-2][2] == "name" and out[-3][0] == "}"


def worded(marks, names):
    """The tokens with plain letters that spell a declared word, ``dX``, ``Pr``, made one token."""
    out, k = [], 0
    while k < len(marks):
        text, column, kind = marks[k]
        if text == r"\Delta" and joined([text, marks[k + 1][0]]) in names.differences:
            out.append((joined([text, marks[k + 1][0]]), column, kind))
            k += 2
            continue
        if kind == "name" and len(text) == 1 and marks[k + 1][2] == "name":
            word = _word_at(marks, k, names)
            if word:
                out.append((word, column, kind))
                k += len(word)
                continue
        if text == DIFFERENCE and names.differences and marks[k + 1][2] == "name" and \
                joined((text, marks[k + 1][0])) in names.differences:
            out.append((joined((text, marks[k + 1][0])), column, "name"))
            k += 2
            continue
        out.append(marks[k])
        k += 1
    return out


def _word_at(marks, k, names):
    """The declared word that begins here, or None; Pr is one by itself where it is called and P is no name."""
    column = marks[k][1]
    for word in names.words:
        run = marks[k:k + len(word)]
        if "".join(t[0] for t in run) != word or any(t[1] != column + n for n, t in enumerate(run)):
            continue
        called = marks[k + len(word)][0] in ("(", "[", "^", "_")
        if word != "Pr" or names.declared("Pr") or called and not names.declared("P"):
            return word
    return None
