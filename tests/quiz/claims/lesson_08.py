"""What lesson 8's quiz says, done with the model functions of its exercises, on DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from course_lib.exercises import load_spec
from course_lib.migrations import (
    Plan,
    Refused,
    make_plan,
    read_applied,
    read_folder,
    run_plan,
)

from .trying import Connection, refused, run

EXERCISES = Path(__file__).parents[3] / "lessons" / "08-build-the-runner" / "exercises"
RAISE = "UPDATE products SET price = price + 0.50"
PRICES = "SELECT price FROM products"
AT = "2026-11-02 09:00:00"


def model(name: str) -> Callable[..., Any]:
    """The function of an exercise, as its first solution has it."""
    names: dict[str, Any] = {}
    exec(str(load_spec(EXERCISES / f"{name}.toml").solutions[0].answer), names)
    function: Callable[..., Any] = names[name]
    return function


pending, apply, revert = (model(name) for name in ("pending", "apply", "revert"))


def shop(file: str = ":memory:") -> Connection:
    con = run(
        duckdb.connect(file), "CREATE TABLE products (id INTEGER PRIMARY KEY, price DECIMAL(8,2))"
    )
    run(con, "INSERT INTO products VALUES (1, 4.00)")
    return run(con, "CREATE TABLE ledger (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")


def price(con: Connection) -> str:
    return str(con.execute(PRICES).fetchall()[0][0])


def ledger(con: Connection) -> list[dict[str, object]]:
    rows = con.execute("SELECT name, applied_at FROM ledger").fetchall()
    return [{"name": name, "applied_at": at} for name, at in rows]


def up(con: Connection, files: dict[str, list[str]]) -> list[str]:
    names: list[str] = pending([f"{name}.sql" for name in files], ledger(con))
    for name in names:
        apply(con, name, files[name], AT)
    return names


def committed_without_its_row() -> Connection:
    con = run(shop(), "BEGIN", RAISE, "COMMIT")  # and here the power fails
    assert price(con) == "4.50"
    assert up(con, {"001_raise": [RAISE]}) == ["001_raise"]
    return con


def it_is_pending_and_raises_once_more() -> None:
    assert price(committed_without_its_row()) == "5.00"
    con = run(shop(), "ALTER TABLE products ADD COLUMN stock INTEGER")
    refused(con, "ALTER TABLE products ADD COLUMN stock INTEGER", "already exists")


def it_looks_at_no_row_of_the_shop() -> None:
    assert pending(["001_raise.sql"], []) == ["001_raise"]
    it_is_pending_and_raises_once_more()


def a_committed_change_stands_and_the_next_comes_on_top() -> None:
    with tempfile.TemporaryDirectory() as folder:
        con = run(shop(f"{folder}/shop.duckdb"), "BEGIN", RAISE)
        con.close()  # without a COMMIT
        again = duckdb.connect(f"{folder}/shop.duckdb")
        assert price(again) == "4.00"
        again.close()
    it_is_pending_and_raises_once_more()


def in_a_transaction_all_is_refused_after_a_refusal() -> None:
    con = run(shop(), "BEGIN", RAISE)
    refused(con, "UPDATE product SET price = 1", "does not exist")
    refused(con, RAISE, "Current transaction is aborted (please ROLLBACK)")
    outside = run(shop(), RAISE)
    refused(outside, "UPDATE product SET price = 1", "does not exist")
    assert price(run(outside, RAISE)) == "5.00"


def the_commit_returns_and_nothing_is_kept() -> None:
    con = run(shop(), "BEGIN", RAISE)
    refused(con, "UPDATE product SET price = 1", "does not exist")
    assert price(run(con, "COMMIT")) == "4.00"


def an_edited_file_is_not_read() -> None:
    con = shop()
    up(con, {"001_raise": [RAISE]})
    assert up(con, {"001_raise": ["nothing that DuckDB can read"]}) == []


def a_refused_statement_goes_out() -> None:
    con = shop()
    with pytest.raises(duckdb.Error, match="product does not exist"):
        up(con, {"001_raise": [RAISE, "UPDATE product SET price = 1"], "002_more": [RAISE]})
    assert (price(con), ledger(con)) == ("4.00", [])


def a_late_file_runs_and_elsewhere_in_another_order() -> None:
    files = {"001_late": ["UPDATE products SET price = price * 2"], "002_raise": [RAISE]}
    con, server = shop(), shop()
    up(con, {"002_raise": [RAISE]})
    assert up(con, files) == ["001_late"] and up(server, files) == ["001_late", "002_raise"]
    assert (price(con), price(server)) == ("9.00", "8.50")


def the_down_of_a_file_that_is_gone_is_a_key_error() -> None:
    con = shop()
    up(con, {"001_raise": [RAISE]})
    assert up(con, {}) == []
    with pytest.raises(KeyError):
        revert(con, {})


def planned(*, edited: bool) -> Plan | Refused:
    """The engine's plan for 012, after 009 was applied and perhaps edited."""
    with tempfile.TemporaryDirectory() as folder:
        nine, twelve = (Path(folder) / name for name in ("009_raise.sql", "012_raise_more.sql"))
        nine.write_text(f"-- migrate:up\n{RAISE};\n-- migrate:down\nSELECT 1;\n")
        con = shop()
        first = make_plan(read_folder(Path(folder)), read_applied(con), "up")
        assert isinstance(first, Plan) and run_plan(con, first).failure is None
        twelve.write_text(nine.read_text())
        if edited:
            nine.write_text(nine.read_text().replace("0.50", "0.60"))
        return make_plan(read_folder(Path(folder)), read_applied(con), "up")


def only_an_unedited_history_gives_a_plan() -> None:
    whole = planned(edited=False)
    assert isinstance(whole, Plan)
    assert [item.migration.name for item in whole.items] == ["012_raise_more"]
    an_edited_file_is_a_reason_against_any_plan()


def an_edited_file_is_a_reason_against_any_plan() -> None:
    refused_plan = planned(edited=True)
    assert isinstance(refused_plan, Refused)
    assert [problem.kind for problem in refused_plan.problems] == ["edited"]


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("row-after-commit", "once-more"): it_is_pending_and_raises_once_more,
    ("row-after-commit", "sees-it"): it_looks_at_no_row_of_the_shop,
    ("row-after-commit", "log-undoes"): a_committed_change_stands_and_the_next_comes_on_top,
    ("forgiven-step", "one-and-three"): in_a_transaction_all_is_refused_after_a_refusal,
    ("forgiven-step", "nothing"): the_commit_returns_and_nothing_is_kept,
    ("forgiven-step", "commit-refused"): the_commit_returns_and_nothing_is_kept,
    ("planner-first", "only-012"): only_an_unedited_history_gives_a_plan,
    ("planner-first", "both"): only_an_unedited_history_gives_a_plan,
    ("planner-first", "reasons"): an_edited_file_is_a_reason_against_any_plan,
    ("what-it-hears-of", "edited"): an_edited_file_is_not_read,
    ("what-it-hears-of", "refused"): a_refused_statement_goes_out,
    ("what-it-hears-of", "late"): a_late_file_runs_and_elsewhere_in_another_order,
    ("what-it-hears-of", "down-of-gone"): the_down_of_a_file_that_is_gone_is_a_key_error,
}
