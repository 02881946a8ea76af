"""Is a node positive wherever it is defined, by the domains of its variables alone?"""

from verifiers.graph import POSITIVE
from verifiers.rings.domain import Signs


def is_positive(graph, node):
    """Whether the exact range of the node lies above 0; a sufficient test."""
    return Signs.under(graph).implies(POSITIVE, node)
