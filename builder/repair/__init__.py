"""Definitions put right: each finding with a certain cure is cured in its author's own text, or left alone.

A cure is tried on the text and all is checked again: it stands only when its finding has gone and no other has come.
Nothing here writes files.
"""

from builder.repair.repair import Repair, repair

__all__ = ["Repair", "repair"]
