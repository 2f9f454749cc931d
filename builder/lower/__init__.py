"""Checked documents become the frozen model: every name resolved, every expression typed.

What an author got wrong is collected as diagnostics; nothing here raises for a mistake in a definition.
"""

from builder.lower.company import check_company, lower_company
from builder.lower.context import Neighbours
from builder.lower.template import lower

__all__ = ["Neighbours", "check_company", "lower", "lower_company"]
