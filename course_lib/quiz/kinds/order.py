"""Steps to put in order: any order is right that has every step after those that it needs."""

from __future__ import annotations

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
    shuffled,
)
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader


@dataclass(frozen=True)
class OrderedStep:
    """One step. `needs` are the steps that have to stand above it; a step that is `left_out` of
    every right answer is a distractor."""

    id: str
    text: str
    explanation: str
    needs: tuple[str, ...]
    left_out: bool


@dataclass(frozen=True)
class Order(Question):
    """Steps to put in order, listed in the bank in one order that is right."""

    steps: tuple[OrderedStep, ...]

    kind: ClassVar[str] = "order"
    again: ClassVar[str] = "Read why at the step, then try again."
    shown: ClassVar[str] = "An order that is right is shown below."

    def accepts(self, given: Given) -> bool:
        known = {step.id for step in self.steps}
        return bool(given) and set(given) <= known and len(set(given)) == len(given)

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} has no such steps: {', '.join(given)}")
        return Judged(not self._misplaced(given) and not self._missing(given))

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        given = tries[-1].given if tries else ()
        misplaced = self._misplaced(given)
        # One step at a time, the first that is wrong; a step that does not belong always explains
        # itself, since it was picked.
        first = next((step.id for step in misplaced if not step.left_out), None)
        right = bool(tries) and tries[-1].right
        parts = []
        for step in self._shown():
            told = right and not step.left_out
            missed = step.id == first or (step.left_out and step.id in given)
            mark = "right" if told else "missed" if missed else "open"
            explanation = None if mark == "open" else step.explanation
            parts.append(Part(id=step.id, text=step.text, mark=mark, explanation=explanation))
        notes = []
        if given and not misplaced and (missing := self._missing(given)):
            count = "One step is" if missing == 1 else f"{missing} steps are"
            notes.append(f"What is there stands in a right order. {count} missing.")
        wanted = [f"{n}. {step.text}" for n, step in enumerate(self._wanted(), start=1)]
        return drawn(parts=parts, notes=notes, solution="\n".join(wanted) if settled else "")

    def matters(self) -> Iterator[str]:
        for step in sorted(self.steps, key=lambda step: step.id):
            yield f"{step.id} {step.text} {sorted(step.needs)} {step.left_out}"

    def explanations(self) -> Iterator[Explanation]:
        for place, step in enumerate(self.steps):
            at: Path = ("step", place, "explanation")
            yield at, f"Step {self.id}/{step.id}", step.explanation

    def faults(self) -> Iterator[Finding]:
        wanted = self._wanted()
        if not 3 <= len(wanted) <= 6:
            yield (), f"Question {self.id} has {len(wanted)} steps to order; expected 3 to 6."
        yield from repeated("step", [step.id for step in self.steps], "step")
        above: set[str] = set()
        for place, step in enumerate(self.steps):
            at: Path = ("step", place)
            name = f"Step {self.id}/{step.id}"
            if step.left_out and step.needs:
                yield at, f"{name} is left out and needs others; only steps that belong have needs."
            if unmet := [need for need in step.needs if need not in above]:
                yield (
                    (*at, "needs"),
                    f"{name} needs {', '.join(unmet)}, which is no step above it.",
                )
            if not step.left_out:
                above.add(step.id)
        if not any(step.needs for step in wanted):
            yield (), f"Question {self.id} has no step with needs, so every order would be right."

    def _wanted(self) -> list[OrderedStep]:
        return [step for step in self.steps if not step.left_out]

    def _missing(self, given: Given) -> int:
        return sum(step.id not in given for step in self._wanted())

    def _misplaced(self, given: Given) -> list[OrderedStep]:
        """The steps given that do not belong, or stand above one that they need, in their order."""
        by_id = {step.id: step for step in self.steps}
        wrong = []
        for place, name in enumerate(given):
            step = by_id[name]
            if step.left_out or not self._all_needs(step) <= set(given[:place]):
                wrong.append(step)
        return wrong

    def _all_needs(self, step: OrderedStep) -> set[str]:
        by_id = {other.id: other for other in self.steps}
        found: set[str] = set()
        left = list(step.needs)
        while left:
            name = left.pop()
            if name in by_id and name not in found:
                found.add(name)
                left += by_id[name].needs
        return found

    def _shown(self) -> list[OrderedStep]:
        by_id = {step.id: step for step in self.steps}
        return [by_id[name] for name in shuffled([*by_id], self.id)]


def read_order(reader: Reader, raw: dict[str, object], at: Path) -> Order:
    """An ordering question from its table in a bank."""
    common = reader.common(raw, at, {"step"})
    steps = []
    for to, table in reader.tables(raw, at, "step"):
        reader.known(table, to, {"id", "text", "explanation", "needs", "left-out"})
        steps.append(
            OrderedStep(
                id=reader.id(table, to),
                text=reader.text(table, to, "text"),
                explanation=reader.text(table, to, "explanation"),
                needs=reader.texts(table, to, "needs"),
                left_out=reader.flag(table, to, "left-out"),
            )
        )
    return Order(steps=tuple(steps), **common)
