"""A deterministic normal form of evaluated trees, for replay: sums of products, arrays expanded into words.

It decides nothing about truth.  Two expressions of one normal form are equal; of two normal forms nothing follows.
"""

import sympy as sp

from derive.lang.arrays import Norm, Tr, Zeros
from derive.lang.binders import Binder, Extremum, Sum
from derive.lang.evaluation import array_factors, evaluated, live, ordered_product
from derive.lang.heads import Entry, Inverse, Scalar, Transpose
from derive.lang.names import Facts, Name
from derive.lang.probability import Dist, Moment
from derive.lang.sets import And, Or, Range, Rel, condition
from derive.lang.shape import shape_of
from derive.term.record import replace
from derive.term.relation import Relation


def normal_form(expr):
    """The normal form of a typed or evaluated expression; what left a sum is renamed in a second round."""
    with live():
        written = _normal(evaluated(expr), 0)
        return _normal(written, 0) if isinstance(written, sp.Basic) and written.has(Sum) else written


def same(a, b):
    """True where the normal forms agree, also after clearing denominators; conditions in any order, sides exchanged."""
    a, b = normal_form(a), normal_form(b)
    if a == b:
        return True
    if isinstance(a, Rel) and isinstance(b, Rel):
        return _same_relation(a, b)
    if all(isinstance(f, sp.exp) for e in (a, b) for f in sp.Mul.make_args(e)):
        with live():
            exponents = [sp.Add(*(f.args[0] for f in sp.Mul.make_args(e))) for e in (a, b)]
        return same(*exponents)
    if isinstance(a, (And, Or)) and type(a) is type(b):
        return _same_conditions(list(a.args), list(b.args))
    if not all(isinstance(e, sp.Expr) for e in (a, b)) or condition(a) or condition(b):
        return False
    if shape_of(a) != shape_of(b) and 0 not in (a, b):
        return False
    with live():
        return _vanishes(a - b)


def _same_relation(a, b):
    if a.relation is not b.relation:
        return False
    if same(a.left, b.left) and same(a.right, b.right):
        return True
    if a.relation is not Relation.EQ:
        return False
    if same(a.left, b.right) and same(a.right, b.left):
        return True
    with live():
        left, right = a.left - a.right, b.left - b.right
        return same(left, right) or same(left, -right)


def _same_conditions(these, those):
    for one in these:
        other = next((o for o in those if o == one or same(one, o)), None)
        if other is None:
            return False
        those.remove(other)
    return not those


def _vanishes(difference):
    if difference == 0:
        return True
    if difference.is_commutative:
        return _is_zero(difference) or _is_zero(_by_odds(difference)) or _sums_vanish(difference)
    terms = {}
    for term in sp.Add.make_args(sp.expand(difference)):
        scalar, word = array_factors(term)
        terms[tuple(word)] = terms.get(tuple(word), 0) + scalar
    return all(t == 0 or (t.is_commutative and _vanishes(t)) for t in terms.values())


def _is_zero(expr):
    numerator = sp.fraction(sp.together(expr))[0]
    return sp.expand(sp.expand_log(sp.expand(numerator))) == 0


def _sums_vanish(difference):
    """sum_i a_i - sum_i b_i is 0 where each a_i - b_i is; n c beside them counts as sum_i c."""
    bodies, rest = {}, sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(difference)):
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, Sum) and f.is_commutative]
        if len(sums) != 1:
            rest += term
            continue
        place = sums[0].args[1:]
        bodies[place] = bodies.get(place, 0) + term/sums[0]*sums[0].body
    if rest != 0 and len(bodies) == 1:
        (place, body), = bodies.items()
        if isinstance(place[1], Range):
            low, high = place[1].args
            bodies, rest = {place: body + rest/(high - low + 1)}, 0
    return rest == 0 and bool(bodies) and all(b == 0 or _is_zero(b) for b in bodies.values())


def _by_odds(expr):
    """0 < u < 1 written p/(1 + p) with p > 0, so that SymPy sees that 1 - u = 1/(1 + p) is positive."""
    odds = {}
    for name in expr.atoms(Name):
        if name.facts.domain == "unit":
            p = Name(replace(name.facts, domain="positive", definition=None), "odds")
            odds[name] = p
    if not odds:
        return expr
    members = {e: _quotient(Entry(odds[e.args[0]], *e.args[1:])) for e in expr.atoms(Entry) if e.args[0] in odds}
    expr = expr.xreplace(members).xreplace({n: _quotient(p) for n, p in odds.items() if not n.indices})
    return _gathered(expr)


def _quotient(p):
    return p/(1 + p)


def _gathered(node):
    if not node.args:
        return node
    node = node.func(*map(_gathered, node.args))
    return sp.factor(sp.together(node)) if isinstance(node, sp.Add) and node.is_commutative else node


def _normal(expr, depth):
    if isinstance(expr, Zeros):
        return sp.Integer(0)
    if not expr.args or not isinstance(expr, sp.Expr):
        return expr
    if isinstance(expr, (Binder, Extremum)):
        return _binder(expr, depth)
    if isinstance(expr, Moment) and expr.laws:
        expr, depth = _renamed_moment(expr, depth), depth + 1
    args = [_normal(a, depth) for a in expr.args]
    if isinstance(expr, Transpose):
        return transpose_expanded(args[0])
    if isinstance(expr, Scalar):
        return _scalar(args[0])
    if isinstance(expr, Tr):
        return _trace(args[0])
    if isinstance(expr, sp.Pow) and isinstance(expr.base, Norm) and expr.exp == 2:
        return norm_squared(args[0].args[0], depth)
    if isinstance(expr, Inverse):
        return _inverse(args[0])
    if isinstance(expr, sp.Mul):
        return _collected(sp.expand(sp.Mul(*args), log=False), depth)
    expr = expr.func(*args)
    return _collected(sp.expand(expr), depth) if isinstance(expr, (sp.Add, sp.Pow, sp.exp, sp.log)) else expr


def _collected(expr, depth=0):
    """Words inside a sum of products made canonical."""
    return sp.Add(*(_word(term, depth) for term in sp.Add.make_args(expr)))


def _word(term, depth=0):
    if term.is_commutative:
        return sp.expand_log(term)
    scalar, factors = array_factors(term)
    place = next((k for k, f in enumerate(factors) if isinstance(f, Sum)), None)
    if place is not None and len(factors) > 1:
        return scalar*_absorbed(factors, place, depth)
    product = ordered_product(without_identities(factors))
    return scalar*_normal_scalar(product)


def _absorbed(factors, place, depth):
    """A (sum_i x_i) = sum_i A x_i: a sum takes in the arrays beside it."""
    total = factors[place]
    body = ordered_product([*factors[:place], total.body, *factors[place + 1:]])
    return _normal(total.over(body), depth)


def _inverse(matrix):
    """(c A)^{-1} = A^{-1}/c for a number c, or for one term; the identity is its own inverse."""
    terms = [array_factors(t) for t in sp.Add.make_args(sp.expand(matrix))]
    if len(terms) == 1:
        (scalar, factors), = terms
        if len(factors) == 1:
            one = factors[0]
            return (one if is_identity(one) else one.args[0] if isinstance(one, Inverse) else Inverse(one))/scalar
        return Inverse(matrix)
    content = sp.gcd_list([s.as_coeff_Mul()[0] for s, _ in terms])
    return Inverse(sp.Add(*(s/content*sp.Mul(*w) for s, w in terms)))/content


def without_identities(factors):
    """The factors of a word without the identity matrices that change nothing."""
    kept = [f for f in factors if not is_identity(f)]
    return kept or [f.base if isinstance(f, sp.Pow) else f for f in factors[:1]]


def is_identity(expr):
    """True for the identity matrix and its powers."""
    if isinstance(expr, sp.Pow):
        return is_identity(expr.base)
    return getattr(getattr(expr, "facts", None), "kind", None) == "identity"


def norm_squared(body, depth=0):
    """|v|^2 as v^T v, |A|^2 as tr A^T A, expanded."""
    shape = shape_of(body)
    if shape == ():
        return body**2
    product = sp.expand(transpose_expanded(body)*body)
    return _scalar(product) if len(shape) == 1 else _trace(product)


def _scalar(product):
    return sp.Add(*(term if term.is_commutative else _word(term) for term in sp.Add.make_args(sp.expand(product))))


def _canonical_scalar(node):
    """x^T A y and y^T A^T x are one number."""
    other = turned(node.args[0])
    return min(node, Scalar(other), key=str)


def _trace(product):
    """The trace term by term, each word rotated to a number x^T A y if it can be, else to its least form."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(product)):
        scalar, factors = array_factors(term)
        words = [factors[k:] + factors[:k] for k in range(len(factors))]
        words += [_factors(turned(sp.Mul(*w))) for w in words]
        best = min(map(ordered_product, words), key=lambda word: (len(shape_of(word)), str(word)))
        total += scalar*(_normal_scalar(best) if shape_of(best) == () else Tr(best))
    return total


def _normal_scalar(product):
    return product.replace(lambda e: isinstance(e, Scalar), _canonical_scalar)


def _factors(product):
    return list(array_factors(product)[1])


def transpose_expanded(expr):
    """The transpose pushed down to names: (AB)^T = B^T A^T."""
    return turned(expr) if shape_of(expr) else expr


def turned(expr):
    """The transpose of an array, or of a product x^T A y of arrays: y^T A^T x."""
    if isinstance(expr, sp.Add):
        return sp.Add(*map(transpose_expanded, expr.args))
    if isinstance(expr, sp.Mul):
        scalar, factors = array_factors(expr)
        return scalar*sp.Mul(*(transpose_expanded(f) for f in reversed(factors)))
    if isinstance(expr, sp.Pow):
        return sp.Pow(transpose_expanded(expr.base), expr.exp)
    if isinstance(expr, Transpose):
        return expr.args[0]
    if isinstance(expr, Inverse):
        return Inverse(transpose_expanded(expr.args[0]))
    if isinstance(expr, (Binder, Moment)):
        return expr.func(transpose_expanded(expr.args[0]), *expr.args[1:])
    return expr if is_symmetric(expr) else Transpose(expr)


SYMMETRIC = {"symmetric", "positive_definite", "positive_semidefinite", "diagonal"}


def is_symmetric(expr):
    """True for a matrix declared to be its own transpose."""
    facts = getattr(expr, "facts", None)
    return facts is not None and (facts.kind == "identity" or bool(SYMMETRIC & facts.structure))


def _bound_name(variable, depth):
    facts = getattr(variable, "facts", None)
    return Name(Facts(f"#{depth}", "index", getattr(variable, "shape", ()), domain=facts.domain if facts else "real"),
                "normal")


def _binder(expr, depth):
    variable = expr.variable
    if isinstance(variable, sp.Symbol):
        fresh = _bound_name(variable, depth)
        expr = expr.func(expr.body.xreplace({variable: fresh}), fresh, *expr.args[2:])
    body = _normal(expr.body, depth + 1)
    domain = tuple(_normal(a, depth + 1) for a in expr.args[2:])
    if not isinstance(expr, Sum):
        return expr.func(body, expr.variable, *domain)
    return sp.Add(*(_sum_of(term, expr.variable, *domain) for term in sp.Add.make_args(sp.expand(body))))


def _sum_of(term, variable, domain):
    """Constants in front; a sum of ones over 1..n is n."""
    factors = sp.Mul.make_args(term)
    outside = [f for f in factors if variable not in f.free_symbols]
    inside = [f for f in factors if variable in f.free_symbols]
    if any(shape_of(f) for f in outside) and any(shape_of(f) for f in inside):
        outside, inside = [f for f in outside if not shape_of(f)], [f for f in factors if shape_of(f) or f in inside]
    if not inside and isinstance(domain, Range):
        low, high = domain.args
        return sp.Mul(*outside)*(high - low + 1)
    return sp.Mul(*outside)*Sum(sp.Mul(*inside), variable, domain)


def _renamed_moment(expr, depth):
    names = {d.variable: _bound_name(d.variable, f"{depth}.{k}") for k, d in enumerate(expr.laws)}
    bodies = [a.xreplace(names) for a in expr.args if not isinstance(a, Dist)]
    return expr.func(*bodies, *(Dist(names[d.variable], d.law) for d in expr.laws))
