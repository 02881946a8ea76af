"""What an author says of a name: kind, shape, domain, structure, definition, constraints.  A frozen record."""

from derive.term.core import Term
from derive.term.record import record

KINDS = ("scalar", "vector", "matrix", "size", "index", "function", "random", "mass", "density", "set", "label",
         "identity", "chain", "notation", "unread")
DOMAINS = ("real", "positive", "nonnegative", "negative", "nonzero", "unit", "closed_unit", "integer", "binary", "sign",
           "complex", "imaginary_unit")
STRUCTURES = ("symmetric", "positive_definite", "positive_semidefinite", "orthogonal", "invertible", "diagonal",
              "full_column_rank", "full_row_rank", "orthogonal_family", "nonzero", "sums_to_one", "unit_norm",
              "independent", "identically_distributed", "gaussian", "standard", "finite_variance", "even", "finite",
              "strictly_convex", "convex", "smooth", "increment", "arbitrary", "one_hot", "stochastic", "bounded",
              "elementwise", "choice", "pointwise", "variable_of_proportionality", "skew_symmetric", "lower_triangular",
              "upper_triangular", "permutation", "zero_diagonal", "positive_diagonal", "zero_outside", "event",
              "full_rank", "square", "decreasing", "odd", "regular_values", "additive_constant")


@record(frozen=True)
class Declaration:
    """One declared name.

    name         LaTeX of the base name: for the family "x_i, i = 1..I" it is ``x``, for the label "v_a" it is ``v_a``
    kind         one of KINDS; what one member is (a sequence of vectors is kind "vector" with one index)
    shape        sizes as Terms: () scalar, (n,) vector, (n, m) matrix; of one member.  The size ``implied`` is not
                 stated.  Of a mass or density: the shape of a point of its space
    indices      formal index names of a family, outermost first
    ranges       for each index its domain Term: range(1, I), a set, or implied
    domain       where scalars or entries live, one of DOMAINS
    structure    words out of STRUCTURES; positive definite implies symmetric, which is then left out
    formals      formal arguments (names) of a function, a law or of a definition with arguments; the bare name of a
                 function with formals is its value there
    parameters   names a law or function depends on besides its arguments: theta of p_theta
    bar          of a law p(x|z): how many formals stand before the bar.  Laws p(x), p(x|z) of one name are several
                 declarations, told apart by formals and bar
    definition   the right side, over indices and formals; None where the name is free
    mean, variance   moments declared for a random variable
    low, high    bounds of an integer or an interval, where declared
    takes        of a function: the shape of its one argument, () a number, (n,) a vector; None where it is not said
    entries      for a matrix or vector, the base name of its entries; for an entry family, see ``entries_of``
    eigen_of     of eigenvalues or eigenvectors: the matrix they are of
    rank         of a matrix: its declared rank
    composed     the Term of rows, columns or diagonal entries an array is said to have
    entries_of   the array whose entries this family names
    independent_of  names of the random variables this one is declared independent of
    law          the law of a random variable: a declared mass or density by name, or a ``normal`` Term
    transition, reward, discount   Terms of a Markov chain's value function: matrix, column, scalar
    states       the labels of the states of a chain, in the order of the rows of ``transition``; the words of a label
    layout       of a notation: the layout of vector-by-vector derivatives the author declares
    constraints  further relations, each to be enforced or to block
    unread       words that were not understood; ``unread_head`` when kind, shape or definition are among them
    text         the author's words
    """

    name: str
    kind: str
    shape: tuple[Term, ...] = ()
    indices: tuple[str, ...] = ()
    ranges: tuple[Term, ...] = ()
    domain: str = "real"
    structure: frozenset[str] = frozenset()
    formals: tuple[Term, ...] = ()
    parameters: tuple[Term, ...] = ()
    bar: int | None = None
    definition: Term | None = None
    mean: Term | None = None
    variance: Term | None = None
    low: Term | None = None
    high: Term | None = None
    takes: tuple[Term, ...] | None = None
    entries: str | None = None
    eigen_of: str | None = None
    rank: Term | None = None
    composed: Term | None = None
    entries_of: str | None = None
    independent_of: tuple[str, ...] = ()
    law: Term | None = None
    transition: Term | None = None
    reward: Term | None = None
    discount: Term | None = None
    layout: str | None = None
    states: tuple[str, ...] = ()
    constraints: tuple[Term, ...] = ()
    unread: str = ""
    unread_head: bool = False
    text: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: no kind {self.kind!r}")
        if self.domain not in DOMAINS:
            raise ValueError(f"{self.name}: no domain {self.domain!r}")
        strange = self.structure - set(STRUCTURES)
        if strange:
            raise ValueError(f"{self.name}: no structure {sorted(strange)}")
