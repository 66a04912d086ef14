"""Timing and telling, for all benchmarks."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def best(work: Callable[[], object]) -> float:
    """The best of three."""
    return min(seconds(work) for _ in range(3))


def told(what: str, ours: float, peer: str, theirs: float, bound: str) -> None:
    """One line: the ratio, both times in milliseconds, and what is aimed at."""
    times = f"{ours * 1000:,.0f} ms against {theirs * 1000:,.0f} ms {peer}"
    print(f"{what}: {ours / theirs:.2f} times ({times}; {bound})")
