"""The timeline widget in the kernel: intents, code and page as one, faults, twins, assets."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from course_lib.widgets import TimelineWidget, show_timeline
from tests.timeline.conftest import Shop, make_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path)


def send(widget: TimelineWidget, action: str, value: object = None) -> None:
    """What ipywidgets does when the page has sent a message."""
    widget._handle_custom_msg({"type": "act", "action": action, "value": value}, [])


def here(widget: TimelineWidget) -> str:
    return next(stop["name"] for stop in widget.page["stops"] if stop["here"])


def test_every_button_calls_what_its_line_of_code_calls(shop: Shop) -> None:
    widget = show_timeline(shop.timeline())
    for action, value in (
        *(("up", None), ("review", None), ("break_at", 2), ("step", None), ("to", "002")),
        *(("look", 1), ("compare", "goal"), ("compare", "before"), ("down", None)),
        *(("refresh", None), ("reset", None)),
    ):
        send(widget, action, value)
        words = "" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
        assert widget.page["code"] == f"timeline.{action}({words})"
        assert widget.status == ""
    assert here(widget) == "start"


def test_code_and_every_other_view_move_together(shop: Shop) -> None:
    timeline = shop.timeline()
    one, two = show_timeline(timeline), show_timeline(timeline)
    timeline.up()
    assert one.page == two.page and here(one) == "001_create_users"
    send(one, "down")
    assert here(two) == "start"
    before = [one, two]
    del one, two, before[:]
    timeline.up()  # nobody looks any more


@pytest.mark.parametrize(
    "content",
    [
        {"type": "act", "action": "drop_everything", "value": None},
        {"type": "act", "action": "to", "value": 7},
        {"type": "act", "action": "look", "value": None},
        {"type": "act", "action": "up", "value": 3},
        {"type": "act", "action": "__str__", "value": None},
        "up",
        None,
    ],
)
def test_an_intent_that_makes_no_sense_shows_on_the_status_line(
    shop: Shop, content: object
) -> None:
    widget = show_timeline(shop.timeline())
    widget._handle_custom_msg(content, [])
    assert "could not do this" in widget.status and here(widget) == "start"
    send(widget, "up")
    assert widget.status == "" and here(widget) == "001_create_users"


def test_the_bundle_holds_the_widget_and_both_twins(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(2)
    bundle = show_timeline(timeline)._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    for kind in ("text/plain", "text/html"):
        assert "002_add_email" in str(data[kind]) and "temp@example.com" in str(data[kind])
    assert "<script" not in str(data["text/html"]) and "<style" not in str(data["text/html"])


def test_what_is_in_the_database_cannot_become_html(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.up()
    shop.run("UPDATE users SET name = '<img src=x onerror=alert(1)>' WHERE id = 2")
    html = timeline._repr_mimebundle_()["text/html"]
    assert "<img" not in html and "&lt;img" in html


def test_a_notebook_turned_to_html_shows_the_line_and_the_tables(shop: Shop) -> None:
    code = (
        "from course_lib.timeline import Timeline\nfrom course_lib.widgets import show_timeline\n"
        "timeline = Timeline('shop.duckdb', 'migrations')\ntimeline.to(2)\n"
        "show_timeline(timeline)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    where = {"metadata": {"path": str(shop.folder)}}
    NotebookClient(
        notebook, kernel_name="python3", resources=where, store_widget_state=False, timeout=60
    ).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert "<strong>002_add_email</strong>" in html and "temp@example.com" in html
