"""`python -m course_lib.cli`, for where the `updown` script is not on the path."""

import sys

from . import main

sys.exit(main())
