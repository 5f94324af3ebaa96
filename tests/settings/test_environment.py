"""A broken environment is told in one line a problem, and no value is repeated."""

import pytest

from clinic.settings.environment import Environment, EnvironmentProblem


def test_values_are_cast(monkeypatch):
    monkeypatch.setenv("SAMPLE_LIST", "a,b")
    monkeypatch.setenv("SAMPLE_NUMBER", "3")
    env = Environment()
    assert env.read("list", "SAMPLE_LIST") == ["a", "b"]
    assert env.read("int", "SAMPLE_NUMBER") == 3
    assert env.read("bool", "SAMPLE_ABSENT", default=False) is False
    env.refuse_if_broken()


def test_networks_are_read_and_nonsense_among_them_is_said(monkeypatch):
    monkeypatch.setenv("SAMPLE_PROXIES", "10.0.0.1, 192.168.0.7/16,2001:db8::/32")
    env = Environment()
    read = env.read("networks", "SAMPLE_PROXIES", default="")
    assert [str(network) for network in read] == ["10.0.0.1/32", "192.168.0.0/16", "2001:db8::/32"]
    assert env.read("networks", "SAMPLE_ABSENT", default="") == []
    env.refuse_if_broken()
    monkeypatch.setenv("SAMPLE_PROXIES", "10.0.0.1,proxy.example")
    assert env.read("networks", "SAMPLE_PROXIES", default="") is None
    with pytest.raises(EnvironmentProblem, match="SAMPLE_PROXIES can't be read as addresses or networks"):
        env.refuse_if_broken()


def test_a_value_may_come_from_a_file(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    monkeypatch.setenv("SAMPLE_SECRET_FILE", str(secret))
    assert Environment().read("str", "SAMPLE_SECRET") == "from a file"


def test_every_problem_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("SAMPLE_NUMBER", "s3cret-value")
    env = Environment()
    env.read("str", "SAMPLE_ABSENT", why="It signs sessions.")
    env.read("int", "SAMPLE_NUMBER")
    with pytest.raises(EnvironmentProblem) as problem:
        env.refuse_if_broken()
    assert str(problem.value).splitlines() == [
        "SAMPLE_ABSENT is not set. It signs sessions.",
        "SAMPLE_NUMBER can't be read as int.",
    ]


def test_an_unreadable_file_is_a_problem(monkeypatch):
    monkeypatch.setenv("SAMPLE_LOST_FILE", "/nowhere/at/all")
    env = Environment()
    env.read("str", "SAMPLE_LOST")
    with pytest.raises(EnvironmentProblem, match="SAMPLE_LOST can't be read"):
        env.refuse_if_broken()


def test_an_empty_required_value_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("SAMPLE_EMPTY", "")
    env = Environment()
    env.read("str", "SAMPLE_EMPTY")
    with pytest.raises(EnvironmentProblem, match="SAMPLE_EMPTY is not set"):
        env.refuse_if_broken()


@pytest.mark.parametrize(("kind", "given"), [("int", "0"), ("int", "-3"), ("hours", "4,0,24")])
def test_numbers_that_are_too_small_are_refused_without_their_value(monkeypatch, kind, given):
    monkeypatch.setenv("SAMPLE_DAYS", given)
    env = Environment()
    env.read(kind, "SAMPLE_DAYS", default=30, at_least=1)
    with pytest.raises(EnvironmentProblem) as problem:
        env.refuse_if_broken()
    assert str(problem.value) == "SAMPLE_DAYS must be 1 or more."


def test_the_smallest_number_is_taken(monkeypatch):
    monkeypatch.setenv("SAMPLE_DAYS", "1")
    env = Environment()
    assert env.read("int", "SAMPLE_DAYS", default=30, at_least=1) == 1
    env.refuse_if_broken()
