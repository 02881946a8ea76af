"""A claim about determinants and inverses, for every size: both become letters of which only the rules are used.

det(AB) = det A det B, det A^T = det A, det A^{-1} = 1 / det A, det(c A) = c^n det A, det I = 1;
(AB)^{-1} = B^{-1} A^{-1}, (A^T)^{-1} = (A^{-1})^T, (c A)^{-1} = A^{-1} / c, A A^{-1} = I.
What is left of det A is a number d_A, of A^{-1} a matrix, and n as a number is any whole number: the claim in these
letters says more than the claim, so a proof of it is one of the claim.  It refutes nothing.
"""

from fractions import Fraction

from derive.term import (
    FUNCTIONS,
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    Declaration,
    Term,
    add,
    free_names,
    mul,
    name,
    num,
    pow_,
)
from derive.term import replace as put
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.shapes import ShapeError, shape_of
from derive.term.walk import rebuild, subterms
from verifiers.proofs.word_terms import WordReader
from verifiers.verdict import CannotDecide

OPAQUE = ("sum", "prod", "maxover", "minover", "int", "at", "E", "Var", "Cov", "KL", "entropy", "deriv", "grad", "hess",
          "argmin", "argmax", "minof", "maxof", "normal", "dist", "given")
SYMMETRIC = {"symmetric", "positive_definite", "positive_semidefinite", "diagonal"}
REGULAR = {"invertible", "positive_definite", "orthogonal"}
ROUNDS = 12


class Concrete(Exception):
    """The claim needs more than the rules of this module."""


def abstracted(claim):
    """The claims in letters of which one proves the claim; none where no rule reads a part, or nothing is left out."""
    if claim.relation is not Relation.EQ:
        return
    writer = _Writer(claim)
    try:
        left, right = writer.of(writer.inlined(claim.left)), writer.of(writer.inlined(claim.right))
        if writer.made:
            yield replace(claim, left=left, right=right, symbols=(*claim.symbols, *writer.made.values()))
        scalars = _Scalars(writer)
        left, right = scalars.of(left), scalars.of(right)
        if scalars.letters:
            yield replace(claim, left=left, right=right, symbols=(*claim.symbols, *writer.made.values()))
    except (Concrete, ShapeError, CannotDecide, RecursionError):
        return


class _Scalars:
    """Numbers made of arrays, x^T A y and tr(A B), as letters: one for each word that they are sums of."""

    def __init__(self, writer):
        self.writer, self.letters = writer, 0
        claim = writer.claim
        self.reader = WordReader(replace(claim, symbols=(*claim.symbols, *writer.made.values())))
        self.arrays = {d.name for d in self.reader.claim.symbols if d.shape}

    def of(self, term):
        """The term in letters.  Raises Concrete, CannotDecide."""
        if not free_names(term) & self.arrays:
            return term
        if self.writer.shape(term) != ():
            raise Concrete
        if term.head == "mul":
            numbers = [f for f in term.args if self.writer.is_number(f)]
            arrays = [f for f in term.args if not self.writer.is_number(f)]
            return mul(*map(self.of, numbers), *([self.word(mul(*arrays))] if arrays else []))
        square = term.head == "pow" and term.args[0].head == "norm" and term.args[1] is TWO
        if term.head in ("add", "pow", *FUNCTIONS) and not square:
            return rebuild(term, tuple(map(self.of, term.args)))
        return self.word(term)

    def word(self, term):
        """A number by the words of its normal form."""
        words, parts = self.reader.words, []
        for (monomial, word), c in self.reader.form(term).terms:
            if word:
                raise Concrete
            atoms = [pow_(self.atom(words.atoms[k]), num(e)) for k, e in monomial]
            parts.append(mul(num(c), *atoms))
        return add(*parts)

    def atom(self, data):
        """A scalar name, or the letter of a trace."""
        if data[0] == "scalar":
            return self.writer.of(data[1])
        if data[0] != "trace":
            raise Concrete
        self.letters += 1
        return self.writer.letter(("word", data[1]), Declaration(f"word#{len(self.writer.made)}", "scalar"))


class _Writer:
    """Writes the Terms of one claim; ``made`` are the declarations of the letters."""

    def __init__(self, claim):
        self.claim, self.table, self.made = claim, {d.name: d for d in claim.symbols}, {}
        self.lengths = frozenset().union(*(free_names(s) for d in claim.symbols for s in d.shape))

    def inlined(self, term):
        """The term with the definitions that contain a determinant, an inverse or a density written out."""
        for _ in range(ROUNDS):
            names = {n: d.definition for n in free_names(term) for d in (self.table.get(n),)
                     if d is not None and d.definition is not None and not d.indices and not d.formals}
            changed = put(term, {name(n): t for n, t in names.items()})
            changed = self._called(changed)
            if changed is term:
                return term
            term = changed
        raise Concrete

    def _called(self, term):
        if term.head == "call" and term.args[0].head == "name":
            d = self.table.get(term.args[0].value)
            if d is not None and d.definition is not None and d.kind not in ("mass", "density") and not d.indices \
                    and len(d.formals) == len(term.args) - 1:
                return put(d.definition, dict(zip(d.formals, term.args[1:], strict=True)))
        return rebuild(term, tuple(map(self._called, term.args)))

    # -- shapes -------------------------------------------------------------------------------------------------------
    def shape(self, term):
        return shape_of(term, (*self.claim.symbols, *self.made.values()))

    def is_number(self, term):
        return self.shape(term) == ()

    def side(self, term):
        """The size of a square matrix.  Raises Concrete."""
        shape = self.shape(term)
        if shape is None or len(shape) != 2 or shape[0] is not shape[1] or shape[0].head not in ("name", "num"):
            raise Concrete
        return shape[0]

    # -- terms --------------------------------------------------------------------------------------------------------
    def of(self, term):
        """The term in letters."""
        if term.head == "name":
            return self._size(term) if term.value in self.lengths else term
        if term.head == "index":
            return term
        if term.head == "det":
            return self._det(term.args[0])
        if term.head == "normal_density":
            return self.of(self._density(term))
        if term.head in OPAQUE:
            if any(n in self.lengths for n in free_names(term)) or any(t.head == "det" for t in subterms(term)):
                raise Concrete
            return term
        if term.head == "pow" and not self.is_number(term.args[0]):
            return self._power(term)
        if term.head == "mul":
            return self._product([self.of(a) for a in term.args])
        return rebuild(term, tuple(map(self.of, term.args)))

    def _size(self, term):
        """A size as a number: a letter of its own."""
        d = self.table.get(term.value)
        if d is None or d.kind not in ("size", "index") or d.definition is not None:
            raise Concrete
        return self.letter(("size", term.value), replace(d, name=f"{d.name}#", text=""))

    def letter(self, key, declaration):
        self.made.setdefault(key, declaration)
        return name(self.made[key].name)

    def _product(self, factors):
        """A product with A A^{-1} left out."""
        inverses = {d.name: key[1] for key, d in self.made.items() if key[0] == "inverse"}
        out = []
        for f in (g for t in factors for g in (t.args if t.head == "mul" else (t,))):
            last = next((k for k in range(len(out) - 1, -1, -1) if not self.is_number(out[k])), None)
            if last is not None and f.head == out[last].head == "name" and (
                    inverses.get(f.value) is out[last] or inverses.get(out[last].value) is f):
                out[last] = self._identity(f)
            else:
                out.append(f)
        return mul(*out)

    def _identity(self, term):
        side = self.side(term)
        return self.letter(("identity", side), Declaration(f"I#{len(self.made)}", "identity", shape=(side, side)))

    def _power(self, term):
        base, exponent = term.args
        if exponent.head != "num" or exponent.value != int(exponent.value):
            raise Concrete
        k = int(exponent.value)
        base = self.of(base) if k > 0 else self._inverse(base)
        return base if abs(k) == 1 else pow_(base, num(abs(k)))

    def _inverse(self, term):
        """The inverse of a square matrix."""
        self.side(term)
        if term.head == "transpose":
            return Term("transpose", (self._inverse(term.args[0]),))
        if term.head == "pow" and term.args[1] is MINUS_ONE:
            return self.of(term.args[0])
        if term.head == "mul":
            numbers = [f for f in term.args if self.is_number(f)]
            arrays = [f for f in term.args if not self.is_number(f)]
            for f in arrays:
                self.side(f)
            return self._product([*(pow_(self.of(c), MINUS_ONE) for c in numbers),
                                  *(self._inverse(f) for f in reversed(arrays))])
        if term.head != "name":
            raise Concrete
        d = self.table.get(term.value)
        if d is not None and d.kind == "identity":
            return term
        if d is None or d.kind != "matrix" or d.definition is not None or d.unread_head:
            raise Concrete
        if "orthogonal" in d.structure:
            return Term("transpose", (term,))
        structure = frozenset(("symmetric",)) if d.structure & SYMMETRIC else frozenset()
        made = Declaration(f"{d.name}#{len(self.made)}", "matrix", shape=d.shape, structure=structure)
        return self.letter(("inverse", term), made)

    def _det(self, term):
        """The determinant of a square matrix."""
        side = self.side(term)
        if term.head == "transpose":
            return self._det(term.args[0])
        if term.head == "pow" and term.args[1].head == "num" and term.args[1].value == int(term.args[1].value):
            return pow_(self._det(term.args[0]), term.args[1])
        if term.head == "mul":
            numbers = [f for f in term.args if self.is_number(f)]
            arrays = [f for f in term.args if not self.is_number(f)]
            for f in arrays:
                self.side(f)
            scale = [pow_(self.of(mul(*numbers)), self.of(side))] if numbers else []
            return mul(*scale, *map(self._det, arrays))
        if term.head != "name":
            raise Concrete
        d = self.table.get(term.value)
        if d is not None and d.kind == "identity":
            return ONE
        if d is None or d.kind != "matrix" or d.definition is not None or d.unread_head or "orthogonal" in d.structure:
            raise Concrete
        domain = "positive" if "positive_definite" in d.structure else "nonnegative" if "positive_semidefinite" in \
            d.structure else "nonzero" if d.structure & REGULAR else "real"
        return self.letter(("det", term), Declaration(f"det#{len(self.made)}", "scalar", domain=domain))

    def _density(self, term):
        """The normal density written out, of a vector whose length is a size or of a number."""
        x, mean, cov = term.args
        shape = self.shape(x)
        centred = add(x, mul(MINUS_ONE, mean))
        if shape == ():
            return mul(pow_(mul(TWO, PI, cov), mul(num(Fraction(-1)), HALF)),
                       Term("exp", (mul(MINUS_ONE, HALF, pow_(cov, MINUS_ONE), pow_(centred, TWO)),)))
        if shape is None or len(shape) != 1:
            raise Concrete
        form = mul(Term("transpose", (centred,)), pow_(cov, MINUS_ONE), centred)
        scale = mul(pow_(mul(TWO, PI), mul(MINUS_ONE, HALF, shape[0])), pow_(Term("det", (cov,)), mul(MINUS_ONE, HALF)))
        return mul(scale, Term("exp", (mul(MINUS_ONE, HALF, form),)))
