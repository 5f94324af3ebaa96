"""The parts of the suite are all of it, and an order can be had again."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import choice

pytestmark = pytest.mark.once
IN_ORDER = Path("a/test_third.py")
WALKS = (Path("w/test_fifth.py"), Path("w/test_sixth.py"))
MODULES = {
    Path("a/test_first.py"): 5,
    Path("a/b/test_second.py"): 4,
    IN_ORDER: 6,
    Path("c/test_fourth.py"): 3,
    **dict.fromkeys(WALKS, 2),
}


class Item(SimpleNamespace):
    """A test as far as it matters here."""

    def get_closest_marker(self, name):
        marked = {"in_order": (IN_ORDER,), "walk": WALKS}[name]
        return self.path if self.path in marked else None


@pytest.fixture
def items():
    return [Item(path=path, number=number) for path, size in MODULES.items() for number in range(size)]


def test_two_parts_are_all_tests_once_and_folders_stay_whole_but_for_walks(items, monkeypatch):
    parts = []
    for half in ("1/2", "2/2"):
        monkeypatch.setenv("TEST_PART", half)
        chosen, left_out = choice.chosen_part(items)
        assert [item for item in items if item in chosen or item in left_out] == items
        parts.append({(item.path, item.number) for item in chosen})
    assert parts[0] | parts[1] == {(item.path, item.number) for item in items}
    assert not parts[0] & parts[1]
    first, second = ({path for path, _ in part} for part in parts)
    assert not first & second
    assert {path.parent for path in first} & {path.parent for path in second} == {Path("w")}


def test_without_a_wish_nothing_changes(items, monkeypatch):
    for name in ("TEST_PART", "TEST_ORDER"):
        monkeypatch.delenv(name, raising=False)
    assert choice.chosen_part(items) == (items, [])
    assert choice.shuffled(items) == items


def test_the_same_number_gives_the_same_order_and_modules_stay_together(items, monkeypatch):
    monkeypatch.setenv("TEST_ORDER", "random")
    once = choice.shuffled(items)
    monkeypatch.setenv("TEST_ORDER", choice.seed())
    assert choice.shuffled(items) == once
    orders = set()
    for number in range(20):
        monkeypatch.setenv("TEST_ORDER", str(number))
        order = [(item.path, item.number) for item in choice.shuffled(items)]
        assert sorted(order) == sorted((item.path, item.number) for item in items)
        runs = [path for n, (path, _) in enumerate(order) if n == 0 or order[n - 1][0] != path]
        assert len(runs) == len(MODULES)
        assert [number for path, number in order if path == IN_ORDER] == list(range(6))
        orders.add(tuple(order))
    assert len(orders) > 10
