"""Independence said by entropies: H(X,Z) + H(Y,Z) - H(X,Y,Z) - H(Z) = 0 is that X and Y are independent given Z.

T. M. Cover, J. A. Thomas, Elements of Information Theory, section 2.5: I(X;Y|Z) = 0 if and only if they are.
"""

from derive.term import MINUS_ONE, ZERO, Relation, name, subterms


def is_entropic(given):
    """Whether a given speaks of entropies."""
    return any(t.head == "entropy" for t in subterms(given))


def conditional_independences(claim):
    """((X, Y, Z) sets of names, ...) of the givens that say so."""
    return tuple(found for g in claim.givens for found in (_stated(claim, g),) if found is not None)


def built_in(claim, given):
    """Whether a given is an independence that the tables of entropies have: nothing else may use the names."""
    if _stated(claim, given) is None:
        return False
    terms = [claim.left, claim.right, *(d.definition for d in claim.symbols if d.definition is not None)]
    random = {name(d.name) for d in claim.symbols if d.kind == "random"}
    return any(map(is_entropic, terms)) and not any(_used(t, random) for t in terms)


def _used(node, random):
    """Whether a random name stands outside of all entropies."""
    return node.head != "entropy" and (node in random or any(_used(a, random) for a in node.args))


def _stated(claim, given):
    if given.head != "rel" or given.value != Relation.EQ or given.args[1] is not ZERO or given.args[0].head != "add":
        return None
    plus, minus = [], []
    for part in given.args[0].args:
        less = part.head == "mul" and len(part.args) == 2 and part.args[0] is MINUS_ONE
        names = _names(claim, part.args[1] if less else part)
        if names is None:
            return None
        (minus if less else plus).append(names)
    if len(plus) != 2:
        return None
    one, other = plus
    both, given = one | other, one & other
    if sorted(minus, key=len) != ([given, both] if given else [both]) or not one - other or not other - one:
        return None
    return one - given, other - given, given


def _names(claim, part):
    """The random names of an entropy, or None."""
    if part.head != "entropy":
        return None
    own = part.args[0].args if part.args[0].head == "set" else part.args
    plain = all(n.head == "name" and (d := claim.symbol(n.value)) is not None and d.kind == "random" for n in own)
    return frozenset(n.value for n in own) if plain else None
