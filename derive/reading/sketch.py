"""What has been understood of one declaration before its formulas are read."""

import re

from derive.reading.errors import ReadError
from derive.reading.names import NameParts, name_parts, spell
from derive.term.record import field, record

RELATION = re.compile(r"\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z])|\\neq?(?![A-Za-z])|\\in(?![A-Za-z])|<=|>=|!=|<|>|=")


class Raw(str):
    """A formula as the author wrote it, to be read in the second phase."""


@record
class Draft:
    """What has been understood so far; ``fields`` are those of Declaration, with Raw formulas in them."""

    key: str
    text: str
    names: frozenset = frozenset()                  # every declared name of several letters
    parts: NameParts | None = None
    fields: dict = field(default_factory=dict)
    structure: set = field(default_factory=set)
    ranges: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)       # what is resolved once all names are known
    definition: Raw | None = None
    head: NameParts | None = None                   # the left side of the definition
    unread: list = field(default_factory=list)
    unread_head: bool = False

    @property
    def kind(self):
        return self.fields.get("kind")

    @property
    def settled(self):
        """Whether it is known what the name is."""
        return bool(self.kind) or self.definition is not None

    def copied(self):
        """A Draft of its own, for the second phase to fill in."""
        return Draft(self.key, self.text, self.names, self.parts, dict(self.fields), set(self.structure),
                     list(self.ranges), list(self.relations), dict(self.notes), self.definition, self.head,
                     list(self.unread), self.unread_head)

    def miss(self, words, defining):
        """Words that were not understood."""
        self.unread.append(words.strip())
        self.unread_head |= defining


def spelled(text):
    """The canonical spelling of a name, or the text where it is none."""
    try:
        return name_parts(text).name
    except ReadError:
        return str(text)


def family_parts(parts, count):
    """(name of the family, its index letters) where the last ``count`` subscripts are indices."""
    kept = parts.subscripts[:len(parts.subscripts) - count]
    return spell(parts.base, kept, parts.superscript, parts.primes), parts.subscripts[len(parts.subscripts) - count:]


def raw_terms(value):
    """Every Raw formula in a value, in order."""
    if isinstance(value, Raw):
        return (value,)
    return tuple(r for v in value for r in raw_terms(v)) if isinstance(value, tuple) else ()

