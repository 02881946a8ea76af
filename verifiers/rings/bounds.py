"""The probability that an identity test modulo random primes is wrong, bounded for the graph at hand.

The difference of the two sides is a quotient of polynomials in the generators.  Schwartz and Zippel: it vanishes at a
random point with probability at most degree / p.  An integer of so many bits has at most bits / 118 prime divisors
among the primes drawn from, of which there are at least 2^104: one in 82 of the numbers between 2^118 and 2^120 is a
prime, one in 192 of those is in the classes of ``verifiers.rings.fields``.  That a number of so many bits that passes
the test there is no prime after all has a probability below 2^-100 (Damgard, Landrock and Pomerance 1993: k^(15/4)
2^(-k/2 - 2t) / 7 for k bits and t >= k/4 rounds), times 192 for the classes.
"""


from verifiers.graph import ADD, MUL, NUM, POW, VAR

PRIMES_AT_LEAST = 2.0 ** 104
SMALLEST_BITS = 118
NO_PRIME = 2.0 ** -92


def size(graph, roots, weight):
    """(degree, bits): bounds for the numerator of the difference of any two of the roots.

    weight  the degree of a variable or an atom in the generators drawn at random
    """
    sizes = graph.analyses.setdefault(("degrees", weight), {})
    for node in graph.missing(roots, sizes):
        sizes[node] = _size(graph, node, sizes, weight)
    top = bits = 0
    for root in roots:
        above, below, many = sizes[root]
        top, bits = max(top, above, below), max(bits, many)
    return 2 * top, 2 * bits + 2


def _size(graph, node, sizes, weight):
    """(degree of the numerator, of the denominator, bits of the coefficients) of one node."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == VAR:
        return weight, weight, weight
    if operation == NUM:
        return 0, 0, operands.numerator.bit_length() + operands.denominator.bit_length()
    if operation == ADD:
        ups, downs, bits = zip(*[sizes[c] for c in operands], strict=True)
        below = sum(downs)
        return max([n + below - d for n, d in zip(ups, downs, strict=True)]), below, sum(bits) + len(bits)
    if operation == MUL:
        return tuple(map(sum, zip(*[sizes[c] for c in operands], strict=True)))
    if operation == POW:
        k = graph.value_of(operands[1])
        if k is not None and k.denominator == 1:
            up, down, bits = sizes[operands[0]]
            m = min(abs(int(k)), 1 << 40)
            return (up * m, down * m, bits * m) if k > 0 else (down * m, up * m, bits * m)
    arguments = [sizes[c] for c in graph.children(node)]
    inner = sum(max(a[0], a[1]) for a in arguments)
    return weight + inner, weight + inner, sum((a[2] for a in arguments), weight)


def error_bound(degree, bits, points, tests, branches=1):
    """An upper bound on the probability of a false proof.

    points    spare points of each evaluation: those beyond the rank of the linear algebra
    tests     relations tried per evaluation, each a chance to be wrong
    branches  branches of roots, which multiply the degree
    """
    # a residue that is no small rational looks like one with probability below 2^-88 (two bounds of 2^14, p > 2^118);
    # it takes a constant made of several roots to put such a residue in the place of a rational
    false_rational = 2.0 ** -88 if branches > 2 else 0.0
    per_point = min(1.0, degree * branches * 2.0 ** -SMALLEST_BITS)
    unlucky = min(1.0, (bits * branches / SMALLEST_BITS + 1) / PRIMES_AT_LEAST)
    return min(1.0, (tests + 1) * (per_point ** max(points, 1) + unlucky + NO_PRIME) + tests * false_rational)


