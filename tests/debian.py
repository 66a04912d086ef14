"""Debian's packages, installed where that is allowed: by root, on a system that has apt."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

INSTALL_SECONDS = 600


def install_packages(*packages: str) -> None:
    """Install them, where the system is Debian's and this is root; says on the terminal what did
    not work."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # Another test process may be at it.
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    if run_installer([*apt, "update"], **quiet):
        install = [*apt, "install", "-y", "--no-install-recommends"]
        run_installer([*install, *packages], **quiet)


def run_installer(command: Sequence[str], **extra: str) -> bool:
    """Run an installer quietly; where it fails, show the line of it that names the error."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{' '.join(command[:3])} did not work: {error}", flush=True)
        return False
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if re.match(r"E: |\W*(Error|Failed)", line)]
        said = (errors or lines[-1:] or [f"exit code {done.returncode}"])[0].strip()
        print(f"{' '.join(command[:3])} did not work: {said}", flush=True)
    return done.returncode == 0
