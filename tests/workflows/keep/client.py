"""A process that submits until it is killed: `python -m tests.workflows.keep.client FOLDER NAME DIE_AT`.

Two threads submit numbered forms under idempotency keys, beginning behind the last that this client's file of receipts
holds: what was in flight at a crash is submitted again. A receipt is written once the store has acknowledged. The
process kills itself with SIGKILL at the DIE_AT-th call to the disk, half-way through if it is a write.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path
from threading import Thread

from tests.workflows.keep.faulty import FaultyDisk
from workflows.find.query import Query
from workflows.keep.tiny import TinyStore

ENOUGH = 400  # submissions of one thread, so that no client outlives its test


def main(folder: Path, name: str, die_at: int) -> None:
    disk = FaultyDisk(die_at, 1, lambda: os.kill(os.getpid(), signal.SIGKILL))
    store = TinyStore(folder / "data", lambda: secrets.token_hex(4), disk=disk, segment_bytes=4000, snapshot_bytes=6000)
    threads = [Thread(target=submit_all, args=(store, folder / f"receipts-{name}{n}", f"{name}{n}")) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def submit_all(store: TinyStore, receipts: Path, name: str) -> None:
    """Submit form after form; a receipt a line."""
    first = len(receipts.read_text().splitlines()) if receipts.exists() else 0
    with receipts.open("ab", buffering=0) as file:
        for number in range(first, first + ENOUGH):
            submit(store, f"{name}-{number}")
            file.write(f"{name}-{number}\n".encode())


def submit(store: TinyStore, key: str) -> None:
    """What the service does: look for the key under the writers' lock, then write record and event as one."""
    with store.write(at="2026-03-01T08:00:00.000000Z", actor="staff") as transaction:
        if transaction.find(Query(collection="records", where={"key": key})).total:
            return
        count = transaction.get("counts", "all") or {"n": 0}
        transaction.put("counts", "all", {"n": int(str(count["n"])) + 1})
        id = f"{int(str(count['n'])):06}"
        transaction.put("records", id, {"id": id, "key": key, "text": "行" * 30})
        transaction.log("created", id, {"key": key})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
