"""The answer of a check, as data: requirement by requirement, what is right and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .verdict_html import verdict_html
from .verdict_text import verdict_text

State = Literal["passed", "failed", "not_checked"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as asked: the object, what is, what was expected, what follows from
    it, and where to look."""

    object: str
    is_: str
    expected: str
    consequence: str
    where: str

    def to_json(self) -> dict[str, str]:
        """The five parts under the names `object`, `is`, `expected`, `consequence`, `where`."""
        return {
            "object": self.object,
            "is": self.is_,
            "expected": self.expected,
            "consequence": self.consequence,
            "where": self.where,
        }


@dataclass(frozen=True)
class Result:
    """How one requirement came out.

    `fact` is what was seen (only when passed), `waits_for` the title of the requirement that has
    to pass first (only when not checked), `more` how many differences are left out for brevity.
    """

    id: str
    title: str
    reason: str
    state: State
    points: int
    max_points: int
    fact: str = ""
    waits_for: str = ""
    differences: tuple[Difference, ...] = ()
    more: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain data; `state` is one of passed, failed, not_checked."""
        return {
            "id": self.id,
            "title": self.title,
            "state": self.state,
            "points": self.points,
            "max_points": self.max_points,
            "differences": [difference.to_json() for difference in self.differences],
        }


@dataclass(frozen=True)
class Verdict:
    """The whole answer of a check.

    `fault` is a sentence when the check itself failed: then nothing was judged, and the answer
    waits for a human. `databases` is the number of worlds that were used, `further_databases` the
    number that only the grading uses and that were left out here. Where a function is asked for,
    both are numbers of calls, and `tried` says so. `hint_call` is what a reader runs for a hint,
    and empty where there is none to be had: a hint that stood here could be read without a trace,
    and nobody would learn which ones are needed.
    """

    exercise: str
    title: str
    points: int
    max_points: int
    fault: str | None
    results: tuple[Result, ...]
    databases: int
    further_databases: int
    hint_call: str = ""
    tried: Literal["database", "call"] = "database"

    @property
    def first_failure(self) -> Result | None:
        """The first requirement in teaching order that failed."""
        return next((result for result in self.results if result.state == "failed"), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data, one object, as `updown course check --json` prints it."""
        return {
            "exercise": self.exercise,
            "title": self.title,
            "points": self.points,
            "max_points": self.max_points,
            "fault": self.fault,
            f"{self.tried}s": self.databases,
            f"further_{self.tried}s": self.further_databases,
            "requirements": [result.to_json() for result in self.results],
        }

    def to_text(self) -> str:
        """Lines for a terminal: the first failure in words, then every requirement."""
        return verdict_text(self)

    def to_html(self) -> str:
        """A fragment for a notebook: follows the page's theme, no script, everything escaped."""
        return verdict_html(self)
