"""Ring algebra, fractions, definitions: what a reader does in his head, and what he looks up."""

import sympy as sp

from derive.lang.evaluation import evaluated, heads
from derive.lang.heads import Entry, Scalar
from derive.lang.names import Call, Name, current_scope
from derive.lang.normal import normal_form, turned
from derive.lang.sets import And, Range, Rel, condition
from derive.rules.entries import entry
from derive.rules.registry import each, rule


@rule()
def algebra(expr):
    """a (b + c) = a b + a c, with sums, products, powers and logarithms of positive factors expanded."""
    return normal_form(expr)


@rule()
def expand(expr):
    """a (b + c) = a b + a c."""
    return sp.expand(expr)


@rule()
def collect(expr, *symbols):
    """a x + b x = (a + b) x."""
    return sp.collect(sp.expand(expr), symbols)


@rule()
def common_denominator(expr):
    """a/b + c/d = (a d + b c)/(b d), where b and d are not zero."""
    return each(sp.Add, sp.together)(expr)


@rule()
def cancel(expr):
    """(a c)/(b c) = a/b, where c is not zero."""
    return each((sp.Mul, sp.Add), _cancelled)(expr)


def _cancelled(node):
    if not node.is_commutative:
        return node
    top, bottom = sp.fraction(sp.together(node))
    return sp.cancel(sp.expand(top)/sp.expand(bottom)) if bottom != 1 else node


@rule()
def factor(expr):
    """a b + a c = a (b + c)."""
    return each(sp.Add, lambda node: sp.factor(node) if node.is_commutative else node)(expr)


@rule()
def log_of_factors(expr):
    """log(a^x b^y) = x log a + y log b, for positive a and b."""
    return evaluated(each(sp.log, lambda node: sp.expand_log(node, force=True))(expr))


@rule()
def definition(expr, *names):
    """f = its definition, written out once."""
    return unfolded(expr, [base_of(n) for n in names], every=not names)


@rule()
def unfold(expr, *names):
    """f = its definition, written out until none of the named ones (by default: none at all) is left."""
    bases = [base_of(n) for n in names]
    for _ in range(20):
        written = unfolded(expr, bases, every=not names)
        if written == expr:
            return written
        expr = written
    return expr


def base_of(name):
    """The name that carries the definition: of x_t that is x, of f(z) it is f."""
    while isinstance(name, (Entry, Call)):
        name = name.args[0]
    return name


def unfolded(expr, bases, every=False):
    """The expression with definitions put in once for the names given."""
    def wanted(symbol):
        return isinstance(symbol, Name) and symbol.definition is not None and (every or symbol in bases)

    def write(node):
        if isinstance(node, Entry) and wanted(node.args[0]) and node.args[0].indices:
            return _put(node.args[0], node.args[0].indices, node.args[1:])
        array = _array_of(node)
        if array is not None and wanted(array):
            return evaluated(entry(evaluated(array.definition), node.args[1:]))
        if isinstance(node, Call) and wanted(node.function):
            return _put(node.function, node.function.facts.formals, node.arguments)
        if wanted(node) and not node.indices and all(map(_declared, node.facts.formals)):
            return evaluated(node.definition)
        return node

    return _outside_in(evaluated(expr), write)


def _declared(formal):
    """Is a formal argument a name of the problem, so that L stands for L(a, b) at those?"""
    return current_scope().symbols.get(formal.name) is formal


def _array_of(node):
    """The array whose entry this is."""
    if not isinstance(node, Entry) or not isinstance(node.args[0], Name) or node.args[0].indices and not (
            node.args[0].facts.entries_of):
        return None
    owner = node.args[0].facts.entries_of
    return current_scope().symbols[owner] if owner else node.args[0]


def _outside_in(node, write):
    """Rewrite from the root; what a definition puts in is not looked into again."""
    written = write(node)
    if written is not node:
        return written
    if not node.args:
        return node
    if isinstance(node, Entry) and isinstance(node.args[0], Name):
        return node.func(node.args[0], *(_outside_in(a, write) for a in node.args[1:]))
    args = [_outside_in(a, write) for a in node.args]
    return evaluated(node.func(*args)) if any(a is not b for a, b in zip(args, node.args, strict=True)) else node


def _put(symbol, formals, values):
    whole = [isinstance(v, Entry) and isinstance(v.args[1], Range) for v in values]     # f_1, ..., f_n
    values = [v.args[0] if all_of_it else v for v, all_of_it in zip(values, whole, strict=True)]
    return evaluated(evaluated(symbol.definition).xreplace(dict(zip(formals, values, strict=True))))


@rule(backwards=definition)
def fold(expr, *names):
    """The definition of f = f, put back by name."""
    for name in names:
        base = base_of(name)
        value = base.definition
        if isinstance(name, Entry):
            value = value.xreplace(dict(zip(base.indices, name.args[1:], strict=True)))
        expr = evaluated(expr).subs(evaluated(value), name)
    return expr


@rule()
def substitution(expr, old, new):
    """a = b, put in for a; a number x^T y is also put in where it stands as y^T x."""
    places = {old: new, Scalar(turned(old.args[0])): new} if isinstance(old, Scalar) else {old: new}
    return evaluated(evaluated(expr).xreplace(places))


@rule(needs=("positive bases of the powers",))
def log_of_power(expr, n):
    """log(a^n/b^n) = n log(a/b), for positive a and b."""
    def write(node):
        powers = [f.as_base_exp() for f in sp.Mul.make_args(node.args[0])]
        roots = [(base, sp.cancel(exponent/n)) for base, exponent in powers]
        if not all(exponent.is_number for _, exponent in roots):
            return node
        return n*sp.log(sp.Mul(*(base**exponent for base, exponent in roots)))
    return each(sp.log, write)(evaluated(expr))


@rule()
def both_sides(expr):
    """a = b iff a - b = 0, each equation brought to one side."""
    def move(node):
        return Rel(normal_form(node.left - node.right), node.relation, 0)
    return each(Rel, move)(expr) if condition(expr) else normal_form(expr)


@rule()
def symmetry(expr):
    """a = b iff b = a, and conditions in any order."""
    return And(*sorted(expr.args, key=sp.default_sort_key)) if isinstance(expr, And) else expr


def definitions_in(expr):
    """Names with a definition in an expression."""
    return [n for n in heads(expr, Name) if n.definition is not None]


@rule(needs=("the factor taken under the root is not negative",))
def under_one_root(expr):
    """a sqrt(b) = sqrt(a^2 b), for a >= 0."""
    def take(node):
        roots = [f for f in node.args if isinstance(f, sp.Pow) and f.exp in (sp.S.Half, -sp.S.Half)]
        if len(roots) != 1:
            return node
        number, rest = (node/roots[0]).as_coeff_Mul()
        return number*sp.sqrt(sp.factor(sp.cancel(rest**2*roots[0]**2)))
    return evaluated(each(sp.Mul, take)(expr))
