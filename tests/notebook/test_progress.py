"""A long `%migrate` says under its cell how far it is, in a real kernel, and how long it took."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from .conftest import LESSON

# Seconds of work that leaves the values as they are.
DEEP = "md5(" * 12 + "t" + ")" * 12
LONG = f"""\
%%migration 001_long
-- migrate:up
UPDATE big SET t = CASE WHEN {DEEP} = '' THEN '' ELSE t END;
-- migrate:down
UPDATE big SET i = i WHERE i = 0;
"""
BIG = "CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS t FROM range(1000000) AS r(i)"


class Watched(NotebookClient):
    """A notebook's page that remembers each line it was told to put in the place of another."""

    updates: list[str]

    def process_message(self, msg: dict[str, Any], *rest: Any) -> Any:
        if msg["msg_type"] == "update_display_data":
            self.updates.append(msg["content"]["data"]["text/plain"])
        return super().process_message(msg, *rest)


def test_a_long_run_tells_how_far_it_is_and_a_short_one_does_not(folder: Path) -> None:
    cells = [
        f"from course_lib.notebook import begin\nlesson = begin({LESSON!r})",
        f"lesson.db.execute({BIG!r})\nNone",
        LONG,
        "%migrate rehearse",
        "%migrate up",
        "%migrate down",
    ]
    notebook = new_notebook(cells=[new_code_cell(text) for text in cells])
    client = Watched(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.updates = []
    client.execute()
    rehearse, up, down = ([o["data"]["text/plain"] for o in c.outputs] for c in notebook.cells[3:])
    for command, (line, outcome) in {"rehearse": rehearse, "up": up}.items():
        assert re.fullmatch(rf"`%migrate {command}` ran for \d+\.\d s\.", line)
        assert "001_long" in outcome
    assert len(down) == 1
    rows = [re.search(r"step 1 of 1, ([\d,]+) of about 1,000,000 rows", s) for s in client.updates]
    assert len({found[1] for found in rows if found}) > 1, client.updates
    assert [o.output_type for c in notebook.cells[3:] for o in c.outputs] == ["display_data"] * 5
