"""Determinants of matrix words, exact for all sizes: what multiplies, what scales, and Sylvester's exchange.

det(A B) = det A det B and det(c A) = c^n det A for square A, B of n rows; det A^T = det A, det A^{-1} = 1/det A;
det(I + P Q) = det(I + Q P) (Sylvester 1851); det(A + P Q) = det A det(I + A^{-1} P Q), an identity of rational
functions.  Two determinants with one normal form are one; different ones may be.
"""

from fractions import Fraction

from derive.term import ONE
from verifiers.proofs.words import Form
from verifiers.verdict import CannotDecide, Reason


def determinant(words, form):
    """The determinant of a square Form as a scalar Form.  Raises CannotDecide."""
    rows, columns = form.shape
    if rows is not columns:
        raise CannotDecide(Reason.NEEDS_LEMMA, "the determinant of a rectangular matrix")
    if form.scalar or not form.terms:
        return Form((ONE, ONE), form.terms)
    if not any(word for (_, word), _ in form.terms):
        return size_power(words, Form((ONE, ONE), form.terms), rows)
    if len(form.terms) == 1:
        return _of_product(words, form, rows)
    if len(form.terms) == 2:
        found = _of_update(words, form, rows)
        if found is not None:
            return found
    return _opaque(words, form)


def size_power(words, scalar, size):
    """scalar^n for a whole number n: of a monomial factor by factor."""
    exponent = words.size(size)
    if len(scalar.terms) != 1:
        return _power(words, scalar, exponent)
    ((monomial, _), c), = scalar.terms
    result = words.constant(1) if c == 1 else _power(words, words.constant(c), exponent)
    for atom, e in monomial:
        base = words.form((ONE, ONE), {(((atom, Fraction(1)),), ()): Fraction(1)})
        result = words.multiply(result, words.power(_power(words, base, exponent), e))
    return result


def _power(words, base, exponent):
    power = words.atom("function", "pow", base, exponent)
    if words.is_positive(base):
        words.positive.add(power.terms[0][0][0][0][0])
    return power


def general_power(words, base, exponent, sizes):
    """base^(q n + r m + k) as (base^n)^q (base^m)^r base^k, n and m whole numbers; None where that may not be.

    sizes   atom number -> the Term of a whole number
    The exponents q, r must be whole, or the base positive.
    """
    result = words.constant(1)
    for (monomial, _), c in exponent.terms:
        if not monomial:
            part = words.power(base, c)
        elif len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in sizes and (
                c.denominator == 1 or words.is_positive(base)):
            part = words.power(size_power(words, base, sizes[monomial[0][0]]), c)
        else:
            return None
        result = words.multiply(result, part)
    return result


def _of_product(words, form, rows):
    """c^n times the determinants of the square pieces of the word."""
    ((monomial, word), c), = form.terms
    result = size_power(words, words.form((ONE, ONE), {(monomial, ()): c}), rows)
    for piece in _square_pieces(words, word, rows):
        result = words.multiply(result, _of_piece(words, piece))
    return result


def _square_pieces(words, word, rows):
    """The word cut wherever its rows are those of the whole."""
    cuts = [k for k, x in enumerate(word) if words.rows(x) is rows] + [len(word)]
    return [word[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]


def _of_piece(words, piece):
    if len(piece) > 1:
        return _opaque(words, _spelled(words, piece))
    letter, = piece
    _, shape, _, _, inner = words.letters[letter.number]
    if inner is not None:               # the letter is the inverse of a sum
        return words.power(determinant(words, inner), 1 if letter.inverse else -1)
    plain = words.form(shape, {((), (letter._replace(transposed=False, inverse=False),)): Fraction(1)})
    found = words.atom("function", "det", plain)
    if letter.number in words.definite:
        words.positive.add(found.terms[0][0][0][0][0])
    return words.power(found, -1 if letter.inverse else 1)


def _spelled(words, word):
    return words.form((words.rows(word[0]), words.columns(word[-1])), {((), word): Fraction(1)})


def _opaque(words, form):
    """An atom, the same for a form and its transpose."""
    return words.atom("function", "det", min(form, words.transpose(form), key=lambda f: f.terms))


def _of_update(words, form, rows):
    """det(a A + b W) = a^n det A det(I + (b/a) A^{-1} W) where A is a word of square letters or I; else None."""
    square = [t for t in form.terms if all(words.rows(x) is words.columns(x) for x in t[0][1])]
    if not square:
        return None
    base = min(square, key=lambda t: (len(t[0][1]), t))
    (monomial, word), a = base
    (other, update), b = next(t for t in form.terms if t is not base)
    if word and not any(words.rows(x) is not words.columns(x) for x in update):
        return None
    scale = words.form((ONE, ONE), {(monomial, ()): a})
    ratio = words.multiply(words.form((ONE, ONE), {(other, ()): b}), words.power(scale, -1))
    front = size_power(words, scale, rows)
    if word:
        front = words.multiply(front, _of_product(words, _spelled(words, word), rows))
        update_form = words.multiply(words.inverse(_spelled(words, word)), _spelled(words, update))
        if len(update_form.terms) != 1:
            return None
        ((more, update), c), = update_form.terms
        ratio = words.multiply(ratio, words.form((ONE, ONE), {(more, ()): c}))
    return words.multiply(front, _one_plus(words, ratio, update))


def _one_plus(words, ratio, word):
    """det(I + ratio w), w taken up to rotation and transpose; a number where a rotation is one."""
    for k, x in enumerate(word):
        if words.rows(x) is ONE:
            return words.add(words.constant(1), words.multiply(ratio, words.trace_of_word(word[k:] + word[:k])))
    turned = [word[k:] + word[:k] for k in range(len(word))]
    least = min([*turned, *map(words.transpose_word, turned)])
    size = words.rows(least[0])
    total = words.add(words.identity(size), words.multiply(ratio, _spelled(words, least)))
    return words.atom("function", "det", total)
