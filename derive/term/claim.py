"""A Claim: two sides, a relation, what is declared and what is given.  Frozen, Terms only."""

from fractions import Fraction

from derive.term.build import name
from derive.term.core import Term
from derive.term.declaration import Declaration
from derive.term.record import record
from derive.term.relation import Relation
from derive.term.walk import alpha, free_names, subterms

FORMAT = 1      # version of the canonical text; part of every cache key and certificate


class CyclicDefinition(ValueError):
    """Definitions that use one another in a circle mean nothing."""


@record(frozen=True)
class Claim:
    """left relation right, under symbols and givens.

    about    the variables of proportional-to, limits and argmax, and the regime of approximately
    layout   "numerator" or "denominator" for vector-by-vector derivatives, None where the author does not say
    """

    left: Term
    relation: Relation
    right: Term
    symbols: tuple[Declaration, ...] = ()
    givens: tuple[Term, ...] = ()
    about: tuple[Term, ...] = ()
    layout: str | None = None

    def symbol(self, name):
        """The declaration of a name, or None."""
        return next((d for d in self.symbols if d.name == name), None)

    @property
    def definitions(self):
        """Declarations with a definition, in an order in which each uses only earlier ones.

        Raises CyclicDefinition.  A recursion over an index (s_t by s_{t-1}) is no circle.
        """
        made = [d for d in self.symbols if d.definition is not None]
        table = {}
        for d in made:
            table.setdefault(d.name, []).append(d)
        order, state = [], {}

        def visit(d):
            if state.get(id(d)) == "open":
                raise CyclicDefinition(f"the definition of {d.name} uses {d.name} itself")
            if id(d) in state:
                return
            state[id(d)] = "open"
            for other in sorted(_needed(d)):
                for e in table.get(other, ()):
                    # p(x) by p(x|z) and J by the family J_t are others of one name
                    if other != d.name or len(table[other]) == 1 and not (d.indices or d.formals):
                        visit(e)
            state[id(d)] = "done"
            order.append(d)

        for d in made:
            visit(d)
        return tuple(order)

    def canonical(self):
        """The one JSON text of the claim: cache key, certificate, worker message."""
        import json

        return json.dumps(encode_claim(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _needed(d):
    """The names a definition needs at the same place: not its arguments, not members before it (f_{k-1} of h_k)."""
    own = {*d.indices, *(f.value for f in d.formals if f.head == "name")}
    letters = tuple(name(i) for i in d.indices)
    placed = {}
    for node in subterms(d.definition) if letters else ():
        if node.head == "index" and node.args[0].head == "name":
            earlier = any(s.head == "add" and any(i in s.args for i in letters) for s in node.args[1:])
            placed.setdefault(node.args[0].value, []).append(earlier)
    return {n for n in free_names(d.definition) - own if not all(placed.get(n, (False,)))}


def encode_term(term):
    """A Term as JSON data: [head, payload, args...]; Fractions as "n/d", shapes as lists."""
    value = term.value
    if isinstance(value, Fraction):
        value = {"q": f"{value.numerator}/{value.denominator}"}
    elif isinstance(value, tuple):
        value = list(value)
    return [term.head, value, *map(encode_term, term.args)]


def decode_term(data):
    """The Term of ``encode_term``'s data."""
    head, value, *args = data
    if isinstance(value, dict):
        value = Fraction(value["q"])
    elif isinstance(value, list):
        value = tuple(value)
    elif head == "rel":
        value = Relation(value)
    return Term(head, tuple(map(decode_term, args)), value)


def encode_claim(claim):
    """The claim as JSON data; bound names are numbered, the author's words are left out."""
    def plain(value):
        if isinstance(value, Term):
            return encode_term(alpha(value))
        if isinstance(value, tuple):
            return [plain(v) for v in value]
        return sorted(value) if isinstance(value, frozenset) else value

    symbols = [{field: plain(getattr(d, field)) for field in d.__match_args__
                if field != "text" and getattr(d, field) != getattr(Declaration, field, None)}
               for d in sorted(claim.symbols, key=lambda d: d.name)]
    return {"v": FORMAT, "left": plain(claim.left), "rel": str(claim.relation), "right": plain(claim.right),
            "symbols": symbols, "givens": plain(claim.givens), "about": plain(claim.about), "layout": claim.layout}
