"""The rival, opened over a database of its own, with somebody logged in."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from benchmarks.visitor import Visitor

KEY = "idempotency_key"
# One set of answers for both; ours are called differently in two places (lead.yaml).
VALID: dict[str, Any] = {
    "code": "AB-123456",
    "name": "Hengyuan Precision Machinery",
    "channel": "referral",
    "sub_channel": "sub_3",
    "department": "dept_1",
    "owner": "Chen Xiao",
    "contact_name": "Li Ming",
    "contact_email": "liming@example.com",
    "contact_phone": "+86 138 1234 5678",
    "company": "Hengyuan",
    "industry": "ind_2",
    "region": "reg_1",
    "city": "Suzhou",
    "postal_code": "215000",
    "website": "https://www.example.com/",
    "campaign": "autumn",
    "utm_source": "search",
    "utm_medium": "cpc",
    "utm_campaign": "autumn-1",
    "first_contact": "2025-11-05",
    "expected_close": "2026-02-01",
    "budget": "500000",
    "headcount": "120",
    "score": "80",
    "priority": "high",
    "is_partner": "y",
    "consent": "y",
    "interests": ["int_1", "int_4"],
    "referrer": "Wang Lei",
    "notes": "Changing lines stops them for half a day.",
}
INVALID: dict[str, Any] = {
    **VALID,
    "code": "123",
    "contact_email": "nobody",
    "score": "101",
    "referrer": "",
    "expected_close": "2025-01-01",
}


def database(folder: Path) -> str:
    """The URL of the rival's database in a folder."""
    return f"sqlite:///{folder / 'lead.db'}"


def open_rival(folder: Path) -> Any:
    """The rival's module, imported over a fresh database: it opens its database at import."""
    os.environ["DB_URL"] = database(folder)
    return importlib.import_module("benchmarks.rival.app")


def login(module: Any) -> Visitor:
    """Somebody logged in."""
    visitor = Visitor(module.app)
    answer = visitor.post("/login", {**visitor.hidden("/login"), "user": "bench", "password": "bench"})
    assert answer.status == 303, answer.body
    return visitor
