"""Make `.venv` and bring it to the exact pins: with uv where it is found, else with pip."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from delivery.checkout import PINS, Checkout, Level, SetupFailed

NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Failed to establish|"
    r"Max retries exceeded|[Nn]ame or service not known|nodename nor servname|"
    r"[Nn]ame resolution|Connection refused|Network is unreachable|dns error|"
    r"error sending request|client error \(Connect\)|operation timed out"
)
LOG_LINES_SHOWN = 15


def install(checkout: Checkout, level: Level) -> bool:
    """Install what `level` needs, unless it is there already; say whether anything was done.

    Raises SetupFailed with a sentence for people. A set-up that is cut short leaves no stamp, and
    the next one starts `.venv` afresh, since a package may have been written halfway.
    """
    if checkout.is_installed(level):
        return False
    checkout.cache.mkdir(exist_ok=True)
    with _only_set_up(checkout) as lock, _log(checkout) as log:
        if not checkout.is_installed(level):
            _Installer(checkout, lock, log).bring_to(level)
    return True


class _Installer:
    def __init__(self, checkout: Checkout, lock: IO[str], log: IO[str]) -> None:
        self.checkout = checkout
        self.lock = lock
        self.log = log
        self.uv = shutil.which("uv")

    def bring_to(self, level: Level) -> None:
        checkout = self.checkout
        for old in checkout.venv.glob("installed-*"):
            old.unlink()
        if checkout.venv.exists() and not self._is_usable():
            shutil.rmtree(checkout.venv)
        checkout.unfinished.touch()
        if not checkout.venv.exists():
            self._make_environment()
        print("Installing the course's packages into .venv (about a minute) ...", flush=True)
        try:
            self._install_pins(level)
        except SetupFailed:
            # The installer gave up by itself: it had not begun to change the environment.
            checkout.unfinished.unlink()
            raise
        checkout.unfinished.unlink()
        checkout.stamp(level).write_text(checkout.digest(level), encoding="ascii")

    def _is_usable(self) -> bool:
        """Whether `.venv` is whole, was made in this place, and has the Python that runs now."""
        venv = self.checkout.venv
        if self.checkout.unfinished.exists() or not self.checkout.python.exists():
            return False
        settings = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
        found = re.search(r"^version(?:_info)? *= *(\d+\.\d+)", settings, re.MULTILINE)
        if found is None or found[1] != f"{sys.version_info.major}.{sys.version_info.minor}":
            return False
        activate = self.checkout.scripts / "activate"
        return activate.is_file() and str(venv) in activate.read_text(encoding="utf-8")

    def _make_environment(self) -> None:
        if self.uv:
            self._run([self.uv, "venv", "--python", sys.executable, str(self.checkout.venv)])
        elif importlib.util.find_spec("ensurepip") is None:
            self.checkout.unfinished.unlink()
            raise SetupFailed(
                "This Python cannot make virtual environments, so nothing was installed. "
                "On Debian and Ubuntu run `sudo apt install python3-venv`, then run this again."
            )
        else:
            self._run([sys.executable, "-m", "venv", str(self.checkout.venv)])

    def _install_pins(self, level: Level) -> None:
        python = str(self.checkout.python)
        if self.uv:
            pip = [self.uv, "pip", "install", "--python", python]
        else:
            # Does nothing where pip is there already; an environment made by uv has none.
            self._run([python, "-m", "ensurepip"])
            pip = [python, "-m", "pip", "install", "--no-input"]
        self._run(pip + [part for name in PINS[level] for part in ("-r", name)])
        # setuptools is among the pins: no build environment, and no second download, is needed.
        self._run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])

    def _run(self, command: list[str]) -> None:
        begin = self.log.tell()
        done = subprocess.run(
            command,
            cwd=self.checkout.root,
            env=_installer_environment(self.checkout),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            # If this process is killed, the lock stays with the installer until that ends too.
            pass_fds=() if os.name == "nt" else (self.lock.fileno(),),
        )
        if done.returncode:
            self.log.seek(begin)
            raise SetupFailed(_reason(self.log.read(), Path(self.log.name)))


def _installer_environment(checkout: Checkout) -> dict[str, str]:
    """The caller's environment, with package caches inside the checkout unless it names others."""
    environment = {
        "PIP_CACHE_DIR": str(checkout.cache / "pip"),
        "UV_CACHE_DIR": str(checkout.cache / "uv"),
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    if not (Path.home() / ".rustup").exists():
        # pip asks rustc for its version, and rustup would make that folder to answer.
        environment.setdefault("RUSTUP_HOME", str(checkout.cache / "rustup"))
    # Both would let another Python's packages into this one.
    environment.pop("PYTHONHOME", None)
    environment.pop("PYTHONPATH", None)
    return environment


def _reason(output: str, log: Path) -> str:
    if NO_NETWORK.search(output) and "certificate" not in output:
        return (
            "The course's packages could not be installed, because the package index did not "
            "answer. Check the network connection, then run the same command again "
            f"(the installer's own words are in {log})."
        )
    last = "\n".join(output.strip().splitlines()[-LOG_LINES_SHOWN:])
    return (
        f"{last}\nThe course's packages could not be installed; the installer's last lines are "
        f"above, all of them in {log}. Mend what they name, then run the same command again."
    )


@contextmanager
def _log(checkout: Checkout) -> Iterator[IO[str]]:
    with (checkout.cache / "setup.log").open("w+", encoding="utf-8", errors="replace") as log:
        yield log


@contextmanager
def _only_set_up(checkout: Checkout) -> Iterator[IO[str]]:
    """Hold the set-up lock of this checkout; the system lets go of it when the process ends."""
    with (checkout.cache / "setup.lock").open("a", encoding="utf-8") as lock:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupFailed(
                "Another set-up of this checkout is still running, so this one did not start. "
                "Wait until it has ended, then run the same command again."
            ) from None
        yield lock
