"""Does anything that was changed at random in a source break its reading? For some seconds here; see ``fuzzing``."""

from __future__ import annotations

import os
from collections import Counter

from pututu.rescue.tests import fuzzing

SECONDS = float(os.environ.get("PUTUTU_FUZZ_SECONDS", "20"))


def test_whatever_is_changed_in_a_source_is_told_and_never_breaks(tmp_path):
    for name, content in fuzzing.sources().items():
        (tmp_path / name).mkdir()
        fuzzing.try_one(name, content, tmp_path / name)
    counts: Counter[str] = Counter()
    for name, fault in fuzzing.tries(seed=20, seconds=SECONDS):
        assert not fault, fault
        counts[name] += 1
    assert len(counts) == len(fuzzing.sources())


def test_a_reader_that_breaks_is_seen(monkeypatch):
    def broken(_path):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(fuzzing, "open_source", broken)
    assert any("broken on purpose" in fault for _name, fault in fuzzing.tries(seed=1, seconds=0.5))
