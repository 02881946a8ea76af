"""Field words with a fixed meaning, and formulas that only restate a built-in notation."""

from derive.reading import read
from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.term import IMPLIED, ONE, PI, TWO, Declaration, add, div, mul, name, neg, pow_, rel, term
from derive.term import replace as substitute
from derive.term.record import replace
from derive.term.relation import Relation

_Z = name("z")
ARITY = {"sigmoid": 1, "softplus": 1, "vec": 1, "entropy": 1, "information": 2, "shape": 1, "sign": 1, "gamma": 1,
         "digamma": 1, "erf": 1, "relu": 1, "re": 1, "im": 1, "softmax": 1, "tanh": 1, "exp": 1, "log": 1,
         "normal_cdf": 1, "normal_pdf": 1, "swish": 1, "gelu": 1}
_FORMULAS = {"softplus": (term("log", add(ONE, term("exp", _Z))),),
             "sigmoid": (div(ONE, add(ONE, term("exp", neg(_Z)))),
                         div(term("exp", _Z), add(ONE, term("exp", _Z))))}
_CDF = div(add(ONE, term("erf", div(_Z, pow_(TWO, div(ONE, TWO))))), TWO)
# Words that stand for a formula and for no head of their own.
_MADE = {"normal_cdf": _CDF, "normal_pdf": div(term("exp", neg(div(pow_(_Z, TWO), TWO))),
                                               pow_(mul(TWO, PI), div(ONE, TWO))),
         "swish": mul(_Z, term("sigmoid", _Z)), "gelu": mul(_Z, _CDF)}

# Built-in notations an author may define once more: formal names with their kinds, and the formulas that agree.
_NORMAL = (r"\frac{1}{(2\pi)^{D/2}|\boldsymbol{\Sigma}|^{1/2}}",
           r"\frac{1}{\sqrt{(2\pi)^{D}|\boldsymbol{\Sigma}|}}", r"(2\pi)^{-D/2}|\boldsymbol{\Sigma}|^{-1/2}")
_SQUARE = r"\exp[-\frac{1}{2}(\mathbf{x}-\boldsymbol{\mu})^{T}\boldsymbol{\Sigma}^{-1}(\mathbf{x}-\boldsymbol{\mu})]"
_COVARIANCE = ((("x", "random"), ("y", "random")),
               (r"\mathbb{E}[(x-\mathbb{E}[x])(y-\mathbb{E}[y])]", r"\mathbb{E}[xy]-\mathbb{E}[x]\mathbb{E}[y]"))
_VARIANCE = ((("x", "random"),), (r"\mathbb{E}[(x-\mathbb{E}[x])^2]", r"\mathbb{E}[x^2]-\mathbb{E}[x]^2"))
RESTATED = {
    r"\operatorname{Norm}": (((r"\mathbf{x}", "vector"), (r"\boldsymbol{\mu}", "vector"),
                              (r"\boldsymbol{\Sigma}", "matrix")), tuple(c + _SQUARE for c in _NORMAL)),
    r"\operatorname{Cov}": _COVARIANCE, r"\operatorname{Var}": _VARIANCE, r"\mathrm{Cov}": _COVARIANCE,
    r"\mathrm{Var}": _VARIANCE,
}


def formals(meaning):
    """The formal arguments of a word that means a function."""
    return (_Z, name("w"))[:ARITY[meaning]]


def defined(meaning, declaration):
    """The fields a word sets: a definition over the formals, or over the indices."""
    if meaning == "kronecker":
        if len(declaration.indices) != 2:
            return {"unread": "a Kronecker delta without two indices", "unread_head": True}
        return {"definition": term("indicator", rel(Relation.EQ, *map(name, declaration.indices)))}
    if meaning in ("entropy", "information") and len(declaration.formals) != ARITY[meaning]:
        return {"definition": term(meaning, *formals(meaning))}        # of several variables: see ``informations``
    return {"definition": _at(meaning, *declaration.formals)}


def _at(meaning, *formals):
    """What the word stands for at its formals."""
    if meaning not in _MADE:
        return term(meaning, *formals)
    return substitute(_MADE[meaning], {_Z: formals[0]})


def agrees(meaning, own, right):
    """True when an author's formula is the one the word stands for."""
    known = (_at(meaning, _Z),) + _FORMULAS.get(meaning, ()) if meaning in ARITY else ()
    return len(own) == 1 and any(substitute(k, {_Z: own[0]}) is right for k in known)


def notation(draft, own, table):
    """A declaration that declares no name: a built-in notation said once more, or the layout of a derivative."""
    out = replace(own, kind="notation", shape=(), entries=None)
    layout = _layout(draft, table) if draft.kind == "notation" else None if _restates(draft) else "unread"
    if layout == "unread":
        draft.miss(draft.text, True)
        layout = None
    return replace(out, layout=layout, unread="; ".join(draft.unread), unread_head=draft.unread_head)


def is_restated(parts):
    return parts is not None and parts.arguments is not None and (parts.base in RESTATED or parts.name in RESTATED)


def _restates(draft):
    """True when the author's formula for a built-in notation is the formula it stands for."""
    parts = draft.parts
    formal, forms = RESTATED[parts.base if parts.base in RESTATED else parts.name]
    own = parts.subscripts * (parts.base in RESTATED and len(parts.arguments) < len(formal)) + parts.arguments
    if draft.definition is None or len(own) != len(formal) or draft.relations:
        return False
    letter, of = draft.notes.get("length", ("D", own[0]))
    if name_parts(of).name != own[0]:
        return False
    declared = [_declared(n, kind) for n, (_, kind) in zip(own, formal, strict=True)]
    standard = [_declared(n, kind) for n, kind in formal]
    swap = {name(a): name(b) for (a, _), b in zip(formal, own, strict=True)} | {name("D"): name(str(letter))}
    try:
        right = read(str(draft.definition), declared)
        return any(substitute(read(f, standard), swap) is right for f in forms)
    except ReadError:
        return False


def _declared(text, kind):
    rank = {"vector": 1, "matrix": 2}.get(kind, 0)
    return Declaration(text, kind, (IMPLIED,) * rank)


def _layout(draft, table):
    """"numerator", "denominator", None for the default of a derivative by one array, or "unread"."""
    try:
        entry = read(str(draft.notes["entry"]), table)
    except ReadError:
        return "unread"
    if entry.head != "deriv" or len(entry.args) != 2 or entry.args[1].head != "index":
        return "unread"
    top, below = entry.args
    place = tuple(name(str(draft.notes[k])) for k in ("row", "column") if k in draft.notes)
    if top.head == "name" and (not place or below.args[1:] == place):
        return None
    if top.head == "index" and len(place) == 2 and len(top.args) == len(below.args) == 2:
        found = (top.args[1], below.args[1])
        return "numerator" if found == place else "denominator" if found == place[::-1] else "unread"
    return "unread"
