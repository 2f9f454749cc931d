"""Files that people send: what they are is read from their content, and nothing they claim is believed.

`sniffing.py` says what a content is, `names.py` what may be left of its name, `bare.py` takes out what a picture says
of its maker; `desk.py` takes files in, finds them again for whoever may read the field, and shows them small.
The content itself lies on a shelf of the store (`workflows/keep/shelf.py`): docs/adr/0015.
"""
