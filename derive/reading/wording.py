r"""One spelling of what authors write in several ways: ``x \in \mathbb{R}^{n\times d}`` is ``x in R^{n x d}``."""

import re

_ARTICLE = re.compile(r"^\s*(?:an?|the)\s+(?=[a-z])")
_SPACES = re.compile(r"(?<!\\)\\[,;:!> ]|~(?![A-Za-z])|\\quad|\\qquad")
_DRAWN = re.compile(r"\s~\s|(?<=\S)~(?=\\?[A-Za-z{}]+\s*[(\[])")
_SIGNS = str.maketrans({"≥": " >= ", "≤": " <= ", "≠": " != ", "∈": " in ", "×": " x ", "ℝ": "R", "−": "-", "…": "...",
                        "–": "-", "\N{NO-BREAK SPACE}": " "})
_SPACE = re.compile(r"((?<![A-Za-z\\])(?:in|from|to|into|on|over|of)|\\in|\\to)(\s*)"
                    r"(?:\\mathbb\s*\{?([RNZC])(?:\}|(?![A-Za-z]))|\\([RNZC])(?![A-Za-z])|\\Re(?![A-Za-z])"
                    r"|\\mathbf\{R\}(?=\^))")
_PART = r"([^{}]*(?:\{[^{}]*\}[^{}]*)*?)"
_POWER = re.compile(rf"(?<![A-Za-z])R\^\{{\s*{_PART}\s*(?:\\times|x|\\cdot)\s*{_PART}\s*\}}")
_MAPS = re.compile(r"(?:(?:from|:)\s*)?(?<![A-Za-z])(?:\\mathbb\s*\{?)?R\}?((?:\^\S+)?)\s*(?:->|\\to|\\rightarrow)\s*"
                   r"(?:\\mathbb\s*\{?)?R\}?(?=[\^\s,;.)]|$)")
_OTHERWISE = re.compile(r"=\s*([^=]+?),?\s+(?:if|for|when|where)\s+([^,]*?)\s*,?\s+(?:and\s+)?([^\s,]+),?\s+"
                        r"(?:otherwise|else)")
_DIMENSIONAL = re.compile(r"(?<![A-Za-z])\(?([A-Za-z]\w*(?:_\{?\w+\}?)?|\d+|\\[a-z]+)\)?-"
                          r"(dimensional|vector|by-(?=[\w\\]))")
_LETTER = r"(?<![A-Za-z\\_^{])(\\[A-Za-z]+|[A-Za-z])\s*(?:=|\\in(?![a-z])|in)"
_TO = r"(?:,\s*)?(?:\\[lc]?dots|\.\.\.+)\s*,?\s*"
_COUNTED = re.compile(rf"(?:{_LETTER}|(?<![A-Za-z\\_^{{])(in)(?=\s*\\?\{{))\s*(?:\\?\{{)?\s*(-?\w+)\s*,\s*"
                      rf"(?:\d+\s*,\s*)?{_TO}([\w\\+\-{{}}^]+?)(?:\\?\}})?(?=$|[\s,;:.)])")
_RANGE = re.compile(r"(?<![\w}])(\\?[A-Za-z]+'*)\s*=\s*(-?[\w\\{}^+-]+)\s*\.\.\s*(?!\.)")
_LISTED = re.compile(rf"{_LETTER}\s*(\\?\{{)?\s*(\d+(?:\s*,\s*\d+)+)\s*(\\?\}})?(?=$|[;.)]|,?\s*[a-z(])")
_CHAIN = re.compile(r"(?:diagonal )?(?:entries|elements) (\S+?)\s*(?:\\geq?|>=)\s*\\[lc]?dots\s*(?:\\geq?|>=)\s*(\S+?)"
                    r"\s*(>=?|\\geq?)\s*0")
_MEMBERS = re.compile(r"columns (\S+?)_\{?1\}?\s*,\s*\\[lc]?dots\s*,\s*\1_(\{\w+\}|\w)")
_BOTH = re.compile(r"(?:(?<=[,;(])\s*|^|(?<=for )|(?<=all ))([a-zA-Z])\s*,\s*([a-zA-Z])\s*=\s*(\S+?\.\.\S+?)"
                   r"(?=$|[\s,;)])")


_FACE = re.compile(r"\\(boldsymbol|mathbf|hat|bar|tilde)\s*(\\[A-Za-z]+|(?<=\s)[A-Za-z](?![A-Za-z]))")


def worded(text):
    """The author's words in the spelling the rows of the vocabulary are written in."""
    text = _FACE.sub(r"\\\1{\2}", text) if "\\" in text else text
    text = _DRAWN.sub(r" \\sim ", text) if "~" in text else text
    text = _ARTICLE.sub("", _SPACES.sub(" ", text.translate(_SIGNS).replace(":=", "="))).strip()
    text = _MAPS.sub(r" from R\1 to R", text) if "->" in text or r"\to" in text or r"\rightarrow" in text else text
    text = _SPACE.sub(_plain_space, text) if "R" in text or "N" in text or "Z" in text or "C" in text else text
    text = _POWER.sub(r"R^{\1 x \2}", text) if "R^" in text else text
    if r"\times" in text:
        head, equals, formula = text.partition("=")
        text = re.sub(r"\s*\\times(?![a-z])\s*", " x ", head) + equals + formula
    if "-" in text:
        text = _DIMENSIONAL.sub(lambda m: f"{m.group(1)} {m.group(2)}".replace(" by-", " x "), text)
    if ".." in text:
        text = _RANGE.sub(r"\1 = \2..", text)
    if "dots" in text:
        text = _MEMBERS.sub(r"first columns \1_\2", text)
        text = _CHAIN.sub(lambda m: f"decreasing entries {m[1]} to {m[2]} {'>' if m[3] == '>' else '>='} 0", text)
    if "dots" in text or "..." in text:
        text = _COUNTED.sub(lambda m: f"{m[1]} = {m[3]}..{m[4]}" if m[1] else f"in {m[3]}..{m[4]}", text)
    if "," in text:
        text = _BOTH.sub(r" \1 = \3, \2 = \3", _LISTED.sub(_run, text))
    if "otherwise" in text or "else" in text:
        text = _OTHERWISE.sub(_cases, text)
    return text


def _plain_space(found):
    r"""``\in\mathbb{R}^n`` at the head of a declaration is ``in R^n``; inside braces it belongs to a formula."""
    before = found.string[:found.start()]
    if before.count("{") != before.count("}"):
        return found.group()
    word = {r"\in": "in", r"\to": "to"}.get(found.group(1), found.group(1))
    return f" {word} {found.group(3) or found.group(4) or 'R'}"


def _run(found):
    """``d = 1, 2, 3`` is ``d = 1..3``; numbers that do not follow one another stay a list."""
    numbers = [int(n) for n in found[3].split(",")]
    if numbers != list(range(numbers[0], numbers[-1] + 1)) or bool(found[2]) != bool(found[4]) or \
            found[2] and numbers == [0, 1]:
        return found.group()
    return f"{found[1]} = {numbers[0]}..{numbers[-1]}"


def _cases(found):
    """``v if c and 0 otherwise`` as the formula by cases, where the condition is a formula."""
    from derive.reading.phrases import is_formula

    value, condition, rest = found.groups()
    if not is_formula(value) or not is_formula(condition) or not is_formula(rest):
        return found.group()
    return rf"= \begin{{cases}} {value} & {condition} \\ {rest} & \text{{otherwise}} \end{{cases}}"
