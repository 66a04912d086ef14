"""`updown course check LESSON/EXERCISE --answer FILE.sql`: grade one answer file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from course_lib.exercises import (
    Exercise,
    PublicExercise,
    SpecError,
    check_answer,
    load_public,
    load_spec,
)

# A checkout holds the whole spec, so anybody could draw any hidden world. This secret is for
# practice; each class has its own, which is nowhere in the course.
PRACTICE_SECRET = "practice"

MAX_BYTES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("exercise", metavar="LESSON/EXERCISE", help="04-adding-a-column/add-email")
    parser.add_argument(
        "--answer", required=True, type=Path, metavar="FILE.sql", help="the migration to check"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    parser.add_argument(
        "--visible", action="store_true", help="only the databases that learners can see"
    )
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the course's folder (default: found from here upwards)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdict. 0 when there is one, 1 when the check itself failed, 2 for usage."""
    try:
        exercise = _find(args.exercise, args.course)
        answer = _read(args.answer)
    except _Usage as problem:
        print(problem, file=sys.stderr)
        return 2
    except SpecError as problem:
        print(f"The exercise cannot be used: {problem}.", file=sys.stderr)
        return 1
    hidden = isinstance(exercise, Exercise) and not args.visible
    verdict = check_answer(
        exercise, answer, secret=PRACTICE_SECRET if hidden else None, reveal=hidden
    )
    if args.json:
        print(json.dumps(verdict.to_json(), ensure_ascii=False))
    else:
        print(verdict.to_text())
    return 0 if verdict.fault is None else 1


class _Usage(Exception):
    """One sentence about the command line."""


def _find(name: str, course: Path | None) -> Exercise | PublicExercise:
    lesson, _, exercise = name.partition("/")
    parts = [lesson, exercise]
    if not all(part and part not in (".", "..") and "/" not in part for part in parts):
        raise _Usage(f"{name!r} is not LESSON/EXERCISE, such as 04-adding-a-column/add-email.")
    here = Path.cwd()
    for root in [course] if course else [here, *here.parents]:
        spec = root / "lessons" / lesson / "exercises" / f"{exercise}.toml"
        public = root / "notebooks" / lesson / "exercises" / f"{exercise}.json"
        if spec.is_file():
            return load_spec(spec)
        if public.is_file():
            return load_public(public)
    where = course or "this folder or one above it"
    raise _Usage(f"There is no exercise {name} in {where}; name the course with --course DIR.")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            answer = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _Usage(f"The answer {path} cannot be read: {error.strerror}.") from None
    if len(answer) > MAX_BYTES:
        raise _Usage(f"The answer {path} is larger than {MAX_BYTES // 1_000_000} MB.")
    return answer
