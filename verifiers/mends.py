"""The catalogue of mending edits: what one change of one node of a wrong side undoes, and the name of that slip.

A mend is the inverse of a slip: most are slips of ``verifiers.mistakes`` read backwards; the others put back what the
other side of the claim shows to be missing.  Nothing here proves anything.
"""

from collections import Counter
from itertools import islice

from derive.term import HALF, MINUS_ONE, ONE, TWO, Term, add, free_names, inv, mul, num, pow_, range_, subterms
from verifiers import mistakes
from verifiers.mistakes import FUNCTIONS_OF_SUMS, edits, mutants

FACTORS, SIGNED = 14, 4     # factors that are tried as missing, and the first of them with a minus too
DISCOUNTS = (r"\gamma", r"\lambda")
UNDONE = 60             # slips of each part of the other side that are looked for in this one

# The slip an author made, where the edit of the catalogue has another name: whichever way the edit goes,
EITHER_WAY = {
    "sign_of_factor": "sign", "literal": "wrong_constant", "dropped_power": "wrong_power",
    "mirrored": "wrong_operation", "swapped_names": "wrong_symbol", "shifted_bound": "wrong_bound",
    "swapped_index": "wrong_index", "direction": "kl_direction", "deviation": "standard_deviation"}
# where the edit mends what the author made,
UNDOES = {
    "factor_two": "missing_factor_two", "factor_half": "missing_factor_half", "dropped_factor": "extra_factor",
    "dropped_term": "extra_term", "dropped_transpose": "extra_transpose", "added_transpose": "dropped_transpose",
    "dropped_square": "extra_square", "added_square": "missing_square", "dropped_root": "extra_root",
    "dropped_log": "extra_function", **EITHER_WAY}
# and where the author made the edit, and it is put back from the other side.
AUTHORS = {
    "dropped_term": "missing_term", "dropped_factor": "missing_factor", "dropped_square": "missing_square",
    "dropped_root": "missing_root", "factor_two": "extra_factor_two", "factor_half": "extra_factor_half",
    "added_transpose": "extra_transpose", "added_square": "extra_square", "dropped_log": "missing_function",
    **EITHER_WAY}


# -- what the other side shows ----------------------------------------------------------------------------------------

class Restored:
    """A part of the other side in the place of what one slip makes of it: an operator for each slip."""

    def __init__(self, slip, parts):
        self.__name__, self.parts = AUTHORS.get(slip, slip), parts

    def __call__(self, node, _):
        yield from self.parts.get(node, ())


def missing_factor(node, context):
    """a b for b, where a is a factor of the other side; under a sum, an expectation, a function or an integral too."""
    parent = context.parent
    if mistakes.is_term(node, context) or parent is not None and \
            parent.head in ("sum", "E", "exp", "log", "int", "matrix", "pow", *FUNCTIONS_OF_SUMS):
        for f in context.kinds["#factors"]:
            yield mul(f, node)
        for f in context.kinds["#factors"][:SIGNED]:
            yield mul(MINUS_ONE, f, node)


def missing_term(node, context):
    """a + b for a, where b is a summand of the other side."""
    if node.head == "add" or context.parent is None or context.parent.head in ("pow", "log", "exp", "E", "sum", "norm"):
        if node.head not in mistakes.CONDITIONS and node.head != "num":
            for t in context.kinds["#terms"]:
                yield add(node, t)


# -- other edits ------------------------------------------------------------------------------------------------------

def negated_argument(node, context):
    """f(-(a + b)) for f(a + b)."""
    if node.head == "add" and context.parent is not None and context.parent.head in ("exp", "sigmoid", "log", "call"):
        yield add(*map(mistakes.negated, node.args))


def minus_half(node, context):
    """-a/2 for a."""
    if mistakes.is_term(node, context) and node.head != "num":
        yield mul(num(-1), HALF, node)


def extra_derivative(node, _):
    """a for a s (1 - s): the inner derivative that is no factor here; two factors at once."""
    if node.head == "mul" and len(node.args) > 2:
        for k, f in enumerate(node.args):
            for j, g in enumerate(node.args):
                if j != k and g is add(ONE, mistakes.negated(f)):
                    yield mul(*(h for m, h in enumerate(node.args) if m not in (j, k)))


def sum_of_logs(node, _):
    """log a + log b for log a log b."""
    if node.head == "mul":
        logs = [f for f in node.args if f.head == "log"]
        if len(logs) == 2:
            yield mul(*(f for f in node.args if f.head != "log"), add(*logs))
            yield mul(*(f for f in node.args if f.head != "log"), Term("log", (mul(*(f.args[0] for f in logs)),)))


def product_of_expectations(node, _):
    """E[a b] for E[a] E[b], squares alike, and back."""
    if node.head == "mul":
        means = [f for f in node.args if _mean(f)]
        rest = [f for f in node.args if not _mean(f)]
        if len(means) == 2:
            bodies, laws = zip(*map(_parts_of_mean, means), strict=True)
            if laws[0] == laws[1]:
                powers = {f.head for f in means}
                if len(powers) == 1:
                    joint = Term("E", (mul(*bodies), *laws[0]))
                    yield mul(*rest, pow_(joint, TWO) if powers == {"pow"} else joint)
    if node.head == "E" and node.args[0].head == "mul" and len(node.args[0].args) == 2:
        yield mul(*(Term("E", (f, *node.args[1:])) for f in node.args[0].args))


def _mean(term):
    return term.head == "E" or term.head == "pow" and term.args[1] is TWO and term.args[0].head == "E"


def _parts_of_mean(term):
    mean = term if term.head == "E" else term.args[0]
    return mean.args[0], mean.args[1:]


def determinant_scaling(node, _):
    """det(c A) for c det A."""
    if node.head == "mul":
        for k, f in enumerate(node.args):
            inner, power = (f.args[0], f.args[1]) if f.head == "pow" else (f, None)
            if inner.head == "det":
                for j, c in enumerate(node.args):
                    scale = c.args[0] if power is not None and c.head == "pow" and c.args[1] is power else c
                    if j != k and (power is None) == (scale is c):
                        scaled = Term("det", (mul(scale, inner.args[0]),))
                        rest = (g for m, g in enumerate(node.args) if m not in (j, k))
                        yield mul(*rest, scaled if power is None else pow_(scaled, power))


def assumed_symmetric(node, context):
    """(A + A^T) for 2 A."""
    if node.head == "mul" and node.args[0] is TWO:
        for k, f in enumerate(node.args[1:], start=1):
            if f.head == "name" and context.kind(f) == "matrix":
                yield mul(*node.args[1:k], add(f, Term("transpose", (f,))), *node.args[k + 1:])


def misplaced_parenthesis(node, context):
    """f(a + b) for a + f(b), a + f(b) for f(a + b), f(g a) for g f(a)."""
    if node.head == "add":
        for k, t in enumerate(node.args):
            sign, f = (MINUS_ONE, t.args[1]) if t.head == "mul" and t.args[0] is MINUS_ONE and len(t.args) == 2 \
                else (ONE, t)
            if f.head in FUNCTIONS_OF_SUMS:
                inner = f.args[0] if sign is ONE else mistakes.negated(f.args[0])
                yield Term(f.head, (add(*node.args[:k], inner, *node.args[k + 1:]), *f.args[1:]))
    if node.head in FUNCTIONS_OF_SUMS and node.args[0].head == "add":
        terms = node.args[0].args
        for k, t in enumerate(terms):
            yield add(Term(node.head, (t, *node.args[1:])), *terms[:k], *terms[k + 1:])


def squared(node, context):
    """a^2 for a, where a is a norm, a mean, an entry of a matrix written out, or a factor."""
    parent = context.parent
    if node.head in ("norm", "abs", "E", "call", "sum", "transpose", "Var") or \
            node.head == "add" and (parent is None or parent.head == "mul") or node.head in ("name", "index") and \
            parent is not None and parent.head in ("matrix", "exp", "norm", "log", "E", "sum"):
        yield pow_(node, TWO)


def other_bound(node, _):
    """A sum or product over one or two terms more or fewer than written."""
    if node.head in ("sum", "prod") and node.args[2].head == "range":
        body, variable, domain = node.args
        low, high = domain.args
        for k in (-1, 2, -2):
            yield Term(node.head, (body, variable, range_(_moved(low, k), high)))
        for k in (1, -2, 2):
            if high.head != "infinity":
                yield Term(node.head, (body, variable, range_(low, _moved(high, k))))


def _moved(term, k):
    if term.head == "num":
        return num(term.value + k)
    if term.head == "add" and term.args[-1].head == "num":
        rest, total = add(*term.args[:-1]), term.args[-1].value + k
        return add(rest, num(total)) if total else rest
    return add(term, num(k))


def shifted_index(node, context):
    """x_{i+1} or x_{i-1} for x_i; t + 1 or t - 1 for an exponent t."""
    if node.head == "index":
        for k in (1, -1):
            if node.args[-1].head != "num":
                yield Term("index", (*node.args[:-1], _moved(node.args[-1], k)))
    if node.head == "pow" and node.args[1].head in ("name", "add"):
        for k in (1, -1):
            yield pow_(node.args[0], _moved(node.args[1], k))


def off_by_one(node, context):
    """n - 1 or n + 1 for a size n."""
    if node.head == "name" and context.kinds.get(node.value) == "size" and context.parent is not None and \
            context.parent.head in ("mul", "pow", "add"):
        yield add(node, num(-1))
        yield add(node, ONE)


def swapped_conditional(node, _):
    """p(b | a) for p(a | b), f(b, a) for f(a, b)."""
    if node.head == "call" and len(node.args) == 3:
        yield Term("call", (node.args[0], node.args[2], node.args[1]), node.value)


def other_number(node, context):
    """n - 1, n + 1, n + 2 or 2 n for a number n."""
    if node.head == "num" and context.parent is not None and isinstance(node.value, int):
        for value in (node.value - 1, node.value + 1, node.value + 2, 2*node.value):
            if value != node.value and (value or context.parent.head == "add"):
                yield num(value)


def exchanged(node, _):
    """g / (f h) for f / (g h): a factor and a divisor in each other's place."""
    if node.head == "mul":
        for k, f in enumerate(node.args):
            for j, d in enumerate(node.args):
                if j != k and f.head not in ("pow", "num") and d.head == "pow" and d.args[1] is MINUS_ONE:
                    below = d.args[0].args if d.args[0].head == "mul" else (d.args[0],)
                    for m, g in enumerate(below):
                        turned = inv(mul(*below[:m], f, *below[m + 1:]))
                        yield mul(*(g if n == k else turned if n == j else h for n, h in enumerate(node.args)))


def missing_inverse(node, context):
    """A^{-1} for A, 1/a for a."""
    if node.head == "name" and context.kind(node) in ("matrix", "scalar") and context.parent is not None and \
            context.parent.head in ("mul", "transpose", "add", "tr", "det"):
        yield inv(node)


def missing_function(node, context):
    """log a for a, exp a for a, where the other side has that function."""
    if context.parent is not None and context.parent.head in ("add", "mul", "E", "sum") and node.head != "num":
        for f in context.kinds["#functions"]:
            if node.head != f:
                yield Term(f, (node,))


def function_of_sum(node, _):
    """sum f(a) for f(sum a), and f(sum a) for sum f(a); the same of expectations."""
    inner = node.args[0] if node.args else None
    if inner is not None and (node.head in FUNCTIONS_OF_SUMS and inner.head in ("sum", "E")
                              or node.head in ("sum", "E") and inner.head in FUNCTIONS_OF_SUMS):
        yield Term(inner.head, (Term(node.head, (inner.args[0], *node.args[1:])), *inner.args[1:]))


def missing_root(node, context):
    """sqrt(a) for a, where a is a divisor or a factor."""
    if context.parent is not None and context.parent.head in ("pow", "mul", "add") and \
            node.head in ("name", "index", "add", "call"):
        yield pow_(node, HALF)


# Edits that few sides admit come first, since where one fits it is rarely by accident.
SPECIAL = (negated_argument, sum_of_logs, product_of_expectations, determinant_scaling, assumed_symmetric,
           extra_derivative, misplaced_parenthesis, function_of_sum, swapped_conditional)
GENERAL = (missing_term, other_bound, squared, off_by_one, missing_root, missing_inverse, shifted_index, minus_half,
           other_number, exchanged, missing_function)
NAMED = {"other_bound": "wrong_bound", "negated_argument": "sign", "minus_half": "missing_factor",
         "extra_derivative": "extra_factor", "sum_of_logs": "log_of_product", "squared": "missing_square",
         "shifted_index": "wrong_index", "other_number": "wrong_constant",
         "exchanged": "inverted", "function_of_sum": "function_of_mean"}


def mends(claim):
    """(name of the slip, mended right side) for every single edit of the catalogue, the likeliest first.

    The mended side keeps every free name of the line.
    """
    names, own = free_names(claim.right), mistakes.OPERATORS
    operators = (*SPECIAL, *_restoring(claim), own[0], missing_factor, *own[1:], *GENERAL)
    more = {"#factors": _factors(claim), "#terms": _terms(claim), "#functions": _functions(claim.left)}
    for name, mended in edits(claim.right, claim.symbols, operators, more):
        if free_names(mended) >= names:
            if name == "missing_factor":
                name = _kind_of_factor(mended, claim)
            yield UNDOES.get(name) or NAMED.get(name, name), mended


def changed(side, mended):
    """How many leaves an edit takes away and puts in."""
    before, after = Counter(_leaves(side)), Counter(_leaves(mended))
    return sum(((before - after) + (after - before)).values())


def _kind_of_factor(mended, claim):
    """missing_discount for a gamma in (0, 1), missing_chain_rule where the other side is a derivative."""
    gained = Counter(_leaves(mended)) - Counter(_leaves(claim.right))
    if len(gained) == 1:
        leaf, = gained
        declared = claim.symbol(leaf.value) if leaf.head == "name" else None
        if declared is not None and declared.domain in ("unit", "closed_unit") and leaf.value in DISCOUNTS:
            return "missing_discount"
    if any(n.head in ("deriv", "grad") for n in subterms(claim.left)):
        return "missing_chain_rule"
    return "missing_factor"


def _leaves(term):
    return [term] if not term.args else [leaf for a in term.args for leaf in _leaves(a)]


def _restoring(claim):
    """An operator for each slip of which the right side has what it makes of a part of the left side."""
    there, found = set(subterms(claim.right)), {}
    for part in subterms(claim.left):
        if part.args and part.head not in ("index", "range", "dist", "rel", "deriv", "grad") and part not in there:
            for slip, wrong in islice(mutants(part, claim.symbols, UNDONE), UNDONE):
                if wrong in there and wrong.args:
                    found.setdefault(slip, {}).setdefault(wrong, []).append(part)
    return [Restored(slip, parts) for slip, parts in found.items()]


def _factors(claim):
    """Factors of the left side, those that the right side has less often first; then inverses, squares and letters."""
    left, right = Counter(_factors_of(claim.left)), Counter(_factors_of(claim.right))
    lacking = list((left - right).keys())
    letters = list(dict.fromkeys(t for side in (claim.left, claim.right) for t in mistakes.letters(side, claim)))
    sizes = [inv(Term("name", (), d.name)) for d in claim.symbols if d.kind == "size"
             and d.name in free_names(claim.left) | free_names(claim.right)]
    scalars = [t for t in letters if t.head == "name" and getattr(claim.symbol(t.value), "kind", "") == "scalar"]
    more = [*letters, *sizes, *map(inv, scalars), *(pow_(t, TWO) for t in scalars)]
    return tuple(dict.fromkeys([*lacking[:FACTORS], *more[:2 * FACTORS]]))


def _factors_of(term):
    """Factors and divisors of products, and calls and members of families, wherever they stand free of binders."""
    for node in subterms(term):
        if node.head == "mul":
            yield from (f for f in node.args if f.head not in ("num", "sum", "int", "add"))
        elif node.head in ("sum", "prod", "E", "int") and node.args[0].head == "mul":
            yield from (f for f in node.args[0].args if f.head not in ("num", "sum", "int", "add"))


def _terms(claim):
    """Summands of the left side that the right side has not, and 1."""
    there = {t for n in subterms(claim.right) if n.head == "add" for t in n.args}
    own = [t for n in subterms(claim.left) if n.head == "add" for t in n.args if t not in there]
    both = [s for t in own for s in (t, mistakes.negated(t))]
    return tuple(dict.fromkeys([*both[:FACTORS], ONE, MINUS_ONE]))


def _functions(term):
    return tuple(dict.fromkeys(n.head for n in subterms(term) if n.head in ("log", "exp")))

