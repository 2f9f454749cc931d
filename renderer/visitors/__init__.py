"""The public door: whoever comes by a signed link fills one entry of a form, without a name, a cookie or a script.

What a visitor may write, and whether the door is open, is judged by `workflows/doors.py`.
"""
