"""Find a Chromium that starts, or install one: Playwright's own, else Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.debian import install_packages, run_installer

ROOT = Path(__file__).resolve().parents[1]
PLAYWRIGHT_BROWSERS = ROOT / ".cache" / "playwright"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
LAUNCH_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> Path | None:
    """The first Chromium that is installed and starts; UPDOWN_CHROMIUM may name one."""
    return next((path for path in _installed() if _starts(path)), None)


def install_chromium() -> Path | None:
    """Install one where that is allowed; None where it is not, with the reasons on the terminal.

    Nothing is installed beside a browser that UPDOWN_CHROMIUM names.
    """
    if os.environ.get("UPDOWN_CHROMIUM"):
        return None
    print("\nNo Chromium that starts was found; trying to install one.", flush=True)
    for way in (_install_with_playwright, _install_with_apt):
        way()
        found = find_chromium()
        if found is not None:
            return found
    return None


def _installed() -> Iterator[Path]:
    named = os.environ.get("UPDOWN_CHROMIUM")
    if named:
        # Someone who names a browser wants that one or none.
        yield Path(named)
        return
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    yield from (Path(application) for application in MAC_APPLICATIONS)
    # Newest first; the folder names end in a build number of equal length.
    for pattern in ("chromium-*/chrome-*/chrome", "chromium-*/chrome-*/*.app/Contents/MacOS/*"):
        yield from sorted(PLAYWRIGHT_BROWSERS.glob(pattern), reverse=True)


def _starts(path: Path) -> bool:
    """Whether the program runs at all: a missing library or a snap's stand-in shows here."""
    if not path.is_file():
        return False
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _install_with_playwright() -> None:
    run_installer(
        [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"],
        PLAYWRIGHT_BROWSERS_PATH=str(PLAYWRIGHT_BROWSERS),
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="10000",
    )


def _install_with_apt() -> None:
    install_packages("chromium", "fonts-noto-color-emoji")
