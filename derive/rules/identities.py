"""Scalar identities, one per row: name, left, right.  The symbols' assumptions are the side conditions.

Kept out, with their witness:
    log_square   log(x**2) = 2*log(x)         false for real x, e.g. x = -7/4: the right side is undefined
    sqrt_product sqrt(x*y) = sqrt(x)*sqrt(y)  false for real x, y, e.g. x = y = -1: the right side is undefined
    power_power  (x**a)**b = x**(a*b)         false for real x, e.g. x = -1, a = 2, b = 1/2
"""

import sympy as sp
from sympy import cos, cosh, exp, log, sin, sinh, sqrt, tanh

from derive.lang.functions import ReLU, Sigmoid, Softplus
from derive.rules.registry import identity

a, b = sp.symbols("a b", positive=True)
x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True)


def _inert(function):
    """Both sides as written: SymPy would evaluate some of them away."""
    with sp.evaluate(False):
        return function()


log_product     = identity("log_product",     log(a*b),            log(a) + log(b))
log_quotient    = identity("log_quotient",    log(a/b),            log(a) - log(b))
log_power       = identity("log_power",       log(a**x),           x*log(a))
log_exp         = identity("log_exp",         _inert(lambda: log(exp(x))), x, "log(exp(x)) = x")
exp_log         = identity("exp_log",         _inert(lambda: exp(log(a))), a, "exp(log(a)) = a")
exp_sum         = identity("exp_sum",         exp(x + y),          exp(x)*exp(y))
exp_power       = identity("exp_power",       exp(n*x),            exp(x)**n)
sqrt_square     = identity("sqrt_square",     _inert(lambda: sqrt(x**2)), sp.Abs(x), "sqrt(x**2) = |x|")
sqrt_quotient   = identity("sqrt_quotient",   sqrt(a/b),           sqrt(a)/sqrt(b))
pythagoras      = identity("pythagoras",      sin(x)**2 + cos(x)**2, sp.Integer(1))
cosh_square     = identity("cosh_square",     cosh(x)**2,          (cosh(2*x) + 1)/2)
cosh_definition = identity("cosh_definition", cosh(x),             (exp(x) + exp(-x))/2)
sinh_definition = identity("sinh_definition", sinh(x),             (exp(x) - exp(-x))/2)
tanh_sigmoid    = identity("tanh_sigmoid",    tanh(x),             2*Sigmoid(2*x) - 1)
sigmoid_definition = identity("sigmoid_definition", Sigmoid(x),    1/(1 + exp(-x)))
sigmoid_complement = identity("sigmoid_complement", 1 - Sigmoid(x), Sigmoid(-x))
softplus_definition = identity("softplus_definition", Softplus(x), log(1 + exp(x)))
softplus_split  = identity("softplus_split",  Softplus(x) - Softplus(-x), x)
relu_definition = identity("relu_definition", ReLU(x),             (x + sp.Abs(x))/2)
