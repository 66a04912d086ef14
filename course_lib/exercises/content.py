"""The content of an exercise, tested from its own spec: no case is written by hand.

Each case is a sentence that has to be true of a good exercise, and a function that says what is
wrong where it is not. `updown course verify` and the tests run the same ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from .beginnings import beginnings
from .check import check_prepared
from .exercise import AnswerText, Exercise, Solution, Task, WrongAnswer
from .hidden import draw_world
from .prepared import Prepared, prepare
from .public import publish, read_public
from .verdict import Verdict

# The verdicts of wrong answers, which two cases need.
Seen = dict[str, Verdict]

# An INSERT without a list of columns.
_BY_PLACE = re.compile(r"INSERT\s+INTO\s+[\w.\"]+\s+(VALUES|SELECT)", re.IGNORECASE)

MIN_WRONG = 4
SECRETS = ("one secret", "another secret", "a third secret")


@dataclass(frozen=True)
class Case:
    """One thing to be true. `problem()` is a sentence where it is not, and empty where it is.

    `line` is the place in the spec that it is about.
    """

    title: str
    line: int
    problem: Callable[[], str]


def content_cases(exercise: Exercise) -> Iterator[Case]:
    """All cases of an exercise. Raises SpecError where a model solution does not run."""
    prepared = prepare(exercise, SECRETS[0])
    visible = prepared.visible
    task = exercise.task
    seen: Seen = {}
    yield Case("the untouched exercise scores nothing", 1, partial(_stub, prepared))
    for one in exercise.solutions:
        name = one.name
        yield Case(f"{name}: full points", one.line, partial(_full, prepared, one))
        yield Case(f"{name}: no beginning is enough", one.line, partial(_beginnings, visible, one))
    for wrong in exercise.wrong_answers:
        yield Case(f"{wrong.name}: its reason", wrong.line, partial(_reason, prepared, wrong, seen))
    yield Case(
        "two checks give one verdict", 1, partial(_twice, prepared, exercise.wrong_answers, seen)
    )
    for secret in SECRETS[1:]:
        title = f"the model solutions hold on the hidden databases of {secret}"
        yield Case(title, 1, partial(_other_secret, exercise, secret))
    if task.function is None:
        yield Case("what is written names its columns", 1, partial(_named_columns, task))
    yield Case("every requirement is failed by a wrong answer", 1, partial(_covered, exercise))
    yield Case("the learner's copy keeps the secrets", 1, partial(_secrets, exercise))
    yield Case("the learner's copy judges as the spec does", 1, partial(_same, exercise, visible))
    texts = (*task.hints, task.task, *(r.reason for r in task.requirements))
    yield Case("hints, task and reasons are sentences", 1, partial(_sentences, texts))


def _stub(prepared: Prepared) -> str:
    verdict = check_prepared(prepared, prepared.task.stubs)
    return verdict.fault or (f"it scores {verdict.points}" if verdict.points else "")


def _full(prepared: Prepared, solution: Solution) -> str:
    return _short_of_full(check_prepared(prepared, solution.answer, reveal=True))


def _short_of_full(verdict: Verdict) -> str:
    if verdict.fault or verdict.points == verdict.max_points:
        return verdict.fault or ""
    failed = verdict.first_failure
    what = f"{failed.differences[0].object}: {failed.differences[0].is_}" if failed else "?"
    return f"{verdict.points} of {verdict.max_points} points; {what}"


def _beginnings(prepared: Prepared, solution: Solution) -> str:
    task = prepared.task
    names = tuple(one.name for one in task.migrations)
    for answer in beginnings(solution.answer, names, task.language):
        verdict = check_prepared(prepared, answer)
        if verdict.fault:
            return verdict.fault
        if verdict.points == verdict.max_points:
            last = _last(answer).rstrip().rsplit("\n", 1)[-1]
            return f"full points for what ends with `{last}`"
    return ""


def _last(answer: AnswerText) -> str:
    return str([*answer.values()][-1] if isinstance(answer, Mapping) else answer)


def _reason(prepared: Prepared, wrong: WrongAnswer, seen: Seen) -> str:
    verdict = seen[wrong.name] = check_prepared(prepared, wrong.answer, reveal=True)
    if verdict.fault:
        return verdict.fault
    failed = {one.id: one for one in verdict.results if one.state == "failed"}
    if set(failed) != {wrong.fails, *wrong.also}:
        meant = ", ".join((wrong.fails, *wrong.also))
        return f"it fails {', '.join(failed) or 'nothing'}, and not {meant}"
    said = [f"{d.object}: {d.is_}" for d in failed[wrong.fails].differences]
    if not any(wrong.phrase in one for one in said):
        return f"no difference holds {wrong.phrase!r}: {' / '.join(said)}"
    return ""


def _twice(prepared: Prepared, wrong_answers: tuple[WrongAnswer, ...], seen: Seen) -> str:
    for wrong in wrong_answers:
        once = seen.get(wrong.name) or check_prepared(prepared, wrong.answer, reveal=True)
        if once != check_prepared(prepared, wrong.answer, reveal=True):
            return f"{wrong.name}: another verdict the second time"
    return ""


def _other_secret(exercise: Exercise, secret: str) -> str:
    prepared = prepare(exercise, secret)
    for solution in exercise.solutions:
        wrong = _full(prepared, solution)
        if wrong:
            return f"{solution.name}: {wrong}"
    return ""


def _named_columns(task: Task) -> str:
    """Columns may stand in any order in a right answer, so no row is written by their places."""
    texts = [task.writes, *(one.writes for one in task.migrations)]
    for requirement in task.requirements:
        for key in ("does", "accepts", "refuses"):
            texts += requirement.parameters.get(key, ())
    found = next((one for one in map(_BY_PLACE.search, texts) if one), None)
    return f"`{found[0]}` relies on the order of the columns" if found else ""


def _covered(exercise: Exercise) -> str:
    if len(exercise.wrong_answers) < MIN_WRONG:
        return f"there are fewer than {MIN_WRONG} wrong answers"
    named = {id for wrong in exercise.wrong_answers for id in (wrong.fails, *wrong.also)}
    never = [one.id for one in exercise.task.requirements if one.id not in named]
    return f"no wrong answer fails {', '.join(never)}" if never else ""


def _secrets(exercise: Exercise) -> str:
    copy = json.dumps(publish(exercise), ensure_ascii=False)
    kept = [json.dumps(one.name, ensure_ascii=False) for one in exercise.wrong_answers]
    answers = [one.answer for one in exercise.solutions]
    answers += [one.answer for one in exercise.wrong_answers]
    for answer in answers:
        texts = [answer] if isinstance(answer, str) else answer.values()
        kept += [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
    for hidden in exercise.hidden:
        kept.append(json.dumps(hidden.title, ensure_ascii=False))
        rows = draw_world(hidden, exercise.task.id, SECRETS[0]).rows.split("\n")
        kept += [row.strip(" ,;") for row in rows if row.startswith("  (") and row.count(",")]
    kept += [json.dumps(one.code, ensure_ascii=False)[1:-1] for one in exercise.hidden_calls]
    for call in (one.call for one in prepare(exercise, SECRETS[0]).calls if one.hidden):
        kept.append(json.dumps(call.arguments, ensure_ascii=False))
    return next((f"it holds {one!r}" for one in kept if one in copy), "")


def _same(exercise: Exercise, visible: Prepared) -> str:
    public = prepare(read_public(json.loads(json.dumps(publish(exercise)))))
    answers: list[AnswerText] = [one.answer for one in exercise.solutions]
    answers += [*(one.answer for one in exercise.wrong_answers), exercise.task.stubs]
    visible = replace(visible, further_databases=public.further_databases)
    for answer in answers:
        if check_prepared(public, answer) != check_prepared(visible, answer):
            return f"another verdict for {answer!r}"
    return ""


def _sentences(texts: tuple[str, ...]) -> str:
    return next(
        (f"{t!r} does not end" for t in texts if not t.strip().endswith((".", ";", "?"))), ""
    )
