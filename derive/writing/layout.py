"""What every format shares: prose with formulas in it, long formulas broken at top-level signs, needs, marks."""

import re

from derive.printing import latex

MARKS = {"proved": r"\checkmark", "supported": r"\circ", "conditional": "?", "refuted": r"\times", "undecided": "?",
         "unreadable": "?"}
METHODS = {"identical": "evaluation of both sides"}
ARROWS = {"{": 1, "}": -1, "(": 1, ")": -1, "[": 1, "]": -1}
TOKEN = re.compile(r"\\(?:left|right|bigl|bigr|begin|end)(?![a-zA-Z])|\\[a-zA-Z]+|\\.|.", re.DOTALL)


def mathed(words):
    """Words of a declaration with every piece of LaTeX between dollar signs; taking the signs out gives the words.

    A piece is a run of blank-separated tokens that is balanced in braces and holds a backslash, ``^`` or ``_``.
    """
    pieces, run, depth = [], [], 0
    for token in words.split(" "):
        run.append(token)
        depth += token.count("{") - token.count("}")
        if depth <= 0:
            piece, depth, run = " ".join(run), 0, []
            if not re.search(r"[\\^_]", piece):
                pieces.append(piece)
                continue
            core = piece.rstrip(",.;:")
            pieces.append(f"${core}${piece[len(core):]}")
    return " ".join(pieces + run)


def unmathed(prose):
    """The words of ``mathed`` again."""
    return prose.replace("$", "")


def declared(declaration, symbols=()):
    """(name, words) as read and said; a definition in symbols is its own words."""
    from derive.printing.words import key, say

    return key(declaration), say(declaration, symbols)


def declared_prose(declaration, symbols):
    """A declaration as prose with formulas between dollar signs: "$x_i$: real sequence, i = 1..I", or "$f = ...$"."""
    name, words = declared(declaration, symbols)
    if not words.startswith(f"{name} = "):
        return f"${name}$: {mathed(words)}"
    formula = f"{name} = {latex(declaration.definition, symbols)}"
    return f"${formula}${mathed(words.removeprefix(formula))}"


FONTS = re.compile(r"\\(?:mathbf|boldsymbol|operatorname|mathrm|mathbb|text|bar|tilde|hat|sqrt)\*?\{([^{}]*)\}")
SCRIPTS = re.compile(r"[_^](?:\{([^{}]*)\}|(\\[a-zA-Z]+|[^{}\\]))")
FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")


def width(latex):
    """About how many letters wide a formula prints: a fraction is its longer part, scripts count half."""
    text, before = latex, None
    while text != before:
        before = text
        text = FONTS.sub(r"\1", text)
        text = SCRIPTS.sub(lambda m: "i"*((_letters(m.group(1) or m.group(2)) + 1)//2), text)
        text = FRACTION.sub(lambda m: max(m.groups(), key=_letters), text)
    return _letters(text)


def _letters(text):
    text = re.sub(r"\\(left|right|bigl|bigr|,|;)(?![a-zA-Z])", "", text)
    text = re.sub(r"\\[a-zA-Z]+", "x", text)
    return len(re.sub(r"[{}\s\\&]", "", text)) + len(re.findall(r"[-+=<>]", text))


def broken(latex, limit):
    """The formula in pieces of about ``limit`` letters, each but the first starting with a top-level + or -.

    Joining the pieces with a blank gives the formula.
    """
    parts = split_at_signs(latex)
    pieces = [parts[0]]
    for part in parts[1:]:
        if width(pieces[-1]) + width(part) > limit:
            pieces.append(part)
        else:
            pieces[-1] += part
    return [piece.strip() for piece in pieces]


def split_at_signs(latex):
    """The formula cut before every + or - that stands outside all brackets and environments; nothing is lost."""
    parts, start, depth, position, before = [], 0, 0, 0, ""
    for token in TOKEN.findall(latex):
        if token in ("\\begin", "\\left", "\\bigl"):
            depth += 1
        elif token in ("\\end", "\\right", "\\bigr"):
            depth -= 1
        elif token in ARROWS and before not in ("\\left", "\\right", "\\bigl", "\\bigr"):
            depth += ARROWS[token]
        elif token in "+-" and depth == 0 and before not in ("", "=", "<", ">", "^", "_", "\\le", "\\ge", "\\cdot"):
            parts.append(latex[start:position])
            start = position
        position += len(token)
        if not token.isspace():
            before = token
    return [*parts, latex[start:]]


def needs_of(line):
    """What a line needs, as prose with formulas between dollar signs: its rule's words, then the judge's conditions."""
    return tuple(dict.fromkeys([*line.needs, *map(_need, line.verdict.needs)]))


def _need(need):
    """A condition as a formula; one that is said in words with the formula it stands in."""
    from derive.checking.record import shown
    if need.condition is not None:
        return f"${shown(need)}$"
    return need.why + (f", in ${latex(need.place)}$" if need.place is not None else "")


def counterexample(verdict):
    """The witness as prose with formulas between dollar signs: the words of a law stand outside them."""
    said = []
    for name, value in getattr(verdict, "witness", ()):
        parts = re.split(r"(?<=\d), (?=(?:\([^()]*\)|[^\s,()]+) with prob)", value)
        outcomes = [outcome.split(" with probability ") for outcome in parts]
        if len(outcomes[0]) == 1:
            said.append(f"${name} = {value}$")
        else:
            said.append(f"${name}$ = " + ", ".join(f"${v}$ with probability ${p}$" for v, p in outcomes))
    return ", ".join(said)


def given_words(claim):
    """What is assumed of a claim, to stand before its counterexample."""
    return "".join(f"where ${latex(g, claim.symbols)}$, " for g in claim.givens)


def judged_words(verdict):
    """"proved by words of matrices", "supported (order) by search": never points, gaps, primes or times."""
    reason = f" ({str(verdict.reason).replace('_', ' ')})" if verdict.name in ("supported", "undecided") else ""
    return f"{verdict.name}{reason}" + (f" by {METHODS.get(verdict.by, verdict.by)}" if verdict.by else "")
