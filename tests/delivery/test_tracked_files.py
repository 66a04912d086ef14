"""No tracked file depends on the machine, or the package registry, that it was made with."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK_FILE = re.compile(
    r"(^|/)(requirements/.*|requirements[^/]*\.txt|environment\.ya?ml|uv\.lock|pylock[^/]*\.toml|"
    r"[^/]*lock\.(json|ya?ml)|constraints[^/]*\.txt)$"
)
# Each pattern is written so that it does not match its own text: this file is searched as well.
ADDRESSES = {
    "a home folder": r"/(home|Users)/(?!runner\b)[a-z][\w.-]*/|/root/[\w.]|[A-Z]:\\\\?Users\\",
    "a registry's host": r"pypi[.]org/simple|files[.]pythonhosted|registry[.]npmjs|conda[.]org/\w",
    "a registry option": r"--(extra-)?index-url[ =]\S*://|--find-links[ =]\S|--trusted-host[ =]\w",
}
CONFIGURATIONS = (
    "/etc/pip.conf",
    "/etc/xdg/pip/pip.conf",
    "~/.config/pip/pip.conf",
    "~/.pip/pip.conf",
)
CONFIGURED = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
)


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def registry_hosts() -> set[str]:
    """The hosts of the package indexes that this machine is set up for."""
    said = [os.environ.get(name, "") for name in CONFIGURED]
    for name in CONFIGURATIONS:
        path = Path(name).expanduser()
        said.append(path.read_text(encoding="utf-8") if path.is_file() else "")
    urls = re.findall(r"https?://[^\s'\"]+", "\n".join(said))
    hosts = {urlsplit(url).hostname or "" for url in urls}
    return hosts - {"", "localhost", "127.0.0.1", "pypi.org"}


def test_a_lock_file_names_no_address() -> None:
    locks = [name for name in tracked_files() if LOCK_FILE.search(name)]
    assert {"requirements/course.txt", "environment.yml", "binder/environment.yml"} <= set(locks)
    separator = ":" + "//"
    assert [name for name in locks if separator in text_of(name)] == []


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_tracked_file_names(kind: str) -> None:
    found = {}
    for name in tracked_files():
        match = re.search(ADDRESSES[kind], text_of(name))
        if match:
            found[name] = match[0]
    assert found == {}


def test_no_tracked_file_names_this_checkout_or_this_machines_registry() -> None:
    needles = {str(ROOT), *registry_hosts()}
    # A short path such as /src would be found in ordinary prose.
    needles = {needle for needle in needles if len(needle) > 5}
    found = [
        (name, needle) for name in tracked_files() for needle in needles if needle in text_of(name)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("a home folder", ("/ho", "me/ada/course")),
        ("a home folder", ("/Us", "ers/ada/course")),
        ("a home folder", ("/ro", "ot/.cache")),
        ("a home folder", ("C:\\Us", "ers\\ada")),
        ("a registry's host", ("https://pypi", ".org/simple/")),
        ("a registry's host", ("https://files", ".pythonhosted.org/x.whl")),
        ("a registry option", ("--index", "-url https://mirror.example/simple")),
        ("a registry option", ("--find", "-links /srv/wheels")),
    ],
)
def test_the_search_would_find(kind: str, parts: tuple[str, str]) -> None:
    assert re.search(ADDRESSES[kind], "".join(parts))
