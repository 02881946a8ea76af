"""Signs and exact rational ranges of nodes, from the declared domains of the variables and from facts given.

An analysis speaks of the points where the node is defined: a divisor is not 0 there, a logarithm's argument positive.
All arithmetic is exact, so a sign found here may discharge a condition of a proof.
"""

from collections import Counter
from fractions import Fraction

from verifiers.graph import ADD, FUN, MUL, NUM, ON_POSITIVES, POW, VAR
from verifiers.rings.ranges import (
    IMAGES,
    IMPLIED,
    REALS,
    TAGS,
    Range,
    about_one,
    absolute,
    meet,
    negate,
    plus,
    power,
    reciprocal,
    rectified,
    shortened,
    tag_range,
    times,
)

__all__ = ["IMPLIED", "Signs", "defined_where", "linear", "sign_of", "tag_range"]


def defined_where(graph, roots):
    """The (tag, node) conditions under which the logarithms, roots and gammas under ``roots`` are defined."""
    found = {}
    for n in graph.reachable(roots):
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == FUN and operands[0] in ON_POSITIVES:
            found["positive", operands[1]] = None
        elif operation == POW:
            k = graph.value_of(operands[1])
            if k is None and not graph.integral(operands[1]):
                found["positive", operands[0]] = None
            elif k is not None and k.denominator != 1:
                found["nonnegative" if k > 0 else "positive", operands[0]] = None
    return tuple(found)


def linear(graph, node):
    """{unknown node: coefficient}, the key None for the constant."""
    return _linear(graph, node, {})


def _linear(graph, node, known):
    """As ``linear``; a node that is shared is looked at once."""
    if node not in known:
        known[node] = _linear_form(graph, node, known)
    return known[node]


def _linear_form(graph, node, known):
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return {None: Fraction(operands)}
    if operation == ADD:
        total = {}
        for c in operands:
            for unknown, x in _linear(graph, c, known).items():
                total[unknown] = total.get(unknown, 0) + x
        return total
    if operation == MUL:
        constants = [c for c in operands if graph.operation[c] == NUM]
        rest = [c for c in operands if graph.operation[c] != NUM]
        factor = Fraction(1)
        for c in constants:
            factor *= graph.operands[c]
        inner = _linear(graph, rest[0], known) if len(rest) == 1 else {graph.mul(*rest): Fraction(1)}
        return {unknown: factor * x for unknown, x in inner.items()}
    return {node: Fraction(1)}


class Signs:
    """Ranges of the nodes of one graph, under ``facts``: (tag, node) conditions taken as given.

    What is asked again under the same facts is looked up: ``Signs.under``.
    """

    def __init__(self, graph, facts=()):
        self.graph, self.facts, self._known, self._forms = graph, {}, {}, {}
        for tag, node in (*facts, *facts):      # twice, for what one fact says in the light of a later one
            self._note(tag, node)

    @classmethod
    def under(cls, graph, facts=()):
        """The Signs of the graph under the facts, the same object for the same facts."""
        key = cls, tuple(facts)
        found = graph.analyses.get(key)
        if found is None:
            plain = cls.under(graph) if key[1] else None
            # what the declared domains say themselves tells nothing of anything else
            open_ = tuple(f for f in key[1] if f[0] not in IMPLIED or not plain.implies(*f))
            found = graph.analyses[key] = cls(graph, key[1]) if open_ == key[1] else cls.under(graph, open_)
        return found

    def _note(self, tag, node):
        before = self.facts.get(node, REALS)
        self.facts[node] = after = meet(before, TAGS[tag])
        if after != before:
            self._known.clear()
        self._pass_down(tag, node)

    def _pass_down(self, tag, node):
        """What the sign of a product says of its factors: none is 0, and one of unknown sign has the sign left over."""
        graph = self.graph
        if tag not in IMPLIED["nonzero"]:
            return
        if graph.operation[node] == MUL:
            signs = {c: self.sign(c) for c in graph.operands[node]}
            open_ = [c for c in graph.operands[node] if signs[c] not in ("positive", "negative")]
            minus = sum(signs[c] == "negative" for c in graph.operands[node]) % 2
            for c in dict.fromkeys(open_):
                if len(open_) == 1 and tag != "nonzero":
                    self._note("negative" if (tag == "negative") != bool(minus) else "positive", c)
                else:
                    self._note("nonzero", c)
        elif graph.operation[node] == POW:
            k = graph.value_of(graph.operands[node][1])
            if k is not None and k.denominator == 1:
                self._note(tag if k % 2 else "nonzero", graph.operands[node][0])
        elif graph.operation[node] == FUN and graph.operands[node][0] == "sign":
            self._note(tag, graph.operands[node][1])

    def sign(self, node):
        """positive, negative, nonnegative, nonpositive, nonzero, zero or None."""
        return self.range(node).sign

    def implies(self, tag, node):
        """Whether the condition holds wherever the node is defined."""
        return self.sign(node) in IMPLIED[tag]

    def range(self, node):
        if node not in self._known:
            for n in self.graph.missing((node,), self._known):
                if n not in self._known:
                    found = shortened(self._range(n))
                    self._known[n] = meet(found, self.facts[n]) if n in self.facts else found
        return self._known[node]

    def _range(self, node):
        operation, operands = self.graph.operation[node], self.graph.operands[node]
        if operation == NUM:
            return Range(operands, operands, nonzero=operands != 0)
        if operation == VAR:
            return tag_range(self.graph.domain[node])
        if operation == ADD:
            return self._sum(node, operands)
        if operation == MUL:
            return self._product(operands)
        if operation == POW:
            return self._power(*operands)
        name, *arguments = operands
        image = IMAGES.get(name)
        return image(self._known[arguments[0]]) if image else REALS

    def _sum(self, node, operands):
        """The range of a sum, of its collected terms where the terms as they stand tell no sign."""
        total = Range(0, 0)
        for c in operands:
            total = plus(total, self._known[c])
        if total.sign is None:
            collected = dict(_linear(self.graph, node, self._forms))
            if len(collected) < len(operands):
                constant = collected.pop(None, 0)
                found = Range(constant, constant)
                for unknown, c in collected.items():
                    term = self.range(unknown)
                    scaled = times(Range(abs(c), abs(c), nonzero=True), term) if c else Range(0, 0)
                    found = plus(found, scaled if c >= 0 else negate(scaled))
                total = meet(total, found)
        return total

    def _product(self, operands):
        total = Range(1, 1, nonzero=True)
        left = Counter(operands)
        for c in operands:
            argument, image = self._rectifier(c)
            factors = Counter(self._factors(argument)) if image else None
            if factors and left[c] and not factors - left:
                left -= factors
                left[c] -= 1
                total = times(total, image(self.range(argument)))
        for c, k in left.items():
            total = times(total, power(self._known[c], k))
        for inverse in (c for c in operands if self.graph.operation[c] == POW):
            for p in operands:
                share = self._share(p, inverse)
                if share:
                    rest = list(operands)
                    rest.remove(p)
                    rest.remove(inverse)
                    for c in rest:
                        share = times(share, self._known[c])
                    return meet(total, share)
        return total

    def _factors(self, node):
        return self.graph.operands[node] if self.graph.operation[node] == MUL else (node,)

    def _rectifier(self, node):
        """(u, image) where u times the node is |u| (the node is sign(u)) or 2 relu(u) (it is sign(u) + sign(u)^2)."""
        graph, image = self.graph, absolute
        if graph.operation[node] == ADD and len(graph.operands[node]) == 2:
            for s, square in (graph.operands[node], graph.operands[node][::-1]):
                if graph.operation[square] == MUL and graph.operands[square] == (s, s):
                    node, image = s, rectified
        if graph.operation[node] == FUN and graph.operands[node][0] == "sign":
            return graph.operands[node][1], image
        return None, None

    def _share(self, p, inverse):
        """The range of p / (p + q + ...), which lies between 0 and 1 where p, q, ... are nonnegative, or None."""
        graph = self.graph
        if graph.operands[inverse][1] != graph.minus_one:
            return None
        whole = graph.operands[inverse][0]
        if graph.operation[whole] != ADD or p not in graph.operands[whole]:
            return None
        signs = [self._known[c].sign for c in graph.operands[whole]]
        if not all(s in IMPLIED["nonnegative"] for s in signs):
            return None
        own = self._known[p].sign
        signs.remove(own)
        return Range(0, 1, own == "positive", "positive" in signs)

    def _power(self, base, exponent):
        b, k = self._known[base], self.graph.value_of(exponent)
        if k is not None and abs(k) > 64:
            b = TAGS.get(b.sign, REALS)     # only the sign: no endpoint is raised to a large power
        if k is not None and k.denominator == 1:
            return power(b, int(k)) if k > 0 else reciprocal(power(b, -int(k)))
        e = self._known[exponent]
        strict = (b.low > 1 or b.high < 1 or b.low_open and b.low == 1 or b.high_open and b.high == 1) \
            and e.sign in ("positive", "negative")
        if k is None and b.low < 0 and self.graph.integral(exponent):
            return REALS
        above = (b.low >= 1 and e.low >= 0) or (b.low >= 0 and b.high <= 1 and e.high <= 0)
        below = (b.high <= 1 and e.low >= 0) or (b.low >= 1 and e.high <= 0)
        positive = b.sign in ("positive", "negative", "nonzero") or e.high < 0 or \
            (k is None and not self.graph.integral(exponent))
        found = about_one(positive, above, below, strict)
        return found if positive else found._replace(low_open=False)


def sign_of(graph, node, facts=()):
    """The sign of a node on the declared domain (see Signs)."""
    return Signs(graph, facts).sign(node)
