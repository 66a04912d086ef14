"""Where the exercises of a course are: from LESSON/EXERCISE to a spec, or the learner's part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .answer import UsageError

if TYPE_CHECKING:
    from course_lib.exercises import Exercise, PublicExercise


def find_exercise(name: str, course: Path | None) -> Exercise | PublicExercise:
    """The author's spec, or the learner's part where there is no spec.

    UsageError where there is neither; SpecError for a file that cannot be used.
    """
    from course_lib.exercises import load_public, load_spec

    lesson, _, exercise = name.partition("/")
    parts = [lesson, exercise]
    if not all(part and part not in (".", "..") and "/" not in part for part in parts):
        raise UsageError(f"{name!r} is not LESSON/EXERCISE, such as 04-adding-a-column/add-email.")
    for root in _roots(course):
        for lessons in (root / "lessons", root / "lessons" / "drafts"):
            spec = lessons / lesson / "exercises" / f"{exercise}.toml"
            if spec.is_file():
                return load_spec(spec)
        public = root / "notebooks" / lesson / "exercises" / f"{exercise}.json"
        if public.is_file():
            return load_public(public)
    where = course or "this folder or one above it"
    raise UsageError(f"There is no exercise {name} in {where}; name the course with --course DIR.")


def find_specs(names: list[str], course: Path | None) -> list[Path]:
    """The specs of these exercises, or of the whole course where none is named, drafts as well."""
    for root in _roots(course):
        found = sorted(root.glob("lessons/*/exercises/*.toml"))
        found += sorted(root.glob("lessons/drafts/*/exercises/*.toml"))
        if not found:
            continue
        known = {f"{path.parents[1].name}/{path.stem}": path for path in found}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UsageError(f"There is no spec {unknown[0]}; there are {', '.join(known)}.")
        return [known[name] for name in names] or found
    where = course or "this folder and those above it"
    raise UsageError(f"There are no exercise specs in {where}; name the course with --course DIR.")


def _roots(course: Path | None) -> list[Path]:
    here = Path.cwd()
    return [course] if course else [here, *here.parents]
