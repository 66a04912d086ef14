"""The pins have one place, cover what the project asks for, and are what is installed."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from delivery.checkout import PINS, Checkout
from delivery.pins import ENVIRONMENT_FILES, environment_text, write_pins

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines]


def asked_for(*extras: str) -> list[Requirement]:
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", ENVIRONMENT_FILES)
def test_an_environment_file_is_what_the_pins_give(name: str) -> None:
    course = (ROOT / "requirements/course.txt").read_text(encoding="utf-8")
    found = (ROOT / name).read_text(encoding="utf-8")
    assert found == environment_text(course), "run `python3 bootstrap.py pins`"


@pytest.mark.parametrize("name", ENVIRONMENT_FILES)
def test_conda_is_asked_for_python_and_pip_and_pip_for_every_pin(name: str) -> None:
    environment = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    python, pip, packages = environment["dependencies"]
    assert (python, pip) == ("python=3.12", "pip")
    assert [Requirement(line) for line in packages["pip"]] == pins("requirements/course.txt")


def test_pins_writes_both_environment_files_from_the_course_pins(tmp_path: Path) -> None:
    for folder in ("requirements", "binder"):
        (tmp_path / folder).mkdir()
    line = "six==1.17.0 ; python_version < '4'"
    (tmp_path / "requirements/course.txt").write_text(line + "\n")
    write_pins(Checkout(tmp_path), upgrade=False)
    written = [yaml.safe_load((tmp_path / name).read_text()) for name in ENVIRONMENT_FILES]
    assert written[0] == written[1]
    assert written[0]["dependencies"][-1] == {"pip": [line]}


@pytest.mark.parametrize("name", PINS["test"])
def test_every_pin_is_one_exact_version(name: str) -> None:
    for pin in pins(name):
        assert [part.operator for part in pin.specifier] == ["=="], pin
        assert "*" not in str(pin.specifier), pin


@pytest.mark.parametrize(
    ("files", "extras"),
    [
        (PINS["course"], ("notebook", "class")),
        (PINS["test"], ("notebook", "class", "postgresql", "dask", "test")),
    ],
    ids=["course", "test"],
)
def test_what_the_project_asks_for_is_pinned_within_its_bounds(
    files: tuple[str, ...], extras: tuple[str, ...]
) -> None:
    pinned = {canonicalize_name(pin.name): pin for name in files for pin in pins(name)}
    for wanted in asked_for(*extras):
        pin = pinned.get(canonicalize_name(wanted.name))
        assert pin is not None, f"{wanted} has no pin in {files}"
        exact = next(iter(pin.specifier)).version
        assert wanted.specifier.contains(exact), f"{pin} is outside {wanted}"


def test_no_package_is_pinned_twice_for_one_machine() -> None:
    here = [pin for name in PINS["test"] for pin in pins(name)]
    here = [pin for pin in here if pin.marker is None or pin.marker.evaluate()]
    names = [canonicalize_name(pin.name) for pin in here]
    assert sorted(names) == sorted(set(names))


def test_the_environment_that_runs_these_tests_has_the_pinned_versions() -> None:
    here = [pin for name in PINS["test"] for pin in pins(name)]
    wrong = {
        str(pin): version(pin.name)
        for pin in here
        if (pin.marker is None or pin.marker.evaluate())
        and not pin.specifier.contains(version(pin.name))
    }
    assert wrong == {}


def test_the_engine_asks_for_duckdb_alone() -> None:
    assert [wanted.name for wanted in asked_for()] == ["duckdb"]
