"""One choice and several choices: options, each with an explanation of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import (
    Drawn,
    Explanation,
    Finding,
    Part,
    Question,
    drawn,
    repeated,
)
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader

_OF_THE_ABOVE = re.compile(r"\b(all|none|both|neither) of (the above|these|them)\b", re.I)


@dataclass(frozen=True)
class Option:
    """One option of a question. `misconception` names the belief a wrong option stands for."""

    id: str
    text: str
    explanation: str
    right: bool
    misconception: str | None


@dataclass(frozen=True)
class Choices(Question):
    """A question with options; what the kinds below have in common."""

    options: tuple[Option, ...]

    again: ClassVar[str] = "Read why below your option, then pick again."
    shown: ClassVar[str] = "The right option is marked above."

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None when the question has none."""
        return next((option for option in self.options if option.id == option_id), None)

    def accepts(self, given: Given) -> bool:
        return len(given) == 1 and self.option(given[0]) is not None

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} has no option {', '.join(given)!r}")
        return Judged(set(given) == {option.id for option in self.options if option.right})

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        tried = {option for answer in tries for option in answer.given}
        parts = []
        for option in self.options:
            open_ = not (option.id in tried or (option.right and settled))
            mark = "open" if open_ else "right" if option.right else "missed"
            explanation = None if open_ else option.explanation
            parts.append(Part(id=option.id, text=option.text, mark=mark, explanation=explanation))
        return drawn(parts=parts)

    def matters(self) -> Iterator[str]:
        for option in sorted(self.options, key=lambda option: option.id):
            yield f"{option.id} {option.text} {'right' if option.right else 'wrong'}"

    def explanations(self) -> Iterator[Explanation]:
        for place, option in enumerate(self.options):
            at: Path = ("option", place, "explanation")
            yield at, f"Option {self.id}/{option.id}", option.explanation

    def faults(self) -> Iterator[Finding]:
        yield from self.count_faults(sum(option.right for option in self.options))
        yield from repeated("option", [option.id for option in self.options], "option")
        texts = [" ".join(option.text.split()).casefold() for option in self.options]
        yield from repeated("text", texts, "option")
        for place, option in enumerate(self.options):
            at: Path = ("option", place)
            name = f"Option {self.id}/{option.id}"
            if _OF_THE_ABOVE.search(option.text):
                yield (
                    (*at, "text"),
                    f"{name} refers to other options; expected an answer of its own.",
                )
            if option.right and option.misconception is not None:
                yield at, f"{name} is right and names a misconception; only wrong options have one."
            if not option.right and option.misconception is None:
                yield (
                    at,
                    f"{name} is wrong and names no misconception; expected the belief behind it.",
                )

    def count_faults(self, right: int) -> Iterator[Finding]:
        """What is wrong with the number of options, of which `right` are right."""
        if right != 1:
            yield (), f"Question {self.id} has {right} right options; expected exactly one."
        if not 3 <= len(self.options) <= 4:
            yield (), f"Question {self.id} has {len(self.options)} options; expected 3 or 4."


@dataclass(frozen=True)
class OneChoice(Choices):
    """A question with exactly one right option. `sql` is code shown below the stem."""

    kind: ClassVar[str] = "one-choice"


@dataclass(frozen=True)
class SeveralChoices(Choices):
    """A question of which two options or more are right; an answer is right when it has all of
    them and no other."""

    kind: ClassVar[str] = "several-choices"
    again: ClassVar[str] = "Read why below what you picked. More may be missing."
    shown: ClassVar[str] = "The right options are marked above."

    def accepts(self, given: Given) -> bool:
        known = all(self.option(option) is not None for option in given)
        return bool(given) and known and len(set(given)) == len(given)

    def count_faults(self, right: int) -> Iterator[Finding]:
        count = len(self.options)
        if not 2 <= right < count:
            expected = "expected two or more, and one that is wrong"
            yield (), f"Question {self.id} has {right} right options of {count}; {expected}."
        if not 3 <= count <= 6:
            yield (), f"Question {self.id} has {count} options; expected 3 to 6."


def read_choices(kind: type[Choices], reader: Reader, raw: dict[str, object], at: Path) -> Choices:
    """A question with options from its table in a bank."""
    common = reader.common(raw, at, {"option"})
    options = tuple(
        read_option(reader, table, to) for to, table in reader.tables(raw, at, "option")
    )
    return kind(options=options, **common)


def read_option(reader: Reader, raw: dict[str, object], at: Path, *more: str) -> Option:
    """An option from its table; `more` are keys that its kind reads by itself."""
    reader.known(raw, at, {"id", "text", "explanation", "right", "misconception", *more})
    return Option(
        id=reader.id(raw, at),
        text=reader.text(raw, at, "text"),
        explanation=reader.text(raw, at, "explanation"),
        right=reader.flag(raw, at, "right"),
        misconception=reader.text(raw, at, "misconception") if "misconception" in raw else None,
    )
