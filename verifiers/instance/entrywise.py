"""Functions of numbers at arrays: which they are, and their derivative \\sigma'(z), which then is taken of each entry.

Authors also write \\sigma'(z) for the matrix of derivatives, diag of the former; ``as_jacobians`` is that reading.
"""

from derive.term import FUNCTIONS, ONE, Term, rebuild, subterms

_ALGEBRA = frozenset((*FUNCTIONS, "num", "pi", "add", "mul", "pow", "max", "min", "name", "call", "cases", "rel", "and",
                      "or", "indicator"))


def acts_on_numbers(claim, d, seen=()):
    """Whether a declared function is one of a number, so that at an array it acts on the entries."""
    if d is None or d.kind != "function" or d.shape or d.indices or d.name in seen:
        return False
    if "elementwise" in d.structure or d.takes == ():
        return True
    return len(d.formals) == 1 and d.definition is not None and d.takes is None and _of_numbers(claim, d, seen)


def _of_numbers(claim, d, seen):
    formal = d.formals[0]
    nodes = set(subterms(d.definition))
    called = {n.args[0] for n in nodes if n.head == "call"}
    if formal not in nodes or not all(n.head in _ALGEBRA for n in nodes):
        return False
    if any(c.head != "name" or not acts_on_numbers(claim, claim.symbol(c.value), (*seen, d.name)) for c in called):
        return False
    names = {n.value for n in nodes - called if n.head == "name"}
    return all(_is_number(claim.symbol(n), n == formal.value) for n in names)


def _is_number(d, undeclared):
    """Whether a name is one free number; a formal argument need not be declared."""
    if d is None:
        return undeclared
    return d.kind == "scalar" and d.definition is None and not (d.shape or d.indices or d.formals)


def is_prime(claim, body, variable):
    r"""Whether a derivative put at a point is \sigma'(z) of a function of a number."""
    if body.head != "deriv" or body.args[0].head != "call" or set(body.args[1:]) != {variable}:
        return False
    function, *arguments = body.args[0].args
    return arguments == [variable] and function.head == "name" and acts_on_numbers(claim, claim.symbol(function.value))


def as_jacobians(claim, t):
    r"""The Term with every \sigma'(z) of such a function read as the matrix of derivatives at z."""
    args = tuple(as_jacobians(claim, a) for a in t.args)
    if t.head == "at" and is_prime(claim, t.args[0], t.args[1]):
        call, *by = args[0].args
        return Term("at", (Term("deriv", (Term("mul", (ONE, call)), *by)), *args[1:]))
    return rebuild(t, args) if args != t.args else t
