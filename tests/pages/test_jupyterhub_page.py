"""docs/jupyterhub.md: what of it one machine can show. No image is built, and there is no hub."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from repo2docker.__main__ import make_r2d

from tests.classroom.class_course import LESSON, ROOT, make_checkout
from tests.nbgrader_commands import Terminal, open_terminal

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

PAGE = (ROOT / "docs" / "jupyterhub.md").read_text(encoding="utf-8")
SRV = "/srv/up-and-down"

# What ngshare's client does to the configuration, with steps that reach no service.
STAND_IN = """
from nbgrader.exchange import abc, default


class ReleaseAssignment(abc.ExchangeReleaseAssignment):
    def start(self):
        self.log.error("An error occurred when querying the ngshare endpoint %s", "/x")


class Collect(abc.ExchangeCollect):
    def start(self):
        self.fail("Failed to list submissions")


def configureExchange(c, ngshare_url=None):
    c.ExchangeFactory.exchange = default.Exchange
    c.ExchangeFactory.fetch_assignment = default.ExchangeFetchAssignment
    c.ExchangeFactory.fetch_feedback = default.ExchangeFetchFeedback
    c.ExchangeFactory.release_assignment = ReleaseAssignment
    c.ExchangeFactory.release_feedback = default.ExchangeReleaseFeedback
    c.ExchangeFactory.list = default.ExchangeList
    c.ExchangeFactory.submit = default.ExchangeSubmit
    c.ExchangeFactory.collect = Collect
"""


def blocks(heading: str, kind: str) -> list[str]:
    """The blocks of this kind below a heading."""
    part = PAGE.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    return re.findall(rf"^```{kind}\n(.*?)^```", part, flags=re.M | re.S)


@dataclass(frozen=True)
class Hub:
    """A machine as the page sets one up: `srv` is the volume, and all have `image`'s settings."""

    home: Path
    srv: Path
    image: Path
    terminal: Terminal

    @property
    def folder(self) -> Path:
        return self.home / "up-and-down-class"

    def run(self, line: str, *, code: int = 0) -> str:
        """A line of the page, with the volume where it is here."""
        return self.terminal.run(line.replace(SRV, str(self.srv)), code=code)


@contextmanager
def machine(settings: str) -> Iterator[Hub]:
    """All accounts get to the volume, as to one below /srv; pytest's folders are its own alone."""
    base = Path(tempfile.mkdtemp(prefix="hub-"))
    try:
        base.chmod(0o755)
        home, srv, image = base / "home", base / "srv", base / "etc" / "jupyter"
        for folder in (home, image):
            folder.mkdir(parents=True)
        checkout = make_checkout(base / "checkout")
        text = settings.replace(SRV, str(srv))
        (image / "nbgrader_config.py").write_text(text, encoding="utf-8")
        with open_terminal(checkout, home) as terminal:
            # In the place of /etc/jupyter.
            terminal.run(f"export JUPYTER_CONFIG_PATH={image}")
            yield Hub(home, srv, image, terminal)
    finally:
        shutil.rmtree(base)


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """The commands of the page's exchange that make a class, in their order."""
    settings, _ = blocks("The shared exchange", "python")
    with machine(settings) as hub:
        for line in blocks("The shared exchange", "sh")[0].splitlines():
            hub.run(line)
        yield hub


def test_the_command_that_builds_the_image_is_understood_and_its_files_are_there() -> None:
    pip, build = blocks("The image", "sh")[0].splitlines()
    package = pip.rpartition(" ")[2]
    assert f"{package}==" in (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
    name, *arguments = build.split()
    assert name == package
    # Root, who may run this, has to name somebody else.
    app = make_r2d(["--user-id", "1000", "--user-name", "jovyan", *arguments])
    assert (app.run, app.output_image_spec) == (False, "up-and-down")
    assert app.target_repo_dir == "/srv/course"
    assert f"git clone {app.repo}" in (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    for file in (ROOT / "binder").iterdir():
        assert f"`{file.name}`" in PAGE


def test_without_the_line_of_binder_the_start_script_sets_the_rest(tmp_path: Path) -> None:
    text = (ROOT / "binder" / "start").read_text(encoding="utf-8")
    without = [line for line in text.splitlines() if "UPDOWN_ON_BINDER" not in line]
    assert len(text.splitlines()) - len(without) == 1
    script = tmp_path / "course" / "binder" / "start"
    script.parent.mkdir(parents=True)
    script.write_text("\n".join(without) + "\n", encoding="utf-8")
    show = 'echo "$JUPYTER_CONFIG_PATH ${UPDOWN_ON_BINDER:-none}"'
    said = subprocess.run(
        ["bash", script, "bash", "-c", show],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == f"{tmp_path}/course/etc none\n"


def test_lessons_are_copied_once_and_never_over_work(tmp_path: Path) -> None:
    line = blocks("The image", "sh")[1].replace("/srv/course", str(ROOT))
    for _ in range(2):
        subprocess.run(["sh", "-c", line], env={**os.environ, "HOME": str(tmp_path)}, check=True)
        notebook = tmp_path / "notebooks" / LESSON / f"{LESSON}.ipynb"
        assert notebook.is_file()
        (tmp_path / "notebooks" / "mine.txt").write_text("mine")
    assert not (tmp_path / "notebooks" / "notebooks").exists()
    assert (tmp_path / "notebooks" / "mine.txt").read_text() == "mine"


def test_the_exchange_and_the_folder_have_the_modes_that_the_page_says(hub: Hub) -> None:
    assert stat.S_IMODE((hub.srv / "exchange").stat().st_mode) == 0o777
    assert stat.S_IMODE(hub.folder.stat().st_mode) == 0o700
    said = hub.run("updown class doctor ~/up-and-down-class")
    assert str(hub.srv) not in said and "0 to mend, 1 to know." in said


def test_a_volume_that_was_mounted_before_needs_its_mode(hub: Hub) -> None:
    """What the doctor demands is the command of the page."""
    (hub.srv / "exchange").chmod(0o755)
    said = hub.run("updown class doctor ~/up-and-down-class")
    (line,) = re.findall(r"`(chmod 777 [^`]+)`", said)
    assert f"`{line.replace(str(hub.srv), SRV)}`" in PAGE
    hub.run(line)
    assert "to know: the exchange" not in hub.run("updown class doctor ~/up-and-down-class")
    assert stat.S_IMODE((hub.srv / "exchange").stat().st_mode) == 0o777


def test_a_learner_fetches_and_submits_without_options_and_is_graded(hub: Hub) -> None:
    hub.run(f"updown class release {LESSON} --course ~/up-and-down-class")
    learner = hub.home / "learner"
    learner.mkdir()
    back = hub.terminal.run("pwd").strip()
    hub.run(f"cd {learner}")
    for line in blocks("The shared exchange", "sh")[1].splitlines():
        hub.run(line)
    assert LESSON in hub.run("nbgrader list")
    inbound = hub.srv / "exchange" / "up-and-down" / "inbound"
    # Nobody can list what others handed in.
    assert stat.S_IMODE(inbound.stat().st_mode) & 0o777 == 0o733
    (sent,) = inbound.iterdir()
    hub.run(f"cd {hub.folder}")
    assert "1 taken, 0 there already" in hub.run(f"updown class collect {LESSON}")
    (line,) = blocks("Grading", "sh")[0].splitlines()
    assert "1 graded, 0 unchanged, 0 failed" in hub.run(line)
    assert (hub.folder / "autograded" / sent.name.partition("+")[0] / LESSON).is_dir()
    assert (hub.folder / ".grading" / "log.txt").is_file()
    hub.run(f"cd {back}")


def test_a_shared_class_is_what_the_doctor_demands_of_it(hub: Hub) -> None:
    """After its commands it demands nothing more."""
    shared = blocks("The shared exchange", "python")[1]
    configuration = hub.folder / "nbgrader_config.py"
    before = configuration.read_text(encoding="utf-8")
    configuration.write_text(f"{before}\n{shared}", encoding="utf-8")
    try:
        demanded = re.findall(r"`(chmod g[^`]+)`", hub.run(f"updown class doctor {hub.folder}"))
        assert f"chmod g+rwxs {hub.folder}" in demanded
        for line in demanded:
            hub.run(line)
        assert "chmod g" not in hub.run(f"updown class doctor {hub.folder}")
    finally:
        configuration.write_text(before, encoding="utf-8")
        hub.folder.chmod(0o700)


def test_a_plugin_in_the_place_of_the_exchange_is_called_and_its_failure_told() -> None:
    """ngshare's lines, read by nbgrader in both places, with a stand-in for its client."""
    (lines,) = blocks("ngshare", "python")
    with machine(lines) as hub:
        packages = hub.home / "packages"
        packages.mkdir()
        (packages / "ngshare_exchange.py").write_text(STAND_IN, encoding="utf-8")
        hub.run(f"export PYTHONPATH={packages}")
        hub.run(f"updown class new {hub.folder}")
        with (hub.folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}")
        hub.run(f"cd {hub.folder}")
        assert "to mend" in hub.run("updown class doctor")
        said = hub.run(f"updown class release {LESSON}", code=1)
        assert "An error occurred when querying the ngshare endpoint /x; mend that" in said
        assert "Failed to list submissions" in hub.run(f"updown class collect {LESSON}", code=1)
        stand_in = STAND_IN.replace("self.log.error", "self.log.info")
        (packages / "ngshare_exchange.py").write_text(stand_in, encoding="utf-8")
        said = hub.run(f"updown class release {LESSON}")
        assert f"{LESSON}: given to the exchange that nbgrader_config.py names.\n" in said
        assert not (hub.folder / "exchange" / "up-and-down").exists()
