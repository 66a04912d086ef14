"""`hint(...)`: one hint at a time, when a learner asks for it; each is recorded."""

from __future__ import annotations

from course_lib.exercises import SpecError

from .attempts import append_hint, hints_given
from .display import Shown, panel, sentence
from .lesson import active_lesson
from .live_check import known_exercises, load_visible

TIERS = ("where to look", "the idea", "the first statement")
LAST = "This is the last one. From here the check goes on: it names what still differs."


def hint(exercise: str = "") -> Shown:
    """The next hint of an exercise: where to look, then the idea, then the first statement.

    After the third it is the third again. It is kept in `answers/attempts.jsonl` and costs no
    points.
    """
    lesson = active_lesson()
    known = known_exercises(lesson)
    if exercise not in known:
        calls = " or ".join(f'`hint("{name}")`' for name in known)
        return panel("There is no hint for that.", sentence(f"Write {calls}."), tone="refused")
    try:
        hints = load_visible(lesson, exercise).task.hints
    except (SpecError, OSError) as error:
        return panel("The hints cannot be read.", sentence(f"{error}."), tone="refused")
    tier = min(hints_given(lesson.folder, exercise) + 1, len(hints))
    append_hint(lesson.folder, exercise, tier)
    more = f'Run `hint("{exercise}")` again for {TIERS[tier]}.' if tier < len(hints) else LAST
    told = sentence(hints[tier - 1]), sentence(more)
    return panel(f"Hint {tier} of {len(hints)}: {TIERS[tier - 1]}", *told, tone="note")
