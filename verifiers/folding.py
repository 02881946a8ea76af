"""Values of powers and functions that are known exactly: (-1)^{2n}, cos(n pi), sin(pi/6), arctan(1/x).

Called while nodes are built; a fold never loses a condition, which the caller records before.
"""

from fractions import Fraction

from verifiers.graph import ADD, MUL, NUM, POW, VAR

PARTS = 12          # multiples of pi/12 have values in square roots of 2 and 3
# cos(k pi / 12) as ((coefficient, radicand), ...): sums of rational multiples of square roots
COSINES = {
    0: ((1, 1),), 1: ((Fraction(1, 4), 6), (Fraction(1, 4), 2)), 2: ((Fraction(1, 2), 3),), 3: ((Fraction(1, 2), 2),),
    4: ((Fraction(1, 2), 1),), 5: ((Fraction(1, 4), 6), (Fraction(-1, 4), 2)), 6: (),
}
FIFTHS = {1: ((Fraction(1, 4), 1), (Fraction(1, 4), 5)), 2: ((Fraction(-1, 4), 1), (Fraction(1, 4), 5))}
# arctan(x) = k pi / 12 for these x^2
TANGENTS = {Fraction(0): 0, Fraction(1, 3): 2, Fraction(1): 3, Fraction(3): 4}


def power(graph, base, exponent):
    """base ** exponent for an exponent that is whole by its form, where it has a simpler form; else None."""
    operation, operands = graph.operation[base], graph.operands[base]
    if base == graph.one:
        return graph.one
    if base == graph.zero:
        return graph.zero if at_least_one(graph, exponent) else None
    if base == graph.minus_one:
        return _sign_power(graph, exponent)
    if operation == MUL:
        number = next((Fraction(graph.operands[c]) for c in operands if graph.operation[c] == NUM), Fraction(1))
        if number < 0:
            return graph.mul(graph.pow(graph.minus_one, exponent), graph.pow(graph.neg(base), exponent))
    if operation == NUM and operands < 0:
        return graph.mul(graph.pow(graph.minus_one, exponent), graph.pow(graph.neg(base), exponent))
    if operation == POW and graph.integral(operands[1]):
        return graph.pow(operands[0], graph.mul(operands[1], exponent))
    return None


def at_least_one(graph, node):
    """Whether a node that is whole by its form is at least 1 by the domains of its variables."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return operands >= 1
    if operation == VAR:
        tag = graph.domain[node]
        return not isinstance(tag, str) and len(tag) > 1 and tag[1] >= 1
    if operation == MUL:
        return all(at_least_one(graph, c) for c in operands)
    if operation == ADD:
        return any(at_least_one(graph, c) for c in operands) and all(graph.natural(c) for c in operands)
    return False


def _sign_power(graph, exponent):
    """(-1) ** exponent with every coefficient modulo 2, or None where that is what it is."""
    terms = graph.operands[exponent] if graph.operation[exponent] == ADD else (exponent,)
    odd, kept = 0, []
    for t in terms:
        number, rest = _coefficient(graph, t)
        if not rest:
            odd += number
        elif number % 2:
            kept.append(graph.mul(*rest))
    if not odd and sorted(kept) == sorted(terms):
        return None
    sign = graph.minus_one if odd % 2 else graph.one
    return graph.mul(sign, *(graph.pow(graph.minus_one, k) for k in kept))


def _coefficient(graph, term):
    """(rational, [other factors]) of a product."""
    factors = graph.operands[term] if graph.operation[term] == MUL else (term,)
    number, rest = Fraction(1), []
    for f in factors:
        if graph.operation[f] == NUM:
            number *= graph.operands[f]
        else:
            rest.append(f)
    return number, rest


# -- circular functions -----------------------------------------------------------------------------------------------
def circular(graph, name, argument, pi):
    """cos or sin of an argument with multiples of pi in it, or None where nothing is known of them."""
    turns, flips, rest = Fraction(0), [], []
    for t in graph.operands[argument] if graph.operation[argument] == ADD else (argument,):
        number, factors = _coefficient(graph, t)
        if factors.count(pi) != 1:
            rest.append(t)
            continue
        factors.remove(pi)
        if not factors:
            turns += number
        elif number.denominator == 1 and all(graph.integral(f) for f in factors):
            flips += [graph.mul(*factors)] if number % 2 else []
        else:
            rest.append(t)
    value = _value(turns if name == "cos" else Fraction(1, 2) - turns)
    other = _value(turns if name == "sin" else Fraction(1, 2) - turns)
    if value is None or rest and other is None or not turns and len(rest) == _terms(graph, argument):
        return None
    sign = graph.mul(*(graph.pow(graph.minus_one, f) for f in flips))
    if not rest:
        return graph.mul(sign, _surd(graph, value))
    inner = graph.add(*rest)
    if not turns and not flips and inner == argument:
        return None
    cos, sin = graph.fun("cos", inner), graph.fun("sin", inner)
    if name == "cos":       # cos(u + q pi) = cos u cos q pi - sin u sin q pi
        parts = graph.mul(cos, _surd(graph, value)), graph.neg(graph.mul(sin, _surd(graph, other)))
    else:
        parts = graph.mul(cos, _surd(graph, value)), graph.mul(sin, _surd(graph, other))
    return graph.mul(sign, graph.add(*parts))


def _terms(graph, node):
    return len(graph.operands[node]) if graph.operation[node] == ADD else 1


def _value(turns):
    """cos(turns pi) as ((coefficient, radicand), ...), or None."""
    turns %= 2
    sign = 1
    if turns > 1:
        turns = 2 - turns
    if turns > Fraction(1, 2):
        turns, sign = 1 - turns, -1
    found = COSINES.get(turns * PARTS) if (turns * PARTS).denominator == 1 else FIFTHS.get(turns * 5)
    return None if found is None else tuple((sign * c, r) for c, r in found)


def _surd(graph, parts):
    def root(r):
        return graph.mul(*(graph.sqrt(graph.num(p)) for p in ((2, 3) if r == 6 else (r,)) if p != 1))
    return graph.add(*(graph.mul(graph.num(c), root(r)) for c, r in parts))


def arctangent(graph, argument):
    """arctan of 0, 1, sqrt(3) and their opposites and inverses, and arctan(1/u) = sign(u) pi/2 - arctan(u); or None."""
    pi = graph.var("pi", "pi")
    sign = 1
    number, rest = _coefficient(graph, argument)
    square = None
    if not rest:
        square = number ** 2
    elif len(rest) == 1 and graph.operation[rest[0]] == POW:
        base, exponent = (graph.value_of(c) for c in graph.operands[rest[0]])
        if base is not None and exponent is not None and (2 * exponent).denominator == 1 and base > 0:
            square = number ** 2 * Fraction(base) ** int(2 * exponent)
    if square in TANGENTS:
        sign = 1 if number >= 0 else -1
        return graph.mul(graph.num(Fraction(sign * TANGENTS[square], 12)), pi)
    if number == 1 and len(rest) == 1 and graph.operation[rest[0]] == POW:
        base, exponent = graph.operands[rest[0]]
        if exponent == graph.minus_one:
            return graph.sub(graph.mul(graph.half, pi, graph.sign(base)), graph.fun("arctan", base))
    return None
