"""Induction on a size n: the claim at its least value, and from n to n + 1 with sums, products, recursions as letters.

S(n) = sum_{k=a}^{n+c} f(k) becomes a letter S, and S(n + 1) = S + f(n + 1 + c); a product likewise.  A power A^n of a
matrix becomes M, and A^{n+1} = M A; a member s_n of a recursion becomes a letter, and s_{n+1} is unfolded once; members
x_n, x_{n+1} of families are letters.  A summand with n in it must be r^{n ...} times one without: then S(n + 1) = r S +
f(n + 1, n + 1 + c).  The step is proved for all values of the letters, so for those that the sums have: the differences
of the sides from n to n + 1 are equal, or the claim at n + 1 follows from the claim at n.
"""

from derive.term import ONE, Declaration, Term, add, bound_variables, free_names, mul, name, num, pow_, rel, sub
from derive.term import replace as put
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.shapes import ShapeError, shape_of
from derive.term.walk import alpha, rebuild
from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE, VAR
from verifiers.instance.value import ShapeClash
from verifiers.proofs.affine import Ratio, affine, simplified, without_powers
from verifiers.proofs.givens import Known
from verifiers.proofs.inductive_sizes import base_claim, candidates
from verifiers.verdict import CannotDecide

RESTARTS, DEEPEST = 6, 12
KINDS = ("scalar", "vector", "matrix")
# heads of which the value at n + 1 is not told by letters
FIXED = ("range", "filter", "set", "maxover", "minover", "int", "at", "E", "Var", "Cov", "KL", "entropy", "normal",
         "normal_density", "given", "dist", "deriv", "grad", "hess", "argmin", "argmax", "minof", "maxof", "binom")


class Lower(Exception):
    """A letter stands for a later sum than one the claim has: begin again with the earlier one."""


class NoStep(Exception):
    """The claim is no statement about states that one step takes to the next."""


def step_claims(claim, n, low, left=False):
    """([claims of which one proves the step], names of the letters).  Raises NoStep.

    left    write A^{n+1} as A M, not as M A
    """
    states = _States(claim, n, low, left)
    sides = [states.written(t) for t in (claim.left, claim.right)]      # n may hide in a definition
    now = states.values(*sides)
    after = [states.value(put(t, {name(n): add(name(n), ONE)})) for t in sides]
    if not states.made:
        raise NoStep
    families = {d.name for d in states.families}
    symbols = (*(d for d in claim.symbols if d.name not in families), *states.made.values())
    changes = [sub(b, a) for a, b in zip(now, after, strict=True)]
    plain = replace(claim, left=changes[0], right=changes[1], symbols=symbols)
    under = replace(claim, left=after[0], right=after[1], symbols=symbols,
                    givens=(*claim.givens, rel(Relation.EQ, *now)))
    return (plain, under), {d.name for d in states.made.values()}


class _States:
    """Terms in n written in letters for the sums, products and members they contain."""

    def __init__(self, claim, n, low, left=False):
        self.claim, self.n, self.low, self.left = claim, n, low, left
        self.table = {d.name: d for d in claim.symbols}
        self.families = [d for d in claim.symbols if d.indices and any(n in free_names(r) for r in d.ranges)]
        self.made, self.bases = {}, {}

    # -- whole numbers ------------------------------------------------------------------------------------------------
    def shift(self, term):
        """c where the term is n + c, else None."""
        form = affine(term)
        if form is None or form.pop(self.n, 0) != 1 or set(form) - {None}:
            return None
        c = form.get(None, 0)
        return int(c) if c == int(c) else None

    # -- terms --------------------------------------------------------------------------------------------------------
    def written(self, term):
        """The term with every definition in which n hides written out.  Raises NoStep."""
        for _ in range(DEEPEST):
            changed = self._written_once(term)
            if changed is term:
                return term
            term = changed
        raise NoStep

    def _written_once(self, term):
        d = self.table.get(term.value) if term.head == "name" else None
        if d is None and term.head in ("index", "call") and term.args[0].head == "name":
            d = self.table.get(term.args[0].value)
        if d is None or d.definition is None or not self._moves_in(d, {d.name}, False):
            if term.head == "name":
                return term
            return rebuild(term, tuple(map(self._written_once, term.args)))
        letters = tuple(map(name, d.indices)) if term.head == "index" else d.formals if term.head == "call" else ()
        places = term.args[1:]
        if d.name in free_names(d.definition) or len(letters) != len(places) or bool(places) != bool(
                d.indices or d.formals):
            _refuse()
        return put(d.definition, dict(zip(letters, places, strict=True)))

    def values(self, *terms):
        """The terms at n, each letter for the earliest of the sums that differ by their ends."""
        for _ in range(RESTARTS):
            try:
                return [self.value(t) for t in terms]
            except Lower:
                self.made.clear()
        raise NoStep

    def base(self, key, c, furthest=3):
        """The end from which the letter of ``key`` counts.  Raises Lower, NoStep."""
        first = self.bases.setdefault(key, c)
        if c < first:
            self.bases[key] = c
            raise Lower
        if c > first + furthest:
            raise NoStep
        return first

    def value(self, term, bound=frozenset()):
        """The term in letters; ``bound`` are the names bound around it."""
        if term.head == "name":
            return self._name(term, bound)
        if term.head in ("sum", "prod"):
            return self._run(term, bound)
        if term.head == "index":
            return self._member(term, bound)
        if term.head in FIXED and self._moves(term):
            raise NoStep
        if term.head == "call" and self._moves(term):
            return self.value(self._applied(term), bound)
        inner = bound | {v.value for v in bound_variables(term)}
        if term.head == "pow" and self.n in free_names(term.args[1]):
            return self._power(term.args[0], simplified(term.args[1]), bound)
        return rebuild(term, tuple(self.value(a, inner) for a in term.args))

    def _power(self, base, exponent, bound):
        """A number to a power with n in it as it stands; M A^j for a matrix, with a letter M for A^{n+c}."""
        if self.n not in free_names(exponent) or not self._is_array(base):
            return pow_(self.value(base, bound), exponent)
        c, key = self.shift(exponent), ("power", base)
        if c is None or self._moves(base) or free_names(base) & bound:
            _refuse()
        first = self.base(key, c)
        if self.low + first < 0:
            _refuse()
        if key not in self.made:
            self.made[key] = Declaration(f"pow@{len(self.made)}", "matrix", shape=self._shape(base))
        letter = name(self.made[key].name)
        more = [] if c == first else [base if c == first + 1 else pow_(base, num(c - first))]
        return mul(*more, letter) if self.left else mul(letter, *more)

    def _changes(self, term):
        """Whether a term is another one for another n, with the members of the families as they are."""
        names = free_names(term)
        return self.n in names or any(d is not None and d.definition is not None and self._moves_in(d, {x}, False)
                                      for x in names for d in (self.table.get(x),))

    def _moves(self, term):
        """Whether the value of a term may change with n."""
        names = free_names(term)
        if self.n in names:
            return True
        return any(d is not None and (d in self.families or d.definition is not None and self._moves_in(d, {x}))
                   for x in names for d in (self.table.get(x),))

    def _moves_in(self, d, seen, families=True):
        names = free_names(d.definition) - set(d.indices) - {f.value for f in d.formals} - seen
        return self.n in names or any(
            e is not None and (families and e in self.families or e.definition is not None
                               and self._moves_in(e, {*seen, x}, families))
            for x in names for e in (self.table.get(x),))

    def _name(self, term, bound):
        d = self.table.get(term.value)
        if term.value in bound or term.value == self.n or d is None:
            return term
        if d in self.families:
            raise NoStep
        if d.definition is not None and not d.indices and not d.formals and self._moves_in(d, {d.name}):
            return self.value(d.definition, bound)
        return term

    def _applied(self, term):
        function, *arguments = term.args
        d = self.table.get(function.value) if function.head == "name" else None
        if d is None or d.definition is None or d.indices or len(d.formals) != len(arguments):
            raise NoStep
        return put(d.definition, dict(zip(d.formals, arguments, strict=True)))

    def _member(self, term, bound):
        """A member of a family: a letter; of a definition, what it says there; of a recursion, unfolded to a letter."""
        base, *places = term.args
        if base.head == "index":
            return rebuild(term, (self._member(base, bound), *places)) if not any(map(self._moves, places)) else \
                _refuse()
        d = self.table.get(base.value) if base.head == "name" else None
        moving = any(self.n in free_names(p) for p in places)
        if d is None or not moving and d not in self.families and not (d.definition is not None and
                                                                        self._moves_in(d, {d.name})):
            return term
        if d.kind not in KINDS or len(places) != len(d.indices) or any(free_names(p) & bound for p in places):
            _refuse()
        if d.definition is None:
            return self._letter(d, tuple(map(simplified, places)))
        own = dict(zip(map(name, d.indices), places, strict=True))
        if d.name not in free_names(d.definition):
            return self.value(put(d.definition, own), bound)
        return self._recursion(d, places, bound)

    def _recursion(self, d, places, bound):
        c = self.shift(places[0]) if len(places) == 1 else None
        if c is None:
            _refuse()
        if c == self.base(("member", d.name), c):
            return self._letter(d, (simplified(places[0]),))
        low = d.ranges[0].args[0] if d.ranges[0].head == "range" else None
        if low is None or low.head != "num" or self.low + c < low.value:
            _refuse()
        return self.value(put(d.definition, {name(d.indices[0]): simplified(places[0])}), bound)

    def _letter(self, d, places):
        key = d.name, places
        if key not in self.made:
            letter = f"{d.name}@{len(self.made)}"
            self.made[key] = replace(d, name=letter, indices=(), ranges=(), definition=None, text="")
        return name(self.made[key].name)

    # -- sums and products --------------------------------------------------------------------------------------------
    def _run(self, term, bound):
        body, variable, domain = term.args
        if domain.head != "range" or variable.head != "name":
            if self._moves(term):
                _refuse()
            return term
        low, high = domain.args
        if self.n not in free_names(high):
            if self._moves(domain):
                _refuse()
            return rebuild(term, (self.value(body, bound | {variable.value}), variable, domain))
        c = self.shift(high)
        if c is None or low.head != "num" or free_names(body) & bound:
            _refuse()
        return self._stepped(term, body, variable, low, c)

    def _stepped(self, term, body, variable, low, c):
        """The sum or product up to n + c out of its letter: what is added for one more n, and the factor before it."""
        ratio = self._ratio(term, body, variable) if self._changes(body) else None
        summand = (lambda _: body) if ratio is None else ratio.summand
        lag = 0 if ratio is None else ratio.constant - c
        key = alpha(Term(term.head, (summand(0), variable, low))), lag
        first = self.base(key, c)
        if self.low + first + 1 < low.value:
            _refuse()
        found = self._sum_letter(key, term)
        for k in range(first + 1, c + 1):
            last = self.value(put(summand(k + lag), {variable: simplified(add(name(self.n), num(k)))}))
            if ratio is not None:
                found = mul(found, ratio.base) if ratio.right else mul(ratio.base, found)
            found = add(found, last) if term.head == "sum" else mul(found, last)
        return found

    def _ratio(self, term, body, variable):
        """The Ratio of a summand r^{n + c + e(k)} g(k)."""
        factors = list(body.args) if body.head == "mul" else [body]
        carrying = [f for f in factors if self.n in free_names(f)]
        if term.head != "sum" or len(carrying) != 1 or carrying[0].head != "pow" \
                or any(self._changes(f) for f in factors if f is not carrying[0]):
            _refuse()
        base, exponent = carrying[0].args
        form, place = affine(exponent), factors.index(carrying[0])
        if form is None or form.get(self.n) != 1 or variable.value in free_names(base) or self._changes(base) \
                or any(v.denominator != 1 for v in form.values()):
            _refuse()
        before, after = ([f for f in part if self._is_array(f)] for part in (factors[:place], factors[place + 1:]))
        array = self._is_array(base)
        if array and before and after:
            _refuse()
        return Ratio(base, form, tuple(factors[:place]), tuple(factors[place + 1:]), array and bool(before))

    def _is_array(self, term):
        try:
            return shape_of(term, self.claim.symbols) != ()
        except ShapeError:
            _refuse()

    def _sum_letter(self, key, term):
        if key not in self.made:
            shape = self._shape(put(term.args[0], {term.args[1]: ONE}))
            if term.head == "prod" and shape != ():
                _refuse()
            kind = KINDS[len(shape)]
            self.made[key] = Declaration(f"{term.head}@{len(self.made)}", kind, shape=shape, domain=self._domain(term))
        return name(self.made[key].name)

    def _shape(self, term):
        """The declared shape of a term; every size of it is declared."""
        try:
            shape = shape_of(without_powers(term), self.claim.symbols)
        except ShapeError:
            shape = None
        if shape is None or any(n not in self.table for s in shape for n in free_names(s)):
            _refuse()
        return shape

    def _domain(self, term):
        """A product of members of a positive family is positive."""
        body = term.args[0]
        d = self.table.get(body.args[0].value) if body.head == "index" and body.args[0].head == "name" else None
        return "positive" if term.head == "prod" and d is not None and d.domain in ("positive", "unit") else "real"


def _refuse():
    raise NoStep


# -- the proof --------------------------------------------------------------------------------------------------------
def by_induction(case, prove_plainly, prove):
    """(size, least value, error bound) of an induction that proves the claim, or None."""
    claim = case.claim
    if claim.relation is not Relation.EQ:
        return None
    for n, low in candidates(claim):
        try:
            stepped = _stepped(case, n, low, prove_plainly)
            based = prove(case.again(base_claim(claim, n, low))) if stepped is not None else None
        except (NoStep, Lower, CannotDecide, ShapeClash):
            continue
        if based is not None and _holds(based, ()):
            return n, low, stepped.error_bound + based.error_bound
    return None


def _stepped(case, n, low, prove_plainly):
    """A proof of the step, or None.  Raises NoStep."""
    for left in (False, True):
        steps, letters = step_claims(case.claim, n, low, left)
        for step in steps:
            proof = prove_plainly(case.again(step))
            if proof is not None and _holds(proof, {*letters, n}):
                return proof
        if not any(letter.startswith("pow@") for letter in letters):
            return None
    return None


def _holds(proof, letters):
    """Whether a proof speaks of all values: conditions are implied, or speak of none of the letters of the step."""
    view = proof.view
    if proof.partial is not None:
        return False
    graph = view.graph
    declared = [c for c in view.constraints if c[0] != NONZERO or c[1] not in view.pivots]
    signs = Known(graph, declared, view.vanishes)
    own = {v for v in graph.domain if graph.operation[v] == VAR and _base(view, v) in letters}
    always = [*proof.conditions, *((NONZERO, p) for p in view.pivots)] if letters else proof.conditions
    for tag, node in (*always, *view.left_conditions, *view.right_conditions):
        if tag in (POSITIVE, NONNEGATIVE, NONZERO) and not signs.implies(tag, node) and (
                (tag, node) in always or own & set(graph.variables((node,)))):
            return False
    return True


def _base(view, variable):
    return str(view.graph.operands[variable]).partition("[")[0]

