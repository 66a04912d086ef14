"""Set up and start Up & Down with one command: `python3 bootstrap.py lab`.

It needs Python 3.11 or newer and no package. `python3 bootstrap.py --help` lists the commands.
This file keeps to syntax that old Pythons read, so that they give a sentence, not a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for the Pythons that are too old
    sys.exit(
        "Up & Down needs Python 3.11 or newer; this is Python "
        + sys.version.split()[0]
        + ", so nothing was installed. Install a newer Python and name it: "
        + "`make lab PYTHON=python3.12`, or `python3.12 bootstrap.py lab`."
    )

from delivery.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
