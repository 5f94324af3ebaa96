"""Files of the spool are whole or not there, and damage is noticed."""

import os
import stat
import time

import pytest

from consults.spool import files

CLEAR = {"reference": "AB2CD3EF4G", "columns": {"best_times": 0}}
ENVELOPE = bytes(range(256)) + b"\n\n\x00" + b"consult-spool/1\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "spool"


def keep(folder, name="a1", envelope=ENVELOPE, max_bytes=10_000):
    files.write(folder, name, CLEAR, envelope, max_bytes=max_bytes)


def test_what_was_written_is_read(folder):
    keep(folder)
    [path] = files.pending(folder)
    assert files.read(path) == (CLEAR, ENVELOPE)
    assert path.name == "a1.sealed"


def test_nobody_else_on_the_machine_may_look(folder):
    keep(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_in_a_folder_of_two_users_the_other_one_may_read_what_comes_in(folder, umask):
    folder.mkdir()
    before = os.umask(umask)
    try:
        keep(folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE(files.pending(folder)[0].stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / files.TALLY).stat().st_mode) == 0o660


def test_the_same_name_is_the_same_file_and_counts_once(folder):
    for _ in range(20):
        keep(folder, max_bytes=1024)
    assert len(files.pending(folder)) == 1


def test_the_oldest_comes_first(folder):
    for name, age in (("b", 30), ("a", 10), ("c", 20)):
        keep(folder, name)
        os.utime(folder / f"{name}.sealed", (time.time() - age,) * 2)
    assert [path.stem for path in files.pending(folder)] == ["b", "c", "a"]


def test_a_full_spool_takes_nothing_and_says_so(folder):
    keep(folder, "a", max_bytes=2000)
    with pytest.raises(files.SpoolProblem, match="has reached its limit"):
        keep(folder, "b", envelope=bytes(2000), max_bytes=2000)
    assert sorted(path.name for path in folder.iterdir()) == [files.TALLY, "a.sealed"]


def test_the_tally_bounds_without_a_look_at_the_files(folder):
    size = 0
    with pytest.raises(files.SpoolProblem):
        for number in range(100):
            keep(folder, f"a{number}", max_bytes=10_000)
            size += files.pending(folder)[0].stat().st_size
    # Each file counts by whole blocks.
    assert 10_000 - 3 * files.BLOCK < size + len(files.pending(folder)) * files.BLOCK
    assert size <= 10_000
    assert files.takes_more(folder, max_bytes=20_000)
    assert not files.takes_more(folder, max_bytes=5_000)


def test_what_was_replayed_makes_room(folder):
    keep(folder, "a", max_bytes=600)
    files.discard(folder / "a.sealed")
    with pytest.raises(files.SpoolProblem):
        keep(folder, "b", max_bytes=600)
    files.count_anew(folder)
    keep(folder, "b", max_bytes=600)


def test_damaged_files_take_room_until_somebody_removes_them(folder):
    keep(folder, "a", max_bytes=600)
    files.set_aside(folder / "a.sealed")
    files.count_anew(folder)
    with pytest.raises(files.SpoolProblem):
        keep(folder, "b", max_bytes=600)


def test_a_folder_that_cannot_be_is_a_problem(tmp_path):
    (tmp_path / "spool").touch()
    with pytest.raises(files.SpoolProblem) as problem:
        keep(tmp_path / "spool")
    # The kind and the code, and no path.
    assert str(problem.value) == "FileExistsError EEXIST"


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40], lambda b: b + b"x"])
def test_a_torn_file_is_damaged(folder, damage):
    keep(folder)
    [path] = files.pending(folder)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(files.DamagedFile):
        files.read(path)


def test_every_flipped_bit_is_damage(folder):
    keep(folder)
    [path] = files.pending(folder)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(files.DamagedFile):
            files.read(path)


def test_damaged_files_are_kept_aside(folder):
    keep(folder)
    [path] = files.pending(folder)
    files.set_aside(path)
    assert files.pending(folder) == []
    assert len(files.damaged(folder)) == 1


def test_drafts_of_killed_writers_go_after_an_hour(folder):
    keep(folder)
    old, new = folder / ".x.1.1", folder / ".x.1.2"
    for draft in (old, new):
        draft.touch()
    # Both by this process's clock, which may be another than the file system's.
    for draft, age in ((old, files.DRAFT_AGE + 1), (new, 0)):
        os.utime(draft, (time.time() - age,) * 2)
    files.sweep_drafts(folder)
    assert not old.exists()
    assert new.exists()
    assert len(files.pending(folder)) == 1


def test_an_empty_or_missing_folder_has_nothing(folder):
    assert files.pending(folder) == files.damaged(folder) == []
    files.sweep_drafts(folder)
    files.count_anew(folder)
