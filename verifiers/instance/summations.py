"""How many sums over one index set a claim nests and multiplies: the degree of the claim in that set.

Theorem.  Let both sides be quotients of expressions in which an index set {1, ..., n} enters only by sums over it (also
contractions of arrays, traces, the number n itself), at most D of them in any product after the denominators are
cleared.  Split the cleared difference by the set T of indices that occur: f(S) = sum over T in S of p(T), |T| <= D, and
p(T) is an alternating sum of f(S).  An index is a label, never a number: all sets of one size are alike.  So the
identity at D + 1 consecutive sizes, the least allowed one among them, gives it at every size; fixed indices and the two
of an entry belong to every S.  A sum from 3 on, or to n - 2, names the first or the last two indices: they belong to
every S as well, and the D + 1 sizes are counted from theirs.  Orders tell j < i and j <= i apart, not j <= i - 2.
"""

from derive.term import free_names, replace
from derive.term.core import Term
from derive.term.shapes import ShapeError, shape_of
from verifiers.instance.survey import counts_with

MOST = 8
SAME = ("transpose", "vec", "diag", "dist", "indicator", "rel", "and", "or", "filter", "set", "index", "matrix", "kron")


class Uncounted(Exception):
    """The claim is no quotient of sums over the set."""


class Counter:
    """Counts (top, bottom): sums in the numerator and in the denominator of a Term, for the size ``n``.

    contracts   whether n is a number of rows or columns: then products of arrays sum over it too
    """

    def __init__(self, claim, declared, n, contracts):
        self.claim, self.declared, self.n, self.contracts = claim, declared, n, contracts
        self.memo, self.open = {}, set()
        self.first = self.last = 0      # how many indices at either end the bounds of sums name

    def sides(self):
        """The degree of the claim, or None."""
        try:
            (a, b), (c, d) = self.of(self.claim.left), self.of(self.claim.right)
        except (Uncounted, RecursionError):
            return None
        return max(a + d, c + b) + max(self.first + self.last - 1, 0)

    def of(self, term):
        if term not in self.memo:
            self.memo[term] = self._of(term)
        return self.memo[term]

    def _of(self, term):
        rule = getattr(self, f"_{term.head}", None)
        if rule is not None:
            return rule(term)
        parts = [self.of(a) for a in term.args]
        if term.head in SAME or term.head in ("E", "given", "hadamard"):
            return self._product(parts)
        if any(p != (0, 0) for p in parts):
            raise Uncounted
        return 0, 0

    @staticmethod
    def _product(parts):
        return sum(p[0] for p in parts), sum(p[1] for p in parts)

    def _num(self, _):
        return 0, 0

    def _name(self, term):
        if term.value == self.n:
            return 1, 0
        d = self.declared.plain.get(term.value)
        return self._defined(d, d.definition) if d is not None and not d.indices else (0, 0)

    def _defined(self, d, body):
        if body is None:
            return 0, 0
        if d.name in self.open:
            raise Uncounted
        self.open.add(d.name)
        counted = self.of(body)
        self.open.discard(d.name)
        return counted

    def _index(self, term):
        base, *subscripts = term.args
        parts = [self.of(base) if base.head != "name" else (0, 0)]
        if base.head == "name":
            d = self.declared.subscripted(base.value)
            if d is not None and d.definition is not None:
                self._numbered(d)
                own = {Term("name", (), i): s for i, s in zip(d.indices, subscripts, strict=False)}
                parts = [self._defined(d, replace(d.definition, own))]
        if any(self.n in free_names(s) for s in subscripts):
            raise Uncounted         # x_n: a position of its own at each size
        if any(s.head not in ("name", "num") and not all(map(self._is_size, free_names(s))) for s in subscripts):
            raise Uncounted         # x_{i+2}: a step from one index to another counts those between
        return self._product(parts)

    def _call(self, term):
        function, *arguments = term.args
        base = function.args[0] if function.head == "index" else function
        d = self.declared.plain.get(base.value) if base.head == "name" else None
        if d is None:
            raise Uncounted
        if d.definition is not None:
            self._numbered(d)
            bound = dict(zip(d.formals, arguments, strict=False))
            return self._defined(d, replace(d.definition, bound))
        if any(self.of(a) != (0, 0) for a in arguments):
            raise Uncounted
        return 0, 0

    @staticmethod
    def _numbered(d):
        """Raises Uncounted where a definition counts with its own index, so that the members are not exchangeable."""
        if any(counts_with(d.definition, i) for i in d.indices):
            raise Uncounted

    def _add(self, term):
        parts = [self.of(a) for a in term.args]
        below = {}
        for a, p in zip(term.args, parts, strict=True):
            below.setdefault(self._denominator(a), p[1])
        total = sum(below.values())
        return max(p[0] + total - p[1] for p in parts), total

    @staticmethod
    def _denominator(term):
        """What a summand is divided by, to count equal denominators once."""
        factors = term.args if term.head == "mul" else (term,)
        below = [f for f in factors if f.head == "pow" and f.args[1].head == "num" and f.args[1].value < 0]
        return tuple(below) or (term,)

    def _mul(self, term):
        top, bottom = self._product([self.of(a) for a in term.args])
        return top + (max(sum(not self._is_number(a) for a in term.args) - 1, 0) if self.contracts else 0), bottom

    def _is_number(self, term):
        """Whether a factor is plainly a scalar: its products contract nothing."""
        try:
            return shape_of(term, self.claim.symbols) == ()
        except ShapeError:
            return False

    def _pow(self, term):
        base, exponent = term.args
        if base.head == "norm" and exponent.head == "num" and exponent.value == 2:
            top, bottom = self.of(base.args[0])
            return 2 * top + (2 if self.contracts else 0), 2 * bottom
        if self.of(exponent) != (0, 0):
            raise Uncounted
        counted = self.of(base)
        if counted == (0, 0):
            return counted
        if exponent.head != "num" or exponent.value.denominator != 1:
            raise Uncounted
        k = int(exponent.value)
        contraction = abs(k) - 1 if self.contracts else 0
        return (k * counted[0] + contraction, k * counted[1]) if k >= 0 else (-k * counted[1], -k * counted[0])

    def _norm(self, term):
        if self.contracts or self.of(term.args[0]) != (0, 0):
            raise Uncounted
        return 0, 0

    def _tr(self, term):
        top, bottom = self.of(term.args[0])
        return top + (1 if self.contracts else 0), bottom

    def _det(self, term):
        if self.contracts:
            raise Uncounted
        return self._constant(term)

    def _softmax(self, term):
        if self.contracts:
            raise Uncounted
        return self._constant(term)

    def _constant(self, term):
        if any(self.of(a) != (0, 0) for a in term.args):
            raise Uncounted
        return 0, 0

    def _sum(self, term):
        body, variable, domain = term.args
        top, bottom = self.of(body)
        if counts_with(body, variable.value) or domain.head == "filter" and counts_with(domain.args[1], variable.value):
            raise Uncounted         # sum_k q^k: the indices are numbers, and no set of them is like another
        if domain.head == "filter":
            domain = domain.args[0]
        if domain.head == "range":
            self._ordered(*domain.args)
        if self.n not in free_names(domain) and domain.head == "range":
            if any(self.of(t) != (0, 0) for t in domain.args):
                raise Uncounted
            return self._repeated(top, bottom, body, variable)
        if bottom and variable.value in self._letters(body):
            raise Uncounted         # a denominator of its own for each index
        return top + 1, bottom

    def _ordered(self, low, high):
        """Raises Uncounted unless the ends of a range are told by order alone, once the first and last are named."""
        start, stop = _steps(low), (None, 0) if high.head == "infinity" else _steps(high)
        if start is None or stop is None or start[0] == self.n:
            raise Uncounted
        if start[0] is None:
            self.first = max(self.first, start[1] - 1)
        elif not self._is_size(start[0]) and start[1] not in (0, 1):
            raise Uncounted
        if stop[0] == self.n:
            self.last = max(self.last, -stop[1])
        elif stop[0] is not None and not self._is_size(stop[0]) and stop[1] not in (0, -1):
            raise Uncounted

    def _is_size(self, name):
        d = self.declared.plain.get(name)
        return d is not None and d.kind == "size"

    def _repeated(self, top, bottom, body, variable):
        """A sum over another set: the denominators must be one and the same."""
        if bottom and variable.value in self._letters(body):
            raise Uncounted
        return top, bottom

    def _letters(self, body):
        return free_names(body)

    def _nothing(self, term):
        if self.n in free_names(term) or any(self.of(a) != (0, 0) for a in term.args):
            raise Uncounted
        return 0, 0

    def _ranging(self, term):
        """A product or extremum over a set: over the set of size n it is no sum, and an unwritten set may be that."""
        if term.args[2].head not in ("range", "set"):
            raise Uncounted
        return self._nothing(term)

    _prod = _maxover = _minover = _ranging
    _int = _argmin = _argmax = _minof = _maxof = _at = _nothing
    _KL = _entropy = _normal = _normal_density = _cases = _nothing

    def _deriv(self, term):
        top, bottom = self.of(term.args[0])
        for _ in term.args[1:]:
            top, bottom = (top + bottom, 2 * bottom) if bottom else (top, 0)
        return top, bottom

    def _grad(self, term):
        return self._deriv(Term("deriv", (term.args[0], term.args[1])))

    def _hess(self, term):
        return self._deriv(Term("deriv", (term.args[0], term.args[1], term.args[1])))

    def _Var(self, term):
        top, bottom = self.of(term.args[0])
        return 2 * top, 2 * bottom

    def _Cov(self, term):
        arguments = [a for a in term.args if a.head != "dist"]
        parts = [self.of(a) for a in arguments]
        return self._product(parts if len(parts) > 1 else parts * 2)

    def _given(self, term):
        return self._nothing(term)


def _steps(end):
    """(name or None, steps on) of an end of a range, or None where it is no number, name or one a few steps on."""
    parts = end.args if end.head == "add" else (end,)
    names = [p.value for p in parts if p.head == "name"]
    if len(names) > 1 or any(p.head not in ("num", "name") for p in parts):
        return None
    return next(iter(names), None), sum(p.value for p in parts if p.head == "num")


def degree(claim, declared, n, contracts):
    """The number of sums over the set of size n in a product of the cleared claim, or None."""
    found = Counter(claim, declared, n, contracts).sides()
    return found if found is not None and found <= MOST else None


