"""A real PostgreSQL server for tests: found or installed, started in a folder, reached by a socket.

It is no test's own: databases are, and each test makes one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.debian import install_packages

ACCOUNT = "postgres"
_NEEDED = ("initdb", "pg_ctl", "createdb", "psql")
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class PostgresServer:
    """A server that runs; `socket` is the folder of its socket."""

    programs: Path
    socket: Path

    def create_database(self, name: str) -> str:
        """Make an empty database; gives its URL."""
        self.run("createdb", name)
        return f"postgresql:///{name}?host={quote(str(self.socket))}&user={ACCOUNT}"

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's own programs against the server; gives what it prints."""
        command = [self.programs / program, "-h", self.socket, "-U", ACCOUNT, *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


def find_programs() -> Path | None:
    """The folder with all of PostgreSQL's programs: where Debian has it, or on the path."""
    places = sorted((path.parent for path in _DEBIAN.glob("*/bin/initdb")), reverse=True)
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    return next((one for one in places if all((one / name).exists() for name in _NEEDED)), None)


def find_or_install() -> Path | None:
    """The programs, installed first where there are none and that is allowed."""
    found = find_programs()
    if found is None:
        install_packages("postgresql")
        found = find_programs()
    return found


@contextlib.contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """Start a server on nothing but a socket; it is gone, with all it holds, when the block ends.

    It does not run as root, so where this is root, it gets Debian's account for it.
    """
    # The path of a socket may have a hundred characters, and pytest's folders have more.
    with tempfile.TemporaryDirectory(prefix="updown-pg-") as name:
        folder = Path(name)
        as_account: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
            as_account = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups"]
        data, log = folder / "data", folder / "log.txt"

        def run(program: str, *arguments: str) -> None:
            command = [*as_account, str(programs / program), *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, f"{program}: {done.stderr}{done.stdout}"

        run("initdb", "-D", str(data), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(log), "-o", options, "start")
        try:
            yield PostgresServer(programs, folder)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
