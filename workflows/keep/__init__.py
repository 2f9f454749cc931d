"""Keeping: what was acknowledged is there, exactly once, after any crash; its history cannot be quietly altered.

Every store answers the port (`port.py`) and inherits one contract suite; the URL chooses it.
`tinydb:DIR` is TinyDB as the in-memory face of our journal, one fsynced and chained line a transaction: docs/adr/0001.
"""

from workflows.keep.opening import open_store

__all__ = ["open_store"]
