r"""Additive constants: ``\text{const}``, "terms not depending on \mu", "constant independent of x and y".

Such a name is no given number: "f = g + const" says that f - g does not change with the variables.  The judge of
equalities takes it so where it is a summand of one side alone (verifiers.proofs.additive).  A "real scalar not
depending on x" is any such number, and says nothing of the kind.
"""

import re

from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.phrases import split
from derive.term import Declaration, free_names
from derive.term.record import replace

SPELLED = re.compile(r"\\operatorname\{[Cc]onst(?:ant)?\.?\}")
_WHAT = r"(?:(?:an?|the|any|all|some)\s+)?(?:(?:additive|normalis?ing|normalizing|real|scalar)\s+)*" \
        r"(?:constants?|terms?|everything)"
_FREE_OF = (r"(?:independent\s+of|not\s+(?:depending\s+on|involving|containing)|free\s+of|without"
            r"|(?:do|does)\s+not\s+(?:depend\s+on|involve|contain)|constant\s+(?:in|with\s+respect\s+to|w\.r\.t\.))")
_FREE = re.compile(rf"(?:collects\s+)?{_WHAT}\s*(?:,\s*|that\s+|which\s+|(?:that|which)\s+(?:is|are)\s+|in\s+)?"
                   rf"(?:(?:is|are)\s+)?{_FREE_OF}\s+(.+)")
_IN = re.compile(rf"{_WHAT}\s+(?:in|with\s+respect\s+to|w\.r\.t\.)\s+(.+)")


def constant_in(text):
    """The names that the words call a constant independent of, or None where they say something else."""
    found = _FREE.fullmatch(text.strip(" .")) or _IN.fullmatch(text.strip(" ."))
    if found is None:
        return None
    names = tuple(_name(t.strip()) for t in split(found[1], r",|\band\b|\bor\b") if t.strip())
    return names if names and None not in names else None


def _name(text):
    try:
        parts = name_parts(re.sub(r"^(?:the\s+)?(?:(?:parameters?|variables?|vectors?)\s+)?", "", text))
    except ReadError:
        return None
    return parts.name if parts.arguments is None and not re.fullmatch(r"[A-Za-z]{2,}", parts.name) else None


def with_constants(declared, sides, about):
    r"""The declarations, a \text{const} of the sides that is not said to be one being one in what the step is about."""
    known = {d.name for d in declared}
    names = tuple(t.value for t in about if t.head == "name" and t.value in known)
    fresh = sorted({n for side in sides for n in free_names(side) if n not in known and SPELLED.fullmatch(n)})
    told = tuple(_told(d, names) for d in declared)
    return told + tuple(_told(Declaration(n, "scalar"), names) for n in fresh if names)


def _told(d, names):
    """The constant of the words "constant" alone."""
    if d.kind != "scalar" or d.definition is not None or d.independent_of or not SPELLED.fullmatch(d.name):
        return d
    return replace(d, structure=d.structure | {"additive_constant"}, independent_of=names)
