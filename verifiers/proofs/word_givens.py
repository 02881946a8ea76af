"""Givens x = M, with a letter x alone on one side, put into matrix words: an identity in M is one under the given."""

from derive.term import Relation, Term, free_names, subterms
from verifiers.proofs.words import Form
from verifiers.verdict import CannotDecide, Reason

DERIVATIVES = {"deriv": slice(1, None), "grad": slice(1, 2), "hess": slice(1, 2)}


def assigned(claim):
    """(letter, value) Terms of the givens that say what an array is, its derivatives apart from those by itself."""
    for given in claim.givens:
        if given.head != "rel" or given.value is not Relation.EQ:
            continue
        for letter, value in (given.args, given.args[::-1]):
            base = letter.args[0] if letter.head == "index" else letter
            d = claim.symbol(base.value) if base.head == "name" else None
            if d is not None and d.kind in ("vector", "matrix") and d.definition is None and not d.constraints \
                    and len(letter.args[1:]) == len(d.indices) and base.value not in free_names(value) \
                    and _derivatives(claim) <= {letter}:
                yield letter, value
                break


def _derivatives(claim):
    """What the claim takes derivatives by, also in definitions."""
    terms = [claim.left, claim.right, *(d.definition for d in claim.definitions)]
    nodes = [n for t in terms for n in subterms(t) if n.head in DERIVATIVES]
    return {v for n in nodes for v in n.args[DERIVATIVES[n.head]]}


class Substitution:
    """The letter x replaced by a Form in Forms over one alphabet.  Raises CannotDecide where x is out of reach."""

    def __init__(self, words, letter, base, value):
        ((_, (found,)), _), = letter.terms
        self.words, self.number, self.base, self.value = words, found.number, base, value

    def into(self, form):
        words, total = self.words, Form(form.shape, ())
        for (monomial, word), c in form.terms:
            product = words.constant(c)
            for number, exponent in monomial:
                product = words.multiply(product, self._atom(number, exponent))
            total = words.add(total, words.multiply(product, self._word(word, form.shape)))
        return total

    def _word(self, word, shape):
        """The word with the value in the place of the letter."""
        words = self.words
        if not word:
            return words.form(shape, {((), ()): 1})
        product = None
        for x in word:
            factor = self._letter(x)
            product = factor if product is None else words.multiply(product, factor)
        return product

    def _letter(self, x):
        words = self.words
        if x.number == self.number:
            if x.inverse:
                _refuse()
            return words.transpose(self.value) if x.transposed else self.value
        key, shape, _, _, inner = words.letters[x.number]
        if inner is not None and self._meets(inner) or inner is None and self.base in free_names(key):
            _refuse()
        return words.form((words.rows(x), words.columns(x)), {((), (x,)): 1})

    def _atom(self, number, exponent):
        words, (kind, *data) = self.words, self.words.atoms[number]
        if kind == "trace" and exponent.denominator == 1 and exponent > 0:
            word = data[0]
            closed = words.trace(self._word(word, (words.rows(word[0]), words.columns(word[-1]))))
            return words.power(closed, exponent)
        if kind == "trace" and self._in_word(data[0]) or any(
                self._meets(d) if isinstance(d, Form) else isinstance(d, Term) and self.base in free_names(d)
                for d in data):
            _refuse()
        return words.form(words.constant(1).shape, {(((number, exponent),), ()): 1})

    def _meets(self, form):
        """Whether the letter, or anything of its name, is in a Form."""
        return any(self._in_word(word) or any(self._in_atom(n) for n, _ in monomial)
                   for (monomial, word), _ in form.terms)

    def _in_word(self, word):
        return any(x.number == self.number or self._in_key(x) for x in word)

    def _in_key(self, x):
        key, _, _, _, inner = self.words.letters[x.number]
        return self._meets(inner) if inner is not None else self.base in free_names(key)

    def _in_atom(self, number):
        return any(self._meets(d) if isinstance(d, Form) else self.base in free_names(d) if isinstance(d, Term)
                   else isinstance(d, tuple) and self._in_word(d) for d in self.words.atoms[number][1:])


def _refuse():
    raise CannotDecide(Reason.NEEDS_LEMMA, "the array that is given stands where nothing is put in")
