"""Events: a declared event A is the condition that its indicator is 1, its complement that the indicator is 0."""

from derive.notation import COMPLEMENTS, CONDITIONS
from derive.term import ONE, ZERO, name, rel
from derive.term.relation import Relation


class Happenings:
    """Reading of events; part of the Parser."""

    def happening(self, found):
        """The condition that an event happens, or its complement; any other Term as it is."""
        if found.head == "name":
            if self.is_event(found.value):
                return rel(Relation.EQ, found, ONE)
            plain = found.value[5:-1] if found.value.startswith(r"\bar{") else None
            if plain is not None and not self.names.declared(found.value) and self.is_event(plain):
                return rel(Relation.EQ, name(plain), ZERO)
        if found.head == "pow" and found.args[0].head == found.args[1].head == "name" and \
                found.args[1].value in COMPLEMENTS and self.is_event(found.args[0].value):
            return rel(Relation.EQ, found.args[0], ZERO)
        return found

    def is_event(self, spelling):
        """Is this the name of a declared event?"""
        d = self.names.first(spelling)
        return d is not None and "event" in d.structure

    def are_events(self, args):
        """Conditions and events, so that what is called with them is a probability."""
        return bool(args) and all(self.happening(a).head in CONDITIONS for a in args)
