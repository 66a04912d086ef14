"""A scene as plain HTML, safe wherever it is pasted."""

from __future__ import annotations

from html import escape

from course_lib.code_words import words_to_html

from ..plain_html import code, grid, items
from .picture import StagePicture
from .text import cell_words, codes, place_lines, shared_words


def stage_to_html(picture: StagePicture) -> str:
    """The same as the text, as lists and a table."""
    story = [
        words_to_html(beat["say"])
        if beat["played"]
        else f"<strong>Next:</strong> {words_to_html(beat['say'])}"
        for beat in picture["beats"]
        if beat["played"] or beat["next"]
    ]
    rows = [["shared files", *shared_words(picture)]]
    for place in picture["places"]:
        cells = [cell_words(cell) if place["there"] else "not here yet" for cell in place["cells"]]
        rows.append([place["title"], *cells])
    said = ("<br>".join(map(words_to_html, place_lines(place))) for place in picture["places"])
    parts = [
        f"<p><strong>Scene: {escape(picture['title'])}</strong></p>",
        f"<p>{words_to_html(picture['text'])}</p>",
        items("ol", story),
        "<p>The scene is over.</p>" if picture["over"] else "",
        f"<p>{code(picture['code'])} {words_to_html(picture['said'])}</p>",
        items("ul", map(words_to_html, picture["notes"])),
        grid(["database", *picture["columns"]], rows, titled=True),
        f"<p>{words_to_html(picture['alike'])}</p>",
        items("ul", said),
        f"<p>What you can do: {', '.join(map(code, codes(picture)))}.</p>",
    ]
    return "".join(parts)
