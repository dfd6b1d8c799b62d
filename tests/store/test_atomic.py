"""A write is whole or refused, for good and in plain words, and what was stored can always be read."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from simulated_files import FailingFiles
from tinydb import TinyDB, where
from tinydb.table import Document

from tisu_tui.store.atomic import (
    AtomicStorage,
    NotSavedYet,
    StorageDamaged,
    StorageFailed,
    Tables,
    check_digest,
    write_digest,
)
from tisu_tui.store.files import Files, LooseMode

DAY = dt.date(2026, 11, 18)
NOON = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC).timestamp()

CHANGES: list[Callable[[TinyDB], object]] = [
    lambda db: db.table("rounds").insert({"step": "arrive", "answers": [1, 2]}),
    lambda db: db.table("rounds").insert_multiple([{"step": "ideas"}, {"step": "share-first"}]),
    lambda db: db.table("rounds").update({"state": "closed"}, where("step") == "arrive"),
    lambda db: db.table("rounds").update(lambda round_: round_["answers"].append(3), doc_ids=[1]),
    lambda db: db.table("rounds").upsert({"step": "ideas", "state": "open"}, where("step") == "ideas"),
    lambda db: db.table("actions").upsert(Document({"what": "café"}, doc_id=7)),
    lambda db: db.table("rounds").remove(where("step") == "share-first"),
    lambda db: db.table("actions").truncate(),
    lambda db: db.drop_table("actions"),
    lambda db: db.drop_tables(),
]


class Watched(AtomicStorage):
    """Keeps the last content that reached the file calls and the last that was acknowledged."""

    tried: Tables | None = None
    acknowledged: Tables | None = None

    def write(self, data: Tables) -> None:
        if self.refusal is None:
            self.tried = json.loads(json.dumps(data))
        super().write(data)
        self.acknowledged = self.tried


def fault_at(path: Path, files: FailingFiles) -> bool:
    """Make all the changes over failing files, check what is left, and say whether the failing call was reached."""
    try:
        storage = Watched(path, date=DAY, files=files)
    except StorageFailed:
        assert AtomicStorage(path).read() is None
        return True
    db = TinyDB(storage=lambda: storage)
    refused = not_yet = 0
    for change in CHANGES:
        try:
            change(db)
        except NotSavedYet:
            # Nothing was written, so that the same change may be tried, and goes well.
            not_yet += 1
            done = files.calls[-1 - files.calls[::-1].index("create") :]
            assert done in (["create", "remove"], ["create", "write", "close", "remove"])
            assert done == ["create", "remove"] or getattr(files.failure, "errno", 0) == errno.ENOSPC
            assert storage.read() == storage.acknowledged
            change(db)
        except StorageFailed:
            refused += 1
            assert storage.refusal
            calls = len(files.calls)
            with pytest.raises(StorageFailed):
                storage.write({"new": {}})
            assert len(files.calls) == calls
            assert storage.read() == storage.acknowledged
            assert db.tables() == set(storage.acknowledged or {})
    assert bool(refused) == (storage.refusal is not None)
    assert not (refused and not_yet)
    reopened = TinyDB(path, storage=AtomicStorage)
    assert reopened.storage.read() in (storage.acknowledged, storage.tried)
    assert list(path.parent.glob("*.tmp")) == []
    reopened.insert({"works": "again"})
    return len(files.calls) >= files.failing


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EMFILE])
def test_every_file_call_may_fail(tmp_path: Path, number: int, late: bool) -> None:
    failing = 1
    while True:
        folder = tmp_path / str(failing)
        folder.mkdir()
        files = FailingFiles(failing, OSError(number, os.strerror(number)), late=late)
        if not fault_at(folder / "s.json", files):
            break
        failing += 1
    assert failing > 8 * len(CHANGES)


def test_a_failed_sync_is_never_tried_again(tmp_path: Path) -> None:
    files = FailingFiles(7, OSError(errno.EIO, os.strerror(errno.EIO)))
    storage = AtomicStorage(tmp_path / "s.json", files=files)
    for words in ("one", "two"):
        with pytest.raises(StorageFailed, match="Saving failed: Input/output error" if words == "one" else "Nothing"):
            storage.write({"rounds": {"1": {"words": words * 3}}})
    assert files.calls == ["remove", "sync_folder", "read", "create", "write", "sync", "close", "remove"]


def test_an_interrupted_write_refuses_further_ones(tmp_path: Path) -> None:
    storage = AtomicStorage(tmp_path / "s.json", files=FailingFiles(6, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        storage.write({"rounds": {}})
    with pytest.raises(StorageFailed, match="cut off"):
        storage.write({"rounds": {}})
    assert storage.read() is None


def test_memory_is_never_ahead_of_the_disk(tmp_path: Path) -> None:
    files = FailingFiles(0, OSError(errno.EIO, os.strerror(errno.EIO)))
    db = TinyDB(tmp_path / "s.json", storage=AtomicStorage, files=files)
    answers = ["first"]
    db.insert({"step": "ideas", "answers": answers})
    answers.append("never stored")
    asked = where("step") == "ideas"
    assert db.search(asked)[0]["answers"] == ["first"]

    files.failing = len(files.calls) + 2
    for change in (
        lambda: db.update(lambda round_: round_["answers"].append("lost"), asked),
        lambda: db.upsert({"step": "ideas", "answers": []}, asked),
        lambda: db.remove(asked),
        lambda: db.insert({"step": "ideas"}),
        db.truncate,
        db.drop_tables,
    ):
        with pytest.raises(StorageFailed):
            change()
        assert db.search(asked) == db.all() == [{"step": "ideas", "answers": ["first"]}]


def test_a_change_that_breaks_half_way_changes_nothing(tmp_path: Path) -> None:
    db = TinyDB(tmp_path / "s.json", storage=AtomicStorage)
    db.insert_multiple([{"n": 1}, {"n": 2}])
    before = (tmp_path / "s.json").read_bytes()
    with pytest.raises(ValueError, match="not a Mapping"):
        db.insert_multiple([{"n": 3}, 4])
    with pytest.raises(TypeError):
        db.insert({"n": {1, 2}})
    with pytest.raises(ValueError, match="JSON compliant"):
        db.insert({"n": float("nan")})
    with pytest.raises(UnicodeEncodeError):
        db.insert({"n": "\ud800"})
    assert [row["n"] for row in db.all()] == [1, 2]
    assert (tmp_path / "s.json").read_bytes() == before
    db.insert({"n": 3})
    assert len(db) == 3


def test_the_file_is_ordinary_and_deterministic(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    AtomicStorage(one).write({"b": {"1": {"x": 1, "words": "café 日本"}}, "a": {}})
    AtomicStorage(two).write({"a": {}, "b": {"1": {"words": "café 日本", "x": 1}}})
    assert one.read_text() == '{"a": {}, "b": {"1": {"words": "café 日本", "x": 1}}}\n'
    assert one.read_bytes() == two.read_bytes()
    with TinyDB(one, encoding="utf-8") as stock:
        assert stock.table("b").get(doc_id=1) == {"words": "café 日本", "x": 1}


def test_an_unchanged_write_costs_nothing(tmp_path: Path) -> None:
    files = FailingFiles(0, OSError())
    storage = AtomicStorage(tmp_path / "s.json", files=files)
    storage.write({"rounds": {}})
    calls = len(files.calls)
    storage.write({"rounds": {}})
    assert len(files.calls) == calls


def test_a_short_write_is_carried_on_and_a_stuck_one_fails(tmp_path: Path) -> None:
    class Dribbling(Files):
        most = 3

        def write(self, handle: int, data: memoryview) -> int:
            return super().write(handle, data[: self.most])

    files = Dribbling()
    storage = AtomicStorage(tmp_path / "s.json", files=files)
    storage.write({"rounds": {"1": {"words": "more than three bytes"}}})
    assert AtomicStorage(tmp_path / "s.json").read() == storage.read()
    files.most = 0
    with pytest.raises(StorageFailed):
        storage.write({})


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    before = os.umask(0)
    try:
        AtomicStorage(path).write({})
        write_digest(path)
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_others_can_read_is_refused_with_its_cure(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "s.json"
    AtomicStorage(path).write({})
    path.chmod(mode)
    with pytest.raises(LooseMode, match=f"chmod 600 {path}"):
        AtomicStorage(path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("{}")
    elsewhere.chmod(0o600)
    (tmp_path / "s.json").symlink_to(elsewhere)
    with pytest.raises(StorageFailed):
        AtomicStorage(tmp_path / "s.json")
    storage = AtomicStorage(tmp_path / "t.json")
    (tmp_path / "t.json.tmp").symlink_to(elsewhere)
    with pytest.raises(StorageFailed):
        storage.write({"rounds": {}})
    assert elsewhere.read_text() == "{}"


def test_what_a_dead_host_left_is_removed_by_the_next_one_only(tmp_path: Path) -> None:
    path, left = tmp_path / "s.json", tmp_path / "s.json.tmp"
    AtomicStorage(path).write({"rounds": {}})
    left.write_text("half an ans")
    reader = AtomicStorage(path, read_only=True)
    assert reader.read() == {"rounds": {}}
    assert left.exists()
    with pytest.raises(StorageFailed, match="reading only"):
        reader.write({})
    AtomicStorage(path).write({})
    assert not left.exists()


def test_two_writers_never_share_a_temporary_file(tmp_path: Path) -> None:
    storage = AtomicStorage(tmp_path / "s.json")
    (tmp_path / "s.json.tmp").write_text("another's")
    with pytest.raises(StorageFailed, match="File exists"):
        storage.write({})
    assert (tmp_path / "s.json.tmp").read_text() == "another's"


def test_nothing_is_written_after_closing(tmp_path: Path) -> None:
    db = TinyDB(tmp_path / "s.json", storage=AtomicStorage)
    db.insert({"n": 1})
    db.close()
    with pytest.raises(StorageFailed, match="closed"):
        db.insert({"n": 2})
    assert len(db) == 1


def test_times_tell_the_date_and_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "s.json"
    db = TinyDB(path, storage=AtomicStorage, date=DAY)
    db.insert({"n": 1})
    for touched in (path, folder):
        assert (touched.stat().st_atime, touched.stat().st_mtime) == (NOON, NOON)
    os.utime(folder)
    write_digest(path, date=DAY)
    for touched in (folder, folder / "s.json.sha256"):
        assert touched.stat().st_mtime == NOON


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"rounds": 1}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StorageDamaged, match=str(path)):
        AtomicStorage(path)
    assert path.read_bytes() == content


def test_every_changed_byte_of_a_sealed_file_is_detected(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    AtomicStorage(path).write({"rounds": {str(n): {"words": "café"} for n in range(8)}})
    (tmp_path / "s.json.sha256.tmp").write_text("left by a dead host")
    write_digest(path)
    check_digest(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (tmp_path / "s.json.sha256").read_text() == f"{digest}  s.json\n"
    for file in (path, tmp_path / "s.json.sha256"):
        sealed = file.read_bytes()
        for index in range(len(sealed)):
            for bit in range(8):
                changed = bytearray(sealed)
                changed[index] ^= 1 << bit
                file.write_bytes(changed)
                with pytest.raises(StorageDamaged):
                    check_digest(path)
        for length_changed in (sealed[:-1], sealed + b"\n", b""):
            file.write_bytes(length_changed)
            with pytest.raises(StorageDamaged):
                check_digest(path)
        file.write_bytes(sealed)
        check_digest(path)


def test_a_missing_file_or_digest_is_not_sealed(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    with pytest.raises(StorageFailed):
        write_digest(path)
    with pytest.raises(StorageDamaged, match="missing"):
        check_digest(path)
    AtomicStorage(path).write({})
    with pytest.raises(StorageDamaged, match="no digest"):
        check_digest(path)


@pytest.mark.parametrize("failing", range(1, 9))
def test_a_digest_that_cannot_be_written_says_so(tmp_path: Path, failing: int) -> None:
    path = tmp_path / "s.json"
    AtomicStorage(path).write({"rounds": {}})
    with pytest.raises(StorageFailed, match="No space left"):
        write_digest(path, files=FailingFiles(failing, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    assert AtomicStorage(path).read() == {"rounds": {}}
    write_digest(path)
    check_digest(path)
