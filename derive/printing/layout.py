"""How pieces of LaTeX stand side by side, and how tall their brackets are."""

TALL = (r"\frac", r"\sum", r"\prod", r"\int", r"\begin", r"\binom", r"\sqrt", r"\left", "(", "[")


def fenced(text, left="(", right=")"):
    """The text in brackets as tall as it needs."""
    if any(t in text for t in TALL):
        return rf"\left{left}{text}\right{right}"
    return left + text + right


def glued(left, right):
    """Two pieces side by side, apart where a command would run into a letter."""
    if right[:1].isalpha() and left[-1:].isalpha():
        k = len(left)
        while k and left[k - 1].isalpha():
            k -= 1
        if k and left[k - 1] == "\\":
            return left + " " + right
    return left + right
