"""Review: what to look at before a migration is run, and how to write it safely.

Each rule is a file of `rules/`. A finding that is meant is accepted in the file itself.
"""

from .base import ABOUT as BASE_RULES
from .finding import Finding, Rule
from .review import ABOUT, review

__all__ = ["ABOUT", "BASE_RULES", "Finding", "Rule", "review"]
