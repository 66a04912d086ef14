"""Whatever a migration does on the shadow arrives in the live database, and nothing else does."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Step, digest_tables, file_copy, read_applied
from course_lib.migrations.guard import Guarded, run_guarded
from course_lib.migrations.landing import CHANGED_MEANWHILE

from .databases import USERS, migration, picture, run_script, sections, state
from .objects import CHANGES

SHADOW = "transaction:false"


@pytest.fixture(params=["copied by rows", "copied as a file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the shadow is made: small databases by rows, large ones by a copy of the file."""
    if request.param == "copied as a file":
        monkeypatch.setattr(file_copy, "LARGE", 0)
    return str(request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_on_the_shadow_equals_the_same_change_made_directly(
    tmp_path: Path, name: str
) -> None:
    start, change = CHANGES[name]
    with duckdb.connect(tmp_path / "shop.duckdb") as live, duckdb.connect() as direct:
        run_script(live, start)
        run_script(direct, start)
        before = picture(live)
        run_script(direct, change)

        guarded = run_guarded(live, migration(sections(change, options=SHADOW)), "up")

        assert guarded == Guarded("shadow", None, None)
        assert picture(live) == picture(direct)
        assert [row.guard for row in read_applied(live)] == ["shadow"]
        if name != "nothing at all":
            assert picture(live) != before
        arrived = state(live)
    with duckdb.connect(tmp_path / "shop.duckdb") as reopened:
        assert state(reopened) == arrived


@pytest.mark.usefixtures("way")
def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS + CHANGES["foreign keys, all dropped"][0])
        oids = "SELECT table_name, table_oid FROM duckdb_tables() WHERE schema_name = 'main'"
        before = dict(con.execute(oids).fetchall())

        up = "UPDATE users SET name = 'x' WHERE id = 1; UPDATE c SET b = b"
        assert run_guarded(con, migration(sections(up, options=SHADOW)), "up").failure is None

        after = dict(con.execute(oids).fetchall())
        assert {name for name in after if after[name] != before[name]} == {"users"}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO users VALUES (999, 'late')",
        "INSERT INTO orders VALUES (999, 1)",
        "DELETE FROM users WHERE id = 5",
        "CREATE TABLE unrelated (i INT)",
        "SELECT nextval('numbers')",
    ],
)
def test_what_another_cursor_commits_meanwhile_is_never_lost(tmp_path: Path, write: str) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS + "CREATE SEQUENCE numbers;")

        def commit_elsewhere(index: int, step: Step) -> None:
            if index == 0:
                con.cursor().execute(write).fetchall()

        up = "UPDATE users SET name = upper(name); SELECT nextval('numbers')"
        guarded = run_guarded(
            con, migration(sections(up, options=SHADOW)), "up", on_step=commit_elsewhere
        )

        assert guarded.failure is not None
        assert guarded.failure.error == CHANGED_MEANWHILE
        assert read_applied(con) == ()
        with duckdb.connect() as expected:
            run_script(expected, USERS + "CREATE SEQUENCE numbers;" + write)
            assert state(con) == state(expected)
            assert picture(con)["next values"] == picture(expected)["next values"]


@pytest.mark.usefixtures("way")
def test_a_write_that_is_open_when_the_changes_land_loses_no_row(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        writer = con.cursor()
        writer.execute("BEGIN").execute("INSERT INTO users VALUES (999, 'open')").fetchall()

        up = "ALTER TABLE users ADD COLUMN x INT"
        assert run_guarded(con, migration(sections(up, options=SHADOW)), "up").failure is None

        with pytest.raises(duckdb.TransactionException, match="users"):
            writer.execute("COMMIT")
        assert digest_tables(con)["users"].rows == 100


@pytest.mark.usefixtures("way")
def test_two_shadows_at_once_on_one_file_never_lose_a_change(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        texts = {
            1: "INSERT INTO users SELECT max(id) + 1, 'first' FROM users",
            2: "INSERT INTO orders SELECT max(id) + 1, 1 FROM orders",
        }
        results: dict[int, Guarded] = {}
        both_copied = threading.Barrier(2, timeout=20)

        def wait(index: int, step: Step) -> None:
            both_copied.wait()

        def work(number: int) -> None:
            one = migration(sections(texts[number], options=SHADOW), f"{number:03}_change.sql")
            with con.cursor() as cursor:
                results[number] = run_guarded(cursor, one, "up", on_step=wait)

        threads = [threading.Thread(target=work, args=(number,)) for number in texts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

        landed = {number for number, guarded in results.items() if guarded.failure is None}
        assert {row.number for row in read_applied(con)} == landed
        digests = digest_tables(con)
        assert digests["users"].rows == 100 + (1 in landed)
        assert digests["orders"].rows == 10 + (2 in landed)
        assert len(results) == 2 and landed
        assert not list(tmp_path.glob(".updown-shadow-*"))


def test_attaching_and_using_another_database_changes_only_what_belongs_here(
    tmp_path: Path,
) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before = state(con)[:2]
        up = "ATTACH ':memory:' AS aside; USE aside; CREATE TABLE users (q INT)"

        assert run_guarded(con, migration(sections(up, options=SHADOW)), "up").failure is None

        assert state(con)[:2] == before
        assert con.execute("SELECT count(*) FROM duckdb_databases() WHERE NOT internal").fetchall()[
            0
        ] == (1,)
