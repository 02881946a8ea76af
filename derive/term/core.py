"""Terms: a small inert typed expression graph.  What is printed, read and judged is a Term and nothing else.

A Term never evaluates: its constructors (``derive.term.build``) desugar ``a-b``, ``a/b``, roots and unary minus and
flatten nested sums and products; they never sort, fold, cancel or distribute.  Equal Terms are the same object.
"""

from fractions import Fraction
from weakref import WeakValueDictionary

from derive.term.heads import HEADS

Payload = int | Fraction | str | tuple | None


class Term:
    """One node: a head out of the table, its arguments, and a payload (a number, a name, an operator, a shape).

    ``free``, ``nodes`` and ``heads`` keep the names that occur free in it, the nodes below it and the heads under it,
    once they have been asked for (``derive.term.walk``).
    """

    __slots__ = ("head", "args", "value", "free", "nodes", "heads", "__weakref__")

    head: str
    args: tuple["Term", ...]
    value: Payload
    free: frozenset[str] | None
    nodes: tuple["Term", ...] | None
    heads: frozenset[str] | None

    def __new__(cls, head, args=(), value=None):
        key = (head, args, type(value), value)
        found = _interned.get(key)
        if found is not None:
            return found
        arity = HEADS[head].arity
        if arity is not None and len(args) != arity:
            raise ValueError(f"{head} takes {arity} arguments, not {len(args)}")
        term = object.__new__(cls)
        object.__setattr__(term, "head", head)
        object.__setattr__(term, "args", args)
        object.__setattr__(term, "value", value)
        object.__setattr__(term, "free", None)
        object.__setattr__(term, "nodes", None)
        object.__setattr__(term, "heads", None)
        _interned[key] = term
        return term

    def __setattr__(self, name, value):
        raise AttributeError("a Term is frozen")

    def __reduce__(self):
        return Term, (self.head, self.args, self.value)

    def __repr__(self):
        parts = [repr(self.value)] if self.value is not None else []
        return f"{self.head}({', '.join(parts + [repr(a) for a in self.args])})"


_interned: WeakValueDictionary = WeakValueDictionary()
