"""What `%migrate` says: states, plans, outcomes and refusals, as HTML and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from course_lib.counted import counted
from course_lib.migrations import (
    AcceptedFile,
    Outcome,
    Plan,
    PlannedMigration,
    Problem,
    Refused,
    ShadowCost,
    Status,
    cost_line,
    describe,
    done_line,
    nothing_to_do,
    one_line,
)
from course_lib.migrations.states import State

from .display import Shown, bullets, code_list, panel, sentence, soft, table, words
from .problem_words import in_lesson

_UNWRITTEN = ("empty", "no-down")
_ORDINARY: tuple[State, ...] = ("applied", "pending")


def show_status(
    statuses: Sequence[Status], problems: Sequence[Problem], *, elsewhere: bool = False
) -> Shown:
    """Every migration with its state and what to do next. `elsewhere` is another database than the
    lesson's own, which no reset puts back."""
    if not statuses and not problems:
        return panel("There is no migration yet.", soft("A `%%migration` cell makes one."))
    rows = [(status.name, status.state, _what_to_do(status)) for status in statuses]
    wrong = [status for status in statuses if status.state in ("edited", "missing", "late")]
    columns = [("migration", ""), ("state", ""), ("what to do", "")]
    parts = [table(columns, rows, caption="Migrations and their states")] if rows else []
    if problems:
        parts.append(bullets(str(in_lesson(problem)) for problem in problems))
    if any(status.state == "edited" for status in wrong) and not elsewhere:
        parts.append(_practising())
    return panel(
        _say_states(statuses),
        *parts,
        tone="note" if problems or wrong else "plain",
    )


def show_plan(plan: Plan, risks: Sequence[str], cost: ShadowCost) -> Shown:
    """What would be done, migration by migration and step by step; nothing is done."""
    parts: list[Shown] = []
    for item in plan.items:
        parts += [
            sentence(f"`{item.migration.name}`, {item.direction}. Guard: {item.guard}."),
            _steps(item),
        ]
        if not item.reversible:
            parts.append(sentence(f"It could not be taken back: {item.migration.irreversible}."))
    if risks:
        parts += [sentence("What would be lost:"), bullets(risks)]
    if plan.items:
        parts.append(sentence(cost_line(cost)))
    return panel(f"The plan: {_count(plan)} {plan.direction}. Nothing is done yet.", *parts)


def show_outcome(outcome: Outcome, plan: Plan) -> Shown:
    """What was done, with the guard that was used, and where it stopped."""
    done = [done_line(one) for one in outcome.done]
    parts = [bullets(done)] if done else []
    if outcome.failure is None:
        title = "Done." if len(done) == 1 else f"Done: {len(done)} migrations."
        return panel(title, *parts, tone="done")
    parts += _failure(outcome, plan)
    return panel(
        f"`{outcome.failure.name}` failed, and the database is as it was before it.",
        *parts,
        tone="refused",
    )


def show_rehearsal(outcome: Outcome, plan: Plan) -> Shown:
    """How the plan went on a copy that is gone again."""
    if outcome.failure is not None:
        return panel(
            f"The rehearsal failed at `{outcome.failure.name}`. Your database was not touched.",
            *_failure(outcome, plan),
            tone="refused",
        )
    done = [f"`{one.name}` {one.direction} runs (guard: {one.guard})" for one in outcome.done]
    return panel(
        "The rehearsal passed on a copy of the real rows. Your database was not touched.",
        bullets(done),
        tone="done",
    )


def show_refused(refused: Refused, *, elsewhere: bool = False) -> Shown:
    """Why a plan was refused whole; `elsewhere` as for `show_status`."""
    empty = {_file(problem) for problem in refused.problems if problem.kind == "empty"}
    if all(_file(problem) in empty and problem.kind in _UNWRITTEN for problem in refused.problems):
        *others, last = [f"`{Path(file).stem}`" for file in sorted(empty)]
        names = f"{', '.join(others)} and {last}" if others else last
        return panel(
            f"Not yet: there is no step in the up of {names}, and nothing was changed.",
            soft("Write the steps in the `%%migration` cell, run that cell, then this one."),
            tone="note",
        )
    told = [
        str(in_lesson(problem))
        for problem in refused.problems
        if problem.kind != "no-down" or _file(problem) not in empty  # said already
    ]
    edited = any(problem.kind == "edited" for problem in refused.problems) and not elsewhere
    return panel(
        "Refused before the first step; nothing was changed.",
        bullets(told),
        *((_practising(),) if edited else ()),
        tone="refused",
    )


def show_accepted(taken: AcceptedFile | Refused) -> Shown:
    """A corrected file that is taken as the applied one, or why it is not."""
    if isinstance(taken, Refused):
        told = bullets(str(in_lesson(problem)) for problem in taken.problems)
        return panel("Not accepted; nothing was changed.", told, tone="refused")
    return panel(
        f"The file of `{taken.name}` is now the one that was applied. Nothing was run.",
        soft("Its up, run again in memory, makes the schema that your database has."),
        tone="done",
    )


def show_nothing(plan: Plan, to: str | None) -> Shown:
    """A plan without items; `to` is the migration that was named."""
    if to is not None and plan.direction == "up":
        return panel(f"Nothing to do: everything up to `{to}` is applied.")
    return panel(nothing_to_do(plan.direction))


def _what_to_do(status: Status) -> Shown:
    return words(status.sentence.replace("`up`", "`%migrate up`"))


def _say_states(statuses: Sequence[Status]) -> str:
    """`1 applied, 1 pending.`: every state that occurs; these two also where they are 0."""
    found = Counter(status.state for status in statuses)
    other = {state: number for state, number in found.items() if state not in _ORDINARY}
    ordinary = {state: found[state] for state in _ORDINARY if found[state] or not other}
    numbers = {**ordinary, **other}
    return f"{', '.join(f'{number} {state}' for state, number in numbers.items())}."


def _practising() -> Shown:
    return sentence(
        "On a database that others use, that is the way. While you practise there is a shorter"
        " one: `%migrate reset` puts the database back to its start and keeps your files, then"
        " `%migrate up` runs the new text."
    )


def _failure(outcome: Outcome, plan: Plan) -> list[Shown]:
    failure = outcome.failure
    assert failure is not None
    item = next(item for item in plan.items if item.migration.name == failure.name)
    told = []
    for index, step in enumerate(item.steps):
        if index < failure.index:
            say = "ran, and was undone"
        elif index == failure.index:
            whose = "DuckDB says" if failure.by_database else "The engine says"
            say = f"refused. {whose}: {failure.error}"
        else:
            say = "not run"
        told.append((one_line(step.sql, 200), say))
    if failure.index >= len(item.steps):  # no step is at fault: the words are about the landing
        return [code_list(told), sentence(str(failure))]
    parts = [code_list(told)]
    if failure.in_transaction and failure.in_transaction != failure.error:
        parts.append(soft(f"As one transaction DuckDB refused it too: {failure.in_transaction}."))
    where = f"`{Path(failure.file).name}`, line {failure.step.line}"
    # An applied file that was edited is not run before somebody says that it is to be.
    accept = f"then `%migrate accept {failure.name}`, " if failure.direction == "down" else ""
    parts.append(
        sentence(
            f"The refused step is in {where}. Correct the {failure.direction} in its"
            f" `%%migration` cell, run that cell, {accept}then this one."
        )
    )
    return parts


def _file(problem: Problem) -> str:
    return problem.where.split(", line ")[0]


def _steps(item: PlannedMigration) -> Shown:
    return code_list((one_line(step.sql, 200), describe(step)) for step in item.steps)


def _count(plan: Plan) -> str:
    return counted(len(plan.items), "migration")
