"""Where work from an LMS lies until all of it was seen: sorted by learner, the rest named."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from course_lib.classroom.collected import Collected
from course_lib.classroom.incoming import Incoming, one_file, open_incoming
from course_lib.classroom.lms_names import Sent, find_learner, read_name
from course_lib.classroom.roster import Learner
from course_lib.notebook.errors import LessonError
from course_lib.notebook.unpack import NO_SUCH_LESSON, unpack_into
from course_lib.notebook.work import MAX_TOTAL

_RECORD = re.compile(r"quiz-[a-z0-9-]{1,80}\.jsonl|attempts\.jsonl")
_COPY = r"(?:[ _-]?copy\d*|[ _-]\d{1,4}| ?\(\d{1,4}\))*"
_ANY_LESSON = re.compile(r"\d\d-[a-z0-9-]+\.ipynb", re.I)


class Desk:
    """A folder `space` with one for each learner; what is left out is added to `told`.

    With an `owner`, every file is theirs, whatever its name says.
    """

    def __init__(
        self,
        space: Path,
        lesson: str,
        learners: tuple[Learner, ...],
        told: Collected,
        owner: Learner | None = None,
    ) -> None:
        self._space, self._lesson, self._learners, self._told = space, lesson, learners, told
        self._owner = owner
        self._own_name = re.compile(re.escape(lesson) + _COPY + r"\.ipynb", re.I)
        self._seen = 0
        self._notebooks: dict[str, str] = {}
        self._bytes: dict[str, int] = {}

    def folder_of(self, learner: Learner) -> Path:
        return self._space / "of" / str(self._learners.index(learner)) / self._lesson

    def take_all(self, place: Path) -> None:
        """Take each file of one place."""
        if place.suffix.casefold() == ".zip" and self._meant(one_file(place)):
            self._take(one_file(place))
            return
        try:
            with open_incoming(place) as files:
                for file in files:
                    self._take(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            self._leave(place.name, "it is not a zip file that can be read")

    def _meant(self, file: Incoming) -> Learner | None:
        return self._owner or find_learner(read_name(file.parts), self._learners)

    def _leave(self, name: str, why: str) -> None:
        self._told.left_out.append((name, why))

    def _take(self, file: Incoming) -> None:
        sent, learner = read_name(file.parts), self._meant(file)
        if learner is None:
            self._leave(file.name, "nobody on the roster is meant, or more than one")
            return
        self._seen += 1
        copy = self._space / f"file-{self._seen}"
        if fault := file.copy(copy):
            self._leave(file.name, fault)
            copy.unlink(missing_ok=True)
            return
        self._bytes[learner.id] = self._bytes.get(learner.id, 0) + copy.stat().st_size
        if self._bytes[learner.id] > MAX_TOTAL:
            self._leave(file.name, f"the learner's files have more than {MAX_TOTAL >> 20} MB")
            copy.unlink()
            return
        if sent.late and learner.id not in self._told.late:
            self._told.late.append(learner.id)
        self._sort(file.name, sent, learner, copy)
        copy.unlink(missing_ok=True)

    def _sort(self, name: str, sent: Sent, learner: Learner, copy: Path) -> None:
        folder = self.folder_of(learner)
        if sent.file.casefold().endswith(".zip"):
            self._unpack(name, learner, copy)
        elif sent.file.casefold().endswith(".ipynb"):
            if self._is_of_another_lesson(sent.file):
                self._leave(name, "it is the notebook of another lesson")
                return
            if not self._takes_place_of_others(name, learner):
                return
            is_an_id = self._owner is None and sent.who == Path(sent.file).stem
            if sent.file != f"{self._lesson}.ipynb" and not is_an_id:
                self._told.renamed.append((name, f"{self._lesson}.ipynb"))
            folder.mkdir(parents=True, exist_ok=True)
            copy.replace(folder / f"{self._lesson}.ipynb")
        elif record := _RECORD.fullmatch(sent.file):
            (folder / "answers").mkdir(parents=True, exist_ok=True)
            copy.replace(folder / "answers" / record[0])
        else:
            self._leave(name, "it is no notebook, no zip and no record of answers")

    def _is_of_another_lesson(self, file: str) -> bool:
        return bool(_ANY_LESSON.fullmatch(file)) and not self._own_name.fullmatch(file)

    def _takes_place_of_others(self, name: str, learner: Learner) -> bool:
        """Whether this one counts, of all that hold a notebook; the others are left out."""
        other = self._notebooks.get(learner.id)
        if other is not None and _order(other) > _order(name):
            self._leave(name, f"{other} is there too, and counts")
            return False
        if other is not None:
            self._leave(other, f"{name} is there too, and counts")
        self._notebooks[learner.id] = name
        return True

    def _unpack(self, name: str, learner: Learner, copy: Path) -> None:
        """Unpack beside what came before, so that one of the two counts as a whole."""
        space = copy.with_name(f"{copy.name}-unpacked")
        (space / self._lesson).mkdir(parents=True)
        try:
            came = unpack_into(copy, space)
        except LessonError:
            self._leave(name, "it is not a zip file that can be read")
            return
        for inner, why in came.refused:
            if not (_is_a_lessons(inner) and why == NO_SUCH_LESSON):
                self._leave(f"{name}: {inner}", why)
        if f"{self._lesson}/{self._lesson}.ipynb" not in came.taken:
            self._leave(name, f"it holds no {self._lesson}/{self._lesson}.ipynb")
        elif self._takes_place_of_others(name, learner):
            folder = self.folder_of(learner)
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            (space / self._lesson).rename(folder)
        shutil.rmtree(space)


def _is_a_lessons(name: str) -> bool:
    return bool(re.match(r"\d\d-[a-z0-9-]+/", name))


def _order(name: str) -> tuple[bool, int, str]:
    """A zip is the last, since it holds the records too; then the number, then the name."""
    number = re.search(r"(\d{1,4})\)?\.[a-z]+$", name)
    return (name.casefold().endswith(".zip"), int(number[1]) if number else 0, name)
