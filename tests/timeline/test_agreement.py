"""Whatever is done in whatever order: picture, text, HTML and database say the same."""

from __future__ import annotations

import re
import shutil
import tempfile
from html import unescape
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import (
    digest_tables,
    read_applied,
    read_schema,
)
from course_lib.timeline import Timeline, picture_to_html, picture_to_text
from tests.timeline.conftest import make_shop

ACTIONS = st.one_of(
    st.sampled_from(
        ["up()", "down()", "step()", "step('down')", "reset()", "review()", "refresh()"]
    ),
    st.integers(0, 4).map(lambda stop: f"to({stop})"),
    st.integers(0, 4).map(lambda statement: f"break_at({statement})"),
    st.integers(0, 9).map(lambda state: f"look({state})"),
    st.sampled_from(["compare('goal')", "compare('before')"]),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(ACTIONS, min_size=1, max_size=6))
def test_any_sequence_of_actions_keeps_picture_text_and_database_in_agreement(
    actions: list[str],
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        shop = make_shop(folder)
        timeline = shop.timeline()
        for action in actions:
            eval(f"timeline.{action}")
            check(timeline, shop.path)
    finally:
        del timeline
        shutil.rmtree(folder)


def check(timeline: Timeline, path: Path) -> None:
    from course_lib.migrations import connect

    picture = timeline.picture
    con = connect(path)
    with con:
        applied = [row.name for row in read_applied(con)]
        schema, digests = read_schema(con), digest_tables(con)
    # The database and the picture, where the picture is of now and not of a copy.
    is_now = picture["state"] == len(picture["states"]) - 1
    if is_now:
        shown = [
            stop["name"] for stop in picture["stops"] if stop["state"] in ("applied", "current")
        ]
        assert shown == applied
        assert [row[1] for row in picture["ledger"]["rows"]] == applied
        here = [stop["name"] for stop in picture["stops"] if stop["here"]]
        assert here == [applied[-1] if applied else "start"]
    if is_now and "now" in picture["sides"]:
        side = "right" if picture["sides"][1] == "now" else "left"
        for table in picture["tables"]:
            names = [line["name"] for line in table["lines"] if line[side]]
            held = schema.tables.get(table["name"])
            assert (
                [c.name for c in held.columns] == names[: len(held.columns)] if held else not names
            )
            rows = table["rows_right"] if side == "right" else table["rows_left"]
            assert rows == (digests[table["name"]].rows if held else None)
        shown_tables = {t["name"] for t in picture["tables"] if any(x[side] for x in t["lines"])}
        assert shown_tables == set(schema.tables)
    # The picture and its two twins: every word of the one is in the others.
    text = picture_to_text(picture)
    html = unescape(re.sub(r"<[^>]+>", " ", picture_to_html(picture)))
    for word in words(picture):
        assert squeeze(word) in squeeze(text), word
        assert squeeze(word.replace("`", "")) in squeeze(html), word
    assert len([stage for stage in picture["stages"] if stage["lit"]]) == 1


def words(picture) -> list[str]:
    found = [picture["said"], picture["code"], picture["advice"], *picture["notes"]]
    found += picture["problems"]
    found += [stop["name"] for stop in picture["stops"]]
    found += [stop["words"] for stop in picture["stops"]]
    for step in (picture["steps"] or {"steps": []})["steps"]:
        found += [step["sql"], step["words"], step["mark"], step["note"]]
    for table in picture["tables"]:
        found.append(table["name"])
        for line in table["lines"]:
            found += [line["name"], line["right"] or line["left"]]
        for row in table["sample"]["rows"] if table["sample"] else ():
            found += ["NULL" if value is None else value for value in row]
    found += [cell for row in picture["ledger"]["rows"] for cell in row]
    return found + [state["label"] for state in picture["states"]]


def squeeze(text: str) -> str:
    return " ".join(text.split())
