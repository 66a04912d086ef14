"""Exercises made ready once and kept for this process and its forks, as long as their spec and the
secret are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .exercise import Exercise
from .prepared import Prepared, prepare


@dataclass(frozen=True)
class Kept:
    """An exercise with what came of preparing it with this secret."""

    exercise: Exercise
    secret: str | None
    prepared: Prepared


_kept: dict[str, Kept] = {}


def prepare_to_keep(exercise: Exercise, secret: str | None) -> Kept:
    """Prepare an exercise; it is not kept yet. Raises SpecError as `prepare` does."""
    return Kept(exercise, secret, prepare(exercise, secret))


def keep(several: Iterable[Kept]) -> None:
    """Keep these, each in the place of an earlier one of the same file."""
    _kept.update((one.exercise.source, one) for one in several)


def find_kept(exercise: Exercise, secret: str | None) -> Prepared | None:
    """What is kept of this very exercise with this secret; None where either has changed."""
    kept = _kept.get(exercise.source)
    if kept is None or kept.secret != secret or kept.exercise != exercise:
        return None
    return kept.prepared
