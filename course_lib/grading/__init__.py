"""nbgrader for this course: its configuration, SQL stubs, the release, the feedback page."""

from course_lib.grading.configuration import configure
from course_lib.grading.release import release_notebook, write_notebook

__all__ = ["configure", "release_notebook", "write_notebook"]
