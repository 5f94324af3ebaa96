"""The demo's users get passwords of their own, told once."""

import pytest
from django.contrib.auth import authenticate, get_user_model

from clinic.demo.users import build_users

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def read_logins(folder):
    return dict(line.split()[:2] for line in (folder / "demo-logins.txt").read_text().splitlines())


def test_each_login_works_and_is_kept_from_others(folder):
    build_users()
    logins = read_logins(folder)
    assert set(logins) == {"editor", "reviewer", "frontdesk", "manager", "deputy", "auditor", "admin"}
    assert all(authenticate(username=name, password=word) for name, word in logins.items())
    assert all(len(word) >= 16 for word in logins.values())
    assert (folder / "demo-logins.txt").stat().st_mode & 0o777 == 0o600


def test_a_second_run_leaves_users_and_file_alone(folder):
    build_users()
    before = read_logins(folder)
    assert build_users() == []
    assert read_logins(folder) == before


def test_a_lost_user_gets_a_new_line_and_the_others_keep_theirs(folder):
    build_users()
    before = read_logins(folder)
    get_user_model().objects.get(username="editor").delete()
    build_users()
    after = read_logins(folder)
    assert after["editor"] != before["editor"]
    assert after["frontdesk"] == before["frontdesk"]


def test_whoever_runs_the_site_is_not_at_the_front_desk():
    build_users()
    groups = {u.username: {g.name for g in u.groups.all()} for u in get_user_model().objects.all()}
    assert groups == {
        "editor": {"Editors"},
        "reviewer": {"Medical reviewers"},
        "frontdesk": {"Front desk"},
        "manager": {"Managers"},
        "deputy": {"Managers"},
        "auditor": {"Auditors"},
        "admin": set(),
    }
