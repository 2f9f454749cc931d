"""A form is drawn once per version, language and set of rights, then filled per visitor by joining strings.

WTForms parses and draws, Jinja2 lays out; nobody here judges an answer. `sheet.py` holds what was drawn, `filling.py`
what one visitor adds to it; filling a sheet gives the same bytes as drawing the page for him from the start.
"""
