"""Terms as matrix words: which names are letters, what each head does to normal forms, and the proof by equal forms."""

from fractions import Fraction

from derive.term import FUNCTIONS, IMPLIED, ONE, Term, free_names, replace, subterms
from verifiers.instance.declared import IDENTITY_LETTERS
from verifiers.proofs.word_calculus import gradient, jacobian
from verifiers.proofs.word_determinants import determinant, general_power, size_power
from verifiers.proofs.word_givens import Substitution, assigned
from verifiers.proofs.word_rules import DERIVATIVES, is_ones, rewritten, rules
from verifiers.proofs.words import SYMMETRIC, Alphabet, Form
from verifiers.verdict import CannotDecide, Reason

SCALAR_KINDS = {"scalar", "size", "index"}
FLOATING = (IMPLIED, IMPLIED)       # the shape of an undeclared identity
ARRAY_KINDS = {"vector", "matrix", "identity"}


def same_words(claim):
    """True where both sides have one normal form, for all sizes; else None (which says nothing).

    Raises CannotDecide where a side is no matrix expression.
    """
    if not any(d.kind in ARRAY_KINDS for d in claim.symbols):
        raise CannotDecide(Reason.NEEDS_LEMMA, "no matrix or vector is declared")
    reader = WordReader(claim)
    left, right = sized(reader.form(claim.left), reader.form(claim.right))
    if not reader.used_letters:
        raise CannotDecide(Reason.NEEDS_LEMMA, "no matrix or vector in the claim")
    if fits(left, right) and (left.terms == right.terms or _equal_if_cleared(reader.words, left, right)):
        return True
    if any(_same_under(reader, left, right, *given) for given in assigned(claim)):
        return True
    return True if _same_by_rules(reader, left, right) else None


def _same_by_rules(reader, left, right):
    """Whether the sides are one once the givens are put to use as rules; no derivative is taken beside them."""
    claim = reader.claim
    if any(n.head in DERIVATIVES for t in (claim.left, claim.right, *(d.definition for d in claim.definitions))
           for n in subterms(t)):
        return False
    found = rules(reader, claim)
    zero = not right.terms
    if not found or floating(left) or left.shape != right.shape and not zero:
        return False
    gap = left if zero else reader.words.add(left, reader.words.scale(right, -1))
    return not rewritten(reader.words, gap, found).terms


def _equal_if_cleared(words, left, right):
    """Whether the sides are one once inverses at the ends of words and denominators are multiplied away."""
    if left.shape != right.shape or floating(left):
        return False
    gap = words.add(left, words.scale(right, -1))
    return not words.without_fractions(gap if left.scalar else words.cleared(gap)).terms


def _same_under(reader, left, right, letter, value):
    """Whether the forms are one with the value in the place of the letter."""
    base = letter.args[0] if letter.head == "index" else letter
    known = Substitution(reader.words, reader.form(letter), base.value, reader.form(value))
    if reader.form(letter).shape != reader.form(value).shape:
        return False
    left, right = known.into(left), known.into(right)
    return fits(left, right) and left.terms == right.terms


def floating(form):
    """Whether a form is a multiple of an identity of a size that nothing says yet."""
    return form.shape == FLOATING


def sized(*forms):
    """The forms, an identity of unknown size at that of a square matrix among them.  Raises CannotDecide."""
    if not any(map(floating, forms)) or all(map(floating, forms)):
        return forms
    shape = next(f.shape for f in forms if not floating(f))
    if shape[0] is not shape[1] or shape[0] is ONE:
        raise CannotDecide(Reason.NEEDS_LEMMA, "an identity of unknown size against what is no square matrix")
    return tuple(Form(shape, f.terms) if floating(f) else f for f in forms)


def fits(left, right):
    """Whether the shapes agree; a zero of unknown size fits every zero."""
    return left.shape == right.shape or not left.terms and not right.terms


class WordReader:
    """Reads Terms of one claim into Forms over one Alphabet."""

    def __init__(self, claim):
        self.claim, self.words = claim, Alphabet()
        self.table = {d.name: d for d in claim.symbols}
        self.used_letters = self.hidden = False
        self._memo, self._open = {}, set()
        self.powers = {}            # the word of A^n, of one letter -> the form of A

    def form(self, term):
        if term not in self._memo:
            reader = READERS.get(term.head)
            if reader is None:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"{term.head} is no matrix word")
            self._memo[term] = reader(self, term)
        return self._memo[term]

    def read_num(self, term):
        return self.words.constant(term.value)

    def read_constant(self, term):
        found = self.words.atom("opaque", term)
        self.words.positive.add(found.terms[0][0][0][0][0])
        return found

    def read_name(self, term):
        declaration = self.table.get(term.value)
        if declaration is None and term.value in IDENTITY_LETTERS:
            return Form(FLOATING, self.words.constant(1).terms)
        if declaration is None or declaration.indices or declaration.formals or declaration.unread_head:
            raise CannotDecide(Reason.DECLARATION, f"{term.value} is not one array")
        if declaration.definition is not None and is_ones(declaration):
            return self._letter(term, declaration)
        if declaration.definition is not None:
            return self._defined(term.value, declaration.definition)
        return self._letter(term, declaration)

    def _defined(self, name, definition):
        if name in self._open:
            raise CannotDecide(Reason.DECLARATION, f"{name} is defined by itself")
        self._open.add(name)
        form = self.form(definition)
        self._open.discard(name)
        return form

    def _letter(self, term, declaration):
        kind = declaration.kind
        if kind in SCALAR_KINDS:
            found = self.words.atom("scalar", term)
            if declaration.domain in ("positive", "unit") or kind == "size" and declaration.low is not None and \
                    declaration.low.head == "num" and declaration.low.value > 0:
                self.words.positive.add(found.terms[0][0][0][0][0])
            return found
        if kind == "identity" and declaration.shape:
            self.used_letters = True
            return self.words.identity(declaration.shape[0])
        if kind not in ARRAY_KINDS or not declaration.shape:
            raise CannotDecide(Reason.NEEDS_LEMMA, f"{declaration.name} is no letter")
        self.used_letters = True
        rows, columns = (*declaration.shape, ONE)[:2]
        found = self.words.letter(term, (rows, columns), symmetric=bool(declaration.structure & SYMMETRIC),
                                  orthogonal="orthogonal" in declaration.structure and rows is columns)
        if "positive_definite" in declaration.structure:
            self.words.definite.add(found.terms[0][0][1][0].number)
        return found

    def read_index(self, term):
        """A member x_i of a family of vectors or scalars at fixed indices: one letter."""
        base, *subscripts = term.args
        declaration = self.table.get(base.value) if base.head == "name" else None
        if declaration is None or len(subscripts) != len(declaration.indices) or declaration.entries_of:
            raise CannotDecide(Reason.NEEDS_LEMMA, "an entry is no letter")
        if declaration.definition is not None:
            return self._any(term, declaration)
        return self._letter(term, declaration)

    def _any(self, term, declaration):
        """Something of the declared shape, of which nothing is used: no derivative is taken beside it."""
        self.hidden = True
        if declaration.unread_head:
            raise CannotDecide(Reason.DECLARATION, f"{declaration.name} was not read")
        if not declaration.shape:
            return self.words.atom("opaque", term)
        rows, columns = (*declaration.shape, ONE)[:2]
        return self.words.letter(term, (rows, columns))

    def read_call(self, term):
        function, *arguments = term.args
        declaration = self.table.get(function.value) if function.head == "name" else None
        if declaration is not None and declaration.kind == "function" and declaration.definition is None:
            return self._any(term, declaration)
        if declaration is None or declaration.definition is None or len(declaration.formals) != len(arguments):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a function without a definition is no word")
        return self._defined(declaration.name,
                             replace(declaration.definition, dict(zip(declaration.formals, arguments, strict=True))))

    def read_add(self, term):
        forms = [self.form(a) for a in term.args]
        shape = next((f.shape for f in forms if f.terms), forms[0].shape)
        return self.words.add(*sized(*(f if f.terms else Form(shape, ()) for f in forms)))

    def read_mul(self, term):
        product = self.form(term.args[0])
        for factor in term.args[1:]:
            product = self._product(product, self.form(factor))
        return product

    def _product(self, a, b):
        """a b, where an identity of unknown size multiplies like the number in front of it."""
        if not floating(a) and not floating(b):
            return self.words.multiply(a, b)
        open_ = all(floating(f) or f.scalar for f in (a, b))
        product = self.words.multiply(*(Form((ONE, ONE), f.terms) if floating(f) else f for f in (a, b)))
        return Form(FLOATING, product.terms) if open_ else product

    def read_pow(self, term):
        base, exponent = term.args
        if base.head != "norm" and floating(self.form(base)):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a power of an identity of unknown size")
        if base.head == "norm" and exponent.head == "num" and exponent.value == 2:
            inner = self.form(base.args[0])
            return self.words.trace(self.words.multiply(self.words.transpose(inner), inner))
        raised = self.form(exponent)
        value = dict(raised.terms).get(((), ()), 0)
        if raised != self.words.constant(value):
            if not self.form(base).scalar and raised.scalar and self._whole(exponent):
                return self._matrix_to_a_size(term, self.form(base))
            if not self.form(base).scalar or not raised.scalar:
                raise CannotDecide(Reason.NEEDS_LEMMA, "a power of a matrix that is no number")
            sizes = {k: data[1] for k, data in enumerate(self.words.atoms)
                     if data[0] == "scalar" and self._whole(data[1])}
            found = general_power(self.words, self.form(base), raised, sizes)
            return found or self.words.atom("function", "pow", self.form(base), raised)
        return self.words.power(self.form(base), value)

    def _matrix_to_a_size(self, term, base):
        """A^n as one letter, which commutes with A (verifiers.proofs.word_rules); no derivative is taken beside it."""
        if base.shape[0] is not base.shape[1] or floating(base):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a power of what is no square matrix")
        self.hidden = True
        found = self.words.letter(term, base.shape, symmetric=self.words.transpose(base) == base)
        self.powers[found.terms[0][0][1]] = base
        return found

    def _whole(self, term):
        """Whether a scalar is a declared size or index, at least 1."""
        declaration = self.table.get(term.value) if term.head == "name" else None
        return declaration is not None and declaration.kind in ("size", "index")

    def read_function(self, term):
        arguments = [self.form(a) for a in term.args]
        if not all(a.scalar for a in arguments):
            raise CannotDecide(Reason.NEEDS_LEMMA, f"{term.head} of an array")
        if term.head == "exp":
            return self._exponential(arguments[0])
        if term.head == "log":
            return self._logarithm(arguments[0])
        return self.words.atom("function", term.head, *arguments)

    def _logarithm(self, form):
        """log of a product of positive factors: the sum of their logarithms; log a^n = n log a, log exp u = u."""
        words = self.words
        if not words.is_positive(form):
            return words.atom("function", "log", form)
        ((monomial, _), c), = form.terms
        total = words.constant(0) if c == 1 else words.atom("function", "log", words.constant(c))
        for number, e in monomial:
            kind, *data = words.atoms[number]
            if kind == "function" and data[0] == "exp":
                part = data[1]
            elif kind == "function" and data[0] == "pow":
                part = words.multiply(data[2], self._logarithm(data[1]))
            else:
                alone = words.form((ONE, ONE), {(((number, Fraction(1)),), ()): Fraction(1)})
                part = words.atom("function", "log", alone)
            total = words.add(total, words.scale(part, e))
        return total

    def _exponential(self, form):
        """exp(c u + d v) = exp(u)^c exp(v)^d, u and v terms without a coefficient."""
        product = self.words.constant(1)
        for key, c in form.terms:
            factor = self.words.atom("function", "exp", self.words.form(form.shape, {key: Fraction(1)}), exponent=c)
            self.words.positive.add(factor.terms[0][0][0][0][0])
            product = self.words.multiply(product, factor)
        return product

    def read_determinant(self, term):
        return determinant(self.words, self.form(term.args[0]))

    def read_normal_density(self, term):
        """(2 pi)^(-n/2) |S|^(-1/2) exp(-(x - m)^T S^(-1) (x - m)/2), n the length of x."""
        words = self.words
        point, mean, covariance = map(self.form, term.args)
        gap = words.add(point, words.scale(mean, -1))
        if gap.shape[1] is not ONE or covariance.shape != (gap.shape[0], gap.shape[0]):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a normal density whose covariance is no square matrix of its size")
        square = words.multiply(words.transpose(gap), words.multiply(words.power(covariance, -1), gap))
        circle = words.scale(self.form(Term("pi")), 2)
        outside = words.power(size_power(words, circle, gap.shape[0]) if not gap.scalar else circle, Fraction(-1, 2))
        spread = words.power(determinant(words, covariance), Fraction(-1, 2))
        return words.multiply(words.multiply(outside, spread), self._exponential(words.scale(square, Fraction(-1, 2))))

    def read_norm(self, term):
        inner = self.form(term.args[0])
        squared = self.words.trace(self.words.multiply(self.words.transpose(inner), inner))
        return self.words.atom("power", squared, exponent=Fraction(1, 2))

    def read_transpose(self, term):
        return self.words.transpose(self.form(term.args[0]))

    def read_trace(self, term):
        return self.words.trace(self.form(term.args[0]))

    def read_zeros(self, term):
        return Form((term, term), ())

    def read_gradient(self, term):
        body, variable = term.args
        return gradient(self.words, self.form(body), self.free_letter(variable, body))

    def read_derivative(self, term):
        """d(scalar)/d(x) has the shape of x; d(vector)/d(x) is [df_i/dx_j] at row i, column j."""
        body, *variables = term.args
        form = self.form(body)
        for variable in variables:
            letter = self.free_letter(variable, body)
            if form.scalar:
                form = gradient(self.words, form, letter)
            elif self.claim.layout == "numerator":
                form = jacobian(self.words, form, letter)
            else:
                raise CannotDecide(Reason.NEEDS_LEMMA, "a vector-by-vector derivative without a layout")
        return form

    def read_hessian(self, term):
        """The matrix of second derivatives of a scalar by a vector, the same in every layout."""
        body, variable = term.args
        letter = self.free_letter(variable, body)
        if letter.shape[1] is not ONE or letter.shape[0] is ONE:
            raise CannotDecide(Reason.NEEDS_LEMMA, "second derivatives by what is no column")
        return jacobian(self.words, gradient(self.words, self.form(body), letter), letter)

    def free_letter(self, variable, body):
        form = self.form(variable)
        base = variable.args[0] if variable.head == "index" and form.shape != (ONE, ONE) else variable
        if base.head != "name" or form.shape[1] is not ONE and form.shape[0] is ONE:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a derivative by an entry is no word")
        if base is not variable and self._other_members(base, variable):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a derivative by a member beside others of its family is no word")
        hidden = [d.name for d in self.claim.symbols if d.definition is None and d.constraints
                  and any(base.value in free_names(c) for c in d.constraints)]
        if hidden or self.hidden or len(form.terms) != 1:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a derivative by a constrained name is no word")
        return form

    def _other_members(self, base, variable):
        """Whether another member of the family, or the whole, was met so far."""
        keys = [key for key, *_ in self.words.letters] + [t for _, *data in self.words.atoms for t in data]
        return any(isinstance(k, Term) and k is not variable and base.value in free_names(k) for k in keys)


READERS = {"num": WordReader.read_num, "pi": WordReader.read_constant, "name": WordReader.read_name,
           "index": WordReader.read_index, "call": WordReader.read_call, "add": WordReader.read_add,
           "mul": WordReader.read_mul, "pow": WordReader.read_pow, "norm": WordReader.read_norm,
           "transpose": WordReader.read_transpose, "tr": WordReader.read_trace, "zeros": WordReader.read_zeros,
           "det": WordReader.read_determinant, "normal_density": WordReader.read_normal_density,
           "grad": WordReader.read_gradient, "hess": WordReader.read_hessian, "deriv": WordReader.read_derivative,
           **{f: WordReader.read_function for f in FUNCTIONS}}
