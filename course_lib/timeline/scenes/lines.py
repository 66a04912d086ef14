"""Where the keys of a TOML file stand, which its parser does not tell."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\[\[\s*([\w-]+)\s*\]\]")
_KEY = re.compile(r"([\w-]+)\s*=\s*(.*)")


class Lines:
    """The lines of a file with `[[name]]` entries and keys, and no deeper tables."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, int, str], int] = {}
        section, index, closing = "", 0, ""
        counts: dict[str, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if closing:
                closing = "" if closing in line else closing
                continue
            if header := _HEADER.match(line.strip()):
                section = header[1]
                index = counts.get(section, 0)
                counts[section] = index + 1
                self._found[section, index, ""] = number
            elif key := _KEY.match(line.strip()):
                self._found[section, index, key[1]] = number
                for quotes in ('"""', "'''"):
                    if key[2].startswith(quotes) and quotes not in key[2][3:]:
                        closing = quotes

    def of(self, section: str = "", index: int = 0, key: str = "") -> int:
        """The line of a key, or of the entry where it is missing, or 1."""
        entry = self._found.get((section, index, ""), 1)
        return self._found.get((section, index, key), entry)
