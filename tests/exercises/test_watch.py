"""The time of an answer: what runs when it is over is stopped, and nothing else is."""

from __future__ import annotations

import threading
import time

import duckdb
import pytest

from course_lib.exercises.watch import Watch

LONG = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b"


def test_what_runs_in_a_block_is_interrupted_once_the_time_is_over() -> None:
    watch = Watch(time.monotonic() + 0.1)
    try:
        with duckdb.connect() as con:
            for _ in range(2):  # the second block begins when the time has been over for long
                with watch.over(con), pytest.raises(duckdb.InterruptException):
                    con.execute(LONG).fetchall()
    finally:
        watch.close()


def test_what_runs_after_a_block_is_left_alone() -> None:
    watch = Watch(time.monotonic() - 1)
    try:
        with duckdb.connect() as con:
            with watch.over(con):
                pass
            asked = con.execute("SELECT sum(range * range) FROM range(50000000)").fetchall()
            assert asked[0][0] > 0
    finally:
        watch.close()


def test_all_blocks_have_one_thread_and_close_ends_it() -> None:
    before = threading.active_count()
    watch = Watch(time.monotonic() + 60)
    with duckdb.connect() as con:
        for _ in range(5):
            with watch.over(con):
                assert threading.active_count() == before + 1
    watch.close()
    assert threading.active_count() == before


def test_a_watch_that_saw_nothing_can_be_closed() -> None:
    Watch(time.monotonic() + 60).close()
