"""The scalar graph: what a claim becomes at one choice of sizes.  Every number ring evaluates this and nothing else.

Nodes are integers into a hash-consed store.  There are six operations: a rational constant, a variable, n-ary sum,
n-ary product, power and function.  ``abs``, ``max``, ``min`` and steps are written with ``sign``, whose square tells
zero from nonzero, so that every case is a polynomial in signs out of {-1, 0, 1}.

Folding is allowed here (the graph is never printed), but it may not hide that something is undefined: each division,
logarithm and root records a condition at construction, read off with ``mark`` and ``conditions_since``.
"""

from fractions import Fraction

from verifiers.verdict import CannotDecide, Reason

NUM, VAR, ADD, MUL, POW, FUN = range(6)

POSITIVE, NONNEGATIVE, NONZERO, ZERO, INTEGER = "positive", "nonnegative", "nonzero", "zero", "integer"
COMPOUND = (ADD, MUL, POW)
REMEMBERED = 1 << 17    # nodes in the answers of ``reachable`` that are kept
FOLDED = 1 << 17        # bits up to which a power of a number is written out
BROADEST = 200_000      # operands of a graph beyond which it is not differentiated
WIDEST = 1000           # operands from which on a sum in a sum, or a product in a product, is left as it is
# Functions of positive arguments: the gamma family is never used on negative ones.
ON_POSITIVES = ("log", "lgamma", "gamma", "digamma", "trigamma")


def discrete(tag):
    """Whether a variable of that domain takes integer values only: a tag is a word or (word, low[, high])."""
    return (tag if isinstance(tag, str) else tag[0]) in ("integer", "binary", "sign")


def _bits(value):
    return max(abs(value.numerator), value.denominator).bit_length()


def is_unknown(name):
    """Whether the name of a FUN node is that of an unknown function, ("unknown", name, orders)."""
    return isinstance(name, tuple)


def folding():
    """verifiers.folding, which builds on this module."""
    from verifiers import folding
    return folding


class Graph:
    """A store of scalar nodes.

    operation[n]  one of NUM .. FUN
    operands[n]   NUM: an int or Fraction; VAR: its name; ADD, MUL: sorted node ids; POW: (base, exponent);
                  FUN: (function name, *arguments)
    below[n]      the nodes it is made of, as a tuple; breadth: how many those are for all nodes together
    domain[n]     for a VAR: the tag its values are drawn by ("real", "positive", "unit", "binary", "sign", ...)
    analyses      what others know of this graph, by keys of their own (verifiers.rings.domain.Signs ...)
    """

    def __init__(self):
        self.operation, self.operands, self.below = [], [], []
        self.domain, self.analyses, self.breadth = {}, {}, 0
        self._reached, self._room = {}, REMEMBERED
        self._known, self._derivative = {}, {}
        self._conditions = []
        self.zero, self.one, self.minus_one = self.num(0), self.num(1), self.num(-1)
        self.half = self.num(Fraction(1, 2))

    def _node(self, operation, operands):
        key = (operation, operands)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.operation)
            self.operation.append(operation)
            self.operands.append(operands)
            self.below.append(operands if operation in COMPOUND else operands[1:] if operation == FUN else ())
            self.breadth += len(self.below[-1])
        return found

    def __len__(self):
        return len(self.operation)

    # -- conditions -------------------------------------------------------------------------------------------------
    def mark(self):
        """A place in the record of conditions."""
        return len(self._conditions)

    def conditions_since(self, mark):
        """The (tag, node) conditions recorded since ``mark``, each once, in order."""
        return tuple(dict.fromkeys(self._conditions[mark:]))

    def withdraw(self, mark):
        """Take the conditions recorded since ``mark`` back and return them, each once, in order."""
        taken = self.conditions_since(mark)
        del self._conditions[mark:]
        return taken

    def require(self, tag, node):
        """Record that ``node`` must be positive, nonnegative or nonzero for the value to exist."""
        self._conditions.append((tag, node))

    # -- leaves -----------------------------------------------------------------------------------------------------
    def num(self, value):
        if value.__class__ is not int:
            value = Fraction(value)
            value = int(value) if value.denominator == 1 else value
        return self._node(NUM, value)

    def var(self, name, domain="real"):
        """The variable of that name; the first call fixes the domain it is drawn from."""
        node = self._node(VAR, name)
        self.domain.setdefault(node, domain)
        return node

    def value_of(self, node):
        """The rational value of a constant node, else None."""
        return self.operands[node] if self.operation[node] == NUM else None

    def integral(self, node):
        """Whether a node takes integer values only, by its form and the domains of its variables."""
        operation, operands = self.operation[node], self.operands[node]
        if operation == NUM:
            return isinstance(operands, int)
        if operation == VAR:
            return discrete(self.domain[node])
        if operation in (ADD, MUL):
            return all(self.integral(c) for c in operands)
        if operation == POW:
            k = self.value_of(operands[1])
            return isinstance(k, int) and k >= 0 and self.integral(operands[0])
        return operands[0] in ("sign", "floor")

    def natural(self, node):
        """Whether an integral node is never negative, by its form alone."""
        operation, operands = self.operation[node], self.operands[node]
        if operation == NUM:
            return operands >= 0
        if operation == VAR:
            tag = self.domain[node]
            return tag == "binary" or (not isinstance(tag, str) and tag[1] >= 0)
        return operation in (ADD, MUL) and all(self.natural(c) for c in operands)

    # -- arithmetic -------------------------------------------------------------------------------------------------
    def add(self, *nodes):
        constant, parts = 0, []
        for n in nodes:
            for m in (self.operands[n] if self.operation[n] == ADD and len(parts) < WIDEST else (n,)):
                if self.operation[m] == NUM:
                    constant += self.operands[m]
                else:
                    parts.append(m)
        if constant != 0:
            parts.append(self.num(constant))
        if len(parts) < 2:
            return parts[0] if parts else self.zero
        return self._node(ADD, tuple(sorted(parts)))

    def mul(self, *nodes):
        constant, parts = 1, []
        for n in nodes:
            for m in (self.operands[n] if self.operation[n] == MUL and len(parts) < WIDEST else (n,)):
                if self.operation[m] == NUM:
                    constant *= self.operands[m]
                else:
                    parts.append(m)
        if constant == 0:
            return self.zero
        if constant != 1:
            parts.append(self.num(constant))
        if len(parts) < 2:
            return parts[0] if parts else self.one
        return self._node(MUL, tuple(sorted(parts)))

    def neg(self, node):
        return self.mul(self.minus_one, node)

    def sub(self, a, b):
        return self.add(a, self.neg(b))

    def inv(self, node):
        return self.pow(node, self.minus_one)

    def div(self, a, b):
        return self.mul(a, self.inv(b))

    def pow(self, base, exponent):
        """base ** exponent; records nonzero for negative, nonnegative for root, positive for other exponents.

        An exponent that is an integer by its form, such as n - 1, is no restriction on the base but for 0.
        """
        k = self.value_of(exponent)
        if k is None and self.integral(exponent):
            if not self.natural(exponent):
                self.require(NONZERO, base)
            folded = folding().power(self, base, exponent)
            if folded is not None:
                return folded
        elif k is None or k.denominator != 1:
            self.require(NONNEGATIVE if k is not None and k > 0 else POSITIVE, base)
        elif k < 0:
            self.require(NONZERO, base)
        if k == 0:
            return self.one
        if k == 1:
            return base
        b = self.value_of(base)
        if b is not None and k is not None and k.denominator == 1 and (b != 0 or k > 0) and abs(k) * _bits(b) < FOLDED:
            return self.num(Fraction(b) ** int(k))
        if self.operation[base] == POW and k is not None and k.denominator == 1:
            inner, e = self.operands[base]
            e = self.value_of(e)
            if e is not None and e.denominator == 1:
                return self._node(POW, (inner, self.num(e * k))) if e * k not in (0, 1) else \
                    inner if e * k == 1 else self.one
        return self._node(POW, (base, exponent))

    def sqrt(self, node):
        return self.pow(node, self.half)

    # -- functions --------------------------------------------------------------------------------------------------
    def fun(self, name, *arguments):
        """exp, log, sin, cos, erf, lgamma, digamma, sign ... or an unknown function by its name.

        log and the gamma family record that their argument is positive.  Unknown functions: see ``unknown``.
        """
        if name in ON_POSITIVES:
            self.require(POSITIVE, arguments[0])
        if name == "log":
            if self.operation[arguments[0]] == FUN and self.operands[arguments[0]][0] == "exp":
                return self.operands[arguments[0]][1]
        known = {("exp", 0): 1, ("log", 1): 0, ("sin", 0): 0, ("cos", 0): 1}
        if len(arguments) == 1:
            v = self.value_of(arguments[0])
            if v is not None and (name, v) in known:
                return self.num(known[name, v])
            if name == "sign" and v is not None:
                return self.num((v > 0) - (v < 0))
            if name in ("sin", "cos") and (VAR, "pi") in self._known or name == "arctan":
                folded = self._circular(name, arguments[0])
                if folded is not None:
                    return folded
        return self._node(FUN, (name, *arguments))

    def _circular(self, name, argument):
        """The exact value of a circular function, or None."""
        if name == "arctan":
            return folding().arctangent(self, argument)
        return folding().circular(self, name, argument, self._known[VAR, "pi"])

    def unknown(self, name, arguments, orders=None):
        """An undetermined smooth function, or its partial derivative of the given order in each argument."""
        return self._node(FUN, (("unknown", name, tuple(orders or (0,) * len(arguments))), *arguments))

    def sign(self, node):
        return self.fun("sign", node)

    def abs(self, node):
        return self.mul(node, self.sign(node))

    def step(self, node):
        """1 where node > 0, else 0."""
        s = self.sign(node)
        return self.mul(self.half, self.add(self.mul(s, s), s))

    def is_zero(self, node):
        """1 where node = 0, else 0."""
        s = self.sign(node)
        return self.sub(self.one, self.mul(s, s))

    def relu(self, node):
        return self.mul(node, self.step(node))

    def max(self, a, b):
        return self.mul(self.half, self.add(a, b, self.abs(self.sub(a, b))))

    def min(self, a, b):
        return self.mul(self.half, self.add(a, b, self.neg(self.abs(self.sub(a, b)))))

    # -- walking ----------------------------------------------------------------------------------------------------
    def children(self, node):
        return self.below[node]

    def reachable(self, roots):
        """All nodes under ``roots``, children before parents: a node never changes, so they are looked up."""
        roots = tuple(roots)
        found = self._reached.get(roots)
        if found is None:
            found = tuple(sorted(self._under(roots)))
            self._room -= len(found)
            if self._room < 0:
                self._reached.clear()
                self._room = REMEMBERED - len(found)
            self._reached[roots] = found
        return found

    def _under(self, roots):
        seen, below = set(roots), self.below
        stack = list(seen)
        while stack:
            for c in below[stack.pop()]:
                if c not in seen:
                    seen.add(c)
                    stack.append(c)
        return seen

    def missing(self, roots, known):
        """The nodes under the roots that are not below a node of ``known``, children first."""
        seen, stack, below = set(), list(roots), self.below
        while stack:
            n = stack.pop()
            if n not in known and n not in seen:
                seen.add(n)
                stack.extend(below[n])
        return sorted(seen)

    def variables(self, roots):
        operation = self.operation
        return [n for n in self.reachable(roots) if operation[n] == VAR]

    def substitute(self, roots, mapping):
        """The roots with nodes replaced by nodes (whole nodes, all at once)."""
        return self.carried(roots, dict(mapping))

    def carried(self, roots, images):
        """As ``substitute``; ``images`` is filled up, and what has its image there is not walked again."""
        for node in self.missing(roots, images):
            images[node] = self._again(node, [images[c] for c in self.children(node)])
        return [images[r] for r in roots]

    def _again(self, node, args):
        operation, operands = self.operation[node], self.operands[node]
        if operation in (NUM, VAR) or tuple(args) == self.children(node):
            return node
        if operation == ADD:
            return self.add(*args)
        if operation == MUL:
            return self.mul(*args)
        if operation == POW:
            return self.pow(*args)
        if isinstance(operands[0], tuple):
            return self._node(FUN, (operands[0], *args))
        return self.fun(operands[0], *args)

    # -- derivatives ------------------------------------------------------------------------------------------------
    def diff(self, root, variable):
        """d root / d variable as a node.  The derivative of sign is 0: kinks are the caller's to list."""
        for node in self.reachable((root,)):
            if self.breadth > BROADEST:
                raise CannotDecide(Reason.BUDGET, f"derivatives of more than {BROADEST} operands")
            if (node, variable) not in self._derivative:
                self._derivative[node, variable] = self._diff_node(node, variable)
        return self._derivative[root, variable]

    def _diff_node(self, node, variable):
        operation, operands = self.operation[node], self.operands[node]
        d = lambda n: self._derivative[n, variable]     # noqa: E731 - children are done first
        if node == variable:
            return self.one
        if operation in (NUM, VAR):
            return self.zero
        if operation == ADD:
            return self.add(*map(d, operands))
        if operation == MUL:
            return self.add(*(self.mul(*operands[:k], d(c), *operands[k + 1:])
                              for k, c in enumerate(operands) if d(c) != self.zero))
        if operation == POW:
            base, exponent = operands
            parts = []
            if d(base) != self.zero:
                parts.append(self.mul(exponent, self.pow(base, self.sub(exponent, self.one)), d(base)))
            if d(exponent) != self.zero:
                parts.append(self.mul(node, self.fun("log", base), d(exponent)))
            return self.add(*parts)
        name, *arguments = operands
        return self.add(*(self.mul(self.partial(name, arguments, k, node), d(a))
                          for k, a in enumerate(arguments) if d(a) != self.zero))

    def partial(self, name, arguments, k, node):
        """The derivative of the function ``name`` in its k-th argument; ``node`` is its value.

        Raises CannotDecide for a function without a derivative in the table.
        """
        if isinstance(name, tuple):
            _, symbol, orders = name
            return self.unknown(symbol, arguments, tuple(o + (j == k) for j, o in enumerate(orders)))
        if name not in PARTIALS:
            raise CannotDecide(Reason.NEEDS_LEMMA, f"no derivative of {name} is known")
        return PARTIALS[name](self, arguments[0], node)


# Derivatives of the functions of one argument u; ``y`` is the node of the value itself.
PARTIALS = {
    "exp": lambda g, u, y: y, "log": lambda g, u, y: g.inv(u),
    "sin": lambda g, u, y: g.fun("cos", u), "cos": lambda g, u, y: g.neg(g.fun("sin", u)),
    "arctan": lambda g, u, y: g.inv(g.add(g.one, g.mul(u, u))),
    "erf": lambda g, u, y: g.mul(g.num(2), g.pow(g.var("pi", "pi"), g.num(Fraction(-1, 2))),
                                 g.fun("exp", g.neg(g.mul(u, u)))),
    "lgamma": lambda g, u, y: g.fun("digamma", u), "digamma": lambda g, u, y: g.fun("trigamma", u),
    "gamma": lambda g, u, y: g.mul(y, g.fun("digamma", u)),
    "bessel0": lambda g, u, y: g.fun("bessel1", u), "bessel1": lambda g, u, y: g.sub(g.fun("bessel0", u), g.div(y, u)),
    **dict.fromkeys(("sign", "floor"), lambda g, u, y: g.zero),
}
