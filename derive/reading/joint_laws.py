"""Laws of one name are one joint law: p(x), p(x|z), p(z|x) are its marginals and conditionals, told by their arguments.

A chain such as p(z), p(x|z), p(y|x,z) or a law p(x,y,z) of all letters is the joint law; what else of the name is
declared or used is defined by it.  Where no chain is found the laws stay free, each for itself.
"""

from itertools import permutations

from derive.term import IMPLIED, Declaration, call, div, mul, name, subterms, term
from derive.term.record import replace

_LAWS = ("mass", "density")
_MOST = 5       # laws of one name


def coherent(made, parts):
    """The declarations with laws defined by the joint law of their name; ``parts`` are those said to be derived.

    A law that is said to be a posterior or a marginal, and is none of a declared joint law, is left unread.
    """
    out = list(made)
    for base in dict.fromkeys(d.name for d in made if d.kind in _LAWS and d.formals):
        places = [k for k, d in enumerate(made) if _is_plain(d, base)]
        chain = joint_of([(made[k], k in parts) for k in places])
        for k in places:
            d = made[k]
            if chain is not None and d not in chain and _letters(d) <= _letters(*chain):
                out[k] = replace(d, definition=part_of(chain, d))
            elif k in parts:
                out[k] = replace(d, unread=f"{d.text}: of which joint law?", unread_head=True)
    return out


def _is_plain(d, base):
    return d.name == base and d.kind in _LAWS and bool(d.formals) and d.definition is None and not d.unread_head and \
        all(f.head == "name" for f in d.formals)


def _before(d):
    return frozenset(f.value for f in d.formals[:d.bar])


def _after(d):
    return frozenset(f.value for f in d.formals) - _before(d)


def _letters(*laws):
    return frozenset(f.value for d in laws for f in d.formals)


def joint_of(laws):
    """The laws that make up the joint law, in order, out of (law, whether it is said to be derived); or None.

    Each is conditioned on all letters before it, and together they have every letter.
    """
    free = [d for d, derived in laws if not derived]
    if not free or len(free) > _MOST or len(laws) == 1 and free[0].bar is not None:
        return None
    letters = _letters(*(d for d, _ in laws))
    for count in range(1, len(free) + 1):
        for chain in permutations(free, count):
            met = frozenset()
            for d in chain:
                if _after(d) != met or _before(d) & met:
                    break
                met |= _before(d)
            else:
                if met == letters:
                    return chain
    return None


def part_of(chain, d):
    """The marginal or conditional of the joint law at the formals of ``d``."""
    joint = mul(*(call(name(c.name), *c.formals[:c.bar], given=None if c.bar is None else c.formals[c.bar:])
                  for c in chain))
    rest = sorted(_letters(*chain) - _letters(d))
    top = _without(joint, rest, d.kind)
    if d.bar is None:
        return top
    return div(top, _without(joint, rest + sorted(_before(d)), d.kind))


def _without(body, letters, kind):
    for letter in reversed(letters):
        body = term("sum" if kind == "mass" else "int", body, name(letter), IMPLIED)
    return body


def used_parts(symbols, terms):
    """Declarations of the marginals and conditionals that are used and not declared, of a declared joint law."""
    found = {}
    for node in (n for t in terms for n in subterms(t)):
        if node.head != "call" or node.args[0].head != "name" or any(a.head != "name" for a in node.args[1:]):
            continue
        own = [d for d in symbols if d.name == node.args[0].value]
        letters = tuple(a.value.rstrip("'") for a in node.args[1:])
        if not own or any(d.kind not in _LAWS or d.unread_head for d in own) or len(set(letters)) < len(letters):
            continue
        if any(tuple(f.value for f in d.formals) == letters and d.bar == node.value for d in own):
            continue
        chain = joint_of([(d, False) for d in own if d.definition is None])
        if chain is None or not set(letters) <= _letters(*chain):
            continue
        law = Declaration(own[0].name, own[0].kind, own[0].shape, formals=tuple(map(name, letters)), bar=node.value,
                          structure=own[0].structure)
        if (law.name, letters, node.value) not in found and _after(law) != _letters(law):
            found[law.name, letters, node.value] = replace(law, definition=part_of(chain, law))
    return tuple(found.values())
