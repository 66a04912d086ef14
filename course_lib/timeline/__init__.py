"""The timeline: a database on its way through its migrations, as data and as text. No Jupyter."""

from .deed import Deed
from .html import picture_to_html
from .picture import Picture
from .source import Source, file_source
from .text import picture_to_text
from .timeline import Timeline

__all__ = [
    "Deed",
    "Picture",
    "Source",
    "Timeline",
    "file_source",
    "picture_to_html",
    "picture_to_text",
]
