"""Which declaration a name means: x and x_i may both be declared, and entries may be written in another face."""

import re

FACES = (r"\mathbf{%s}", r"\boldsymbol{%s}")
_LABELLED = re.compile(r"(.+?)(_.*)?$", re.S)
_ACCENT = re.compile(r"(\\(?:hat|tilde|bar|check|vec|dot))\{(.*)\}$", re.S)


class Table:
    """The declarations of a claim by use.

    plain      name -> the declaration of the bare name, or of its family where there is no other
    families   name -> the declaration with indices, or the bare one
    """

    def __init__(self, symbols):
        self.plain, self.families, self.by_entries = {}, {}, {}
        for d in symbols:
            if d.name not in self.plain or not d.indices:
                self.plain[d.name] = d
            if d.name not in self.families or d.indices:
                self.families[d.name] = d
            if d.entries:
                self.by_entries.setdefault(d.entries, []).append(d)

    def subscripted(self, name):
        """The declaration of what a name with subscripts is a member or an entry of, or None.

        An undeclared plain letter means the one array declared in bold.
        """
        if name in self.families:
            return self.families[name]
        found = self.by_entries.get(name) or [self.families[b] for b in bold(name) if b in self.families]
        return found[0] if len(found) == 1 else None


def bold(name):
    """The bold spellings of a plain name: x, \\hat{x}, W_{hy}."""
    base, subscript = _LABELLED.match(name).groups()
    accent = _ACCENT.match(base)
    if accent:
        return [f"{accent.group(1)}{{{face % accent.group(2)}}}{subscript or ''}" for face in FACES]
    return [face % base + (subscript or "") for face in FACES]
