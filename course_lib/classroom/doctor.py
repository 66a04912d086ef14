"""A look at all that a class needs, in an order in which one thing can be mended after another."""

from __future__ import annotations

from pathlib import Path

from course_lib.classroom.finding import Finding, stops
from course_lib.classroom.system import look_at_limits, look_at_packages, look_at_python, read_pins


def examine(folder: Path) -> tuple[Finding, ...]:
    """What is to be done for the class in `folder`, or worth knowing. Writes nothing of its own.

    Where a package is missing, or the configuration cannot be read, what needs it is left out.
    """
    found = [*look_at_python(), *look_at_packages(read_pins())]
    if any(finding.stops for finding in found):
        return tuple(found)
    found += look_at_limits()
    if not (folder / "nbgrader_config.py").is_file():
        what = "there is no nbgrader_config.py, so it is no class's folder"
        step = "go to one, name it, or make it with `updown class new DIR`"
        return (*found, stops("configuration", folder.resolve(), what, step))
    return (*found, *_examine_class(folder))


def _examine_class(folder: Path) -> tuple[Finding, ...]:
    # Only here: these need packages that may be missing.
    from course_lib.classroom import places
    from course_lib.classroom.course_folder import ConfigurationError, open_course
    from course_lib.classroom.gradebook import look_at_gradebook

    try:
        course = open_course(folder)
    except ConfigurationError as error:
        what = f"it cannot be read: {str(error).rstrip('.')}"
        place = folder.resolve() / "nbgrader_config.py"
        return (stops("configuration", place, what, "mend that, then run this again"),)
    found = tuple(places.look_at_configuration(course))
    if any(finding.stops for finding in found):
        return found
    looks = (
        places.look_at_secret,
        places.look_at_exchange,
        places.look_at_group,
        look_at_gradebook,
        places.look_at_disk,
    )
    return (*found, *(finding for look in looks for finding in look(course)))
