"""Exercises made ready once and kept for this process and its forks, as long as their spec and the
secret are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .exercise import Exercise
from .prepared import Prepared, prepare
from .spec import load_spec


@dataclass(frozen=True)
class Kept:
    """An exercise with the text of its file, and what came of preparing it with this secret."""

    text: bytes
    exercise: Exercise
    secret: str | None
    prepared: Prepared


_kept: dict[str, Kept] = {}


def prepare_to_keep(path: Path, secret: str | None) -> Kept:
    """Read an exercise and prepare it; it is not kept yet. Raises SpecError, and OSError."""
    text, exercise = path.read_bytes(), load_spec(path)
    return Kept(text, exercise, secret, prepare(exercise, secret))


def keep(several: Iterable[Kept]) -> None:
    """Keep these, each in the place of an earlier one of the same file."""
    _kept.update((one.exercise.source, one) for one in several)


def load_kept(path: Path) -> Exercise:
    """The exercise of a file, which is not read again where it is kept with the same text.

    Raises SpecError as `load_spec` does, and OSError."""
    kept = _kept.get(str(path))
    return kept.exercise if kept and kept.text == path.read_bytes() else load_spec(path)


def find_kept(exercise: Exercise, secret: str | None) -> Prepared | None:
    """What is kept of this very exercise with this secret; None where either has changed."""
    kept = _kept.get(exercise.source)
    if kept is None or kept.secret != secret or kept.exercise != exercise:
        return None
    return kept.prepared
