"""What the sides of a claim add to its declarations: sizes of sums, points of a space, lengths that were not stated."""

from derive.reading.conditioned_laws import conditions, under_conditions
from derive.reading.informations import informations
from derive.reading.joint_laws import used_parts
from derive.reading.links import linked
from derive.reading.points import families_of_points
from derive.reading.spectra import resolved
from derive.term import (
    IMPLIED,
    INFINITY,
    ONE,
    Declaration,
    Relation,
    Term,
    call,
    free_names,
    heads_under,
    name,
    rebuild,
    subterms,
    term,
)
from derive.term.families import FAMILIES, family_of
from derive.term.multiples import parametrised
from derive.term.record import replace
from derive.term.shapes import ShapeError, agree, shape_of

_BOUNDED = ("sum", "prod", "maxover", "minover")
_KIND_OF_RANK = ("scalar", "vector", "matrix")
_ROUNDS = 40
LAWS = {"dist", "KL", "entropy", "call"}      # heads that have a law among their arguments


def completed(symbols, sides, givens):
    """(declarations, sides, givens) completed from how names are used; nothing is guessed that the use does not fix."""
    symbols, sides, givens = families_of_points(symbols, sides, givens)
    symbols, givens = _let(symbols, givens)
    symbols = linked(symbols, (*sides, *givens))
    symbols = resolved(symbols, (*sides, *givens))
    symbols, terms = parametrised(symbols, (*sides, *givens))
    sides, givens = terms[:len(sides)], terms[len(sides):]
    met = conditions(symbols, (*sides, *givens, *(d.definition for d in symbols if d.definition is not None)))
    sides, givens = (tuple(_of_laws(informations(t, symbols), symbols, met) for t in terms)
                     for terms in (sides, givens))
    terms = [*sides, *givens, *(d.definition for d in symbols if d.definition is not None)]
    symbols += used_parts(symbols, terms)
    symbols += _sizes(symbols, terms)
    symbols += _steps(symbols, (*sides, *givens))
    symbols += _points(symbols, terms)
    said = tuple(c for d in symbols for c in d.constraints)
    return _lengths(symbols, sides, [*terms, *said], (*givens, *said)), sides, givens


def _of_laws(node, symbols, met):
    """``a ~ pi`` where pi(a|s) is declared draws from pi(.|s); a word for entropy applied to a law is its entropy."""
    if LAWS.isdisjoint(heads_under(node)):
        return node
    args = tuple(_of_laws(a, symbols, met) for a in node.args)
    if node.head in ("dist", "KL", "entropy"):
        args = tuple(_named(a, symbols) if k or node.head != "dist" else a for k, a in enumerate(args))
        args = under_conditions(node.head, args, met)
    if node.head == "dist" and args[1].head == "name":
        law = [d for d in symbols if d.name == args[1].value and d.kind in ("mass", "density")]
        if len(law) == 1 and law[0].bar is not None and law[0].formals[:law[0].bar] == (args[0],):
            args = args[0], call(args[1], args[0], given=law[0].formals[law[0].bar:])
    if node.head == "call" and len(args) == 2 and args[1].head in ("name", "call"):
        word = next((d for d in symbols if name(d.name) is args[0] and d.definition is not None), None)
        if word is not None and word.definition.head == "entropy" and word.definition.args == word.formals:
            return term("entropy", *under_conditions("entropy", (_at_formals(args[1], symbols),), met))
    return rebuild(node, args)


def _named(law, symbols):
    r"""The named law that a call of an undeclared word stands for: \operatorname{Poisson}(\lambda)."""
    if law.head != "call" or law.value is not None or law.args[0].head != "name" or \
            any(d.name == law.args[0].value for d in symbols):
        return law
    family = family_of(law.args[0].value.removeprefix(r"\operatorname{").removesuffix("}"))
    if family in (None, "normal") or len(law.args) != 1 + len(FAMILIES[family].parameters):
        return law
    letters = FAMILIES[family].letters
    if letters and not any(all(a.head == "name" and a.value.partition("_")[0] == x for a, x in zip(
            law.args[1:], row, strict=True)) for row in letters):
        return law          # a rate or a scale?
    return Term("law", law.args[1:], family)


def _at_formals(law, symbols):
    """pi(.|s) written at the variable it is declared with."""
    if law.head != "call" or IMPLIED not in law.args:
        return law
    formals = next((d.formals for d in symbols if name(d.name) is law.args[0] and len(d.formals) == len(law.args) - 1),
                   law.args[1:])
    return rebuild(law, (law.args[0], *(f if a is IMPLIED else a for f, a in zip(formals, law.args[1:], strict=True))))


def _undeclared(symbols):
    known = {d.name for d in symbols} | {d.entries for d in symbols}
    letters = {i for d in symbols for i in d.indices}
    return lambda latex: latex not in known and latex not in letters


def _let(symbols, givens):
    """A given ``x_1 = value`` of a name that nothing declares is its definition."""
    extra, kept = [], []
    for given in givens:
        fresh = _undeclared((*symbols, *extra))
        left, right = given.args if given.head == "rel" and given.value is Relation.EQ else (None, None)
        if left is not None and left.head == "name" and fresh(left.value) and not any(map(fresh, free_names(right))):
            shape = shape_of(right, symbols)
            if shape is not None:
                extra.append(Declaration(left.value, _KIND_OF_RANK[len(shape)], shape, definition=right))
                continue
        kept.append(given)
    return tuple(symbols) + tuple(extra), tuple(kept)


def _sizes(symbols, terms):
    """An undeclared letter that is the last index of a sum is a size: its sum would mean nothing otherwise."""
    fresh, found = _undeclared(symbols), {}
    for node in (n for t in terms for n in subterms(t)):
        if node.head in _BOUNDED and node.args[2].head == "range":
            high = node.args[2].args[1]
            if high.head == "name" and fresh(high.value):
                found[high.value] = Declaration(high.value, "size", domain="integer", low=ONE)
    return tuple(found.values())


def _steps(symbols, terms):
    """The letter that counts the steps of a recurrence, used as a number: s_t = c^t s_0.  It counts from its first."""
    declared, found = {d.name for d in symbols}, {}
    for d in symbols:
        if d.definition is None or len(d.indices) != 1 or d.name not in free_names(d.definition):
            continue
        letter, domain = name(d.indices[0]), d.ranges[0]
        plain = domain.head == "range" and domain.args[0].head == "num" and letter.value not in declared
        if plain and any(letter in n.args for t in terms for n in subterms(t) if n.head not in ("index", "range")
                         and letter.value in free_names(t)):
            low, high = domain.args
            kind, last = ("size", None) if high is INFINITY else ("index", high)
            found[letter.value] = Declaration(letter.value, kind, domain="integer", low=low, high=last)
    return tuple(found.values())


def _points(symbols, terms):
    """A formal argument of a declared law or function that stands free is one fixed point of its space."""
    fresh, found = _undeclared(symbols), {}
    formals = {f for d in symbols if d.kind in ("mass", "density", "function") for f in d.formals}
    tables = {name(d.name) for d in symbols if d.kind == "mass" or d.kind == "function" and "finite" in d.structure}
    formals |= {a for t in terms for n in subterms(t) if n.head == "call" and n.args[0] in tables for a in n.args[1:]
                if a.head == "name"}
    free = frozenset().union(*map(free_names, terms))
    for f in formals:
        if f.head == "name" and f.value in free and fresh(f.value) and _stands_free(f, symbols, terms):
            bold = f.value.startswith((r"\mathbf{", r"\boldsymbol{"))
            found[f.value] = Declaration(f.value, "vector" if bold else "scalar", (IMPLIED,) if bold else ())
    return tuple(found[k] for k in sorted(found))


def _stands_free(formal, symbols, terms):
    """Free in a side or a given, or in a definition that does not bind it."""
    definitions = {d.definition for d in symbols if d.definition is not None and formal in d.formals}
    return any(formal.value in free_names(t) for t in terms if t not in definitions)


# -- lengths that were not stated ------------------------------------------------------------------------------------
def _lengths(symbols, sides, terms, givens):
    """Sizes ``implied`` that sums and products force to be a declared size take it; the others stay open."""
    marked, open_ = [], {}
    for d in symbols:
        if IMPLIED in d.shape and d.kind in ("vector", "matrix", "identity", "random"):
            sizes = [name(f"?{d.name}")] * len(d.shape) if d.kind == "identity" else [
                name(f"?{d.name}{k}") for k in range(len(d.shape))]
            shape = tuple(fresh if s is IMPLIED else s for s, fresh in zip(d.shape, sizes, strict=True))
            open_ |= {s: None for s in sizes}
            d = replace(d, shape=shape)
        marked.append(d)
    if not open_:
        return symbols
    for _ in range(_ROUNDS):
        clash = _clash(marked, sides, terms, givens)
        if clash is None or not set(clash) & set(open_):
            break
        old, new = clash if clash[0] in open_ else clash[::-1]
        marked = [replace(d, shape=tuple(new if s is old else s for s in d.shape)) for d in marked]
    return tuple(replace(d, shape=tuple(IMPLIED if s in open_ else s for s in d.shape)) for d in marked)


def _clash(symbols, sides, terms, givens):
    """Two sizes that must be one, or None."""
    try:
        agree(*(shape_of(t, symbols) for t in sides), sides[0])
        for t in terms:
            shapes = [shape_of(node, symbols) for node in (t.args if t.head in ("rel", "and", "or") else (t,))]
            if t.head == "rel" and t.value is Relation.EQ and t in givens:
                agree(*shapes, t)
    except ShapeError as error:
        return error.sizes
    return None
