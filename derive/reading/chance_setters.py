"""What the rows of ``chance_words`` set in a Draft, each entry by its own rule, or False where it cannot be."""

import re

from derive.reading.errors import ReadError
from derive.reading.names import name_parts
from derive.reading.phrases import split
from derive.reading.sketch import RELATION, Raw, spelled
from derive.term.families import family_of

NOTES = ("part", "flat", "shares", "trials", "complement")
LAW = re.compile(r"(?:\\(?:[a-z]+)\s*(?:\{\s*([A-Za-z]+)\s*\}|(?<=mathcal)\s*([A-Z]))|([A-Za-z]+)"
                 r"|\\chi\^\{?2\}?)\s*(.*)", re.S)


def _law(out, text):
    r"""``\mathrm{Gamma}(a, b)``: the family and its parameters as formulas."""
    found = LAW.fullmatch(str(text).strip())
    family = family_of(found[1] or found[2] or found[3] or "chi2") if found else None
    if family is None or out.kind not in (None, "random") or "family" in out.notes:
        return False
    inside = found[4].strip()
    if inside[:1] + inside[-1:] not in ("()", "[]"):
        return False
    out.notes["family"], out.notes["arguments"] = family, tuple(Raw(a.strip()) for a in split(inside[1:-1], "[,;]"))
    out.fields.setdefault("kind", "random")
    return True


def _family(out, word):
    family = family_of(str(word))
    if family is None or out.notes.get("family", family) != family:
        return False
    out.notes["family"] = family
    return True


def _parameter(out, word_and_value):
    """A parameter said by its role; ``rate \\lambda > 0`` repeats what the rate of a law is."""
    role, value = word_and_value
    sides = split(value, RELATION.pattern)
    if len(sides) > 1 and (len(sides) > 2 or sides[1].strip() != "0" or ">" not in value or "=" in value):
        return False
    named = out.notes.setdefault("parameters", {})
    if role in named or out.kind != "random":
        return False
    out.notes["parameters"] = named | {role: Raw(sides[0].strip())}
    return True


def _discrete(out, _):
    """Said of a random variable or a law: finite laws stand for all of them."""
    if out.kind not in (None, "random", "mass"):
        return False
    out.structure.add("finite")
    return True


def _positive_law(out, _):
    if out.kind not in ("mass", "density") or out.fields.get("domain", "real") not in ("real", "positive"):
        return False
    out.fields["domain"] = "positive"
    return True


def _law_of_data(out, _):
    """A likelihood is the law that its other words say it is."""
    return out.kind in (None, "mass", "density")


def _called(out, wanted):
    """Said of f(x), or of a name without arguments."""
    return (out.parts.arguments is not None) is wanted


def _inside(out, ends):
    """Strictly between two numbers."""
    out.relations.append(((ends[0], Raw(out.key), ends[1]), ("<", "<")))
    return out.kind in ("scalar", "size", "index")


def _components(out, words):
    """Independent, or also of one law, are the entries of one random vector, not of a family."""
    if out.kind != "random" or not out.fields.get("shape") or out.ranges or out.notes.get("many"):
        return False
    out.notes["apart"] = "independent" in out.structure        # of others, when that was said before
    out.structure |= set(words)
    return True


def _tied(out, sentence):
    """Proved it may be, by what uses less; refuted it is not."""
    out.notes["tied"] = sentence
    return True


def _of_event(out, _):
    return "event" in out.structure


def _joint(out, names):
    """``of X and Y``: the arguments of the law, or the random variables whose values they are."""
    own = [a.lower() for a in out.parts.arguments or ()]
    said = [str(n).lower() for n in names]
    return out.kind in ("mass", "density") and (own == said or not own)


def _component(out, formula):
    """``with marginal p(x)``: another law of the same name, which is one of the joint law by its arguments."""
    try:
        parts = name_parts(formula)
    except ReadError:
        return False
    own = set(map(spelled, out.parts.arguments or ()))
    said = set(map(spelled, (parts.arguments or ()) + (parts.given or ())))
    return parts.name == out.parts.name and bool(said) and said <= own and out.parts.given is None


def _apart(out, letters):
    """Behind a covariance of two members: they are different ones, as a covariance of two members says."""
    last = str(out.relations[-1][0][0]) if out.relations else ""
    return "Cov" in last and all(re.search(rf"_\{{?{re.escape(str(x))}(?![A-Za-z])", last) for x in letters)


def implied_random(out):
    """"i.i.d. with mean 0" and "standard normal" are said of random variables."""
    if out.structure & {"identically_distributed", "gaussian"} and not out.kind:
        out.fields["kind"], out.notes["each"] = "random", True


def doubts(out):
    """What words leave open: whose values a value function has, whether probabilities sum to one."""
    found = [out.notes["tied"]] if "tied" in out.notes else []
    if "shares" in out.notes and "sums_to_one" not in out.structure:
        found.append("probabilities: do they sum to one?")
    return found


SPECIAL = {"named": _law, "family": _family, "parameter": _parameter, "discrete": _discrete, "full": _positive_law,
           "law_of_data": _law_of_data, "called": _called, "tied": _tied, "joint": _joint, "apart": _apart,
           "component": _component, "of_event": _of_event, "inside": _inside, "components": _components}
