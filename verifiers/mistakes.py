"""The catalogue of slips people make in a formula, each a single edit of one node of a Term.

Two uses: mutants of a true step, which no judge may accept, and the likely slip of a refuted one.
"""

from itertools import islice

from derive.term import (
    HALF,
    HEADS,
    MINUS_ONE,
    ONE,
    TWO,
    Term,
    add,
    div,
    free_names,
    inv,
    mul,
    neg,
    num,
    pow_,
    range_,
    rebuild,
    sub,
    subterms,
)
from derive.term.record import field, record

PER_STEP = 20
MIRRORED = {"sum": "prod", "prod": "sum", "max": "min", "min": "max", "maxover": "minover", "minover": "maxover",
            "argmin": "argmax", "argmax": "argmin", "minof": "maxof", "maxof": "minof", "sin": "cos", "cos": "sin"}
MATRIX_KINDS = ("matrix", "vector")
CONDITIONS = ("rel", "and", "or")
FUNCTIONS_OF_SUMS = ("exp", "log", "sigmoid", "softplus", "relu", "abs", "pow", "tanh", "sin", "cos", "norm")


@record(frozen=True)
class Context:
    """What an edit may know: the kinds of names, and where the node stands."""

    kinds: dict = field(default_factory=dict)
    parent: Term | None = None

    def kind(self, term):
        """matrix, vector, scalar ... of a product of letters, as far as it can be seen."""
        if term.head == "name":
            return self.kinds.get(term.value, "scalar")
        if term.head in ("transpose", "pow") and term.args:
            return self.kind(term.args[0])
        if term.head in ("add", "mul"):
            inner = {self.kind(a) for a in term.args}
            return next((k for k in MATRIX_KINDS if k in inner), "scalar")
        if term.head == "index":
            base = self.kind(term.args[0])
            return base if base not in MATRIX_KINDS else "scalar"
        return "scalar"


# -- the edits: (node, context) -> replacements, most likely first ---------------------------------------------------

def sign(node, _):
    """+a for -a, -a for +a, one term at a time."""
    if node.head == "add":
        for k, t in enumerate(node.args):
            yield add(*node.args[:k], negated(t), *node.args[k + 1:])


def sign_of_factor(node, context):
    """-x for x, as the argument of a function or a whole side."""
    whole = context.parent is None or context.parent.head == "rel"
    if (whole or context.parent.head in ("exp", "sigmoid", "log", "call")) and node.head not in CONDITIONS:
        if node.head != "num" and (node.head != "add" or whole):
            yield negated(node)


def negated(term):
    """-a of a, without a double sign."""
    if term.head == "mul" and term.args[0].head == "num" and term.args[0].value < 0:
        rest = term.args[1:]
        flipped = num(-term.args[0].value)
        return mul(*rest) if flipped is ONE else mul(flipped, *rest)
    return neg(term)


def dropped_term(node, _):
    """a for a + b."""
    if node.head == "add":
        for k in range(len(node.args)):
            yield add(*node.args[:k], *node.args[k + 1:])


def dropped_factor(node, _):
    """a for a b."""
    if node.head == "mul":
        for k, f in enumerate(node.args):
            if f is not MINUS_ONE:
                yield mul(*node.args[:k], *node.args[k + 1:])


def is_term(node, context):
    """Whether the node is a side or a summand, and a value rather than a condition."""
    return (context.parent is None or context.parent.head in ("add", "rel")) and node.head not in CONDITIONS


def factor_two(node, context):
    """2 a for a, on a term or a side."""
    if is_term(node, context) and node.head != "num":
        yield mul(TWO, node)


def factor_half(node, context):
    """a / 2 for a, on a term or a side."""
    if is_term(node, context) and node.head != "num":
        yield mul(HALF, node)


def dropped_transpose(node, _):
    if node.head == "transpose":
        yield node.args[0]


def added_transpose(node, context):
    if node.head in ("name", "mul") and context.kind(node) == "matrix" and \
            (context.parent is None or context.parent.head not in ("transpose", "index", "call")):
        yield Term("transpose", (node,))


def matrix_order(node, context):
    """B A for A B."""
    if node.head == "mul":
        for k in range(len(node.args) - 1):
            a, b = node.args[k:k + 2]
            if a is not b and context.kind(a) in MATRIX_KINDS and context.kind(b) in MATRIX_KINDS:
                yield mul(*node.args[:k], b, a, *node.args[k + 2:])


def swapped_index(node, context):
    """a_{ji} for a_{ij}, x_j for x_i where j is another index in sight."""
    if node.head == "index" and len(node.args) > 2 and node.args[1] is not node.args[2]:
        yield Term("index", (node.args[0], node.args[2], node.args[1], *node.args[3:]))
    if node.head == "index":
        for other in context.kinds.get("#indices", ()):
            if other is not node.args[-1] and node.args[-1] in context.kinds["#indices"]:
                yield Term("index", (*node.args[:-1], other))


def shifted_bound(node, _):
    """One term too many or too few."""
    if node.head in ("sum", "prod") and node.args[2].head == "range":
        body, variable, domain = node.args
        low, high = domain.args
        yield Term(node.head, (body, variable, range_(_one_more(low), high)))
        if high.head != "infinity":
            yield Term(node.head, (body, variable, range_(low, sub(high, ONE))))


def _one_more(term):
    return num(term.value + 1) if term.head == "num" else add(term, ONE)


def dropped_square(node, _):
    if node.head == "pow" and node.args[1] is TWO:
        yield node.args[0]


def added_square(node, context):
    under = context.parent
    if node.head in ("name", "index") and context.kind(node) == "scalar" and under is not None and \
            (under.head in ("mul", "add") or under.head == "pow" and under.args[1] is MINUS_ONE):
        yield pow_(node, TWO)


def dropped_root(node, _):
    if node.head == "pow" and node.args[1] is HALF:
        yield node.args[0]


def dropped_power(node, _):
    """x^n with the exponent one off."""
    if node.head == "pow" and node.args[1].head == "num" and node.args[1].value not in (-1, 2):
        yield pow_(node.args[0], num(node.args[1].value - 1))


def inverted(node, context):
    """a for 1/a, and b/a for a/b."""
    if node.head == "pow" and node.args[1] is MINUS_ONE:
        yield node.args[0]
    if node.head == "mul" and context.kind(node) == "scalar":
        under = [f for f in node.args if f.head == "pow" and f.args[1] is MINUS_ONE]
        over = [f for f in node.args if f not in under and f.head != "num"]
        if under and over:
            rest = [f for f in node.args if f.head == "num"]
            yield mul(*rest, *(f.args[0] for f in under), *map(inv, over))


def log_of_product(node, _):
    """log a log b for log(a b), log a / log b for log(a/b)."""
    if node.head == "log" and node.args[0].head == "mul":
        a, *rest = node.args[0].args
        log = lambda t: Term("log", (t,))      # noqa: E731 - local notation
        tail = mul(*rest)
        yield div(log(a), log(tail.args[0])) if tail.head == "pow" and tail.args[1] is MINUS_ONE else \
            mul(log(a), log(tail))


def dropped_log(node, _):
    if node.head in ("log", "exp"):
        yield node.args[0]


def square_of_mean(node, _):
    """E[X]^2 for E[X^2], and back."""
    if node.head == "E" and node.args[0].head == "pow" and node.args[0].args[1] is TWO:
        yield pow_(Term("E", (node.args[0].args[0], *node.args[1:])), TWO)
    if node.head == "pow" and node.args[1] is TWO and node.args[0].head in ("E", "sum"):
        inner = node.args[0]
        yield Term(inner.head, (pow_(inner.args[0], TWO), *inner.args[1:]))


def direction(node, _):
    """KL(q, p) for KL(p, q)."""
    if node.head == "KL":
        yield Term("KL", node.args[::-1])


def deviation(node, _):
    """Standard deviation for variance; a variance for a mean square."""
    if node.head == "Var":
        yield pow_(node, HALF)
        yield Term("E", (pow_(node.args[0], TWO), *node.args[1:]))


def function_of_mean(node, _):
    """f(E[X]) for E[f(X)]."""
    if node.head == "E" and node.args[0].head in ("log", "exp"):
        yield Term(node.args[0].head, (Term("E", (node.args[0].args[0], *node.args[1:])),))


def mirrored(node, _):
    """prod for sum, min for max, cos for sin."""
    if node.head in MIRRORED:
        yield Term(MIRRORED[node.head], node.args, node.value)


def literal(node, context):
    """A constant one too large."""
    if node.head == "num" and node is not MINUS_ONE and context.parent is not None \
            and context.parent.head in ("mul", "add", "pow") and node is not TWO:
        yield num(node.value + 1)


def swapped_names(node, context):
    """b for a, where both are scalars of the step."""
    if node.head == "name" and context.parent is not None and context.parent.head not in ("index", "call", "grad",
                                                                                         "deriv", "hess"):
        for other in context.kinds.get("#scalars", ()):
            if other is not node and node in context.kinds["#scalars"]:
                yield other


OPERATORS = (sign, factor_two, dropped_factor, dropped_term, dropped_transpose, matrix_order, dropped_square, inverted,
             square_of_mean, direction, shifted_bound, swapped_index, factor_half, dropped_root, log_of_product,
             added_transpose, deviation, function_of_mean, sign_of_factor, added_square, mirrored, dropped_log,
             dropped_power, literal, swapped_names)

# -- walking ---------------------------------------------------------------------------------------------------------

def edits(term, symbols=(), operators=OPERATORS, more=()):
    """(operator name, edited Term), the operators taken in turn, so that the first few are different slips.

    more   what the Context's kinds tell besides
    """
    kinds = {d.name: d.kind for d in symbols}
    kinds["#indices"] = tuple(dict.fromkeys(n for n in _index_letters(term)))
    kinds["#scalars"] = tuple(Term("name", (), d.name) for d in symbols
                              if d.kind == "scalar" and not d.indices and d.name in free_names(term))
    kinds.update(more)
    streams = [(op.__name__, _everywhere(term, op, kinds)) for op in operators]
    seen = {term}
    while streams:
        alive = []
        for name, stream in streams:
            edited = next(stream, None)
            if edited is None:
                continue
            alive.append((name, stream))
            if edited not in seen:
                seen.add(edited)
                yield name, edited
        streams = alive


def mutants(term, symbols=(), limit=PER_STEP):
    """At most ``limit`` single edits of the Term, in an order that depends on nothing but the Term."""
    return islice(edits(term, symbols), limit)


def _index_letters(term):
    """The letters a Term is indexed by, bound or free."""
    if HEADS[term.head].binds is not None and term.args[1].head == "name":
        yield term.args[1]
    if term.head == "index":
        yield from (a for a in term.args[1:] if a.head == "name")
    for a in term.args:
        yield from _index_letters(a)


def _everywhere(term, operator, kinds, parent=None):
    """The whole Term with ``operator`` applied at one place, outer places first."""
    yield from operator(term, Context(kinds, parent))
    for k, argument in enumerate(term.args):
        if _closed(term, k):
            continue
        for edited in _everywhere(argument, operator, kinds, term):
            yield rebuild(term, (*term.args[:k], edited, *term.args[k + 1:]))


def _closed(term, k):
    """Arguments that are names, places or index sets rather than values."""
    head = HEADS[term.head]
    if head.binds is not None:
        return k != 0
    return term.head in ("index", "call") and k == 0 or term.head in ("grad", "hess", "deriv") and k > 0 \
        or term.head in ("dist", "range", "filter", "implied")


def letters(term, claim):
    """The scalars and vectors of a side, and the members of its families."""
    kinds = {d.name: d.kind for d in claim.symbols}
    for node in subterms(term):
        base = node.args[0] if node.head == "index" else node
        if base.head == "name" and kinds.get(base.value) in ("scalar", "vector", "random", "size"):
            yield node
