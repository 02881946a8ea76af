"""Derivatives of matrix words by a letter, exact for all sizes: the trace rule d tr(U X V) / dX = (V U)^T.

Source of the identities: the product rule and d(P^{-1}) = -P^{-1} dP P^{-1}.  A symmetric letter is refused, because
its entries are not independent.
"""

from fractions import Fraction

from derive.term import ONE
from verifiers.proofs.words import Form
from verifiers.verdict import CannotDecide, Reason


def _refuse(why):
    raise CannotDecide(Reason.NEEDS_LEMMA, why)


def gradient(words, form, variable):
    """The derivative of a scalar Form, in the shape of ``variable`` (a Form of one letter or one scalar atom)."""
    if not form.scalar:
        _refuse("the gradient of an array")
    total = Form(variable.shape, ())
    for (monomial, _), c in form.terms:
        for k, (atom, exponent) in enumerate(monomial):
            rest = tuple((a, e - 1 if j == k else e) for j, (a, e) in enumerate(monomial) if j != k or e != 1)
            factor = words.multiply(words.form((ONE, ONE), {(tuple(sorted(rest)), ()): c * exponent}),
                                    words.constant(1))
            total = words.add(total, words.multiply(factor, _atom_gradient(words, atom, variable)))
    return total


def _atom_gradient(words, number, variable):
    kind, *data = words.atoms[number]
    if variable.terms[0][0][0] == ((number, Fraction(1)),):
        return words.constant(1)
    if kind == "scalar":
        return _independent(data[0], variable, words)
    if kind == "trace":
        return _trace_gradient(words, words.identity(words.rows(data[0][0])), data[0], variable)
    if kind == "power":
        return gradient(words, data[0], variable)
    if kind == "function" and data[0] == "det":
        return _determinant_gradient(words, number, data[1], variable)
    if kind == "function" and data[0] in CHAIN and len(data) == 2:
        outer = CHAIN[data[0]](words, data[1])
        return words.multiply(outer, gradient(words, data[1], variable))
    if kind == "opaque" and not data[0].args:
        return Form(variable.shape, ())
    return _refuse("an atom without a known derivative")


def _determinant_gradient(words, number, form, variable):
    """d det F = det F tr(F^{-1} dF) (Jacobi)."""
    closing, total = words.inverse(form), Form(variable.shape, ())
    for (monomial, word), c in form.terms:
        if any(_atom_gradient(words, atom, variable).terms for atom, _ in monomial):
            _refuse("a scalar of the variable inside a determinant")
        if word:
            factor = words.form((ONE, ONE), {(monomial, ()): c})
            total = words.add(total, words.multiply(factor, _trace_gradient(words, closing, word, variable)))
    itself = words.form((ONE, ONE), {(((number, Fraction(1)),), ()): Fraction(1)})
    return words.multiply(itself, total)


def _independent(term, variable, words):
    """0, unless the scalar is an entry of the letter or family the derivative is taken by."""
    letter = _letter_of(variable)
    key = words.letters[letter.number][0] if letter else None
    if term.head == "index" and key is not None and key in term.args:
        _refuse("an entry of the variable beside the variable")
    return Form(variable.shape, ())


def _letter_of(variable):
    word = variable.terms[0][0][1]
    return word[0] if word else None


def _trace_gradient(words, closing, word, variable):
    """d tr(C w) / dX over the occurrences of X in the word w, the Form C held fixed."""
    letter = _letter_of(variable)
    total = Form(variable.shape, ())
    for k, x in enumerate(word):
        before, after = (words.spell(w) for w in (word[:k], word[k + 1:]))
        around = words.product(after, closing, before)
        inner = words.letters[x.number][4]
        if letter and x.number == letter.number:
            total = words.add(total, _slot(words, x, around))
        elif inner is not None:
            total = words.add(total, _inner_slot(words, x, inner, around, variable))
    return total


def _slot(words, x, around):
    """The gradient of tr(X around), of tr(X^T around), or of tr(X^{-1} around)."""
    _, shape, symmetric, orthogonal, _ = words.letters[x.number]
    if symmetric or orthogonal:
        _refuse("the derivative by a matrix whose entries are not independent")
    if x.transposed:
        around = words.transpose(around)
    if not x.inverse:
        return words.transpose(around) if shape != (ONE, ONE) else around
    back = words.form(shape, {((), (x._replace(transposed=False),)): Fraction(1)})
    return words.scale(words.transpose(words.product(back, around, back)), -1)


def _inner_slot(words, x, inner, around, variable):
    """The gradient of tr(P^{-1} around) through the sum P itself: -tr(P^{-1} around P^{-1} dP)."""
    if x.transposed:
        around = words.transpose(around)
    one = words.form(inner.shape, {((), (x._replace(transposed=False),)): Fraction(1)})
    closing = words.scale(words.product(one, around, one), -1)
    if x.inverse:
        _refuse("the inverse of an inverse")
    total = Form(variable.shape, ())
    for (monomial, word), c in inner.terms:
        factor = words.form((ONE, ONE), {(monomial, ()): c})
        if word:
            total = words.add(total, words.multiply(factor, _trace_gradient(words, closing, word, variable)))
        for atom, _ in monomial:
            if _atom_gradient(words, atom, variable).terms:
                _refuse("a scalar of the variable inside an inverse")
    return total


def jacobian(words, form, variable):
    """[df_i/dx_j] of a column by a column: the last letter of each word, and the scalars before it."""
    letter = _letter_of(variable)
    if letter is None or form.shape[1] is not ONE or variable.shape[1] is not ONE:
        _refuse("a derivative of a matrix by a matrix")
    total = Form((form.shape[0], variable.shape[0]), ())
    for (monomial, word), c in form.terms:
        factor = words.form((ONE, ONE), {(monomial, ()): c})
        if any(x.number == letter.number or words.letters[x.number][4] is not None for x in word[:-1]):
            _refuse("the variable inside a matrix word")
        if word and word[-1].number == letter.number:
            rest = words.spell(word[:-1]) or words.identity(variable.shape[0])
            total = words.add(total, words.multiply(factor, rest))
        slope = words.transpose(gradient(words, factor, variable))
        if slope.terms:
            column = words.form(form.shape, {((), word): Fraction(1)})
            total = words.add(total, words.multiply(column, slope))
    return total


def _function(head):
    return lambda words, u: words.atom("function", head, u)


# Derivatives of scalar functions as Forms.
CHAIN = {
    "exp": _function("exp"),
    "log": lambda words, u: words.power(u, -1),
    "sin": _function("cos"),
    "cos": lambda words, u: words.scale(words.atom("function", "sin", u), -1),
}
