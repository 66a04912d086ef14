"""A scene as plain HTML, safe wherever it is pasted."""

from __future__ import annotations

from html import escape

from ..plain_html import code, grid, items, sentence
from .picture import StagePicture
from .text import cell_words, codes, place_lines, shared_words


def stage_to_html(picture: StagePicture) -> str:
    """The same as the text, as lists and a table."""
    story = [
        sentence(beat["say"])
        if beat["played"]
        else f"<strong>Next:</strong> {sentence(beat['say'])}"
        for beat in picture["beats"]
        if beat["played"] or beat["next"]
    ]
    rows = [["shared files", *shared_words(picture)]]
    for place in picture["places"]:
        cells = [cell_words(cell) if place["there"] else "not here yet" for cell in place["cells"]]
        rows.append([place["title"], *cells])
    said = ("<br>".join(map(sentence, place_lines(place))) for place in picture["places"])
    parts = [
        f"<p><strong>Scene: {escape(picture['title'])}</strong></p>",
        f"<p>{sentence(picture['text'])}</p>",
        items("ol", story),
        "<p>The scene is over.</p>" if picture["over"] else "",
        f"<p>{code(picture['code'])} {sentence(picture['said'])}</p>",
        items("ul", map(sentence, picture["notes"])),
        grid(["database", *picture["columns"]], rows, titled=True),
        f"<p>{sentence(picture['alike'])}</p>",
        items("ul", said),
        f"<p>What you can do: {', '.join(map(code, codes(picture)))}.</p>",
    ]
    return "".join(parts)
