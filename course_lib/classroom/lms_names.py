"""Whose a file is, by the name that Canvas, Moodle or a person gave it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.classroom.roster import Learner

# Canvas: lovelaceada_LATE_901_5555_04-adding-a-column-1.ipynb
_CANVAS = re.compile(r"(?P<who>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>.+)", re.S)
# Moodle: Ada Lovelace_123_assignsubmission_file_/..., or all of it in one name
_MOODLE = re.compile(r"(?P<who>.+)_(?P<id>\d+)_assignsubmission_file_(?P<file>.*)", re.S)

_HIDDEN = "participant"
"""Whom Moodle names where an assignment hides who handed in, before the number."""


@dataclass(frozen=True)
class Sent:
    """What a name says: `who` is an id or a person's name, `lms_id` the LMS's number (empty where
    it has none), `file` the name that the learner gave, `late` what Canvas wrote. `of_assignment`
    is where the number is one assignment's alone, as Moodle's are: a learner has another in each.
    """

    who: str
    lms_id: str
    file: str
    late: bool = False
    of_assignment: bool = False


def read_name(parts: tuple[str, ...]) -> Sent:
    """Read a path below the folder or zip that the LMS gave, as its parts (at least one)."""
    first, last = parts[0], parts[-1]
    if found := _MOODLE.fullmatch(first):
        file = last if len(parts) > 1 else found["file"]
        return Sent(found["who"], found["id"], file, of_assignment=True)
    if found := _CANVAS.fullmatch(first):
        file = last if len(parts) > 1 else found["file"]
        return Sent(found["who"], found["id"], file, found["late"] is not None)
    if len(parts) > 1:
        return Sent(first, "", last)
    return Sent(first.rpartition(".")[0] or first, "", first)


def find_learner(sent: Sent, learners: Iterable[Learner]) -> Learner | None:
    """The one learner that a name means: by LMS id, else by id, else by their own name.

    A number that is one assignment's decides only between learners of one name, or where no name
    stands against it. None where nobody is meant, or more than one.
    """
    known = tuple(learners)
    by_lms = [one for one in known if sent.lms_id and one.lms_user_id == sent.lms_id]
    by_id = [one for one in known if one.id == sent.who]
    who = _letters(sent.who)
    by_name = [
        one
        for one in known
        if who
        and who
        in (
            _letters(one.first_name + one.last_name),
            _letters(one.last_name + one.first_name),
        )
    ]
    if sent.of_assignment:
        named = by_id or by_name
        if not named:
            hidden = who in ("", _HIDDEN)
            by_lms = [one for one in by_lms if hidden or not (one.first_name or one.last_name)]
        elif len(named) == 1:
            return named[0]
        else:
            by_lms = [one for one in by_lms if one in named]
    for found in (by_lms, by_id, by_name):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _letters(name: str) -> str:
    """A name without what an LMS leaves out or writes in another way."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())
