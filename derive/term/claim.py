"""A Claim: two sides, a relation, what is declared and what is given.  Frozen, Terms only."""

from fractions import Fraction

from derive.term.core import Term
from derive.term.declaration import Declaration
from derive.term.record import record
from derive.term.relation import Relation
from derive.term.walk import alpha, free_names

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
        table = {d.name: d for d in self.symbols if d.definition is not None}
        order, state = [], {}

        def visit(name):
            if state.get(name) == "open":
                raise CyclicDefinition(f"the definition of {name} uses {name} itself")
            if name in state:
                return
            state[name] = "open"
            d = table[name]
            own = {name} if d.indices or d.formals else set()
            for other in sorted(free_names(d.definition) - own):
                if other in table:
                    visit(other)
            state[name] = "done"
            order.append(d)

        for name in table:
            visit(name)
        return tuple(order)

    def canonical(self):
        """The one JSON text of the claim: cache key, certificate, worker message."""
        import json

        return json.dumps(encode_claim(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


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
