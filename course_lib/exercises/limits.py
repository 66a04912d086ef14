"""What a process of ours may use at most, set by the process itself before it begins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one process: `memory` and `file` in bytes, `cpu` in seconds, `files` open at once,
    `processes` and threads that its user may have (None: not bounded)."""

    memory: int
    cpu: int
    file: int
    files: int
    processes: int | None = None


def apply_limits(limits: Limits) -> list[str]:
    """Set the bounds; they cannot be raised again. Gives the names of those that this system does
    not know or refuses."""
    try:
        import resource
    except ImportError:  # Windows
        return ["memory", "cpu", "file", "files", "processes"]
    wanted = {
        "memory": (resource.RLIMIT_AS, limits.memory),
        "cpu": (resource.RLIMIT_CPU, limits.cpu),
        "file": (resource.RLIMIT_FSIZE, limits.file),
        "files": (resource.RLIMIT_NOFILE, limits.files),
        "core": (resource.RLIMIT_CORE, 0),
    }
    if limits.processes is not None:
        wanted["processes"] = (resource.RLIMIT_NPROC, limits.processes)
    missing = []
    for name, (which, number) in wanted.items():
        hard = resource.getrlimit(which)[1]
        most = number if hard == resource.RLIM_INFINITY else min(number, hard)
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OverflowError, OSError):
            missing.append(name)
    return missing
