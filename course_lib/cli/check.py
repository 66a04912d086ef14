"""`updown course check LESSON/EXERCISE --answer FILE`: grade one answer."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .answer import UsageError
from .exercise_files import find_exercise

if TYPE_CHECKING:
    from course_lib.exercises import AnswerText, Exercise, PublicExercise

# A checkout holds the whole spec, so anybody could draw any hidden world. This secret is for
# practice; each class has its own, which is nowhere in the course.
PRACTICE_SECRET = "practice"

MAX_BYTES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_exercise(parser)
    parser.add_argument(
        "--answer",
        required=True,
        type=Path,
        metavar="FILE",
        help="the migration or function to check; a folder where the exercise asks for several",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    parser.add_argument(
        "--visible", action="store_true", help="only the databases that learners can see"
    )


def add_exercise(parser: argparse.ArgumentParser) -> None:
    """The arguments that name an exercise."""
    parser.add_argument("exercise", metavar="LESSON/EXERCISE", help="04-adding-a-column/add-email")
    add_course(parser)


def add_course(parser: argparse.ArgumentParser) -> None:
    """The argument that names the course."""
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the course's folder (default: found from here upwards)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdict. 0 when there is one, 1 when the check itself failed, 2 for usage."""
    from course_lib.exercises import Exercise, SpecError, check_answer

    try:
        exercise = find_exercise(args.exercise, args.course)
        answer = _read_answer(args.answer, exercise)
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
        asked = replace(verdict, hint_call=f"updown course hint {args.exercise}")
        print(asked.to_text())
    return 0 if verdict.fault is None else 1


def _read_answer(path: Path, exercise: Exercise | PublicExercise) -> AnswerText:
    """One file, or all files of a folder by their names."""
    asked = exercise.task.files
    if not path.is_dir():
        if len(asked) > 1 and path.exists():
            raise UsageError(
                f"The exercise asks for {len(asked)} migrations: give --answer a folder with"
                f" {' and '.join(asked)}."
            )
        return _read(path)
    earlier = [f"{one.name}.sql" for one in exercise.task.earlier]
    ending = Path(asked[0]).suffix
    files = [one for one in sorted(path.iterdir()) if one.name in earlier or one.suffix == ending]
    if not {one.name for one in files} & {*asked}:
        raise UsageError(f"The answer {path} cannot be read: it holds no {asked[0]}.")
    return {one.stem: _read(one) for one in files}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            answer = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The answer {path} cannot be read: {error.strerror}.") from None
    if len(answer) > MAX_BYTES:
        raise UsageError(f"The answer {path} is larger than {MAX_BYTES // 1_000_000} MB.")
    return answer
