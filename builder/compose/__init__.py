"""Layers: a base and a department's overlay become one Document whose every leaf knows its file, line and layer.

`compose.py` puts them together, `pins.py` finds and freezes what an overlay extends, `clone.py` begins an overlay,
`explain.py` says where a value comes from. Only `pins` and `clone` touch the disk.
"""

from builder.compose.compose import compose

__all__ = ["compose"]
