"""An API for programs: a bearer token, JSON in, JSON or a problem (RFC 9457) out.

It reads a request strictly, hands it to the service and shows the answer; rights and rules are judged there.
Every URL stands in `renderer/urls.py`.
"""
