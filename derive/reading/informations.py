"""Entropies and mutual informations of random variables, written with joint entropies: H(X|Y) = H(X,Y) - H(Y)."""

from derive.term import MINUS_ONE, add, call, mul, name, rebuild, term


def informations(node, symbols):
    """The Term with the words for entropy and information, called with random variables, as joint entropies."""
    words = {name(d.name): d.definition.head for d in symbols
             if d.definition is not None and d.definition.head in ("entropy", "information")}
    if not words:
        return node
    random = frozenset(name(d.name) for d in symbols if d.kind == "random")
    laws = [d for d in symbols if d.kind == "mass" and len(d.formals) > 1 and d.bar is None and d.definition is None]
    known = {d.name for d in symbols}
    letters = {name(f.value.upper()): (d, f) for d in laws for f in d.formals
               if f.head == "name" and len(f.value) == 1 and f.value.upper() not in known} if len(laws) == 1 else {}
    return _of_law(_rewritten(node, words, random | frozenset(letters)), letters)


def _of_law(node, letters):
    """The entropies of the variables X, Y of a declared law p(x, y) are those of its marginals."""
    args = tuple(_of_law(a, letters) for a in node.args)
    if node.head == "entropy":
        names = args[0].args if args[0].head == "set" else args
        if all(n in letters for n in names):
            law = letters[names[0]][0]
            return term("entropy", call(name(law.name), *(f for f in law.formals if any(letters[n][1] is f
                                                                                         for n in names))))
    return rebuild(node, args)


def _rewritten(node, words, random):
    args = tuple(_rewritten(a, words, random) for a in node.args)
    if node.head != "call" or args[0] not in words or not _names(args[1:], random):
        return rebuild(node, args)
    parts = args[1:1 + node.value] if node.value is not None else ()
    if words[args[0]] == "information" and len(parts) == 2:
        return _conditional(*(_sides((p,), None)[0] for p in parts), _sides(args[3:], None)[0])
    before, after = _sides(args[1:], node.value)
    if words[args[0]] == "entropy":
        return _minus(joint(before + after), joint(after)) if after else joint(before)
    return _information(before, after) or rebuild(node, args)


def _names(args, random):
    return bool(args) and all(a in random or a.head == "set" and set(a.args) <= random for a in args)


def _sides(args, bar):
    """The names before the bar, and those after it."""
    flat = [a.args if a.head == "set" else (a,) for a in args]
    bar = len(args) if bar is None else bar
    return tuple(n for a in flat[:bar] for n in a), tuple(n for a in flat[bar:] for n in a)


def _information(before, after):
    """I(X;Y) = H(X) + H(Y) - H(X,Y)."""
    if len(before) != 1 or not after:
        return None
    return add(joint(before), joint(after), mul(MINUS_ONE, joint(before + after)))


def _conditional(one, other, given):
    """I(X;Y|Z) = H(X,Z) + H(Y,Z) - H(X,Y,Z) - H(Z)."""
    return add(joint(one + given), joint(other + given), mul(MINUS_ONE, joint(one + other + given)),
               mul(MINUS_ONE, joint(given)))


def _minus(one, other):
    return add(one, mul(MINUS_ONE, other))


def joint(names):
    """H(X, Y, ...)."""
    names = tuple(dict.fromkeys(names))
    return term("entropy", names[0] if len(names) == 1 else term("set", *names))
