"""The lesson's database file: made, opened once, let go of, put aside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from course_lib.migrations import Problem, connect

from .folder import WORLD, shown_path
from .world import build_database, know_tables_alone, make_interruptible

DATABASE = "shop.duckdb"
EARLIER = "earlier"
MIGRATIONS = "migrations"


@dataclass
class LessonDatabase:
    """One file and at most one connection to it, opened when it is needed."""

    folder: Path
    _connection: duckdb.DuckDBPyConnection | None = None

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    @property
    def is_open(self) -> bool:
        """Whether the notebook has the file open now."""
        return self._connection is not None and _is_open(self._connection)

    def open(self) -> duckdb.DuckDBPyConnection | Problem:
        """The connection; the file is made where it is missing. A file that cannot be had is a
        Problem: another program holds it, or it is damaged."""
        if self._connection is not None:
            if _is_open(self._connection) and self.path.exists():
                return self._connection
            self.close()
        try:
            if not self.path.exists():
                self._leave_no_log()
                build_database(self.folder / WORLD, self.path)
            opened = connect(self.path)
        except (duckdb.Error, OSError) as error:
            return self._unreadable(str(error))
        if isinstance(opened, Problem):
            if opened.kind == "locked":
                return replace(opened, where=shown_path(self.path))
            return self._unreadable(opened.what)
        make_interruptible(opened)
        know_tables_alone(opened)
        self._connection = opened
        return opened

    def close(self) -> None:
        """Let go of the file, so that another program can open it. Cursors close as well."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def put_aside(self, *, with_migrations: bool) -> Path | Problem:
        """Close the database and move it to `earlier/<UTC time>/`; the next open makes a new one.

        Migration files and further databases are moved along; where the lesson goes on with them,
        the files are copied and the databases stay. The file is moved only while no other program
        holds it.
        """
        opened = self.open()
        if isinstance(opened, Problem) and opened.kind == "locked":
            return opened
        self.close()
        if self._open_in_this_notebook():
            return Problem(
                "locked",
                DATABASE,
                "another connection of this notebook still holds the file",
                "close the connection that your own code opened, or restart the kernel, then begin"
                " the lesson again",
            )
        kept = _new_folder(self.folder / EARLIER)
        try:
            for path in (self.path, self._log):
                if path.exists():
                    path.replace(kept / path.name)
            migrations = self.folder / MIGRATIONS
            for path in self.others() if with_migrations else ():
                path.replace(kept / path.name)
            if migrations.is_dir() and with_migrations:
                migrations.replace(kept / MIGRATIONS)
            elif migrations.is_dir():
                shutil.copytree(migrations, kept / MIGRATIONS)
        except OSError as error:
            return Problem(
                "unmovable",
                shown_path(self.folder),
                f"the files cannot be moved to {shown_path(kept)} ({error.strerror})",
                "make the folder writable and start the lesson again",
            )
        return kept

    def others(self) -> tuple[Path, ...]:
        """The further databases beside this one, which a lesson with several copies makes."""
        return tuple(path for path in self.folder.glob("*.duckdb") if path != self.path)

    def keep(self, path: Path) -> Path:
        """Move a file into a new folder of `earlier/`, and give that folder. Raises OSError."""
        kept = _new_folder(self.folder / EARLIER)
        path.replace(kept / path.name)
        return kept

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{DATABASE}.wal")

    def _leave_no_log(self) -> None:
        # A write-ahead log without its database belongs to a file that was deleted by hand.
        if self._log.exists():
            self._log.replace(_new_folder(self.folder / EARLIER) / self._log.name)

    def _open_in_this_notebook(self) -> bool:
        # DuckDB shares one instance of a file within a process; a read-only open shows it.
        if not self.path.exists():
            return False
        try:
            duckdb.connect(self.path, read_only=True).close()
        except duckdb.ConnectionException:
            return True
        except duckdb.Error:
            return False
        return False

    def _unreadable(self, reason: str) -> Problem:
        first_line = reason.split("\n", 1)[0]
        return Problem(
            "unreadable",
            DATABASE,
            f"the database cannot be opened ({first_line})",
            "start this lesson again with `lesson.start_again()`, which keeps a copy of the file",
        )


def _is_open(connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        connection.cursor().close()
    except duckdb.Error:
        return False
    return True


def _new_folder(parent: Path) -> Path:
    """A new folder named after the time in UTC; a second one in the same second gets a number."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    for name in (stamp, *(f"{stamp}-{number}" for number in range(2, 1000))):
        folder = parent / name
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise OSError(f"too many folders in {parent}")
