"""Is a node positive wherever it is defined, by the domains of its variables alone?"""

from weakref import WeakKeyDictionary

from verifiers.graph import POSITIVE
from verifiers.rings.domain import Signs

_signs: WeakKeyDictionary = WeakKeyDictionary()


def is_positive(graph, node):
    """Whether the exact range of the node lies above 0; a sufficient test."""
    if graph not in _signs:
        _signs[graph] = Signs(graph)
    return _signs[graph].implies(POSITIVE, node)
