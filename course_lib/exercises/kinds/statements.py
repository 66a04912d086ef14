"""The requirement that an answer uses some kinds of statement, or does without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from course_lib.migrations import Step, one_line

from ..exercise import Task
from ..findings import Evidence, Finding
from .kind import Complaint, Key, Kind, Parameters


def judge_statements(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """No statement holds the words of one of `forbid`; where `only` is given, each has one of it.

    Words are SQL's own, such as `DROP TABLE` or `DELETE`: not those of comments, texts and names in
    quotes. `within` says where to look: `up`, `down` or `both`.
    """
    for file, step in _steps(evidence, parameters["within"]):
        words = _words(step.sql)
        forbidden = next((one for one in parameters["forbid"] if _holds(words, one)), "")
        name = f"{file}, line {step.line}"
        if forbidden:
            yield Finding(name, f"{forbidden}: `{one_line(step.sql, 80)}`", f"no {forbidden}")
        elif parameters["only"] and not any(_holds(words, one) for one in parameters["only"]):
            wanted = f"nothing but {' and '.join(parameters['only'])}"
            yield Finding(name, f"`{one_line(step.sql, 80)}`", wanted)


def _steps(evidence: Evidence, within: str) -> Iterator[tuple[str, Step]]:
    for migration in evidence.answer.migrations:
        if within != "down":
            yield from ((migration.file, step) for step in migration.up)
        if within != "up":
            yield from ((migration.file, step) for step in migration.down or ())


def _holds(words: str, wanted: str) -> bool:
    return f" {' '.join(wanted.upper().split())} " in words


def _words(sql: str) -> str:
    """The bare words of a statement in capitals, with a blank before and after each."""
    raw = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [offset for offset, _ in tokens[1:]] + [len(raw)]
    left_out = (duckdb.token_type.comment, duckdb.token_type.string_const)
    words = [
        raw[start:end].decode().strip().upper()
        for (start, kind), end in zip(tokens, ends, strict=True)
        if kind not in left_out
    ]
    return f" {' '.join(words)} "


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    if not parameters["forbid"] and not parameters["only"]:
        yield "", "the requirement has neither 'forbid' nor 'only', so it asks for nothing"


_WORDS = Key(list, needed=False, default=())
STATEMENTS = Kind(
    judge_statements,
    {
        "forbid": _WORDS,
        "only": _WORDS,
        "within": Key(str, needed=False, default="up", one_of=("up", "down", "both")),
    },
    complaints=_wrong,
    when_stopped=True,
)
