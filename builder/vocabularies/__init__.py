"""Vocabularies as files: `vocabularies/ID.yaml` and `vocabularies/ID.csv`.

`sheet.py` reads a CSV, `table.py` makes options of it (once a process, however many templates share it), `named.py`
knows which vocabularies a definition names, `embed.py` puts them where a definition would have written them.
"""
