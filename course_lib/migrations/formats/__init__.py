"""The formats that migration files come in; each reads what it finds into a migration or problems.

A format is a file of this folder: sections, plain files with or without a down, Python.
"""

from .entries import Entry, find_entries, name_of_file
from .parsed import Parsed
from .plain import parse_plain, read_plain
from .python_file import parse_python
from .sectioned import parse_migration
from .text import read_text

__all__ = [
    "Entry",
    "Parsed",
    "find_entries",
    "name_of_file",
    "parse_migration",
    "parse_plain",
    "parse_python",
    "read_plain",
    "read_text",
]
