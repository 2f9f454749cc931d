"""Before: YAML text becomes a checked, frozen Template and the artefacts emitted from it.

Nothing here knows of the web, a store or a clock: the same sources compile to the same Template, byte for byte.
A definition's journey reads top to bottom in `compile.py`.
"""
