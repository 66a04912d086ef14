"""What a shadow costs: the bytes it would copy, and the bytes that are free where it would lie."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class ShadowCost:
    """Bytes that a shadow would copy, and bytes that are free on the disk of the copy."""

    bytes: int
    free: int

    @property
    def fits(self) -> bool:
        """Whether the disk can hold the copy."""
        return self.bytes <= self.free


class NoRoomError(Exception):
    """The disk cannot hold a shadow; nothing was copied. Says how much is missing."""

    def __init__(self, cost: ShadowCost) -> None:
        super().__init__(
            f"a shadow copies {size_in_words(cost.bytes)} and the disk has"
            f" {size_in_words(cost.free)} free"
        )


def read_shadow_cost(con: duckdb.DuckDBPyConnection) -> ShadowCost:
    """The cost of a shadow of the connection's current database. Writes nothing.

    A file counts with its log. Only their sizes are asked for: whoever opens and closes the file of
    a database in the process that has it connected drops DuckDB's lock on it. For a database in
    memory it is what its tables take there.
    """
    path = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0][0]
    if path:
        return ShadowCost(_size(Path(path)) + wal_size(Path(path)), free_bytes(Path(path).parent))
    (held,) = con.execute(
        "SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()"
        " WHERE tag = 'IN_MEMORY_TABLE'"
    ).fetchall()[0]
    return ShadowCost(held, free_bytes(Path(tempfile.gettempdir())))


def wal_size(path: Path) -> int:
    """The bytes of the log beside a database file: what is committed and not yet in the file."""
    return _size(path.with_name(f"{path.name}.wal"))


def free_bytes(folder: Path) -> int:
    """The bytes that are free on the disk of a folder."""
    return shutil.disk_usage(folder).free


def size_in_words(size: int) -> str:
    """Bytes for people, in powers of a thousand as a disk counts them.

    >>> size_in_words(274_432), size_in_words(12_300_000)
    ('274.4 kB', '12.3 MB')
    """
    if size < 1000:
        return f"{size} bytes"
    power = 1
    while power < 4 and size / 1000**power >= 999.95:
        power += 1
    return f"{size / 1000**power:,.1f} {('kB', 'MB', 'GB', 'TB')[power - 1]}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
