"""The scripts behind `make` say in one line what is missing, and touch nothing that isn't theirs."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

SCRIPTS = settings.BASE_DIR / "deploy"


def run(*command, **variables):
    """Run the command; return its status, what it printed and what it complained about."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere", **variables}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def program(path, *lines):
    """Write a small shell program."""
    path.write_text("\n".join(["#!/bin/sh", *lines]))
    path.chmod(0o755)


def port_is_free(port):
    return run(sys.executable, SCRIPTS / "port_is_free.py", str(port))


def test_a_taken_port_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port_is_free(port) == (
            1,
            "",
            f"Port {port} is taken by another program: choose another, such as PORT={port + 1}.",
        )
    assert port_is_free(port) == (0, "", "")


@pytest.mark.parametrize("port", ["x", "70000", "-1"])
def test_no_port_at_all_is_one_line(port):
    assert port_is_free(port) == (1, "", f"PORT={port} is no port: choose a number from 1024 to 65535.")


def find_python(needed, **variables):
    return run("/bin/sh", SCRIPTS / "find_python.sh", needed, **variables)


def test_a_python_that_is_too_old_is_not_taken():
    status, printed, said = find_python("3.99", PYTHON=sys.executable)
    assert (status, printed) == (1, "")
    assert said.startswith("No Python 3.99 or later was found")


def test_a_name_with_nothing_behind_it_is_passed_over(tmp_path):
    program(tmp_path / "python3", "exit 127")
    program(tmp_path / "python3.13", f'exec {sys.executable} "$@"')
    assert find_python("3.11", PATH=f"{tmp_path}:/usr/bin:/bin") == (0, sys.executable, "")


def test_a_python_without_venv_names_the_package(tmp_path):
    program(tmp_path / "bare", 'case "$2" in *ensurepip*) exit 1;; esac', f'exec {sys.executable} "$@"')
    version = "{}.{}".format(*sys.version_info)
    status, printed, said = find_python("3.11", PYTHON=str(tmp_path / "bare"))
    assert (status, printed) == (1, "")
    assert f"install Debian's package python{version}-venv" in said


def forget_demo(folder, **variables):
    return run("/bin/sh", SCRIPTS / "forget_demo.sh", folder, **variables)


def test_the_demos_folder_is_removed(tmp_path):
    folder = tmp_path / "var"
    (folder / "mail").mkdir(parents=True)
    (folder / "secrets.env").touch()
    assert forget_demo(folder) == (0, "", "")
    assert not folder.exists()
    assert forget_demo(folder) == (0, "", "")


def test_any_other_folder_stays(tmp_path):
    (tmp_path / "letter.txt").touch()
    status, _, said = forget_demo(tmp_path)
    assert status == 1
    assert said == f"{tmp_path} doesn't look like the demo's folder: nothing was removed."
    assert (tmp_path / "letter.txt").exists()


def test_a_database_elsewhere_is_left_to_its_owner(tmp_path):
    (tmp_path / "secrets.env").touch()
    status, _, said = forget_demo(tmp_path, DATABASE_URL="postgres://somewhere/else")
    assert status == 1
    assert "DATABASE_URL is set" in said
    assert (tmp_path / "secrets.env").exists()
