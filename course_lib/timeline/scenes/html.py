"""A scene as plain HTML without style, script or identifier, safe wherever it is pasted."""

from __future__ import annotations

from html import escape

from .picture import StagePicture
from .text import cell_words, codes, place_lines, shared_words


def stage_to_html(picture: StagePicture) -> str:
    """The same as the text, as lists and a table."""
    story = [
        f"<li>{escape(beat['say'])}</li>"
        if beat["played"]
        else f"<li><strong>Next:</strong> {escape(beat['say'])}</li>"
        for beat in picture["beats"]
        if beat["played"] or beat["next"]
    ]
    end = "<p>The scene is over.</p>" if picture["over"] else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in picture["notes"])
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in picture["columns"])
    rows = [_row("shared files", shared_words(picture))]
    for place in picture["places"]:
        cells = [cell_words(cell) if place["there"] else "not here yet" for cell in place["cells"]]
        rows.append(_row(place["title"], cells))
    said = [
        f"<li>{'<br>'.join(map(escape, place_lines(place)))}</li>" for place in picture["places"]
    ]
    can = ", ".join(f"<code>{escape(code)}</code>" for code in codes(picture))
    return (
        f"<p><strong>Scene: {escape(picture['title'])}</strong></p><p>{escape(picture['text'])}</p>"
        f"<ol>{''.join(story)}</ol>{end}"
        f"<p><code>{escape(picture['code'])}</code> {escape(picture['said'])}</p><ul>{notes}</ul>"
        f'<table><thead><tr><th scope="col">database</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table><p>{escape(picture['alike'])}</p>"
        f"<ul>{''.join(said)}</ul><p>What you can do: {can}.</p>"
    )


def _row(title: str, cells: list[str]) -> str:
    inside = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(title)}</th>{inside}</tr>'
