"""What lesson 4 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
from pathlib import Path

from .running import Site, noise, output_of

LESSON = "04-adding-a-column"


def test_the_released_notebook_says_that_nothing_is_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        assert "It has no step yet" in output_of(notebook, "%%migration 001")
        assert "Nothing to do: no migration is applied." in output_of(notebook, "%migrate down")


def test_the_solved_notebook_shows_all_that_the_lesson_claims(site: Site) -> None:
    first, second = site.solved(LESSON)
    assert "guard: shadow" in output_of(first, "%migrate rehearse")
    for notebook in (first, second):
        assert re.search(r"3000 +34 +25", output_of(notebook, "no_name"))
        assert "NOT NULL constraint failed: users.phone" in output_of(notebook, "--scratch\n")
        one_transaction = output_of(notebook, "--scratch\nBEGIN")
        assert "Cannot create index with outstanding updates" in one_transaction
        assert "All 5 statements ran." in output_of(notebook, "--scratch empty")
        assert "guard: transaction" in output_of(notebook, "%migrate down")
        assert "email" not in output_of(notebook, "DESCRIBE users")
        assert "guard: shadow" in output_of(notebook, "%migrate up 001", nth=-1)
        assert "34 of 3,000 rows" in output_of(notebook, "%migrate up", nth=-1)
        described = output_of(notebook, "DESCRIBE users", nth=-1)
        assert "email" in described and "handle" not in described
        assert "All 6 statements ran." in output_of(notebook, "DEFAULT 'unknown'")


def test_the_repair_that_the_lesson_asks_for_passes(site: Site, tmp_path: Path) -> None:
    repair = {"replace(name, ": "replace(coalesce(name, 'nobody'), "}
    notebook = site.repaired(LESSON, repair, tmp_path)
    # Here the repair was there from the start, so the up before the rehearsal took it already.
    assert "002_add_handle_to_users applied" in output_of(notebook, "%migrate up", nth=-1)
    assert "handle" in output_of(notebook, "DESCRIBE users", nth=-1)
    assert noise(notebook) == []
