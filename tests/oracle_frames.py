"""Orthogonal vectors of the oracle: families declared orthogonal, and names given to be orthogonal to one another."""

import mpmath as mp

from derive.term import subterms

ROOM = 3        # columns of the frame for each name


def slots(claim):
    """{name: slot} of the names that are orthogonal to themselves (a family) or to another name."""
    names = [d.name for d in claim.symbols if "orthogonal_family" in d.structure]
    for given in claim.givens:
        for node in subterms(given):
            if node.head == "rel" and node.value == "=" and node.args[1].head == "num" and node.args[1].value == 0:
                names += _factors(node.args[0])
    return {name: k for k, name in enumerate(dict.fromkeys(names))}


def _factors(product):
    """The names of x and y in x^T y."""
    if product.head != "mul" or len(product.args) != 2 or product.args[0].head != "transpose":
        return []
    vectors = (product.args[0].args[0], product.args[1])
    bases = [v.args[0] if v.head == "index" else v for v in vectors]
    return [b.value for b in bases] if all(b.head == "name" for b in bases) else []


def lengths(claim, placed):
    """Names of the sizes that vectors of the frame have."""
    return {s.value for d in claim.symbols if d.name in placed for s in d.shape if s.head == "name"}


def frame(rng, count):
    """An orthogonal matrix with room for ``count`` names."""
    n = ROOM*count
    raw = mp.matrix(n, n)
    for i in range(n):
        for j in range(n):
            raw[i, j] = mp.mpf(rng.randint(-50, 50))/17
    return mp.qr(raw)[0]


def member(columns, slot, declared, subscripts, rng):
    """A column of the name's slot, scaled, for an orthogonal family; else a combination of its columns."""
    first = ROOM*slot
    if "orthogonal_family" in declared.structure:
        k = first + int(subscripts[0]) - 1
        return columns[:, k]*(1 if "unit_norm" in declared.structure else mp.mpf(rng.randint(5, 40))/11)
    total = columns[:, first]*0
    for k in range(first, first + ROOM):
        total += columns[:, k]*mp.mpf(rng.randint(5, 40))/11
    return total
