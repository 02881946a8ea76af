"""Functions of numbers, entrywise on arrays; written with exp, log, sign and a few the graph knows."""

from fractions import Fraction
from math import factorial as whole_factorial

from derive.term import FUNCTIONS
from derive.term.record import replace
from verifiers.graph import MUL, NONZERO, POW
from verifiers.instance.evaluator import means
from verifiers.instance.matrices import determinant
from verifiers.instance.positivity import is_positive
from verifiers.instance.sizes import label
from verifiers.instance.value import Array, Multiple, sized
from verifiers.verdict import CannotDecide, Reason


def _tanh(graph, x):
    """1 - 2/(e^{2x} + 1)."""
    square = graph.fun("exp", graph.mul(graph.num(2), x))
    return graph.sub(graph.one, graph.div(graph.num(2), graph.add(square, graph.one)))


def _hyperbolic(graph, x, sign):
    other = graph.mul(graph.num(sign), graph.fun("exp", graph.neg(x)))
    return graph.mul(graph.half, graph.add(graph.fun("exp", x), other))


def _factorial(graph, x):
    k = graph.value_of(x)
    if k is None:
        return graph.fun("gamma", graph.add(x, graph.one))
    if k.denominator != 1 or not 0 <= k <= 2000:
        raise CannotDecide(Reason.DECLARATION, f"the factorial of {k}")
    return graph.num(whole_factorial(int(k)))


def _gamma(graph, x):
    k = graph.value_of(x)
    if k is not None and k.denominator == 1 and 1 <= k <= 2000:
        return graph.num(whole_factorial(int(k) - 1))
    if k is not None and k.denominator == 2 and 0 < k <= 200:       # gamma(n + 1/2) = (2n)! sqrt(pi) / (4^n n!)
        n = int(k - Fraction(1, 2))
        ratio = Fraction(whole_factorial(2 * n), 4 ** n * whole_factorial(n))
        return graph.mul(graph.num(ratio), graph.sqrt(graph.var("pi", "pi")))
    return graph.fun("gamma", x)


def _log_gamma(graph, x):
    return graph.fun("lgamma", x) if graph.value_of(x) is None else graph.fun("log", _gamma(graph, x))


def _floor(graph, x):
    k = graph.value_of(x)
    return graph.fun("floor", x) if k is None else graph.num(k.numerator // k.denominator)


SCALAR = {
    "sigmoid": lambda g, x: g.inv(g.add(g.one, g.fun("exp", g.neg(x)))),
    "softplus": lambda g, x: g.fun("log", g.add(g.one, g.fun("exp", x))),
    "tanh": _tanh,
    "sinh": lambda g, x: _hyperbolic(g, x, -1),
    "cosh": lambda g, x: _hyperbolic(g, x, 1),
    "tan": lambda g, x: g.div(g.fun("sin", x), g.fun("cos", x)),
    "relu": lambda g, x: g.relu(x),
    "abs": lambda g, x: g.abs(x),
    "sign": lambda g, x: g.sign(x),
    "factorial": _factorial, "gamma": _gamma, "lgamma": _log_gamma, "floor": _floor,
}
NO_MATRIX_MEANING = ("relu", "sigmoid", "softplus", "sign")     # entrywise on square matrices too


@means(*FUNCTIONS)
def _function(evaluator, term, env):
    if term.head == "log" and term.args[0].head == "normal_density":
        from verifiers.instance.laws import log_density
        return evaluator.value(log_density(evaluator, *term.args[0].args, env), env)
    value = evaluator.value(term.args[0], env)
    if term.head == "log" and term.args[0].head == "prod" and isinstance(value, int):
        return _log_of_product(evaluator.graph, value)
    return apply(evaluator, term.head, value)


def _log_of_product(graph, node):
    """The logarithm of a product as a sum of logarithms, where every factor is plainly positive."""
    factors = graph.operands[node] if graph.operation[node] == MUL else (node,)
    powers = [graph.operands[f] if graph.operation[f] == POW else (f, graph.one) for f in factors]
    if not all(is_positive(graph, base) for base, _ in powers):
        return graph.fun("log", node)
    return graph.add(*(graph.mul(k, graph.fun("log", base)) for base, k in powers))


def apply(evaluator, head, value):
    """The function of a number, or of each entry.  On a square matrix exp, log, ... may mean two things: undecided."""
    graph = evaluator.graph
    rule = SCALAR.get(head) or (lambda g, x: g.fun(head, x))
    if isinstance(value, int):
        return rule(graph, value)
    if isinstance(value, Multiple) or value.free:
        raise CannotDecide(Reason.DECLARATION, f"{head} of an array of unknown size")
    if value.rows == value.columns and head not in NO_MATRIX_MEANING or head == "abs" and min(value.shape) > 1:
        raise CannotDecide(Reason.DECLARATION, f"{head} of a square matrix may mean two things")
    evaluator.touch("entries")
    return Array(value.rows, value.columns, tuple(rule(graph, e) for e in value.entries))


@means("softmax")
def _softmax(evaluator, term, env):
    """exp of each entry over their sum, for a vector."""
    value, graph = evaluator.value(term.args[0], env), evaluator.graph
    if not isinstance(value, Array) or value.free or min(value.shape) > 1:
        raise CannotDecide(Reason.DECLARATION, "the softmax of what is not a vector may mean two things")
    evaluator.touch("entries")
    powers = [graph.fun("exp", e) for e in value.entries]
    scale = graph.inv(graph.add(*powers))
    return Array(value.rows, value.columns, tuple(graph.mul(p, scale) for p in powers))


@means("max", "min")
def _extreme(evaluator, term, env):
    graph, values = evaluator.graph, [evaluator.value(t, env) for t in term.args]
    choose = graph.max if term.head == "max" else graph.min
    shapes = {v.shape for v in values if isinstance(v, Array) and not v.free}
    if len(shapes) > 1:
        raise CannotDecide(Reason.DECLARATION, f"the {term.head} of arrays of different shapes")
    if not shapes:
        return fold(choose, [evaluator.scalar(t, env) for t in term.args])
    evaluator.touch("entries")
    shape = shapes.pop()
    arrays = [sized(v, graph, shape) if not isinstance(v, int) else Array(*shape, (v,) * (shape[0] * shape[1]))
              for v in values]
    return Array(*shape, tuple(fold(choose, p) for p in zip(*(a.entries for a in arrays), strict=True)))


def fold(choose, nodes):
    """choose(choose(a, b), c) ..."""
    result, *rest = nodes
    for node in rest:
        result = choose(result, node)
    return result


@means("binom")
def _binom(evaluator, term, env):
    """n (n-1) ... (n-k+1) / k! for a whole k, 0 for k < 0; n may be any number."""
    graph = evaluator.graph
    n, k = (evaluator.scalar(t, env) for t in term.args)
    top, bottom = graph.value_of(n), graph.value_of(k)
    if bottom is None and top is not None and top.denominator == 1:
        raise CannotDecide(Reason.NEEDS_LEMMA, "a binomial coefficient with an open lower entry")
    if bottom is None or bottom.denominator != 1 or bottom > 2000:
        raise CannotDecide(Reason.NEEDS_LEMMA, "a binomial coefficient with an open lower entry")
    if bottom < 0:
        return graph.zero
    factors = [graph.sub(n, graph.num(i)) for i in range(int(bottom))]
    return graph.div(graph.mul(*factors), graph.num(whole_factorial(int(bottom))))


# -- functions of which nothing is known ----------------------------------------------------------------------------
def unknown_value(evaluator, d, subscripts, arguments):
    """A declared function without a definition: undetermined and smooth, one scalar function per component.

    Its domain is honoured by exp (positive), 1/(1+exp) (unit) and a square (nonnegative) of an undetermined one.
    """
    graph, nodes = evaluator.graph, []
    if "permutation" in d.structure:
        return _permuted(evaluator, d, arguments)
    if "elementwise" in d.structure:
        return entrywise(evaluator, d, arguments, lambda one: unknown_value(evaluator, replace(
            d, structure=d.structure - {"elementwise"}), subscripts, [one]))
    for value in arguments:
        if not isinstance(value, (int, Array)) or isinstance(value, Array) and value.free:
            raise CannotDecide(Reason.DECLARATION, f"{d.name} is taken at an argument of unknown size")
        nodes.extend(sized(value, graph).entries)
    if d.takes is not None:
        _takes(evaluator, d, arguments)
    if not d.shape and nodes and all(n in evaluator.elements for n in nodes):
        places = tuple(evaluator.elements[n] for n in nodes)        # a table of free values
        return graph.var(label(d.name, (*subscripts, *places)), d.domain)
    if d.structure - {"smooth", "finite", "arbitrary", "even", "odd", "bounded", "regular_values"}:
        evaluator.enforced = False
    name = label(d.name, subscripts)
    if any(isinstance(v, Array) for v in arguments):
        evaluator.touch("function of an array")
    if not d.shape:
        return in_domain(evaluator, d, _unknown(graph, d, name, nodes))
    from verifiers.instance.structure import shape_of
    rows, columns = shape_of(evaluator, d)
    parts = (_unknown(graph, d, f"{name}#{i + 1},{j + 1}", nodes) for i in range(rows) for j in range(columns))
    value = Array(rows, columns, tuple(in_domain(evaluator, d, p) for p in parts))
    evaluator.outputs.add((d.name, value))
    if "regular_values" in d.structure:
        evaluator.constraints.append((NONZERO, determinant(graph, value)))
    return value


def _unknown(graph, d, name, nodes):
    """An undetermined function; an even one is g(x) + g(-x), an odd one g(x) - g(-x)."""
    node = graph.unknown(name, nodes)
    if not {"even", "odd"} & d.structure:
        return node
    if d.domain != "real" and "odd" in d.structure:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is odd and {d.domain}")
    mirrored = graph.unknown(name, [graph.neg(n) for n in nodes])
    return graph.add(node, mirrored) if "even" in d.structure else graph.sub(node, mirrored)


def entrywise(evaluator, d, arguments, of_one):
    """A function of one number at each entry of its argument."""
    if len(arguments) != 1 or isinstance(arguments[0], Multiple) or isinstance(arguments[0], Array) \
            and arguments[0].free:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is applied to entries of what has none")
    if isinstance(arguments[0], int):
        return of_one(arguments[0])
    values = [of_one(e) for e in arguments[0].entries]
    if not all(isinstance(v, int) for v in values):
        raise CannotDecide(Reason.DECLARATION, f"{d.name} of a number is no number")
    evaluator.touch("entries")
    return Array(*arguments[0].shape, tuple(values))


def _takes(evaluator, d, arguments):
    """A function of one number or of a vector of a declared length is taken at such a one."""
    from verifiers.instance.sizes import size
    if len(arguments) != 1:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} takes one argument, {len(arguments)} are given")
    shape = sized(arguments[0], evaluator.graph).shape
    wanted = (1, 1) if not d.takes else (size(evaluator, d.takes[0]) if d.takes[0].head != "implied" else shape[0], 1)
    if shape != wanted:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is taken at an array {shape[0]} x {shape[1]}, not "
                           f"{wanted[0]} x {wanted[1]}")


def _permuted(evaluator, d, arguments):
    """A permutation of 1, ..., n at a number."""
    from verifiers.instance.indexsets import range_bounds
    from verifiers.instance.patterns import order_of
    place = evaluator.graph.value_of(arguments[0]) if len(arguments) == 1 and isinstance(arguments[0], int) else None
    low, high = range_bounds(evaluator, d.ranges[0], ())
    if place is None or place.denominator != 1 or not low <= place <= high:
        raise CannotDecide(Reason.DECLARATION, f"the permutation {d.name} at what is none of its numbers")
    return evaluator.graph.num(low + order_of(evaluator, d, high - low + 1)[int(place) - low])


def in_domain(evaluator, d, node):
    """A node that takes exactly the values of the declared domain where ``node`` takes all.  Raises CannotDecide."""
    graph = evaluator.graph
    if d.domain == "real":
        return node
    if d.domain == "positive":
        return graph.fun("exp", node)
    if d.domain == "unit":
        return SCALAR["sigmoid"](graph, node)
    if d.domain == "nonnegative":
        return graph.mul(node, node)
    raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} takes {d.domain} values, which is not built in")
