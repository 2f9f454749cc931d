"""The doors: pages for people, an API for programs. They parse, draw and report; they judge nothing.

Every URL of the app stands in `urls.py`.
"""
