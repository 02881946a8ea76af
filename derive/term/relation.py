"""Relations between the two sides of a claim, and how they compose along a chain."""

from enum import StrEnum


class Relation(StrEnum):
    """A relation by its ASCII name, the value carried by Terms and JSON."""

    EQ = "="
    NE = "!="
    LE = "<="
    GE = ">="
    LT = "<"
    GT = ">"
    PROPTO = "propto"
    APPROX = "approx"
    IFF = "iff"
    IMPLIES = "implies"
    TO = "to"
    IN = "in"

    def then(self, other):
        """The relation of a to c when a self b and b other c; None where none follows (<= then >=)."""
        if Relation.EQ in (self, other):
            return other if self is Relation.EQ else self
        if self is other and self not in (Relation.NE, Relation.APPROX, Relation.IN, Relation.TO):
            return self
        for strict, weak in ((Relation.LT, Relation.LE), (Relation.GT, Relation.GE)):
            if {self, other} == {strict, weak}:
                return strict
        if {self, other} == {Relation.IFF, Relation.IMPLIES}:
            return Relation.IMPLIES
        return None


LATEX = {Relation.EQ: "=", Relation.NE: r"\ne", Relation.LE: r"\le", Relation.GE: r"\ge", Relation.LT: "<",
         Relation.GT: ">", Relation.PROPTO: r"\propto", Relation.APPROX: r"\approx", Relation.IFF: r"\iff",
         Relation.IMPLIES: r"\implies", Relation.TO: r"\to", Relation.IN: r"\in"}
