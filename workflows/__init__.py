"""After: the life of a record, from the first answer to its last transition, under the rights of whoever asks.

`life`, `guard` and `evaluate.py` are pure; `keep` is the only room that touches a disk; `find` asks it questions.
A record's journey reads top to bottom in `service.py`.
"""
