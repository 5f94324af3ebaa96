"""The counts of tries are exact, however many count at once."""

import threading

import pytest
from django.db import connection

from clinic.accounts.models import TryCount

AT_ONCE, EACH = 8, 25


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_number_once():
    """Connections of their own, as processes have them."""
    numbers, start = [], threading.Barrier(AT_ONCE)

    def count():
        try:
            start.wait()
            numbers.extend(TryCount.add("one key", seconds=600)[0] for _ in range(EACH))
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, AT_ONCE * EACH + 1))
    assert TryCount.objects.get().n == AT_ONCE * EACH


@pytest.mark.django_db
def test_who_looked_at_the_clock_a_second_earlier_counts_on(monkeypatch):
    clock = [1_000_000]
    monkeypatch.setattr("clinic.accounts.models.tries.time.time", lambda: clock[0])
    assert TryCount.add("k", seconds=60) == (1, 1_000_060)
    clock[0] -= 1
    assert TryCount.add("k", seconds=60) == (2, 1_000_060)


@pytest.mark.django_db
def test_a_count_begins_with_its_first_try_and_ends_with_its_time(monkeypatch):
    clock = [1_000_000]
    monkeypatch.setattr("clinic.accounts.models.tries.time.time", lambda: clock[0])
    assert TryCount.add("k", seconds=60) == (1, 1_000_060)
    clock[0] += 59
    assert TryCount.add("k", seconds=60) == (2, 1_000_060)
    clock[0] += 1
    assert TryCount.add("k", seconds=60) == (1, 1_000_120)


@pytest.mark.django_db
def test_taking_back_never_goes_below_none():
    TryCount.add("k", seconds=60)
    for _ in range(3):
        TryCount.take_back("k")
    TryCount.take_back("a key that is not there")
    assert TryCount.add("k", seconds=60)[0] == 1
