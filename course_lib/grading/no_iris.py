"""A start without a grammar that nobody needs."""

from __future__ import annotations

import sys
from typing import Any

_GRAMMAR = "rfc3987_syntax"


def leave_out_iris() -> None:
    """Have jsonschema, which nbformat validates notebooks with, know no format "iri".

    It takes the grammar where it is installed, and the server's packages bring it. Importing it
    takes a second, as long as all of nbgrader, and no notebook has an IRI. For programs of ours,
    as the first thing that they do: where jsonschema is there already, nothing changes.
    """
    modules: dict[str, Any] = sys.modules
    # To import it is an ImportError then, which jsonschema expects.
    modules.setdefault(_GRAMMAR, None)
