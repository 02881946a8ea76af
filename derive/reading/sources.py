"""Words that say a name is computed from others: harmless where nothing is declared that it could be computed from."""

from derive.reading import role_words
from derive.reading.defaults import is_number
from derive.term import free_names, subterms
from derive.term.record import replace

_COUNTING = ("size", "index", "identity", "label", "notation", "chain", "set", "unread")
# What these words name is never negative: that must be said, or nothing is refuted.
_SIGNED = dict.fromkeys(("variance", "deviation", "distance", "norm", "loss"), ("positive", "nonnegative", "unit",
                                                                                "closed_unit"))
_COVARIANCES = {"positive_definite", "positive_semidefinite"}
_SPECTRAL = ("eigenvalue", "singular value", "constant of a function")
_JUMPS = {"floor", "sign", "indicator", "abs", "max", "min", "relu", "cases", "maxover", "minover"}


def related(drafts, made):
    """The declarations, unread where a word such as residual or mean may relate them to another one."""
    said = {id(own): d for d, own in zip(drafts, made, strict=False)}
    return [replace(own, unread="; ".join(filter(None, (own.unread, *words))))
            if (words := _relating(own, said, made)) else own for own in made]


def _relating(own, said, made):
    draft = said.get(id(own))
    return () if draft is None or own.definition is not None else tuple(
        word for word in draft.notes.get("unclear", ()) if _unsigned(word, own) or not _runs(draft, word) and any(
            _is_source(word, own, other, said.get(id(other)), made) for other in made if other is not own))


def _runs(draft, word):
    """The running mean and variance of a layer are numbers of their own, whatever it is fed."""
    return word in role_words.OF_DATA and any(
        role.split()[-1] in ("running", "moving") for role in draft.notes.get("roles", ()))


def exact(declared, sides):
    """The declarations without "small", which cannot matter to an equation of smooth functions."""
    if any(t.head in _JUMPS for side in sides for t in subterms(side)):
        return declared
    return tuple(replace(d, unread="") if d.unread == "small" and not d.unread_head else d for d in declared)


def _unsigned(word, own):
    """Whether what the word says of its sign, or of the sum of the shares, is not written out."""
    if word == "shares":
        return "sums_to_one" not in own.structure
    if word not in (*_SPECTRAL, *role_words.OF_FUNCTIONS, *role_words.OF_DATA, *role_words.OF_ANYTHING, *_SIGNED):
        return True         # small, counts, projection: never harmless
    return word in _SIGNED and own.kind != "function" and own.domain not in _SIGNED[word]


def _is_source(word, own, other, draft, made):
    """Whether ``own``, called a ``word``, may have been computed from ``other``."""
    if word == "shares" or own.kind == "function" and word in ("loss", "objective"):
        return False
    if other.kind in _COUNTING or draft is not None and word in draft.notes.get("unclear", ()) or \
            other.definition is not None and (own.name in free_names(other.definition) or not free_names(
                other.definition)):
        return False
    if draft is not None and "meaning" in draft.notes:
        return False
    law = other.kind in ("random", "mass", "density")
    if word in _SPECTRAL[:2]:       # of a matrix, which then is not made of them
        tied = any({own.name, other.name} <= free_names(c) for d in made for c in d.constraints)
        return not tied and (law or other.kind in ("matrix", "function") or other.kind == "scalar" and
                             other.definition is not None)
    if word == "constant of a function":
        return other.kind == "function" or other.kind == "scalar" and other.definition is not None
    if word in role_words.OF_FUNCTIONS:
        return law or other.kind == "function" or other.kind == "scalar" and other.definition is not None and \
            word != "iterate"       # it is of a function or of a recurrence, not of a formula
    if word in role_words.OF_DATA:
        larger = len(other.shape) > len(own.shape) and not other.structure & _COVARIANCES
        return law or bool(other.indices) or larger
    if word in role_words.OF_ANYTHING:
        return law or other.kind in ("function", "vector", "matrix") or bool(other.indices) or \
            other.domain in ("real", "binary", "sign") and not (draft is not None and is_number(draft))
    return True
