"""Named rules, by area.  Importing this package fills the registry ``RULES``."""

from derive.rules import (
    algebra,
    calculus,
    decision,
    densities,
    expectation,
    identities,
    inequalities,
    integrals,
    matrices,
    optimisation,
    sums,
)
from derive.rules.registry import RULES, Rule, identity, rule

__all__ = ["RULES", "Rule", "algebra", "calculus", "decision", "densities", "expectation", "identities", "identity",
           "inequalities", "integrals", "matrices", "optimisation", "rule", "sums"]
