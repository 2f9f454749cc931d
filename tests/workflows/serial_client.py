"""A process that makes numbered records until it is killed: `-m tests.workflows.serial_client DATA DIE_AT NAME`."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path

from tests.workflows.keep.faulty import FaultyDisk
from tests.workflows.world import STAFF, compiled
from workflows.catalogue import Catalogue, publish
from workflows.identity import ids
from workflows.keep.port import Store
from workflows.keep.tiny import TinyStore
from workflows.service import Service

NOW = "2026-03-04T08:00:00.000000Z"
FORM = """
template: customer
version: 1.0.0
title: 客户
fields:
  number: {type: text, label: 客户编号, serial: 'KH-{YYYY}{MM}-{0000}'}
  name: {type: text, label: 名称, required: true}
  title: {type: text, label: 标题, compute: 'join(" ", number, name)'}
"""


def desk(store: Store) -> Service:
    """A service over a store, with the form published."""
    publish(store, compiled(FORM), NOW, "admin")
    return Service(store, Catalogue(store), lambda: NOW, ids(secrets.token_bytes))


def main(folder: Path, die_at: int, name: str) -> None:
    disk = FaultyDisk(die_at, 1, lambda: os.kill(os.getpid(), signal.SIGKILL))
    it = desk(TinyStore(folder, lambda: secrets.token_hex(4), disk=disk))
    for number in range(10_000):
        it.create(STAFF, "customer", {"name": name}, key=f"{name}-{number}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
