"""Matrix words: sums, products, transposes and traces compared exactly, for all sizes at once.

A matrix expression is a polynomial whose terms are a rational coefficient, a commutative monomial of scalar atoms, and
a word of letters.  Transposes are pushed to the letters, traces are taken up to rotation and reversal-transpose, an
inner product is a trace.  Equal normal forms prove; different ones prove nothing.
"""

from collections import namedtuple
from fractions import Fraction

from derive.term import ONE, Term
from derive.term.record import record
from verifiers.verdict import CannotDecide, Reason

CLEARED_CAP = 6             # inverses at the ends of words that an equation is multiplied by
TERM_CAP = 4000
PRODUCT_CAP = 60_000        # pairs of words multiplied for one claim
BIT_CAP = 1 << 16           # of a number
EXPONENT_CAP, WRITTEN_CAP = 6, 4096        # exponents of a sum, and of a monomial, that are multiplied out
SYMMETRIC = {"symmetric", "positive_definite", "positive_semidefinite", "diagonal"}


class Letter(namedtuple("Letter", "number transposed inverse", defaults=(False, False))):
    """One letter of a word: its number in the alphabet, and whether transposed or inverted."""

    __slots__ = ()


@record(frozen=True)
class Form:
    """A normal form: shape (rows, columns) as Terms, and {(monomial, word): coefficient} as sorted pairs.

    monomial  sorted pairs (atom number, exponent); word  Letters; the empty word is the identity, or 1 for a scalar.
    """

    shape: tuple[Term, Term]
    terms: tuple

    @property
    def scalar(self):
        return self.shape == (ONE, ONE)


class Alphabet:
    """Letters and atoms met so far, and the arithmetic of Forms over them.

    letters[k]  (key, shape, symmetric, orthogonal, inner Form of an opaque inverse or None)
    atoms[k]    ("scalar", name) ("trace", word) ("power", Form) ("function", head, Forms) ("opaque", Term)
    positive    numbers of the atoms that are positive wherever they are declared
    definite    numbers of the letters that are positive definite
    """

    def __init__(self):
        self.letters, self.atoms, self._numbers = [], [], {}
        self.positive, self.definite = set(), set()
        self.multiplied = 0

    # -- registries -------------------------------------------------------------------------------------------------
    def letter(self, key, shape, symmetric=False, orthogonal=False, inner=None):
        number = self._number(("letter", key), self.letters, (key, shape, symmetric, orthogonal, inner))
        return self.form(shape, {((), (Letter(number),)): Fraction(1)})

    def atom(self, *data, exponent=1):
        number = self._number(("atom", *data), self.atoms, data)
        return self.form((ONE, ONE), {(((number, Fraction(exponent)),), ()): Fraction(1)})

    def _number(self, key, table, record):
        if key not in self._numbers:
            self._numbers[key] = len(table)
            table.append(record)
        return self._numbers[key]

    # -- constructors -----------------------------------------------------------------------------------------------
    def form(self, shape, terms):
        kept = {k: c for k, c in terms.items() if c}
        if len(kept) > TERM_CAP:
            raise CannotDecide(Reason.BUDGET, f"more than {TERM_CAP} words")
        return Form(shape, tuple(sorted(kept.items())))

    def constant(self, value):
        return self.form((ONE, ONE), {((), ()): Fraction(value)})

    def size(self, term):
        """The number of rows a Term says, as a scalar Form."""
        if term.head == "implied":
            raise CannotDecide(Reason.DECLARATION, "a size that is not declared")
        return self.constant(term.value) if term.head == "num" else self.atom(
            "scalar" if term.head == "name" else "opaque", term)

    def identity(self, size):
        return self.form((size, size), {((), ()): Fraction(1)})

    # -- arithmetic -------------------------------------------------------------------------------------------------
    def add(self, *forms):
        shapes = {f.shape for f in forms}
        if len(shapes) != 1:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a sum of different shapes")
        total = {}
        for f in forms:
            for key, c in f.terms:
                total[key] = total.get(key, 0) + c
        return self.form(shapes.pop(), total)

    def scale(self, form, c):
        return Form(form.shape, tuple((k, v * c) for k, v in form.terms)) if c else Form(form.shape, ())

    def spell(self, word):
        """The Form of one word, None for the word without letters."""
        return self.form((self.rows(word[0]), self.columns(word[-1])), {((), word): Fraction(1)}) if word else None

    def product(self, *forms):
        """The product of the forms, those that are None left out; None where all are."""
        result = None
        for form in forms:
            if form is not None:
                result = form if result is None else self.multiply(result, form)
        return result

    def multiply(self, a, b):
        """The product a b; scalars commute with everything."""
        if a.scalar or b.scalar:
            shape = b.shape if a.scalar else a.shape
        elif a.shape[1] is b.shape[0]:
            shape = a.shape[0], b.shape[1]
        else:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a product of shapes that do not meet")
        self.multiplied += len(a.terms) * len(b.terms)
        if len(a.terms) * len(b.terms) > TERM_CAP or self.multiplied > PRODUCT_CAP:
            raise CannotDecide(Reason.BUDGET, f"more than {TERM_CAP} words")
        parts = [self._product(x, y, shape) for x in a.terms for y in b.terms]
        return self.add(Form(shape, ()), *parts)

    def _product(self, x, y, shape):
        (m, word), c = x
        (n, other), d = y
        exponents, grown = dict(m), []
        for atom, e in n:
            exponents[atom] = exponents.get(atom, 0) + e
        for atom, e in tuple(exponents.items()):
            if 0 < e <= EXPONENT_CAP and e.denominator == 1 and self.atoms[atom][0] == "power":
                grown += [self.atoms[atom][1]] * int(e)
                del exponents[atom]
        monomial = tuple(sorted((k, e) for k, e in exponents.items() if e))
        result = self._reduced(monomial, word + other, shape, c * d)
        for form in grown:
            result = self.multiply(form, result)
        return result

    def _reduced(self, monomial, word, shape, coefficient):
        """One term with its word cancelled, and inner products split off as traces."""
        word = self._cancel(word)
        found = self._absorbed(word)
        if found is not None:
            return self._absorb((monomial, word, coefficient), shape, *found)
        dims = [self.rows(x) for x in word] + [self.columns(word[-1])] if word else []
        ones = [k for k, d in enumerate(dims) if d is ONE]
        rest = self.form(shape, {(monomial, word[:ones[0]] + word[ones[-1]:] if len(ones) > 1 else word): coefficient})
        for low, high in zip(ones, ones[1:], strict=False):
            rest = self.multiply(self.trace_of_word(word[low:high]), rest)
        return rest

    def _absorbed(self, word):
        """(place, length, inverted letter, its sum, leading word) where the leading word meets the inverse, or None.

        Leading is the longest word, of those the last: what takes its place is less, so that this comes to an end.
        """
        for k, x in enumerate(word):
            inner = self.letters[x.number][4]
            if inner is None or x.inverse or not inner.terms:
                continue
            inner = self.transpose(inner) if x.transposed else inner
            lead = max((w for (_, w), _ in inner.terms), key=lambda w: (len(w), w))
            n = len(lead)
            if n and word[k + 1:k + 1 + n] == lead:
                return k, True, inner, lead
            if n and k >= n and word[k - n:k] == lead:
                return k - n, False, inner, lead
        return None

    def _absorb(self, term, shape, place, inverse_first, inner, lead):
        """P w = (1 - sum of P v)/c where P^{-1} = c w + sum of v, and w P likewise."""
        monomial, word, coefficient = term
        end = place + len(lead) + 1
        letter = word[place:place + 1] if inverse_first else word[end - 1:end]
        scalar = {m: c for (m, w), c in inner.terms if w == lead}
        factor = self.power(self.form((ONE, ONE), {(m, ()): c for m, c in scalar.items()}), -1)
        rest = [(((), ()), Fraction(1))] + [((m, letter + w if inverse_first else w + letter), -c)
                                            for (m, w), c in inner.terms if w != lead]
        total = Form(shape, ())
        for (m, w), c in rest:
            outside = self.multiply(self.form((ONE, ONE), {(monomial, ()): coefficient}),
                                    self.form((ONE, ONE), {(m, ()): c}))
            whole = word[:place] + w + word[end:]
            body = self._reduced((), whole, shape, Fraction(1)) if whole else self.identity(inner.shape[0])
            total = self.add(total, self.multiply(self.multiply(factor, outside), body))
        return total

    def _cancel(self, word):
        kept = []
        for letter in word:
            if kept and self._inverse_pair(kept[-1], letter):
                kept.pop()
            else:
                kept.append(letter)
        return tuple(kept)

    def _inverse_pair(self, a, b):
        if a.number != b.number:
            return False
        _, _, _, orthogonal, _ = self.letters[a.number]
        return a.transposed != b.transposed if orthogonal else \
            a.transposed == b.transposed and a.inverse != b.inverse

    # -- letters, words and traces ----------------------------------------------------------------------------------
    def rows(self, letter):
        return self.letters[letter.number][1][letter.transposed]

    def columns(self, letter):
        return self.letters[letter.number][1][not letter.transposed]

    def flip(self, letter):
        return letter if self.letters[letter.number][2] else letter._replace(transposed=not letter.transposed)

    def transpose_word(self, word):
        return tuple(self.flip(x) for x in reversed(word))

    def transpose(self, form):
        if form.scalar:
            return form
        flipped = {(m, self.transpose_word(w)): c for (m, w), c in form.terms}
        return self.form(form.shape[::-1], flipped)

    def trace_of_word(self, word):
        """tr(word) as an atom: the least among its rotations and their reversal-transposes."""
        while len(word) > 1 and self._inverse_pair(word[-1], word[0]):
            word = word[1:-1]
        if not word:
            raise CannotDecide(Reason.NEEDS_LEMMA, "the trace of an identity of unknown size")
        dims = [self.rows(x) for x in word]
        if ONE in dims and len(word) > 1 and (dims.count(ONE) > 1):
            first = dims.index(ONE)
            turned = word[first:] + word[:first]
            cuts = [k for k, x in enumerate(turned) if self.rows(x) is ONE] + [len(turned)]
            product = self.constant(1)
            for low, high in zip(cuts, cuts[1:], strict=False):
                product = self.multiply(product, self.trace_of_word(turned[low:high]))
            return product
        spellings = [w[k:] + w[:k] for w in (word, self.transpose_word(word)) for k in range(len(word))]
        return self.atom("trace", min(spellings))

    def trace(self, form):
        if form.scalar:
            return form
        if form.shape[0] is not form.shape[1]:
            raise CannotDecide(Reason.NEEDS_LEMMA, "the trace of a rectangular matrix")
        total = [Form((ONE, ONE), ())]
        for (monomial, word), c in form.terms:
            scalar = self.form((ONE, ONE), {(monomial, ()): c})
            closed = self.trace_of_word(word) if word else self.size(form.shape[0])
            total.append(self.multiply(scalar, closed))
        return self.add(*total)

    # -- powers and inverses ----------------------------------------------------------------------------------------
    def power(self, form, exponent):
        """form ** exponent for a rational exponent."""
        exponent = Fraction(exponent)
        if exponent.denominator == 1 and 0 <= exponent <= EXPONENT_CAP:
            if exponent == 0:
                return self.constant(1) if form.scalar else self.identity(form.shape[0])
            result = form
            for _ in range(int(exponent) - 1):
                result = self.multiply(result, form)
            return result
        if not form.scalar:
            return self._matrix_power(form, exponent)
        if len(form.terms) == 1 and exponent.denominator == 1 and abs(exponent) <= WRITTEN_CAP:
            ((monomial, _), c), = form.terms
            if max(c.numerator.bit_length(), c.denominator.bit_length()) * abs(exponent) > BIT_CAP:
                raise CannotDecide(Reason.BUDGET, "a number of too many digits")
            powers = {(tuple((k, e * exponent) for k, e in monomial), ()): c ** int(exponent)}
            return self.multiply(self.form((ONE, ONE), powers), self.constant(1))
        if len(form.terms) == 1 and exponent.denominator != 1:
            return self._root(form, exponent)
        if exponent.denominator != 1 or not form.terms or len(form.terms) == 1:
            return self.atom("power", form, exponent=exponent)
        outside, inside = self._content(form)
        return self.multiply(self.power(outside, exponent), self.atom("power", inside, exponent=exponent))

    def _root(self, form, exponent):
        """(a b)^e = a^e b^e where a is positive."""
        ((monomial, _), c), = form.terms
        outside = tuple((a, e * exponent) for a, e in monomial if a in self.positive)
        inside = self.form((ONE, ONE), {(tuple((a, e) for a, e in monomial if a not in self.positive), ()): c})
        if not outside:
            return self.atom("power", form, exponent=exponent)
        root = self.constant(1) if inside == self.constant(1) else self.atom("power", inside, exponent=exponent)
        return self.multiply(self.form((ONE, ONE), {(outside, ()): Fraction(1)}), root)

    def is_positive(self, form):
        """Whether a scalar Form is a positive multiple of positive atoms."""
        return len(form.terms) == 1 and form.terms[0][1] > 0 and all(a in self.positive for a, _ in form.terms[0][0][0])

    def _content(self, form):
        """(factor common to all terms, the rest): (x y + 2 x) = x (y + 2), the leading coefficient with it."""
        monomials = [dict(m) for (m, _), _ in form.terms]
        least = {a: min(m.get(a, Fraction(0)) for m in monomials) for a in set().union(*monomials)}
        rest = {}
        for (monomial, word), c in form.terms:
            exponents = {**dict.fromkeys(least, Fraction(0)), **dict(monomial)}
            rest[tuple(sorted((a, e - least[a]) for a, e in exponents.items() if e != least[a])), word] = c
        inside = self.form(form.shape, rest)
        lead = inside.terms[0][1]
        common = tuple(sorted((a, e) for a, e in least.items() if e))
        return self.form(form.shape, {(common, ()): lead}), self.scale(inside, 1 / lead)

    def _matrix_power(self, form, exponent):
        if exponent.denominator != 1 or exponent < -EXPONENT_CAP or form.shape[0] is not form.shape[1]:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a power of a matrix that is no whole number")
        return self.power(self.inverse(form), -exponent) if exponent < -1 else self.inverse(form)

    def _inverse_of(self, letter):
        """The inverse of one square letter; of an inverted sum it is the sum."""
        _, shape, _, orthogonal, inner = self.letters[letter.number]
        if inner is not None and not letter.inverse:
            return self.transpose(inner) if letter.transposed else inner
        flipped = self.flip(letter) if orthogonal else letter._replace(inverse=not letter.inverse)
        return self.form(shape, {((), (flipped,)): Fraction(1)})

    def inverse(self, form):
        """The inverse of a square Form; of a sum it is a new letter, whose key is the sum's normal form."""
        if len(form.terms) == 1:
            ((monomial, word), c), = form.terms
            if all(self.rows(x) is self.columns(x) for x in word):
                back = self.form((ONE, ONE), {(tuple((k, -e) for k, e in monomial), ()): 1 / c})
                back = self.multiply(back, self.identity(form.shape[0]))
                for x in reversed(word):
                    back = self.multiply(back, self._inverse_of(x))
                return back
        if form.terms and not any(word for (_, word), _ in form.terms):
            scalar = self.power(Form((ONE, ONE), form.terms), -1)
            return self.multiply(scalar, self.identity(form.shape[0]))
        if not form.terms:
            return self.letter(form, form.shape, inner=form)
        outside, inside = self._content(form)       # (2 S)^{-1} is S^{-1}/2
        letter = self.letter(inside, inside.shape, symmetric=self.transpose(inside) == inside, inner=inside)
        return self.multiply(self.power(Form((ONE, ONE), outside.terms), -1), letter)

    def cleared(self, form):
        """The form times the sums whose inverses begin or end its words: 0 exactly where the form is."""
        for _ in range(CLEARED_CAP):
            at = next(((k, x) for (_, word), _ in form.terms if word for k, x in ((0, word[0]), (-1, word[-1]))
                       if self.letters[x.number][4] is not None and not x.inverse), None)
            if at is None:
                return form
            place, x = at
            inner = self.letters[x.number][4]
            inner = self.transpose(inner) if x.transposed else inner
            form = self.multiply(inner, form) if place == 0 else self.multiply(form, inner)
        return form

    def without_fractions(self, form):
        """The form times the sums whose negative whole powers stand in it: 0 exactly where the form is."""
        for _ in range(CLEARED_CAP):
            least = {}
            for (monomial, _), _ in form.terms:
                for atom, e in monomial:
                    if self.atoms[atom][0] == "power" and e < 0 and e.denominator == 1:
                        least[atom] = max(least.get(atom, Fraction(0)), -e)
            if not least:
                return form
            form = self.multiply(self.form((ONE, ONE), {(tuple(sorted(least.items())), ()): Fraction(1)}), form)
        return form
