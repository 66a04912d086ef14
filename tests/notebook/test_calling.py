"""`call`: what a learner's function returned, or one sentence on what stopped it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from course_lib.notebook import call
from course_lib.notebook.answer_cell import _run


def answered(text: str, name: str) -> Callable[..., Any]:
    """The function that an answer cell with this text makes known."""
    names: dict[str, Any] = {}
    assert _run(f"<answer {name}>", text, names) == ""
    function: Callable[..., Any] = names[name]
    return function


def up(names: list[str]) -> list[str]:
    return sorted(names)


def test_a_result_is_shown_as_python_writes_it() -> None:
    assert call(up, ["b", "a"]).text == "`up` returned:\n['a', 'b']"
    assert call(lambda: up(["b", "a"])).text == "It returned:\n['a', 'b']"


def test_what_returns_nothing_came_to_its_end() -> None:
    assert call(answered("def apply(db): pass", "apply"), None).text == "`apply` came to its end."


def test_a_stub_is_not_written_yet_also_where_another_function_calls_it() -> None:
    stub = answered("def pending(files):\n    raise NotImplementedError()", "pending")

    def run() -> object:
        return stub([])

    assert call(stub, []).text == "`pending` is not written yet."
    assert call(run).text == "`pending` is not written yet."


def test_a_name_that_no_cell_has_made_known_is_told_with_the_next_step() -> None:
    told = call(lambda: not_there([])).text  # type: ignore[name-defined]  # noqa: F821
    assert told == (
        "`not_there` is not known in this notebook.\nRun the cell that defines it, then this one."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f():\n    return 1 / 0", "ZeroDivisionError: division by zero. Line 2 of `f` was"),
        ("def f():\n    return {}['a']", "KeyError: 'a'. Line 2 of `f` was running."),
        ("def f(n): pass", "TypeError: f() missing 1 required positional argument: 'n'."),
    ],
)  # fmt: skip
def test_an_error_is_one_sentence_with_its_line(text: str, said: str) -> None:
    assert call(answered(text, "f")).text.startswith(f"`f` stopped with an error.\n{said}")


def test_duckdbs_picture_of_the_line_is_left_out() -> None:
    con = duckdb.connect()
    told = call(answered("def f(db):\n    db.execute('SELECT * FROM nowhere')", "f"), con).text
    assert "CatalogException: Catalog Error: Table with name nowhere does not exist" in told
    assert "LINE 1" not in told and "Traceback" not in told


def test_who_stops_a_loop_is_told_where_it_was() -> None:
    loop = answered("def pending(files):\n    raise KeyboardInterrupt", "pending")
    assert call(loop, []).text == (
        "`pending` was stopped by you.\nLine 2 of `pending` was running."
    )
