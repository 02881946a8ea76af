"""Wrong edits beyond the catalogue of slips: indices, bounds, strictness, functions, laws, shapes, declarations.

``wrongs`` draws single and double edits of a claim; nothing here says whether an edit is still true.
"""

from fractions import Fraction
from functools import partial

from derive.term import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    Relation,
    Term,
    add,
    free_names,
    inv,
    mul,
    num,
    pow_,
    range_,
    sub,
)
from derive.term.record import replace
from verifiers.judge import used_names
from verifiers.mistakes import OPERATORS, Context, _everywhere, _index_letters

NEARLY = num(1 + Fraction(1, 10**10))
FUNCTION_SWAPS = {"exp": ("log", "softplus", "sinh"), "log": ("exp", "softplus"), "sin": ("tan", "sinh"),
                  "cos": ("sinh", "cosh"), "abs": ("relu", "sign"), "relu": ("abs", "softplus"),
                  "sigmoid": ("tanh", "softplus"), "tanh": ("sigmoid", "sinh"), "softplus": ("relu", "exp"),
                  "sinh": ("cosh",), "cosh": ("sinh",), "sign": ("abs",), "erf": ("tanh",), "gamma": ("factorial",),
                  "factorial": ("gamma",), "lgamma": ("digamma",), "digamma": ("lgamma",), "arctan": ("tanh",)}
STRICT = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "=": "!=", "!=": "="}
FORMS = {"tr": "det", "det": "tr", "hadamard": "mul", "Var": "E"}
PLACES = ("sum", "prod", "maxover", "minover")
TRIES = 6               # draws for every mutant that is wanted


# -- edits of one node ------------------------------------------------------------------------------------------------

def moved_index(node, _):
    """x_{i+1} or x_{i-1} for x_i, and an index put at 1."""
    if node.head == "index":
        *rest, last = node.args
        moved = [num(last.value + 1), num(last.value - 1)] if last.head == "num" else \
            [add(last, ONE), sub(last, ONE), ONE]
        for m in moved:
            yield Term("index", (*rest, m))


def moved_start(node, _):
    """A sum from one term earlier, or to one term later; both ends moved."""
    if node.head in PLACES and node.args[2].head == "range":
        body, variable, domain = node.args
        low, high = domain.args
        earlier = num(low.value - 1) if low.head == "num" else sub(low, ONE)
        yield Term(node.head, (body, variable, range_(earlier, high)))
        if high.head != "infinity":
            yield Term(node.head, (body, variable, range_(low, add(high, ONE))))
            yield Term(node.head, (body, variable, range_(earlier, sub(high, ONE))))


def other_end(node, context):
    """A sum to another index or size in sight."""
    if node.head in PLACES and node.args[2].head == "range":
        body, variable, domain = node.args
        for end in (*context.kinds["#indices"], *context.kinds["#sizes"]):
            if end is not variable and end is not domain.args[1]:
                yield Term(node.head, (body, variable, range_(domain.args[0], end)))


def strictness(node, context):
    """j < i for j <= i in a condition, in a side or below a sum."""
    if node.head == "rel" and context.parent is not None and str(node.value) in STRICT:
        yield Term("rel", node.args, Relation(STRICT[str(node.value)]))
        yield Term("rel", node.args[::-1], node.value)
    if node.head in PLACES and node.args[2].head == "filter":
        for condition in strictness(node.args[2].args[1], Context(context.kinds, node)):
            yield Term(node.head, (*node.args[:2], Term("filter", (node.args[2].args[0], condition))))
        yield Term(node.head, (*node.args[:2], node.args[2].args[0]))


def other_function(node, _):
    """log for exp, sigmoid for tanh ..."""
    for head in FUNCTION_SWAPS.get(node.head, ()):
        yield Term(head, node.args)


def dropped_function(node, _):
    """x for f(x)."""
    if node.head in FUNCTION_SWAPS or node.head in ("det", "tr", "norm", "E"):
        if node.head not in ("exp", "log"):
            yield node.args[0]


def other_form(node, _):
    """tr for det, a product for an entrywise one."""
    if node.head in FORMS:
        yield Term(FORMS[node.head], node.args)


def swapped_arguments(node, _):
    """f(b, a) for f(a, b): calls, binomials, powers, cases, mean and variance of a law."""
    if node.head == "call" and len(node.args) > 2:
        yield Term("call", (node.args[0], *node.args[:0:-1]), node.value)
    if node.head in ("binom", "pow", "normal", "Cov", "kron") or node.head == "cases" and len(node.args) > 2:
        a, b, *rest = node.args
        yield Term(node.head, (rest[0], b, a, *rest[1:]) if node.head == "cases" else (b, a), node.value)
    if node.head == "normal_density":
        x, mean, spread = node.args
        yield from (Term("normal_density", (mean, spread, x)), Term("normal_density", (x, spread, mean)),
                    Term("normal_density", (x, mean, pow_(spread, TWO))))


def condition_of_mean(node, _):
    """E[a] for E[a | b], and E[b | a]."""
    if node.head == "given":
        yield node.args[0]
        if node.args[1].head == "name":
            yield Term("given", node.args[::-1])


def other_variable(node, context):
    """The derivative by another scalar in sight."""
    if node.head in ("deriv", "grad") and node.args[-1] in context.kinds["#scalars"]:
        for other in context.kinds["#scalars"]:
            if other is not node.args[-1]:
                yield Term(node.head, (*node.args[:-1], other))


def other_family(node, context):
    """y_i for x_i, B for A: another name of the same kind, shape and indices."""
    if node.head == "name":
        for other in context.kinds["#alike"].get(node, ()):
            yield other
    if node.head == "index":
        for other in context.kinds["#alike"].get(node.args[0], ()):
            yield Term("index", (other, *node.args[1:]))


def inverse_for_transpose(node, context):
    """A^{-1} for A^T, A^T for A^{-1}, and an inverse added."""
    if node.head == "transpose" and context.kind(node.args[0]) == "matrix":
        yield inv(node.args[0])
    if node.head == "pow" and node.args[1] is MINUS_ONE and context.kind(node.args[0]) == "matrix":
        yield Term("transpose", node.args[:1])
    if node.head == "name" and context.kind(node) == "matrix" and context.parent is not None:
        yield inv(node)


def constant_term(node, context):
    """a + 1 for a, 2 for a literal 1, a nearly right factor."""
    if context.parent is None and node.head not in ("rel", "and", "or"):
        yield mul(NEARLY, node)
        yield add(node, ONE)
    if node.head == "num" and context.parent is not None and context.parent.head in ("mul", "add"):
        yield num(node.value - 1) if node.value not in (0, 1) else num(3)
    if node is HALF:
        yield inv(num(3))


def complement(node, context):
    """1 - a for a, where a is a scalar name."""
    if node.head in ("name", "index") and context.kind(node) == "scalar" and context.parent is not None and \
            context.parent.head in ("mul", "add", "pow", "log"):
        yield sub(ONE, node)
        yield ZERO if context.parent.head == "add" else ONE


def extra_factor(node, context):
    """a b for b, where a is a scalar of the step: a side, a summand, the inside of a sum, a mean, an exponential."""
    parent = context.parent
    if parent is None and node.head not in ("rel", "and", "or") or \
            parent is not None and parent.head in ("add", "sum", "E", "exp", "log", "int"):
        for f in context.kinds["#scalars"]:
            yield mul(f, node)


def extra_root(node, context):
    """sqrt(a) for a divisor or a factor a."""
    if context.parent is not None and context.parent.head in ("pow", "mul") and node.head in ("name", "index", "add"):
        yield pow_(node, HALF)


MORE = (moved_index, moved_start, other_end, strictness, other_function, dropped_function, other_form,
        swapped_arguments, condition_of_mean, other_variable, other_family, inverse_for_transpose, constant_term,
        complement, extra_factor, extra_root)


# -- edits of what is declared and given ------------------------------------------------------------------------------

WIDER = {"positive": "real", "nonnegative": "real", "nonzero": "real", "unit": "real", "closed_unit": "nonnegative",
         "sign": "real", "binary": "real", "negative": "real"}
BLANKS = ("mean", "variance", "law", "independent_of", "constraints")


def undeclared(claim):
    """(operator, claim) with one word of one used declaration left out."""
    used = used_names(claim)
    for k, d in enumerate(claim.symbols):
        for operator, changed in _weaker(d) if d.name in used else ():
            yield f"declared {operator}", replace(claim, symbols=(*claim.symbols[:k], changed, *claim.symbols[k + 1:]))


def _weaker(d):
    for word in sorted(d.structure - {"finite_variance", "smooth", "finite"}):
        weaker = {"symmetric"} if word == "positive_definite" else set()
        yield "structure", replace(d, structure=d.structure - {word} | weaker)
    if d.domain in WIDER and d.kind in ("scalar", "vector", "matrix"):
        yield "domain", replace(d, domain=WIDER[d.domain])
    for field in BLANKS:
        if getattr(d, field):
            yield field, replace(d, **{field: () if isinstance(getattr(d, field), tuple) else None})
    if d.kind == "size" and d.low is not None and d.low.head == "num" and d.low.value > 1:
        yield "bound", replace(d, low=num(d.low.value - 1))


def redefined(claim, rng):
    """(operator, claim) with one edit of one definition."""
    used = used_names(claim)
    defined = [k for k, d in enumerate(claim.symbols) if d.definition is not None and d.name in used]
    if defined:
        k = rng.choice(defined)
        d = claim.symbols[k]
        found = edited(d.definition, claim.symbols, rng)
        if found is not None:
            changed = replace(d, definition=found[1])
            yield "definition", replace(claim, symbols=(*claim.symbols[:k], changed, *claim.symbols[k + 1:]))


def ungiven(claim, rng):
    """(operator, claim) with a given left out or edited."""
    for k, given in enumerate(claim.givens):
        yield "given dropped", replace(claim, givens=claim.givens[:k] + claim.givens[k + 1:])
        found = edited(given, claim.symbols, rng)
        if found is not None:
            yield "given edited", replace(claim, givens=(*claim.givens[:k], found[1], *claim.givens[k + 1:]))


def otherwise_related(claim):
    """(operator, claim) with a stricter or reversed relation."""
    strict = {Relation.LE: Relation.LT, Relation.GE: Relation.GT}
    back = {Relation.LE: Relation.GE, Relation.GE: Relation.LE, Relation.LT: Relation.GT, Relation.GT: Relation.LT}
    if claim.relation in strict:
        yield "relation strict", replace(claim, relation=strict[claim.relation])
    if claim.relation in back:
        yield "relation reversed", replace(claim, relation=back[claim.relation])
    if claim.relation is Relation.IMPLIES:
        yield "implication reversed", replace(claim, left=claim.right, right=claim.left)


# -- drawing ----------------------------------------------------------------------------------------------------------

def seen(term, symbols):
    """What an edit may know of a term: kinds of names, indices, sizes, scalars, names that could stand for another."""
    used, kinds = free_names(term), {d.name: d.kind for d in symbols}
    own = [d for d in symbols if d.kind in ("scalar", "vector", "matrix", "random") and d.definition is None]
    kinds["#indices"] = tuple(dict.fromkeys(_index_letters(term)))
    kinds["#sizes"] = tuple(Term("name", (), d.name) for d in symbols if d.kind == "size")
    kinds["#scalars"] = tuple(Term("name", (), d.name) for d in own
                              if d.kind == "scalar" and not d.indices and d.name in used)
    kinds["#alike"] = {Term("name", (), a.name): tuple(Term("name", (), b.name) for b in own if b is not a
                       and (b.kind, b.shape, len(b.indices)) == (a.kind, a.shape, len(a.indices))) for a in own}
    return kinds


def edited(term, symbols, rng, operators=(*OPERATORS, *MORE)):
    """(operator, Term) of one random edit, or None where none of the operators finds a place."""
    kinds = seen(term, symbols)
    for operator in rng.sample(operators, len(operators)):
        places = list(_everywhere(term, operator, kinds))
        if places:
            return operator.__name__, rng.choice(places)
    return None


def wrongs(claim, rng, wanted):
    """[(operator, claim)]: at most ``wanted`` different edits of a claim, of nodes of a side or of a declaration."""
    drawn = [*undeclared(claim), *ungiven(claim, rng), *otherwise_related(claim)]
    rng.shuffle(drawn)
    found = {changed: name for name, changed in drawn[:max(1, wanted//4)]}
    cached = {side: partial(edited, getattr(claim, side), claim.symbols, rng) for side in ("left", "right")}
    for _ in range(TRIES*wanted):
        if len(found) >= wanted:
            break
        if rng.random() < 0.08:
            found |= {changed: name for name, changed in redefined(claim, rng)}
            continue
        side = "right" if rng.random() < 0.75 else "left"
        one = cached[side]()
        if one is None:
            continue
        name, term = one
        if rng.random() < 0.2:
            two = edited(term, claim.symbols, rng)
            name, term = ("two edits", two[1]) if two is not None else one
        found.setdefault(replace(claim, **{side: term}), name)
    found.pop(claim, None)
    return [(name, changed) for changed, name in found.items()]
