"""The minimiser of a convex quadratic in a vector or matrix, for all sizes: -H^{-1} g where the gradient is H x + g.

Everything is done on matrix words (verifiers.proofs.words).  H is definite where it is a sum of plainly semidefinite
words W^T W and W^T P W, one of them definite: a positive multiple of the identity, a definite letter, or X^T X with
independent columns (Horn and Johnson, Matrix Analysis, section 7.1).
"""

from derive.term import ONE, Term, add, inv, mul, num, pow_, term
from verifiers.proofs.word_calculus import gradient
from verifiers.proofs.word_terms import WordReader, floating, sized
from verifiers.proofs.words import Form
from verifiers.verdict import CannotDecide

_SEMIDEFINITE = {"positive_semidefinite", "positive_definite"}


def minimiser(claim, loss, variable):
    """The Term of the only minimiser of the loss over all arrays, or None where the words do not show it."""
    if not is_free(claim, variable):
        return None
    reader = WordReader(claim)
    try:
        body = reader.form(loss)
        letter = reader.free_letter(variable, loss)
        return _root(reader, gradient(reader.words, body, letter), letter, (1,))
    except CannotDecide:
        return None


def solution(claim, equation, variable):
    """The Term of the only solution of an equation H x + g = 0 with H or -H definite, or None where none is shown."""
    if not is_free(claim, variable):
        return None
    reader = WordReader(claim)
    try:
        gap = reader.words.add(*(reader.words.scale(f, s) for f, s in zip(
            sized(*_alike(*map(reader.form, equation.args))), (1, -1), strict=True)))
        return _root(reader, gap, reader.form(variable), (1, -1))
    except CannotDecide:
        return None


def _alike(left, right):
    """Two forms, a zero of unknown shape in that of the other."""
    if not left.terms:
        return Form(right.shape, ()), right
    return left, right if right.terms else Form(left.shape, ())


def is_free(claim, variable):
    """Whether the variable is a real array that takes every value."""
    d = claim.symbol(variable.value) if variable.head == "name" else None
    return d is not None and d.kind in ("vector", "matrix") and not d.structure and not d.constraints and \
        d.domain == "real" and d.definition is None and not d.indices


def _root(reader, form, letter, signs):
    """The Term of x with H x + g = 0, H or -H definite as the signs allow, or None."""
    words, found = reader.words, _split(reader.words, form, letter)
    if found is None or not found[1].terms or not any(_definite(reader, words.scale(found[0], s)) for s in signs):
        return None
    return spelled(words, words.scale(words.multiply(words.inverse(found[0]), found[1]), -1))


def _split(words, slope, letter):
    """(H, g) of the gradient H x + g, neither with the variable in it, or None."""
    number = letter.terms[0][0][1][0].number
    if floating(slope) or slope.scalar:
        return None
    linear, constant = {}, {}
    for (monomial, word), c in slope.terms:
        places = [k for k, x in enumerate(word) if x.number == number]
        if any(_meets(words, atom, number) for atom, _ in monomial) or any(_hidden(words, x, number) for x in word):
            return None
        if not places:
            constant[monomial, word] = c
        elif places == [len(word) - 1] and not word[-1].transposed and not word[-1].inverse:
            linear[monomial, word[:-1]] = c
        else:
            return None
    size = letter.shape[0]
    return words.form((size, size), linear), words.form(letter.shape, constant)


def _meets(words, atom, number):
    """Whether the letter is in an atom, however deep; an atom of an unknown make is taken to have it."""
    kind, *data = words.atoms[atom]
    if kind == "scalar":
        return False
    if kind == "trace":
        return any(x.number == number or _hidden(words, x, number) for x in data[0])
    if kind == "power":
        return _inside(words, data[0], number)
    return kind != "opaque" or bool(data[0].args)


def _hidden(words, x, number):
    """Whether the letter is in the sum that another one is the inverse of."""
    inner = words.letters[x.number][4]
    return inner is not None and _inside(words, inner, number)


def _inside(words, form, number):
    return any(any(x.number == number or _hidden(words, x, number) for x in word) or
               any(_meets(words, a, number) for a, _ in monomial) for (monomial, word), _ in form.terms)


# -- definiteness ---------------------------------------------------------------------------------------------------

def _definite(reader, form):
    """Whether every term of a symmetric sum is semidefinite, and one of them definite."""
    kinds = [_sign(reader, monomial, word, c) for (monomial, word), c in form.terms]
    return bool(kinds) and None not in kinds and "definite" in kinds


def _sign(reader, monomial, word, c):
    """ "definite", "semidefinite" or None of one term of a Hessian."""
    words = reader.words
    if c <= 0 or not all(a in words.positive or (e.denominator == 1 and e.numerator % 2 == 0) for a, e in monomial):
        return None
    positive = all(a in words.positive for a, _ in monomial)
    half, odd = divmod(len(word), 2)
    if words.transpose_word(word) != word:
        return None
    if odd:
        centre = _structure(reader, word[half])
        if not centre & _SEMIDEFINITE or word[half].inverse and "positive_definite" not in centre:
            return None
        definite = not half and "positive_definite" in centre
    else:
        definite = not half or half == 1 and _injective(reader, word[half])
    return "definite" if definite and positive else "semidefinite"


def _structure(reader, letter):
    key = reader.words.letters[letter.number][0]
    declaration = reader.table.get(key.value) if isinstance(key, Term) and key.head == "name" else None
    return declaration.structure if declaration is not None else frozenset()


def _injective(reader, letter):
    """Whether the second letter of X^T X is one with independent columns."""
    structure = _structure(reader, letter)
    return bool(structure & {"invertible", "orthogonal", "positive_definite"}) or (
        "full_row_rank" if letter.transposed else "full_column_rank") in structure


# -- forms as terms -------------------------------------------------------------------------------------------------

def spelled(words, form):
    """A Term of the form.  Raises CannotDecide for an atom that has none here."""
    parts = [_term(words, form.shape, monomial, word, c) for (monomial, word), c in form.terms]
    return parts[0] if len(parts) == 1 else add(*parts)


def _term(words, shape, monomial, word, c):
    factors = [num(c.numerator)] if c.numerator != 1 else []
    factors += [inv(num(c.denominator))] if c.denominator != 1 else []
    factors += [_power(_atom(words, a), e) for a, e in monomial]
    factors += [_letter(words, x) for x in word]
    if not word and shape != (ONE, ONE):
        factors.append(Term("name", (), r"\mathbf{I}"))
    return mul(*factors) if factors else ONE


def _power(base, e):
    if e == 1:
        return base
    return pow_(base, num(e.numerator) if e.denominator == 1 else mul(num(e.numerator), inv(num(e.denominator))))


def _atom(words, number):
    kind, *data = words.atoms[number]
    if kind in ("scalar", "opaque"):
        return data[0]
    if kind == "trace":
        return term("tr", mul(*(_letter(words, x) for x in data[0])))
    if kind == "power":
        return spelled(words, data[0])
    return term(data[0], *(spelled(words, f) for f in data[1:]))


def _letter(words, x):
    key, _, _, _, inner = words.letters[x.number]
    base = inv(spelled(words, inner)) if inner is not None else key
    base = inv(base) if x.inverse else base
    return term("transpose", base) if x.transposed else base
