"""Derivatives, one rule at a time on the inert ``Deriv``; ``differentiate`` is their composition."""

import sympy as sp

from derive.lang.binders import Sum
from derive.lang.calculus import Deriv
from derive.lang.evaluation import evaluated
from derive.lang.functions import ReLU, Sigmoid, Softplus
from derive.lang.heads import Entry
from derive.lang.names import Call, Name
from derive.lang.probability import E
from derive.lang.sets import Cases, Indicator, eq, gt
from derive.lang.shape import shape_of
from derive.rules.registry import each, rule

# f: f', the derivative of a function of one number
OUTER = {
    sp.exp:     lambda u: sp.exp(u),
    sp.log:     lambda u: 1/u,
    sp.sin:     lambda u: sp.cos(u),
    sp.cos:     lambda u: -sp.sin(u),
    sp.tan:     lambda u: 1 + sp.tan(u)**2,
    sp.sinh:    lambda u: sp.cosh(u),
    sp.cosh:    lambda u: sp.sinh(u),
    sp.tanh:    lambda u: 1 - sp.tanh(u)**2,
    sp.atan:    lambda u: 1/(1 + u**2),
    sp.erf:     lambda u: 2*sp.exp(-u**2)/sp.sqrt(sp.pi),
    sp.loggamma: lambda u: sp.digamma(u),
    sp.Abs:     lambda u: sp.sign(u),
    Sigmoid:    lambda u: Sigmoid(u)*(1 - Sigmoid(u)),
    Softplus:   lambda u: Sigmoid(u),
    ReLU:       lambda u: Indicator(gt(u, 0)),
}


def base_name(variable):
    return variable.args[0] if isinstance(variable, Entry) else variable


def related(symbol):
    """A symbol with the array it names entries of, and the name of its entries."""
    facts = getattr(symbol, "facts", None)
    return {symbol.name} | ({facts.entries, facts.entries_of} - {None} if facts else set())


def depends(expr, variable):
    """Does an expression depend on a variable, by itself or through definitions?"""
    targets, seen, open_ = related(base_name(variable)), set(), [expr]
    while open_:
        for symbol in open_.pop().free_symbols - seen:
            seen.add(symbol)
            if related(symbol) & targets:
                return True
            definition = getattr(symbol, "definition", None)
            if definition is not None:
                open_.append(definition)
    return False


def derivative(body, variable):
    """One step: the derivative of a scalar by a scalar in terms of derivatives of its parts."""
    if shape_of(body) or shape_of(variable):
        return Deriv(body, variable)
    if body == variable:
        return sp.Integer(1)
    if not depends(body, variable):
        return sp.Integer(0)
    if isinstance(body, sp.Add):
        return sp.Add(*(_inner(a, variable) for a in body.args))
    if isinstance(body, sp.Mul):
        return _product(body, variable)
    if isinstance(body, sp.Pow):
        return _power(body, variable)
    if body.func in OUTER:
        return OUTER[body.func](body.args[0])*_inner(body.args[0], variable)
    if isinstance(body, Call) and body.function.definition is not None:
        return _defined(body, variable)
    if isinstance(body, Cases):
        return Cases(*(a if k % 2 else _inner(a, variable) for k, a in enumerate(body.args)))
    if isinstance(body, Entry) and isinstance(variable, Entry) and body.args[0] == variable.args[0]:
        return kronecker(body.args[1:], variable.args[1:])
    if isinstance(body, (Sum, E)) and (isinstance(body, E) or body.variable not in variable.free_symbols):
        return body.func(_inner(body.args[0], variable), *body.args[1:])
    return Deriv(body, variable)


def _defined(body, variable):
    """d f(u, v)/dx by the definition of f: the partial derivatives at (u, v) times the inner ones."""
    formals, value = body.function.facts.formals, evaluated(body.function.definition)
    if any(shape_of(a) for a in body.arguments):
        return Deriv(body, variable)
    point = dict(zip(formals, body.arguments, strict=True))
    return sp.Add(*(_whole(value, formal).xreplace(point)*_inner(argument, variable)
                    for formal, argument in point.items() if depends(argument, variable)))


def _inner(part, variable):
    """Inside a rule a derivative is spread over sums and constants; what is left waits for a rule of its own."""
    return linear(part, variable, Deriv)


def linear(body, variable, step):
    """d(a u + b v)/dx = a du/dx + b dv/dx, dc/dx = 0 and dx/dx = 1; ``step`` differentiates what is left."""
    if shape_of(body) or shape_of(variable):
        return step(body, variable)
    if body == variable:
        return sp.Integer(1)
    if not depends(body, variable):
        return sp.Integer(0)
    if isinstance(body, sp.Add):
        return sp.Add(*(linear(a, variable, step) for a in body.args))
    if isinstance(body, sp.Mul):
        varying = [f for f in body.args if depends(f, variable)]
        if len(varying) == 1:
            return sp.Mul(*(f for f in body.args if f not in varying), linear(varying[0], variable, step))
    return step(body, variable)


def _product(body, variable):
    constants = [f for f in body.args if not depends(f, variable)]
    factors = [f for f in body.args if f not in constants]
    total = sp.Add(*(sp.Mul(*factors[:k], _inner(f, variable), *factors[k + 1:]) for k, f in enumerate(factors)))
    return sp.Mul(*constants, total)


def _power(body, variable):
    base, exponent = body.base, body.exp
    total = exponent*base**(exponent - 1)*_inner(base, variable)
    return total + body*sp.log(base)*_inner(exponent, variable)


def kronecker(first, second):
    """1[i = j] for subscripts i and j; the number where they are the same letter or different integers."""
    product = sp.Integer(1)
    for i, j in zip(first, second, strict=True):
        if i == j:
            continue
        product = product*(0 if (i - j).is_number else Indicator(eq(i, j)))
    return product


def _stepwise(*classes, function=derivative):
    """One derivative step wherever the body, up to sums and constants, is of one of the classes."""
    def own(body, variable):
        return function(body, variable) if isinstance(body, classes) else Deriv(body, variable)

    def step(node):
        body, *variables = node.args
        if len(variables) > 1:
            return step(Deriv(step(Deriv(body, variables[0])), *variables[1:]))
        return linear(body, variables[0], own)
    return lambda expr: evaluated(each(Deriv, step)(expr))


FUNCTIONS = (*OUTER, sp.Pow)


@rule()
def chain_rule(expr):
    """d f(u)/dx = f'(u) du/dx."""
    return _stepwise(*FUNCTIONS)(expr)


@rule()
def power_rule(expr):
    """d u^n/dx = n u^(n-1) du/dx."""
    return _stepwise(sp.Pow)(expr)


@rule()
def product_rule(expr):
    """d(u v)/dx = u dv/dx + v du/dx."""
    return _stepwise(sp.Mul)(expr)


@rule()
def quotient_rule(expr):
    """d(u/v)/dx = (v du/dx - u dv/dx)/v^2, where v is not zero."""
    def quotient(body, variable):
        top, bottom = sp.fraction(body)
        if bottom == 1:
            return derivative(body, variable)
        return (bottom*_inner(top, variable) - top*_inner(bottom, variable))/bottom**2
    return _stepwise(sp.Mul, sp.Pow, function=quotient)(expr)


@rule()
def sum_rule(expr):
    """d(u + v)/dx = du/dx + dv/dx, constants in front."""
    return _stepwise(sp.Add)(expr)


@rule()
def leibniz(expr):
    """d/dx sum_i f_i = sum_i d f_i/dx."""
    return _stepwise(Sum)(expr)


@rule()
def kronecker_delta(expr):
    """d x_i/d x_j = 1[i = j]."""
    return _stepwise(Entry, Name)(expr)


@rule()
def differentiate(expr):
    """dx/dx = 1, dc/dx = 0, and the sum, product and chain rule as often as they apply."""
    def whole(node):
        body, *variables = node.args
        for variable in variables:
            body = _whole(body, variable)
        return body
    return evaluated(each(Deriv, whole)(expr))


def _whole(body, variable):
    written = derivative(evaluated(body), variable)
    if written == Deriv(body, variable):
        return written
    return evaluated(each(Deriv, lambda node: _whole(node.body, variable) if node.variables == (variable,) else node)
                     (written))


@rule()
def total_derivative(expr, *through):
    """dy/dx = sum_k (dy/du_k)(du_k/dx), over the quantities u_k through which y depends on x."""
    def spread(node):
        body, variable = node.args[0], node.args[-1]
        terms = [Deriv(body, u)*Deriv(u, variable) for u in through]
        return sp.Add(*terms)
    return each(Deriv, spread)(expr)


@rule()
def chain_rule_through(expr, member, variable, low, high):
    """dy/dx = sum_k (dy/du_k)(du_k/dx), for y a function of the vector u."""
    def spread(node):
        body, x = node.args[0], node.args[-1]
        return Sum(Deriv(body, member)*Deriv(member, x), (variable, low, high))
    return each(Deriv, spread)(expr)


@rule(needs=("differentiation under the expectation",))
def derivative_of_expectation(expr):
    """d E[f]/dx = E[df/dx]."""
    def swap(node):
        if isinstance(node, Deriv) and isinstance(node.body, E):
            return node.body.func(Deriv(node.body.args[0], *node.variables), *node.body.args[1:])
        return node
    return each(Deriv, swap)(expr)
