r"""The law of a random name: ``X \sim \mathrm{Gamma}(a, b)``, "Bernoulli with parameter p", "uniform on [0,1]"."""

from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.phrases import split
from derive.reading.sketch import Raw
from derive.term import IMPLIED, ONE, Term, index, name, range_, sub, subterms, term
from derive.term.families import FAMILIES, placed, roles
from derive.term.record import replace

_ARRAYS = ("vector", "matrix", "identity")
_BOLD = (r"\mathbf{", r"\boldsymbol{")
_IDENTITY = (r"\mathbf{I}", r"\boldsymbol{I}", "I")
_DOTS = (r"\ldots", r"\dots", r"\cdots", "...")
_DEVIATIONS = (r"\sigma", "s")


def named_law(draft, own, read, table):
    """The declaration with the law its words name; what does not fit together is missed."""
    notes = draft.notes
    if "complement" in notes:
        return _complement(draft, own, read, table)
    family = notes.get("family") or ("uniform" if "flat" in notes else None)
    if family is None:
        if notes.get("parameters") or notes.get("trials"):
            draft.miss("a parameter of which law?", True)
        return own
    own, values = _parameters(draft, own, family, read)
    if values is None or None in values or own.kind != "random" or own.law is not None or own.definition is not None:
        draft.miss(f"the parameters of the {family} law", True)
        return own
    if family == "normal":
        return _normal(draft, own, values, table)
    if own.mean is not None or own.variance is not None or own.domain not in ("real", FAMILIES[family].values) or \
            own.shape and family not in ("dirichlet", "categorical"):
        draft.miss(f"a {family} law beside moments, a range or a shape", True)
    if family in ("dirichlet", "categorical"):
        own = replace(own, shape=own.shape or (IMPLIED,))
    return replace(own, law=Term("law", tuple(values), family), domain=FAMILIES[family].values)


def _complement(draft, own, read, table):
    """The complement of a declared event: 1 - A, an event too."""
    event = read(draft.notes["complement"])
    d = table.first(event.value) if event is not None and event.head == "name" else None
    if d is None or "event" not in d.structure:
        draft.miss("the complement of which event?", True)
        return own
    return replace(own, kind="random", definition=sub(ONE, event), domain="binary",
                   structure=own.structure | {"event", "finite"})


def _parameters(draft, own, family, read):
    """(declaration, parameters in the order of the family, or None where it is not known which is which)."""
    notes, row = draft.notes, FAMILIES[family]
    said = {w: read(v) for w, v in notes.get("parameters", {}).items()}
    if "trials" in notes:
        said["trials"] = read(notes["trials"])
    arguments = notes.get("arguments")
    if "flat" in notes:
        arguments = tuple(Raw(e.strip()) for e in split(notes["flat"][1:-1], ","))
    known = roles(family)
    if own.mean is not None and known.get("mean") and arguments is None and "mean" not in said:
        said, own = said | {"mean": own.mean}, replace(own, mean=None)
    if own.variance is not None and known.get("variance") and arguments is None:
        said, own = said | {"variance": own.variance}, replace(own, variance=None)
    if not set(said) <= set(known):
        return own, None
    count = len(row.parameters)
    if arguments is None:
        places = {known[w][0]: placed(v, known[w][1]) for w, v in said.items() if v is not None}
        return own, [places.get(k) for k in range(count)] if len(places) == len(said) else None
    if count == 1 and row.parameters[0][1] == "vector" and len(arguments) > 1:
        own, whole = _stacked(own, arguments, read)
        return own, whole
    if len(arguments) != count:
        return own, None
    values = [read(a) for a in arguments]
    if None in values:
        return own, None
    inverted = {known[w][0] for w, v in said.items() if known[w][1] and values[known[w][0]] is v}
    agree = all(values[known[w][0]] is v for w, v in said.items())
    told = not row.letters or bool(said) or tuple(str(a).strip() for a in arguments) in row.letters
    return own, [placed(v, k in inverted) for k, v in enumerate(values)] if agree and told else None


def _stacked(own, arguments, read):
    r"""The vector of the parameters ``\alpha_1, \ldots, \alpha_K``, and the length that the random vector has too."""
    try:
        first, last = name_parts(str(arguments[0])), name_parts(str(arguments[-1]))
    except ReadError:
        return own, None
    listed = len(arguments) == 3 and arguments[1] in _DOTS and first.subscripts == ("1",) and len(last.subscripts) == 1
    plain = replace(first, subscripts=())
    length = read(Raw(last.subscripts[0])) if listed and plain == replace(last, subscripts=()) else None
    if length is None:
        return own, None
    k = name("k")
    column = term("stack", index(name(plain.name), k), k, range_(ONE, length))
    return replace(own, shape=own.shape or (length,)), [column]


def _normal(draft, own, values, table):
    """Mean and covariance; of a vector where the name, the mean or the covariance is one."""
    mean, spread = values
    if own.mean is not None or own.variance is not None:
        draft.miss("a normal law beside moments", True)
    bare = spread.value if spread.head == "name" else None
    if bare is not None and bare.split("_")[0] in _DEVIATIONS:
        draft.miss(f"is {bare} the variance or the standard deviation?", True)
    names = {n.value for t in (mean, spread) for n in subterms(t) if n.head == "name"}
    array = own.name.startswith(_BOLD) or any(
        n.startswith(_BOLD) or n in _IDENTITY or (d := table.first(n)) is not None and d.kind in _ARRAYS for n in names)
    return replace(own, mean=mean, variance=spread, shape=own.shape or ((IMPLIED,) if array else ()),
                   structure=own.structure | {"gaussian"})


def law_parameters(d, declare):
    """Declare the parameters of a named law that nothing else declares: the rate is positive ..."""
    if d.law is None or d.law.head != "law":
        return
    for value, (_, domain) in zip(d.law.args, FAMILIES[d.law.value].parameters, strict=True):
        if value.head != "name":
            continue
        if domain == "count":
            declare(value.value, kind="size", domain="integer", low=ONE)
        elif domain != "vector":
            declare(value.value, kind="scalar", domain=domain)

