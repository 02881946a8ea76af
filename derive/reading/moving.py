r"""Names whose subscript moves: \mathbf{h}_t where \mathbf{h}_{t-1} stands too, or t is declared a whole number."""

import re

from derive.reading.equations import is_letter
from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.wording import worded
from derive.spelling import spell

MOST = 30       # members that are declared one by one

_RELATED = re.compile(r"=(?!\s*\S+?\.\.)|[<>]|\\[gl]e")
_WHOLE = re.compile(r"\s*(?:an?\s+)?(?:fixed\s+)?(?:positive\s+|nonnegative\s+)?(?:integer|index)\b(?!\s*s\b)")


def moving(texts, symbols, bound):
    """The keys of symbols that are families by the way their subscript is used in the texts.

    bound   letters bound by sums and the like
    """
    whole = {key for key, words in symbols.items() if _WHOLE.match(words)}
    found = set()
    for key in symbols:
        if "_" in key and key not in found and _moves(key, texts, symbols, whole, bound):
            found.add(key)
    return frozenset(found)


def _moves(key, texts, symbols, whole, bound):
    try:
        parts = name_parts(key)
    except ReadError:
        return False
    letter = parts.subscripts[-1] if len(parts.subscripts) == 1 else ""
    if not is_letter(letter) or parts.arguments is not None or parts.superscript:
        return False
    if letter in bound and (key not in whole or _summed(key, letter, texts)) or \
            letter in whole and _recurs(key, letter, symbols):
        return True
    places = re.compile(rf"(?<![A-Za-z\\]){re.escape(parts.base)}\s*_\s*(?:\{{([^{{}}]*)\}}|(\\[A-Za-z]+|\w))")
    for group in (g for text in texts for g in places.finditer(text)):
        place = (group[1] or group[2]).replace(" ", "")
        declared = {f"{parts.base}_{place}", f"{parts.base}_{{{place}}}"} & set(symbols)
        other = place != letter and not declared
        if other and (re.fullmatch(rf"{re.escape(letter)}[+-]\d+", place) or place in bound and is_letter(place)):
            return True
    return False


def _summed(key, letter, texts):
    """Whether the name stands behind the limits of a sum or product over the letter; in them it counts others."""
    limits = re.compile(rf"\\(?:sum|prod)\s*_\s*\{{?\s*{re.escape(letter)}(?![A-Za-z])[^{{}}]*\}}?"
                        r"(?:\^(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w))?")
    return any(key in text[found.end():] for text in texts for found in limits.finditer(text))


def _recurs(key, letter, symbols):
    """Whether the name stands in the definition of a family over the letter: there it is used at other places too."""
    ending = re.compile(rf"_\{{?{re.escape(letter)}\}}?$")
    return any(other != key and ending.search(other) and "=" in words and key in words
               for other, words in symbols.items())


def recurrent(symbols, texts):
    r"""The symbols with v_{t+1} = f(v_t) among the words of v_t, where the texts use members that it ties together.

    A step that uses v_{t+1} and v_t alone needs no more than the one equation.
    """
    out = dict(symbols)
    for key, words in symbols.items():
        found = re.fullmatch(r"(.+)_\{(\\?[A-Za-z]+)\+(\d)\}", key)
        spellings = (f"{found[1]}_{found[2]}", f"{found[1]}_{{{found[2]}}}") if found else ()
        plain = next((k for k in spellings if k in symbols), None)
        if plain is None or not re.match(rf"{re.escape(key)}\s*:?=", words) or _RELATED.search(symbols[plain]):
            continue
        places = re.compile(rf"(?<![A-Za-z\\]){re.escape(found[1])}\s*_\s*(?:\{{([^{{}}]*)\}}|(\\[A-Za-z]+|\w))")
        used, own = ({(m[1] or m[2]).replace(" ", "") for t in some for m in places.finditer(t)}
                     for some in (texts, (key, words, plain)))
        if used - own:
            del out[key]
            start = "" if ".." in symbols[plain] else f", {found[2]} >= 1"
            out[plain] = f"{symbols[plain]}, {words}{start}"
    return out


def expanded(symbols):
    r"""The symbols with \theta_{d1}, d = 1..3, as \theta_{11}, \theta_{21}, \theta_{31}: an index before a label."""
    out = {}
    for key, words in symbols.items():
        out.update(_members(key, words) if "_" in key and ("=" in words) else {key: words})
    return out


def _members(key, words):
    plain = worded(words)
    try:
        parts = name_parts(key)
    except ReadError:
        return {key: words}
    for letter in parts.subscripts[:-1]:
        found = re.search(rf",?\s*(?<![\w\\]){re.escape(letter)} = (\d+)\.\.(\d+)(?![\w.])", plain)
        if found is None or not parts.subscripts[-1].isdigit() or not is_letter(letter) or parts.arguments is not None:
            continue
        low, high = int(found[1]), int(found[2])
        rest = plain[:found.start()] + plain[found.end():]
        if high - low > MOST or "=" in rest:
            continue
        for many, one in (("sequence", "scalar"), ("scalars", "scalar"), ("numbers", "number"), ("vectors", "vector")):
            rest = re.sub(rf"\b{many}\b", one, rest)
        return {spell(parts.base, tuple(str(k) if s == letter else s for s in parts.subscripts), parts.superscript,
                      parts.primes): rest for k in range(low, high + 1)}
    return {key: words}
