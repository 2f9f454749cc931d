"""A door for people at a terminal: what the verbs of `cli.py` do and how they say it, as text, JSON or annotations.

It prints nothing and reads no environment; `cli.py` does.
"""
