"""Laws declared without arguments: a policy pi that is used as pi(a|s) is drawn from under the condition s.

``a ~ pi`` beside pi(a|s) is a draw from pi(.|s), not from a law of its own; where the terms use it under several
conditions it is not known which is meant.
"""

from derive.reading.errors import ReadError
from derive.term import call, subterms

_LAWS = ("mass", "density")


def conditions(symbols, terms):
    """{name of a law without arguments: ((before, after), ...)} of its calls with a bar, and () for one without."""
    bare = {d.name for d in symbols if d.kind in _LAWS and not d.formals and d.definition is None}
    found = {}
    for node in (n for t in terms for n in subterms(t)):
        if node.head == "call" and node.args[0].head == "name" and node.args[0].value in bare:
            parts = node.args[1:]
            use = (parts[:node.value], parts[node.value:]) if node.value is not None else ()
            uses = found.setdefault(node.args[0].value, [])
            if use not in uses:
                uses.append(use)
    return found


def under_conditions(head, args, met):
    """The arguments of a draw, a divergence or an entropy, each bare law under the condition it is used with.

    Raises ReadError where the laws are used under several conditions.
    """
    laws = [a for a in (args[1:] if head == "dist" else args) if a.head == "name" and any(met.get(a.value, ()))]
    if not laws:
        return args
    used = {use for law in laws for use in met[law.value]}
    own = args[:1] if head == "dist" else None
    after = {use[1] if use else () for use in used if own is None or use and use[0] == own or not use}
    before = {use[0] for use in used if use} if own is None else {own}
    others = [a for a in args if a not in laws] if head == "KL" else []
    if len(after) != 1 or len(before) != 1 or any(a.head == "name" and not met.get(a.value) for a in others):
        raise ReadError(f"{laws[0].value} is used under several conditions: which law is meant?", 0, "its arguments")
    first, given = before.pop(), after.pop()
    return tuple(call(a, *first, given=given) if a in laws else a for a in args)
