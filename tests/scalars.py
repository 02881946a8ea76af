"""Scalar graphs from text, for tables of claims in tests: Python's spelling of a formula, read by Python's parser."""

import ast
from fractions import Fraction

from verifiers.graph import Graph

DOMAINS = {"R": "real", "P": "positive", "P0": "nonnegative", "M": "negative", "NZ": "nonzero", "U": "unit",
           "B": "binary", "S": "sign", "N": ("integer", 1), "D": ("between", -1, 1)}


class Text:
    """Reads formulas into one graph.  ``domains`` maps a code of DOMAINS to names: ``R="x y", P="s"``."""

    def __init__(self, **domains):
        self.graph = Graph()
        self.domain = {name: DOMAINS[code] for code, names in domains.items() for name in names.split()}
        for name in self.domain:
            self.graph.var(name, self.domain[name])

    def __call__(self, text):
        return self._node(ast.parse(text, mode="eval").body)

    def _node(self, tree):
        g = self.graph
        match tree:
            case ast.Constant(value=value):
                return g.num(value if isinstance(value, int) else Fraction(str(value)))
            case ast.Name(id="pi"):
                return g.var("pi", "pi")
            case ast.Name(id=name):
                return g.var(name, self.domain[name])
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return g.neg(self._node(operand))
            case ast.BinOp(left=left, op=op, right=right):
                names = {ast.Add: g.add, ast.Sub: g.sub, ast.Mult: g.mul, ast.Div: g.div, ast.Pow: g.pow}
                return names[type(op)](self._node(left), self._node(right))
            case ast.Call(func=ast.Name(id="D"), args=[body, variable]):
                return g.diff(self._node(body), self._node(variable))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, [self._node(a) for a in arguments])
        raise ValueError(ast.dump(tree))

    def _call(self, name, arguments):
        g, u = self.graph, arguments[0]
        e = lambda v: g.fun("exp", v)       # noqa: E731
        if name in ("abs", "max", "min", "relu", "sqrt", "step", "is_zero", "sign"):
            return getattr(g, name)(*arguments)
        if name == "sigmoid":
            return g.inv(g.add(g.one, e(g.neg(u))))
        if name == "softplus":
            return g.fun("log", g.add(g.one, e(u)))
        if name in ("sinh", "cosh"):
            return g.mul(g.half, g.add(e(u), e(g.neg(u)) if name == "cosh" else g.neg(e(g.neg(u)))))
        if name == "tanh":
            return g.sub(g.one, g.div(g.num(2), g.add(g.one, e(g.mul(g.num(2), u)))))
        if name in ("f", "h"):
            return g.unknown(name, arguments)
        return g.fun(name, *arguments)

    def show(self, node):
        """A node as text, for messages and for conditions in tables (sums in the order they were built)."""
        g = self.graph
        operands = g.operands[node]
        if g.operation[node] in (0, 1):
            return str(operands)
        parts = [self.show(c) for c in g.children(node)]
        return {2: f"({' + '.join(parts)})", 3: "*".join(parts), 4: f"({parts[0]})^({parts[-1]})",
                5: f"{operands[0]}({', '.join(parts)})"}[g.operation[node]]


def named(text, point):
    """{variable node: value} from {name: value}."""
    return {text.graph.var(name): Fraction(value) for name, value in point.items()}
