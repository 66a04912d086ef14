"""A scene as plain text: the story so far, and where each database stands."""

from __future__ import annotations

from course_lib.migrations.report import table_lines

from .picture import CellView, PlaceView, StagePicture


def stage_to_text(picture: StagePicture) -> str:
    """The picture in lines."""
    lines = [f"Scene: {picture['title']}", "", picture["text"], ""]
    for number, beat in enumerate(picture["beats"], start=1):
        if beat["played"]:
            lines.append(f"{number}. {beat['say']}")
        elif beat["next"]:
            lines.append(f"Next, {picture['name']}.next(): {beat['say']}")
    if picture["over"]:
        lines.append("The scene is over.")
    lines += ["", picture["code"] or "(no action yet)", picture["said"]]
    lines += [f"- {note}" for note in picture["notes"]]
    rows = [("database", *picture["columns"])]
    rows.append(
        ("shared files", *("file" if c in picture["shared"] else "–" for c in picture["columns"]))
    )
    for place in picture["places"]:
        cells = place["cells"] if place["there"] else []
        words = [cell_words(cell) for cell in cells] or ["not here yet"] * len(picture["columns"])
        rows.append((place["title"], *words))
    lines += ["", *table_lines(rows), "", picture["alike"]]
    for place in picture["places"]:
        lines += place_lines(place)
    lines += ["", f"What you can do: {', '.join(codes(picture))}."]
    return "\n".join(lines)


def shared_words(picture: StagePicture) -> list[str]:
    """Which of the migrations are shared, column by column."""
    return ["file" if name in picture["shared"] else "–" for name in picture["columns"]]


def cell_words(cell: CellView) -> str:
    """`■ A applied`; a cell without a file is a dash."""
    if cell["state"] == "no file":
        return "–"
    return f"{cell['sign']} {cell['letter']} {cell['state']}"


def place_lines(place: PlaceView) -> list[str]:
    """What is to be said of one database."""
    lines = [f"{place['title']}: {'; '.join(place['tables']) or 'no table'}."]
    if place["own"]:
        lines.append(f"  Not shared yet: {', '.join(place['own'])}.")
    return [*lines, *(f"  ! {problem}" for problem in place["problems"])]


def codes(picture: StagePicture) -> list[str]:
    """Lines of code that a person can write here."""
    name = picture["name"]
    place = next((one["id"] for one in picture["places"] if one["there"]), "")
    words = ("up", "down", "pull", "push", "catch_up")
    some = [f'{name}.{word}("{place}")' for word in words]
    return [f"{name}.next()", f"{name}.reset()", *some, f'print({name}["{place}"])']
