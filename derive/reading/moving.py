r"""Names whose subscript moves: \mathbf{h}_t where \mathbf{h}_{t-1} stands too, or t is declared a whole number."""

import re

from derive.reading.equations import is_letter
from derive.reading.errors import ReadError
from derive.reading.names import name_parts

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
    if letter in whole or letter in bound:
        return True
    places = re.compile(rf"(?<![A-Za-z\\]){re.escape(parts.base)}\s*_\s*(?:\{{([^{{}}]*)\}}|(\\[A-Za-z]+|\w))")
    for group in (g for text in texts for g in places.finditer(text)):
        place = (group[1] or group[2]).replace(" ", "")
        declared = {f"{parts.base}_{place}", f"{parts.base}_{{{place}}}"} & set(symbols)
        other = place != letter and not declared
        if re.fullmatch(rf"{re.escape(letter)}[+-]\d+", place) or other and place in bound and is_letter(place):
            return True
    return False
