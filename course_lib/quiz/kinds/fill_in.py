"""Fill in SQL: judged by running it beside the author's answer, never by its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Came, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import Drawn, Entry, Finding, drawn
from course_lib.quiz.kinds.typed import OTHERWISE, RIGHT, Typed, read_wrongs
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader
from course_lib.quiz.run import Ran, RunFault, run_texts

GAP = "____"
"""Where the answer goes in the text that a learner sees."""


@dataclass(frozen=True)
class FillIn(Typed):
    """A question whose answer is SQL for the gap in `text`. It is right when the whole does to a
    database made by `setup` what it does with `answer` in the gap: the same schema, the same rows,
    and the same result where it ends in a query. `look` is a query whose rows are shown."""

    text: str
    answer: str
    setup: str
    look: str | None

    kind: ClassVar[str] = "fill-in"
    runs: ClassVar[bool] = True
    again: ClassVar[str] = "Read what it did, then try again."

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} takes SQL of at most 2,000 characters")
        texts = [self.answer, given[0], *(wrong.given for wrong in self.wrongs)]
        # The answer is tried before the wrong ones, so that an endless one is known for itself.
        ran = run_texts(self.setup, [self._whole(text) for text in texts], self.look)
        if len(ran) < 2 or ran[0].refused:
            raise RunFault("the author's own answer did not run")
        wanted, mine, others = ran[0], ran[1], ran[2:]
        if not mine.refused and mine.print == wanted.print:
            return Judged(True, RIGHT, mine.came)
        return Judged(False, self._named(mine, others), self._told(mine))

    def _named(self, mine: Ran, others: Sequence[Ran]) -> str:
        for wrong, ran in zip(self.wrongs, others, strict=False):
            if ran.print == mine.print:
                return wrong.id
        return OTHERWISE

    def _told(self, mine: Ran) -> Came:
        if mine.refused:
            return mine.came
        sentence = f"{mine.came.sentence} The database is not what was asked for."
        return Came(sentence, mine.came.columns, mine.came.rows)

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        notes = [self.note(tries[-1].judged.note) or ""] if tries else []
        if settled and not tries[-1].right:
            notes.append(self.explanation)
        before, _, after = self.text.partition(GAP)
        return drawn(
            entry=Entry(before=before, after=after, lines=max(2, self.answer.count("\n") + 1)),
            notes=notes,
            solution=self._whole(self.answer) if settled else "",
        )

    def matters(self) -> Iterator[str]:
        yield from (self.text, self.answer, self.setup)

    def faults(self) -> Iterator[Finding]:
        yield from super().faults()
        if self.text.count(GAP) != 1:
            count = self.text.count(GAP)
            yield ("text",), f"The text of {self.id} has {count} gaps ({GAP}); expected one."

    def claims(self) -> Iterator[Finding]:
        texts = [self.answer, *(wrong.given for wrong in self.wrongs)]
        try:
            ran = run_texts(self.setup, [self._whole(text) for text in texts], self.look)
        except RunFault as fault:
            yield ("setup",), f"Question {self.id} cannot be tried: {fault}."
            return
        if ran[0].refused:
            yield ("answer",), f"The answer of {self.id} does not run: {ran[0].came.sentence}"
            return
        for place, wrong in enumerate(self.wrongs):
            if place + 1 < len(ran) and ran[place + 1].print == ran[0].print:
                at: Path = ("wrong", place, "sql")
                yield at, f"Wrong answer {self.id}/{wrong.id} does what the right one does."

    def _whole(self, answer: str) -> str:
        if self.answer.rstrip().endswith(";") and not answer.rstrip().endswith(";"):
            # On a line of its own, where no comment of the answer hides it.
            answer = f"{answer}\n;"
        return self.text.replace(GAP, answer)


def read_fill_in(reader: Reader, raw: dict[str, object], at: Path) -> FillIn:
    """A question to fill in SQL from its table in a bank."""
    keys = {"text", "answer", "setup", "look", "explanation", "otherwise", "wrong"}
    common = reader.common(raw, at, keys)
    return FillIn(
        explanation=reader.text(raw, at, "explanation"),
        otherwise=reader.text(raw, at, "otherwise"),
        wrongs=read_wrongs(reader, raw, at, "sql"),
        text=reader.code(raw, at, "text"),
        answer=reader.code(raw, at, "answer"),
        setup=reader.code(raw, at, "setup") if "setup" in raw else "",
        look=reader.code(raw, at, "look") if "look" in raw else None,
        **common,
    )
