"""The left side of an equation in a declaration: the name itself, an entry of it, the next member of a recurrence."""

import re

from derive.reading.errors import ReadError
from derive.reading.names import name_parts, raised
from derive.spelling import RAISED, unbold
from derive.term.record import replace

LEAD = re.compile(r"(?:(?:by|with)?\s*(?:the\s+)?definition|(?:is\s+)?defined\s+(?:as|by)|given\s+by|computed\s+as)"
                  r"[\s:,]+")
_ENTRY = re.compile(r"(.*[)\]])\s*_\s*\{?\s*([A-Za-z])(?:\s*,?\s*([A-Za-z]))?\s*\}?")
_STEP = re.compile(r"(.+?)\+(\d)")


def is_letter(text):
    """One letter, Latin or Greek: what may be an index."""
    return len(text) == 1 and text.isalpha() or text.startswith("\\") and text[1:].isalpha()


def left_side(text, own):
    """(parts of the name defined, letters of its entry or ()) of a left side, or None where it is no such thing."""
    text = text.strip()
    found = _ENTRY.fullmatch(text)
    try:
        if found is not None:
            return _bracketed_entry(found, own)
        parts = name_parts(text)
    except ReadError:
        return None
    if own.superscript == RAISED:
        parts = raised(parts) or parts
    if parts.name == own.name:
        return parts, ()
    return _plain_entry(parts, own)


def _bracketed_entry(found, own):
    r"""``(\mathbf{A}_k)_{ij}`` and ``S(\mathbf{M})_{ij}``."""
    inner, letters = found.group(1).strip(), tuple(x for x in found.groups()[1:] if x)
    whole = re.fullmatch(r"(?:\\left)?[(\[](.*?)(?:\\right)?[)\]]", inner)
    parts = name_parts(whole.group(1) if whole else inner)
    if parts.name not in (own.name, unbold(own.name)) or (parts.arguments is None) is not bool(whole):
        return None
    return replace(own, arguments=parts.arguments, given=parts.given), letters


def _plain_entry(parts, own):
    r"""``S_{ij}`` of ``\mathbf{S}``, ``z_{t,i}`` of ``\mathbf{z}_t``, ``P_{mn}`` of the matrix ``P``."""
    kept = len(own.subscripts)
    letters = parts.subscripts[kept:]
    same = (parts.subscripts[:kept], parts.superscript, parts.primes) == (own.subscripts, own.superscript, own.primes)
    if not same or parts.arguments is not None or not 1 <= len(letters) <= 2 or not all(map(is_letter, letters)):
        return None
    return (own, letters) if parts.base in (own.base, unbold_base(own.base)) else None


def unbold_base(base):
    r"""``\hat{\mathbf{y}}`` without its weight: ``\hat{y}``."""
    accent = re.fullmatch(r"(\\[a-z]+)\{(\\(?:mathbf|boldsymbol)\{.*\})\}", base)
    return f"{accent.group(1)}{{{unbold(accent.group(2))}}}" if accent else unbold(base)


def shifted(parts, own):
    """(letter, step) where w_{t+1} is defined of the family w_t, else None."""
    pairs = [(a, b) for a, b in zip(parts.subscripts, own.subscripts, strict=False) if a != b]
    if len(parts.subscripts) != len(own.subscripts) or len(pairs) != 1 or replace(
            parts, subscripts=own.subscripts, arguments=None, given=None) != replace(own, arguments=None, given=None):
        return None
    step = _STEP.fullmatch(pairs[0][0])
    return (pairs[0][1], int(step.group(2))) if step and step.group(1) == pairs[0][1] else None
