"""Claims with complex numbers, written as claims about real and imaginary parts.

Every Term is a pair of real Terms; a = b where both parts are equal.  What has no pair by a rule (a logarithm, a root,
a variance of a complex number) decides nothing.  ``i`` is the imaginary unit where it is declared, and where nothing is
declared of it and no index is called so (JUDGING section 2).
"""

from derive.term import MINUS_ONE, ONE, TWO, ZERO, Term, add, bound_variables, free_names, mul, name, pow_, sqrt
from derive.term import replace as put
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.walk import rebuild, subterms
from verifiers.verdict import CannotDecide, Reason

UNIT = "i"
PARTS = (r"\operatorname{Re}", r"\operatorname{Im}")
ORDERED = (Relation.LE, Relation.LT, Relation.GE, Relation.GT)
CONJUGATES = ((r"\bar{", "}"), ("", "^{*}"), ("", "^*"))
LINEAR = ("transpose", "tr", "vec", "diag")         # heads whose parts are those of the argument
BINDERS = ("sum", "int", "at")
HIGHEST = 8
PLAIN_KINDS = ("scalar", "vector", "matrix")


def is_complex(claim):
    """Whether the claim speaks of complex numbers."""
    if any(d.domain in ("complex", "imaginary_unit") for d in claim.symbols):
        return True
    return claim.symbol(UNIT) is None and _is_unit(claim)


def _is_unit(claim):
    """Whether an undeclared i stands in the sides and can be no index."""
    terms = [claim.left, claim.right]
    if not any(UNIT in free_names(t) for t in terms):
        return False
    for d in claim.symbols:
        if UNIT in d.indices or UNIT in {f.value for f in d.formals}:
            return False
        terms += [t for t in (d.definition, d.mean, d.variance, d.law, *d.ranges, *d.constraints) if t is not None]
    for node in (n for t in (*terms, *claim.givens, *claim.about) for n in subterms(t)):
        if node.head in ("index", "rel", "range", "set") and any(UNIT in free_names(a) for a in node.args[-1:]):
            return False
        if node.head in ("index", "rel", "range") and any(a.head == "name" and a.value == UNIT for a in node.args):
            return False
        if any(v.value == UNIT for v in bound_variables(node)):
            return False
    return True


def real_claims(claim):
    """The claims about parts that together say what the claim says.  Raises CannotDecide."""
    reader = _Parts(claim)
    left, right = reader.of(claim.left), reader.of(claim.right)
    if claim.relation is not Relation.EQ and (left[1], right[1]) != (ZERO, ZERO):
        raise CannotDecide(Reason.ORDER, "complex numbers have no order, and no equivalence of theirs is judged")
    givens = tuple(g for t in claim.givens for g in reader.condition(t))
    symbols = reader.symbols()
    pairs = [p for p in zip(left, right, strict=True) if p != (ZERO, ZERO)] or [(ZERO, ZERO)]
    return [replace(claim, left=a, right=b, givens=givens, symbols=symbols) for a, b in pairs]


class _Parts:
    """Terms of one claim as pairs of real Terms."""

    def __init__(self, claim):
        self.claim, self.table = claim, {d.name: d for d in claim.symbols}
        self.known, self.open = {}, set()

    # -- declarations -------------------------------------------------------------------------------------------------
    def symbols(self):
        """The declarations, those of complex names as two of real ones."""
        return tuple(real for d in self.claim.symbols for real in self._declared(d))

    def _declared(self, d):
        if d.domain == "imaginary_unit":
            return ()
        if d.domain == "complex" and d.definition is None:
            return tuple(replace(d, name=self._named(d, k), domain="real", text="") for k in (0, 1))
        if d.definition is None or d.formals:
            return (d,)
        parts = self._definition(d)
        if parts is None:
            return (d,)
        return tuple(replace(d, name=self._named(d, k), domain="real", definition=p, text="")
                     for k, p in enumerate(parts))

    @staticmethod
    def _named(d, k):
        return f"{PARTS[k]}[{d.name}]"

    def _definition(self, d):
        """The parts of a definition, or None where it is real."""
        if d.name not in self.known:
            if d.name in self.open:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"a recursion of complex numbers, {d.name}")
            self.open.add(d.name)
            parts = self.of(d.definition) if self._touches(d.definition, {d.name}) else (d.definition, ZERO)
            self.open.discard(d.name)
            self.known[d.name] = parts if parts[1] is not ZERO or d.domain == "complex" else None
        return self.known[d.name]

    def _touches(self, term, seen):
        """Whether a complex name is used, directly or through definitions."""
        for n in free_names(term) - seen:
            d = self.table.get(n) or self.table.get(conjugate_of(n, self.table) or "")
            if n == UNIT and n not in self.table or d is not None and d.domain in ("complex", "imaginary_unit"):
                return True
            if d is not None and d.definition is not None and self._touches(d.definition, {*seen, n}):
                return True
        return False

    def _parts_of_name(self, n):
        """(name of the real part, name of the imaginary part), or None where the name is real."""
        d = self.table.get(n)
        if d is None or d.domain == "real" and d.definition is None:
            return None
        if d.domain == "complex":
            if d.kind not in PLAIN_KINDS or d.structure or d.constraints or d.entries_of or d.entries:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"what is declared of the complex {d.name} is not built in")
            return self._named(d, 0), self._named(d, 1)
        if d.definition is not None and not d.formals and self._definition(d) is not None:
            return self._named(d, 0), self._named(d, 1)
        return None

    # -- terms --------------------------------------------------------------------------------------------------------
    def of(self, term):
        """(real part, imaginary part) as Terms; an imaginary part that is plainly 0 is ZERO itself."""
        rule = getattr(self, f"_{term.head}", None)
        if rule is not None:
            return rule(term)
        if term.head in LINEAR:
            return self._each(term)
        if term.head in BINDERS:
            return self._bound(term)
        if term.head in ENTIRE:
            a, b = self.of(term.args[0])
            return (rebuild(term, (a,)), ZERO) if b is ZERO else ENTIRE[term.head](a, b)
        return self._real(term)

    def _real(self, term):
        """The term itself, where all of its arguments are real."""
        args = []
        for a in term.args:
            re, im = self.of(a) if a.args or a.head == "name" else (a, ZERO)
            if im is not ZERO:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"{term.head} of a complex number is not judged")
            args.append(re)
        return rebuild(term, tuple(args)), ZERO

    def _name(self, term):
        if term.value in self.table:
            if self.table[term.value].domain == "imaginary_unit":
                return ZERO, ONE
            names = self._parts_of_name(term.value)
            return (term, ZERO) if names is None else tuple(map(name, names))
        base = conjugate_of(term.value, self.table)
        if base is not None and self.table[base].domain == "complex":
            return conjugated(self.of(name(base)))
        return (ZERO, ONE) if term.value == UNIT and _is_unit(self.claim) else (term, ZERO)

    def _index(self, term):
        base, *subscripts = term.args
        if base.head == "index":
            re, im = self._index(base)
        elif base.head == "name":
            re, im = self._name(base)
        else:
            re, im = self.of(base)
        if any(self.of(s)[1] is not ZERO for s in subscripts if s.head == "name"):
            raise CannotDecide(Reason.DECLARATION, "a complex subscript")
        return rebuild(term, (re, *subscripts)), ZERO if im is ZERO else rebuild(term, (im, *subscripts))

    def _call(self, term):
        function, *arguments = term.args
        d = self.table.get(function.value) if function.head == "name" else None
        if d is not None and d.definition is not None and len(d.formals) == len(arguments) and (
                self._touches(d.definition, {d.name}) or any(self.of(a)[1] is not ZERO for a in arguments)):
            if d.name in self.open:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"a recursion of complex numbers, {d.name}")
            self.open.add(d.name)
            parts = self.of(put(d.definition, dict(zip(d.formals, arguments, strict=True))))
            self.open.discard(d.name)
            return parts
        if d is not None and d.domain == "complex":
            raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is a complex function of which nothing is known")
        return self._real(term)

    def _add(self, term):
        parts = [self.of(a) for a in term.args]
        return total(re for re, _ in parts), total(im for _, im in parts)

    def _mul(self, term):
        found = ONE, ZERO
        for a in term.args:
            found = times(found, self.of(a))
        return found

    def _hadamard(self, term):
        found = self.of(term.args[0])
        for a in term.args[1:]:
            found = times(found, self.of(a), lambda p, q: Term(term.head, (p, q)))
        return found

    _kron = _hadamard

    def _pow(self, term):
        base, exponent = (self.of(a) for a in term.args)
        if exponent[1] is not ZERO:
            if base[1] is not ZERO:
                raise CannotDecide(Reason.NEEDS_LEMMA, "a complex power of a complex number")
            log = Term("log", (base[0],))
            return exponential(mul(exponent[0], log), mul(exponent[1], log))
        if base[1] is ZERO:
            return pow_(base[0], exponent[0]), ZERO
        k = term.args[1]
        if k.head == "num" and k.value == int(k.value) and 0 < abs(k.value) <= HIGHEST:
            whole = base if k.value > 0 else inverted(base)
            found = whole
            for _ in range(abs(int(k.value)) - 1):
                found = times(found, whole)
            return found
        return self._symbolic_power(term.args[0], base, exponent[0])

    def _symbolic_power(self, base, parts, exponent):
        """(e^u)^n = e^{n u} and (cos t + i sin t)^n = cos n t + i sin n t for whole numbers n."""
        if not all(self._whole(n) for n in free_names(exponent)) or any(
                t.head not in ("name", "num", "add", "mul") or t.head == "num" and t.value != int(t.value)
                for t in subterms(exponent)):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a power of a complex number that is not whole")
        if base.head == "exp":
            return self.of(Term("exp", (mul(exponent, base.args[0]),)))
        re, im = parts
        if re.head == "cos" and im.head == "sin" and re.args == im.args:
            return exponential(ZERO, mul(exponent, re.args[0]))
        raise CannotDecide(Reason.NEEDS_LEMMA, "a symbolic power of a complex number")

    def _whole(self, n):
        d = self.table.get(n)
        return d is not None and (d.kind in ("size", "index") or d.domain == "integer")

    def _exp(self, term):
        re, im = self.of(term.args[0])
        return (Term("exp", (re,)), ZERO) if im is ZERO else exponential(re, im)

    def _abs(self, term):
        re, im = self.of(term.args[0])
        return (rebuild(term, (re,)), ZERO) if im is ZERO else (sqrt(squared(re, im)), ZERO)

    def _norm(self, term):
        re, im = self.of(term.args[0])
        square = [pow_(Term("norm", (p,)), TWO) for p in (re, im)]
        return (rebuild(term, (re,)), ZERO) if im is ZERO else (sqrt(add(*square)), ZERO)

    def _conj(self, term):
        parts = self.of(term.args[0])
        if parts[1] is ZERO:
            raise CannotDecide(Reason.DECLARATION, "a bar over what is real may be a mean")
        return conjugated(parts)

    def _re(self, term):
        return self.of(term.args[0])[0], ZERO

    def _im(self, term):
        return self.of(term.args[0])[1], ZERO

    def _each(self, term):
        re, im = self.of(term.args[0])
        return rebuild(term, (re,)), ZERO if im is ZERO else rebuild(term, (im,))

    def _bound(self, term):
        body, variable, *rest = term.args
        if variable.head == "name" and variable.value in self.table and self._parts_of_name(variable.value):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a complex variable of a sum or an integral")
        rest = [self._real_only(r) for r in rest]
        re, im = self.of(body)
        return tuple(ZERO if p is ZERO else rebuild(term, (p, variable, *rest)) for p in (re, im))

    def _real_only(self, term):
        re, im = self.of(term)
        if im is not ZERO:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a complex bound")
        return re

    def _deriv(self, term):
        body, *variables = term.args
        if any(self.of(v)[1] is not ZERO for v in variables):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a derivative by a complex number")
        return tuple(ZERO if p is ZERO else rebuild(term, (p, *variables)) for p in self.of(body))

    _grad = _hess = _deriv

    def _E(self, term):     # noqa: N802 - the name of the head
        body, *laws = term.args
        if body.head == "given" or any(self._touches(law, set()) for law in laws):
            return self._real(term)
        return tuple(ZERO if p is ZERO else rebuild(term, (p, *laws)) for p in self.of(body))

    def _matrix(self, term):
        parts = [self.of(a) for a in term.args]
        im = tuple(p for _, p in parts)
        return rebuild(term, tuple(p for p, _ in parts)), ZERO if set(im) == {ZERO} else rebuild(term, im)

    def _cases(self, term):
        odd, parts = len(term.args) % 2, []
        for k, a in enumerate(term.args):
            condition = k % 2 == 1 and not (odd and k == len(term.args) - 1)
            parts.append((self._real_only(a),) * 2 if condition else self.of(a))
        im = tuple(p for _, p in parts)
        plain = all(p is ZERO for p, a in zip(im, term.args, strict=True) if a.head not in ("rel", "and", "or"))
        return rebuild(term, tuple(p for p, _ in parts)), ZERO if plain else rebuild(term, im)

    def condition(self, term):
        """The conditions on real numbers that a given says."""
        if term.head == "and":
            return tuple(c for a in term.args for c in self.condition(a))
        if term.head != "rel":
            return (self._real_only(term),)
        left, right = (self.of(a) for a in term.args)
        if term.value in ORDERED and (left[1], right[1]) != (ZERO, ZERO):
            raise CannotDecide(Reason.ORDER, "complex numbers have no order")
        if term.value is Relation.NE and (left[1], right[1]) != (ZERO, ZERO):
            difference = [add(a, mul(MINUS_ONE, b)) for a, b in zip(left, right, strict=True)]
            return (Term("rel", (squared(*difference), ZERO), Relation.NE),)
        return tuple(Term("rel", p, term.value) for p in zip(left, right, strict=True) if p != (ZERO, ZERO))


# -- pairs ------------------------------------------------------------------------------------------------------------
def conjugate_of(n, table):
    """The declared name of which n is the conjugate by its bar or star, or None."""
    for before, after in CONJUGATES:
        if n.startswith(before) and n.endswith(after) and n[len(before):len(n) - len(after)] in table:
            return n[len(before):len(n) - len(after)]
    return None


def total(terms):
    parts = [t for t in terms if t is not ZERO]
    return add(*parts) if parts else ZERO


def _product(a, b, multiply=mul):
    if ZERO in (a, b):
        return ZERO
    if multiply is mul and ONE in (a, b):
        return b if a is ONE else a
    return multiply(a, b)


def times(x, y, multiply=mul):
    """(a + i b)(c + i d), the factors in order."""
    (a, b), (c, d) = x, y
    second = _product(b, d, multiply)
    re = total((_product(a, c, multiply), ZERO if second is ZERO else mul(MINUS_ONE, second)))
    return re, total((_product(a, d, multiply), _product(b, c, multiply)))


def conjugated(parts):
    return parts[0], ZERO if parts[1] is ZERO else mul(MINUS_ONE, parts[1])


def squared(re, im):
    """|a + i b|^2."""
    return total(pow_(p, TWO) if p is not ZERO else ZERO for p in (re, im))


def inverted(parts):
    """1 / (a + i b) = (a - i b) / (a^2 + b^2)."""
    scale = pow_(squared(*parts), MINUS_ONE)
    re, im = conjugated(parts)
    return _product(re, scale), _product(im, scale)


def exponential(re, im):
    """e^{a + i b} = e^a (cos b + i sin b)."""
    size = ONE if re is ZERO else Term("exp", (re,))
    return _product(size, Term("cos", (im,))), _product(size, Term("sin", (im,)))


def _hyperbolic(of_cos, of_sin, sign):
    """f(a + i b) out of products of a function of a and a circular or hyperbolic one of b."""
    def rule(a, b):
        re = _product(Term(of_cos[0], (a,)), Term(of_cos[1], (b,)))
        im = _product(Term(of_sin[0], (a,)), Term(of_sin[1], (b,)))
        return re, im if sign > 0 else mul(MINUS_ONE, im)
    return rule


ENTIRE = {
    "sin": _hyperbolic(("sin", "cosh"), ("cos", "sinh"), 1), "cos": _hyperbolic(("cos", "cosh"), ("sin", "sinh"), -1),
    "sinh": _hyperbolic(("sinh", "cos"), ("cosh", "sin"), 1), "cosh": _hyperbolic(("cosh", "cos"), ("sinh", "sin"), 1),
}
