"""A file to review: approve it, or send it back with the line and the reason.

A reason that is true names the line that it is true of. So a file with two faults has two right
answers, and one of whose reasons none names a line is to be approved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import (
    Choice,
    Drawn,
    Explanation,
    Finding,
    Part,
    Question,
    drawn,
    repeated,
)
from course_lib.quiz.places import Path

APPROVE = "approve"


@dataclass(frozen=True)
class Line:
    """A line of the file, counted from 1, at which one may stop. The explanation says what it does;
    `misconception` is why one may stop there wrongly."""

    number: int
    explanation: str
    misconception: str | None

    @property
    def id(self) -> str:
        """What an answer calls it."""
        return f"line-{self.number}"


@dataclass(frozen=True)
class Reason:
    """A reason to send the file back: true of the line of that number, or of none."""

    id: str
    text: str
    explanation: str
    line: int | None
    misconception: str | None


@dataclass(frozen=True)
class Review(Question):
    """A review. An answer is `approve`, or a line and a reason. `sql` has its lines numbered;
    `approved` explains what comes of approving, `hasty` is why one may do so wrongly."""

    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    approved: str
    hasty: str | None

    kind: ClassVar[str] = "review"
    again: ClassVar[str] = "Read why at what you chose, then read the file again."

    def accepts(self, given: Given) -> bool:
        if given == (APPROVE,):
            return True
        lines, reasons = {line.id for line in self.lines}, {one.id for one in self.reasons}
        return len(given) == 2 and given[0] in lines and given[1] in reasons

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} has no such review: {', '.join(given)}")
        return Judged(given in self._right())

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        given = tries[-1].given if tries else ()
        good = {answer[0] for answer in self._right()}
        parts = [self._part(APPROVE, "Approve it", self.approved, given, good)]
        for line in self.lines:
            text = f"Send it back: line {line.number}, `{self._text(line)}`"
            parts.append(self._part(line.id, text, line.explanation, given, good))
        chosen = [one for one in self.reasons if one.id in given[1:]]
        notes = [*self._half(given, chosen, good), *(one.explanation for one in chosen)]
        choices = [Choice(id=one.id, text=one.text) for one in self.reasons]
        wanted = " Or: ".join(map(self._say, self._right()))
        return drawn(parts=parts, choices=choices, notes=notes, solution=wanted if settled else "")

    def matters(self) -> Iterator[str]:
        yield from (line.id for line in self.lines)
        for one in sorted(self.reasons, key=lambda one: one.id):
            yield f"{one.id} {one.text} {one.line}"

    def explanations(self) -> Iterator[Explanation]:
        yield (APPROVE,), f"Approval {self.id}/{APPROVE}", self.approved
        for place, line in enumerate(self.lines):
            yield ("line", place, "explanation"), f"Line {self.id}/{line.id}", line.explanation
        for place, one in enumerate(self.reasons):
            yield ("reason", place, "explanation"), f"Reason {self.id}/{one.id}", one.explanation

    def faults(self) -> Iterator[Finding]:
        if not 2 <= len(self.lines) <= 6:
            yield (), f"Question {self.id} has {len(self.lines)} lines; expected 2 to 6."
        if not 3 <= len(self.reasons) <= 5:
            yield (), f"Question {self.id} has {len(self.reasons)} reasons; expected 3 to 5."
        yield from repeated("line", [line.id for line in self.lines], "line")
        yield from repeated("reason", [one.id for one in self.reasons], "reason")
        yield from repeated("text", [one.text.casefold() for one in self.reasons], "reason")
        numbers = {line.number for line in self.lines}
        for place, line in enumerate(self.lines):
            if not self._text(line):
                yield ("line", place), f"Line {line.number} of {self.id} is not there or is blank."
        for place, one in enumerate(self.reasons):
            if one.line is not None and one.line not in numbers:
                at: Path = ("reason", place, "line")
                yield at, f"Reason {self.id}/{one.id} names line {one.line}, which is not listed."
        yield from self._beliefs()

    def _beliefs(self) -> Iterator[Finding]:
        """As with options: what is wrong to answer names the belief behind it, and only that."""
        good = {answer[0] for answer in self._right()}
        beliefs: list[tuple[Path, str, bool, str | None]] = [
            ((APPROVE,), APPROVE, APPROVE in good, self.hasty),
            *(
                (("line", place), line.id, line.id in good, line.misconception)
                for place, line in enumerate(self.lines)
            ),
            *(
                (("reason", place), one.id, one.line is not None, one.misconception)
                for place, one in enumerate(self.reasons)
            ),
        ]
        for at, name, right, belief in beliefs:
            if right and belief is not None:
                yield at, f"{self.id}/{name} is right and names a misconception; expected none."
            if not right and belief is None:
                yield at, f"{self.id}/{name} is wrong and names no misconception; expected one."

    def _right(self) -> list[Given]:
        found: list[Given] = [
            (f"line-{one.line}", one.id) for one in self.reasons if one.line is not None
        ]
        return found or [(APPROVE,)]

    def _part(self, id: str, text: str, why: str, given: Given, good: set[str]) -> Part:
        picked = id in given[:1]
        mark = "open" if not picked else "right" if id in good else "missed"
        return Part(id=id, text=text, mark=mark, explanation=why if picked else None)

    def _half(self, given: Given, chosen: list[Reason], good: set[str]) -> Iterator[str]:
        """What of a line and a reason is right, where they are not right together."""
        true = [one for one in chosen if one.line is not None]
        if given in self._right():
            return
        if true and given[0] in good:
            yield "The line and the reason are each right, and do not belong together."
        elif true:
            yield "The reason is right. It is true of another line."
        elif chosen and given[0] in good:
            yield "The line is right. The reason is not."

    def _text(self, line: Line) -> str:
        lines = (self.sql or "").splitlines()
        shown = lines[line.number - 1] if 0 < line.number <= len(lines) else ""
        return shown.strip().partition(" ")[2].strip()

    def _say(self, given: Given) -> str:
        if given == (APPROVE,):
            return "Approve it."
        line = next(line for line in self.lines if line.id == given[0])
        reason = next(one for one in self.reasons if one.id == given[1])
        return f"Send it back: line {line.number}, because {reason.text}."
