"""What a claim says of index sets and integers: which families run over which set, which names need a number."""

from derive.term import IMPLIED, ONE, Term, bound_variables, free_names, name, range_, subterms
from derive.term.heads import HEADS
from derive.term.record import field, record, replace
from verifiers.instance.table import Table

POSITIVE_DOMAINS = ("positive", "unit")


@record
class Survey:
    """Read off a claim once.

    families   (name, place of the index) -> domain Term, or None where any integer serves
    sizes      names that need a number: lengths, bounds, matrix exponents, in order of appearance
    letters    fixed indices, declared or not -> domain Term or None
    shifted    letters and sizes used in index arithmetic or orders (t-1, s <= t): equality alone does not describe them
    subscripts names used in subscripts
    steps      subscripts that are no plain letter: t - 1, 2 t
    literal    keys (as in ``groups``) of families that have a number as a subscript, or ranges with different ends
    lengths    sizes that are a number of rows or columns
    limits     name -> (low, high) Terms or None
    unequal    pairs of letters given to be different
    groups     letter -> key of the letters that index the same families
    ranges     every range with bounds that no index moves
    reached    the declarations the claim uses
    numbers    the assignments of sizes (verifiers.instance.assign), once they are made
    """

    families: dict = field(default_factory=dict)
    sizes: list = field(default_factory=list)
    letters: dict = field(default_factory=dict)
    shifted: set = field(default_factory=set)
    subscripts: set = field(default_factory=set)
    steps: dict = field(default_factory=dict)
    literal: set = field(default_factory=set)
    lengths: set = field(default_factory=set)
    limits: dict = field(default_factory=dict)
    unequal: set = field(default_factory=set)
    groups: dict = field(default_factory=dict)
    ranges: dict = field(default_factory=dict)
    reached: tuple = ()
    numbers: list | None = None

    def range_of(self, family, place):
        return self.families.get((family, place))


def survey(claim):
    """The Survey of a claim."""
    reached = _reached(claim)
    walker = _Walker(Table(claim.symbols))
    walker.certain = frozenset(p for g in (*claim.givens, *(c for d in reached for c in d.constraints))
                               for p in (g.args if g.head == "and" else (g,)))
    for term in (claim.left, claim.right):
        walker.walk(term, {})
    walker.fixed = _names_of_sides(claim) if claim.givens else frozenset()
    for given in claim.givens:
        walker.walk(given, walker.letters_of(given))
    for d in reached:
        walker.declaration(d)
    return walker.finish(reached)


def _terms_of(d):
    own = (d.definition, d.mean, d.variance, d.low, d.high, d.transition, d.reward, d.discount, d.law)
    return [t for t in (*own, *d.shape, *d.ranges, *d.constraints) if t is not None]


def _reached(claim):
    """The declarations the claim uses, directly or through others."""
    table, seen, open_names = Table(claim.symbols), {}, []
    for term in (claim.left, claim.right, *claim.givens):
        open_names.extend(sorted(free_names(term)))
    while open_names:
        wanted = open_names.pop(0)
        for d in _meant(table, wanted):
            if id(d) not in seen:
                seen[id(d)] = d
                for term in _terms_of(d):
                    open_names.extend(sorted(free_names(term)))
                open_names.extend(n for n in (d.entries_of,) if n)
    return tuple(seen.values())


def _names_of_sides(claim):
    """The names the sides use, directly or through definitions."""
    return frozenset().union(free_names(claim.left), free_names(claim.right), *(
        free_names(t) for d in _reached(replace(claim, givens=())) for t in _terms_of(d)))


def runs(evaluator, letter):
    """Whether a letter of a given stands for every index: no declaration fixes it, or the sides do not use it."""
    d = evaluator.table.get(letter)
    return d is None or d.kind in ("index", "size") and letter not in evaluator.plan


def _meant(table, wanted):
    """The declarations a name may use: the bare one, its family, an array of its entries, x_1 where x_i is used."""
    found = [table.plain.get(wanted), table.subscripted(wanted)]
    found += [d for n, d in table.plain.items() if n.startswith(wanted + "_")]
    return [d for d in found if d is not None]


class _Walker:
    """Walks terms with the bound names in scope, and joins what runs over the same set."""

    def __init__(self, table):
        self.declared, self.table = table, table.plain
        self.parent, self.sets, self.implied = {}, {}, set()
        self.ranges, self.steps, self.literal, self.fixed = {}, {}, set(), frozenset()
        self.certain = frozenset()      # what is given; a condition inside a side or a definition is none of it
        self.structural, self.lengths, self.shifted, self.letters, self.unequal = {}, set(), set(), {}, set()

    # -- classes of places that share an index set ------------------------------------------------------------------
    def find(self, place):
        self.parent.setdefault(place, place)
        while self.parent[place] != place:
            place = self.parent[place]
        return place

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[b] = a
            self.sets.setdefault(a, {}).update(self.sets.pop(b, {}))
            if b in self.implied:
                self.implied.add(a)

    def runs_over(self, place, domain):
        root = self.find(place)
        if domain.head == "filter":
            domain = domain.args[0]
        if domain.head == "implied":
            return
        if domain.head == "range":
            self.ranges[domain] = None
        self.sets.setdefault(root, {})[domain] = None

    def letters_of(self, given):
        """Letters of a given that no declaration fixes run over everything there; in an order also declared ones that
        the sides do not use: a smaller domain costs no proof its soundness, a stronger equation would."""
        order = given.head == "rel" and given.value in ("!=", "<", "<=", ">", ">=") or given.head == "and"
        return {n: ("given", given, n) for n in free_names(given) if self.is_integer(n) and index_terms(given, n)
                and (n not in self.table or order and n not in self.fixed)}

    # -- walking ----------------------------------------------------------------------------------------------------
    def declaration(self, d):
        scope = {i: ("family", d.name, k) for k, i in enumerate(d.indices)}
        scope |= {f.value: ("formal", d.name, f.value) for f in d.formals if f.head == "name"}
        for k, domain in enumerate(d.ranges):
            self.runs_over(("family", d.name, k), domain)
            self.walk(domain, scope)
        for size in d.shape:
            self.needs_number(size, scope)
            self.lengths |= free_names(size) - set(scope)
        for term in (d.definition, d.mean, d.variance, d.transition, d.reward, d.discount, d.law, *d.constraints):
            if term is not None:
                self.walk(term, scope)

    def needs_number(self, term, scope, shifted=False, subscript=False):
        """Names of the Term get a number; undeclared ones only as letters in subscripts."""
        for n in sorted(free_names(term)):
            if n not in scope and self.is_integer(n) and (subscript or n in self.table or n in self.letters):
                self.structural.setdefault(n)
                if shifted:
                    self.shifted.add(n)

    def is_integer(self, n):
        d = self.table.get(n)
        if d is None:
            return self.declared.subscripted(n) is None
        return d.definition is None and not d.indices and (d.kind in ("size", "index")
                                                            or d.kind == "scalar" and d.domain == "integer")

    def walk(self, term, scope):
        head = HEADS[term.head]
        if term.head == "index":
            self.index(term, scope)
        elif term.head in ("binom", "factorial"):
            self.needs_number(term, scope)
        elif term.head == "pow":
            self.power(term, scope)
        elif term.head == "range":
            self.needs_number(term, scope)
        elif term.head == "rel":
            self.relation(term, scope)
        inner = dict(scope)
        for variable in bound_variables(term):
            place = ("bound", term, variable.value)
            inner[variable.value] = place
            if head.binds is not None and len(term.args) == 3:
                self.runs_over(place, term.args[2])
                if term.args[2].head == "implied":
                    self.implied.add(self.find(place))
        for k, argument in enumerate(term.args):
            if head.binds is not None and k not in head.scope and not (k == 2 and argument.head == "filter"):
                self.walk(argument, scope)
            else:
                self.walk(argument, inner)

    def index(self, term, scope):
        base, *subscripts = term.args
        for k, s in enumerate(subscripts):
            if s.head == "range" and base.head == "name":
                self.runs_over(("members", term, k), s)
                if base.value not in scope:
                    self.indexed(base.value, k, ("members", term, k))
                continue
            if s.head != "name":
                if s.head == "num" and base.head == "name":
                    self.indexed(base.value, k, None)
                if s.head not in ("num", "implied"):
                    self.steps[s] = None
                    self.stepped(base, k, s, scope)
                self.needs_number(s, scope, shifted=True, subscript=True)
                continue
            place = scope.get(s.value)
            if place is None:
                if not self.is_integer(s.value):
                    continue
                self.structural.setdefault(s.value)
                self.letters.setdefault(s.value)
                place = ("letter", s.value)
            if base.head == "name" and base.value not in scope:
                self.indexed(base.value, k, place)
            elif base.head == "index" and base.args[0].head == "name" and base.args[0].value not in scope:
                self.indexed(base.args[0].value, k + len(base.args) - 1, place)

    def stepped(self, base, k, step, scope):
        """x_{N-1} may be x_1: the names of a step belong to the positions of the family."""
        if base.head == "name" and base.value not in scope:
            for n in sorted(free_names(step)):
                if n not in scope and self.is_integer(n):
                    self.indexed(base.value, k, ("letter", n))

    def indexed(self, family, k, place):
        d = self.declared.subscripted(family)
        if d is not None and d.entries_of and d.definition is None:
            d = self.declared.subscripted(d.entries_of)
        if d is None:
            return
        own = ("family", d.name, k)
        if k >= len(d.indices):
            if k - len(d.indices) >= len(d.shape):
                return
            own = ("side", d.shape[k - len(d.indices)])     # arrays of one size share their positions
            if place is not None and own[1].head != "implied":
                self.runs_over(place, range_(ONE, own[1]))
        if place is None:
            self.literal.add(own)
        else:
            self.join(own, place)

    def power(self, term, scope):
        """An exponent needs a number unless its base is plainly positive."""
        base, exponent = term.args
        positive = base.head in ("exp", "pi") or base.head == "num" and base.value > 0
        if base.head == "name" and base.value in self.table:
            positive = self.table[base.value].domain in POSITIVE_DOMAINS and not self.table[base.value].shape
        if not positive:
            self.needs_number(exponent, scope)

    def relation(self, term, scope):
        """A comparison of indices; i != j of two fixed letters is kept."""
        left, right = term.args
        names = [t.value for t in term.args if t.head == "name"]
        indices = [n for n in names if n in scope and scope[n][0] in ("bound", "family")
                   or n in self.letters or self.table.get(n) is not None and self.table[n].kind == "index"]
        if len(names) == 2:
            self.compared(names, scope)
        elif len(names) == 1 and indices:       # 1[i = 3]: a place of its own
            self.literal.add(scope.get(names[0]) or ("letter", names[0]))
        if len(names) == 2 and term.value == "!=" and term in self.certain and all(n not in scope for n in names):
            self.unequal.add(frozenset(names))
        if len(names) == 2 and indices and term.value in ("=", "!="):
            # 1[l = j] picks the j-th of what l runs over: both letters index one set, and coincide or not in it
            places = [scope.get(n) or (("letter", n) if self.is_integer(n) else None) for n in names]
            if None not in places:
                self.join(*places)
        if indices or len(names) == 2 and all(n in scope or self.is_integer(n) for n in names):
            for side in (left, right):
                self.needs_number(side, scope, term.value not in ("=", "!="), subscript=side.head == "name")
                if side.head == "name" and side.value in self.structural:
                    self.letters.setdefault(side.value)

    def compared(self, names, scope):
        """Indices that are compared share a set."""
        places = [scope.get(n) or ("letter", n) for n in names if n in scope or self.is_integer(n)]
        if len(places) == 2 and all(p[0] in ("bound", "family", "letter") for p in places):
            self.join(*places)

    # -- the result -------------------------------------------------------------------------------------------------
    def finish(self, reached):
        result = Survey(reached=reached, shifted=self.shifted, lengths=self.lengths, unequal=self.unequal)
        result.subscripts = (set(self.letters) | self.shifted) & set(self.structural)
        result.steps, result.literal = self.steps, {self.find(p) for p in self.literal} | self.uneven()
        result.groups = {n: self.find(("letter", n)) for n in result.subscripts}
        pending = list(self.structural)
        while pending:
            n = pending.pop(0)
            d = self.table.get(n)
            result.limits[n] = low, high = (d.low, d.high) if d is not None else (None, None)
            for bound in (low, high):
                for other in sorted(free_names(bound)) if bound is not None else ():
                    if other not in self.structural and self.is_integer(other):
                        self.structural.setdefault(other)
                        pending.append(other)
        roots = {}
        for d in reached:
            for k in range(len(d.indices)):
                result.families[d.name, k] = self.domain_of(("family", d.name, k), roots)
        for n in self.structural:
            d = self.table.get(n)
            if n in self.letters and (d is None or d.kind == "index" or d.high is not None):
                result.letters[n] = range_(d.low or ONE, d.high) if d is not None and d.high is not None \
                    else self.domain_of(("letter", n), roots)
            else:
                result.sizes.append(n)
        result.sizes.extend(t.args[1].value for t in roots.values() if isinstance(t, Term))
        result.ranges = {**self.ranges, **{t: None for t in roots.values()}}
        return result

    def uneven(self):
        """Classes of places that run over ranges with different ends, 1..n and 2..n or 1..n-1: the ends are special."""
        found = set()
        for place, sets in self.sets.items():
            ends = [r.args for r in sets if r.head == "range"]
            lows = {low for low, _ in ends if low.head == "num"}
            highs = {high for _, high in ends if not free_names(high) & set(self.letters)}
            if len(lows) > 1 or len(highs) > 1 and any(h.head in ("add", "num") for h in highs):
                found.add(self.find(place))
        return found

    def domain_of(self, place, roots):
        """The one set a class of places runs over; a size of its own where it is summed over and none is written."""
        root = self.find(place)
        sets = [s for s in self.sets.get(root, ()) if s.head in ("range", "set", "name")]
        if len(sets) == 1:
            return sets[0]
        if not sets and root in self.implied:
            return roots.setdefault(root, range_(ONE, name(f"#{len(roots) + 1}")))
        return None if not sets else _declared_set(self.declared.families, place, sets)


def _declared_set(table, place, sets):
    """Several sets meet in one class: the one the family itself declares, else none."""
    if place[0] == "family":
        own = table[place[1]].ranges[place[2]] if place[2] < len(table[place[1]].ranges) else IMPLIED
        if own in sets:
            return own
    return None


def uses(term, n):
    """Whether the name occurs free in the term."""
    return n in free_names(term)


def counts_with(term, letter):
    """Whether a bound index is used as a number, not only as a subscript, a bound, or beside another index."""
    if term.head == "name":
        return term.value == letter
    if term.head == "index":
        return term.args[0].head != "name" and counts_with(term.args[0], letter)
    if term.head == "rel" and all(side.head == "name" for side in term.args) or term.head == "range":
        return False
    return any(counts_with(a, letter) for a in term.args if letter not in {v.value for v in bound_variables(term)})


def index_terms(term, variable):
    """(family name, place) wherever ``variable`` is a plain subscript in ``term``."""
    found = []
    for t in subterms(term):
        if t.head != "index":
            continue
        base, k0 = t.args[0], 0
        if base.head == "index":
            base, k0 = base.args[0], len(base.args) - 1
        if base.head == "name":
            found.extend((base.value, k0 + k) for k, s in enumerate(t.args[1:])
                         if s.head == "name" and s.value == variable)
    return found
