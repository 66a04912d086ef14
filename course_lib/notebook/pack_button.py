"""The button of the start page that packs a learner's work and offers it for download."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import LessonError
from .pack import pack

if TYPE_CHECKING:
    import ipywidgets  # type: ignore[import-untyped]

_LINK_STYLE = "color: var(--jp-content-link-color, LinkText); text-decoration: underline"
LINK_BYTES = 8 * 2**20
"""A larger file is fetched from the file browser: browsers bound the length of a link."""


def pack_button(folder: Path | None = None) -> ipywidgets.VBox:
    """A button that packs the work (see `pack`), and under it the link to the zip or the refusal.

    The link carries the file itself. JupyterLab would take a link to the file's address as a wish
    to open the zip as a document.
    """
    import ipywidgets  # a lesson's cells start faster without it

    button = ipywidgets.Button(
        description="Pack my work into a zip",
        layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
    )
    said = ipywidgets.HTML()

    def clicked(_: ipywidgets.Button) -> None:
        button.disabled = True
        try:
            said.value = _offer(pack(folder))
        except LessonError as refusal:
            said.value = f'<p role="status">{escape(str(refusal))}</p>'
        finally:
            button.disabled = False

    button.on_click(clicked)
    return ipywidgets.VBox([button, said])


def _offer(packed: Path) -> str:
    name = escape(packed.name)
    where = "It lies in the folder <code>notebooks</code> too (right-click it there to download it)"
    if packed.stat().st_size > LINK_BYTES:
        return f'<p role="status">Packed: {name}. {where}.</p>'
    content = b64encode(packed.read_bytes()).decode("ascii")
    link = (
        f'<a style="{_LINK_STYLE}" download="{name}"'
        f' href="data:application/zip;base64,{content}">Download {name}</a>'
    )
    back = escape(f"{packed.parent.name}/{packed.name}")
    return (
        f'<p role="status">Packed what is saved. {link}. {where}. To bring it back, here or on'
        " another machine, put it into that folder and type in a terminal (File, New, Terminal):"
        f" <code>updown unpack {back}</code></p>"
    )
