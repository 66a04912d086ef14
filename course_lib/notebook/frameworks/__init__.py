"""Other tools, run for real beside the lesson: `%%django`, `%%alembic`, `%%updown`."""

from .cells import command_line, file_cell
from .open import put_away
from .query import query_cell, tool_of
from .tools import TOOLS

__all__ = ["TOOLS", "command_line", "file_cell", "put_away", "query_cell", "tool_of"]
