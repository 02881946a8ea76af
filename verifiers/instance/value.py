"""Values of Terms in one instance: a scalar is a graph node (an int), anything else is an Array of nodes."""

from collections import namedtuple

from derive.term.record import record


@record(frozen=True)
class Array:
    """A matrix of scalar nodes, row-major; a vector is a column, shape (n, 1).

    ``free`` marks the zero array written without a size: it takes the shape of what it meets.
    """

    rows: int
    columns: int
    entries: tuple[int, ...]
    free: bool = False

    def __getitem__(self, place):
        i, j = place
        return self.entries[i * self.columns + j]

    @property
    def shape(self):
        return self.rows, self.columns


class Atom(namedtuple("Atom", "of q")):
    """The value of a bound index in the measure mode: the q-th weighted atom of the index set called ``of``."""

    __slots__ = ()


@record(frozen=True)
class Law:
    """A declared mass or density itself, as an argument: D(q, p)."""

    name: str


@record(frozen=True)
class Members:
    """All members of a declared family, as an argument: L(f_1, ..., f_n)."""

    family: str


@record(frozen=True)
class Multiple:
    """``scalar`` times the identity matrix whose size is not written: it takes the shape of what it meets."""

    scalar: int


@record(frozen=True)
class Cut:
    """Key of an env entry that replaces a declared name, or one member of a family, in all definitions too.

    ``E[f(X)]`` over a declared random X and derivatives by a defined name bind so; a plain string binds lexically.
    """

    name: str
    subscripts: tuple = ()


class ShapeClash(Exception):
    """Two shapes that cannot meet; the text names both."""


class NeedsSizes(Exception):
    """Raised in the measure mode where an index is used as a number: the claim needs concrete sizes."""


def sized(value, graph, shape=None):
    """The value as an Array: a scalar becomes 1 x 1, the unsized zero and identity take ``shape``."""
    if isinstance(value, Multiple):
        if shape is None or shape[0] != shape[1]:
            raise ShapeClash(f"an identity matrix meets the shape {shape}")
        n = shape[0]
        return Array(n, n, tuple(value.scalar if i == j else graph.zero for i in range(n) for j in range(n)))
    if isinstance(value, Array):
        if value.free and shape is not None:
            return Array(*shape, (graph.zero,) * (shape[0] * shape[1]))
        return value
    return Array(1, 1, (value,))


def collapsed(array):
    """A 1 x 1 array is its one entry."""
    return array.entries[0] if isinstance(array, Array) and array.shape == (1, 1) and not array.free else array
