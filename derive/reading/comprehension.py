r"""Arrays defined by their entries: ``S_{ij} = f(i, j)`` is the stack over i of the rows of f over j."""

from derive.term import IMPLIED, ONE, Relation, name, range_, subterms, term
from derive.term.record import replace


def stacked(draft, own, made):
    """The declaration whose definition is that of an entry, made one of the whole array.

    draft   notes the letters of the entry under ``entrywise``; ``made`` are all declarations
    """
    letters = draft.notes.get("entrywise")
    if not letters or own.definition is None or own.unread_head or own.definition.head in ("stack", "diag"):
        return own
    stated = own.shape if len(own.shape) == len(letters) else (IMPLIED,) * len(letters)
    domains = []
    for letter, size in zip(letters, stated, strict=True):
        domain = range_(ONE, size) if size is not IMPLIED else letter_range(letter, own.definition, made)
        if domain is None and not own.formals:
            words = filter(None, (own.unread, f"the range of {letter}"))
            return replace(own, unread="; ".join(words), unread_head=True)
        domains.append(domain or IMPLIED)
    shape = tuple(size if size is not IMPLIED else _length(d) for size, d in zip(stated, domains, strict=True))
    kind = own.kind if own.kind == "function" else ("vector", "matrix")[len(letters) - 1]
    return replace(own, kind=kind, shape=shape, definition=whole(own.definition, letters, domains),
                   structure=own.structure - {"diagonal"} if len(set(letters)) < len(letters) else own.structure)


def whole(body, letters, domains):
    """The array with the entries ``body`` over the letters; over one letter twice, the diagonal matrix."""
    if len(set(letters)) < len(letters):
        return term("diag", term("stack", body, name(letters[0]), domains[0]))
    for letter, domain in reversed(tuple(zip(letters[1:], domains[1:], strict=True))):
        body = term("transpose", term("stack", body, name(letter), domain))
    return term("stack", body, name(letters[0]), domains[0])


def _length(domain):
    plain = domain.head == "range" and domain.args[0] is ONE
    return domain.args[1] if plain else IMPLIED


def letter_range(letter, body, made):
    """The one range a letter takes as a subscript of declared families and arrays, or beside a value of a function."""
    table = {(d.name, bool(d.indices)): d for d in made}
    found = set()
    for node in subterms(body):
        if node.head == "index" and node.args[0].head == "name":
            owner = node.args[0].value
            d = table.get((owner, True)) or table.get((owner, False)) or next(
                (e for e in made if e.entries == owner or _plain(e.name) == owner and e.shape), None)
            found |= {r for k, s in enumerate(node.args[1:]) if s is name(letter) for r in _place(d, k)}
        if node.head == "rel" and node.value in (Relation.EQ, Relation.NE) and name(letter) in node.args:
            other = node.args[1 - node.args.index(name(letter))]
            if other.head == "call" and other.args[0].head == "name":
                d = table.get((other.args[0].value, False))
                found |= {r for r in (d.ranges if d is not None else ()) if r.head == "range"}
        if node.head == "call" and name(letter) in node.args[1:] and node.args[0].head == "name":
            d = table.get((node.args[0].value, False))
            found |= {r for r in (d.ranges if d is not None and not d.indices else ()) if r.head == "range"}
    return found.pop() if len(found) == 1 else None


def _plain(spelling):
    from derive.spelling import unbold
    return unbold(spelling)


def _place(d, k):
    """The range of the k-th subscript of a family or array, as a tuple of none or one."""
    if d is None:
        return ()
    if k < len(d.indices):
        return (d.ranges[k],) if k < len(d.ranges) and d.ranges[k].head == "range" else ()
    size = d.shape[k - len(d.indices)] if k - len(d.indices) < len(d.shape) else IMPLIED
    return () if size is IMPLIED else (range_(ONE, size),)
