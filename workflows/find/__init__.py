"""Finding: one frozen `Query`, one interpreter over dicts.

Stores that keep rows in memory share the interpreter; for a store with a query language of its own it is the oracle.
Lists sort texts by pinyin, absent values last.
"""
