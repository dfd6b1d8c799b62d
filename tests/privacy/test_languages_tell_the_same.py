"""What people are told tells as much in each language as in English: neither more nor less.

Rooms that look alike in English look alike in every language, and rooms that don't look alike don't.
"""

from __future__ import annotations

from functools import cache

import pytest
from catalogues import PACKAGE, merged, read, tags
from lookalikes import kind, of_one_answer, of_orders, of_several
from test_promise import KINDS, RECORDS, ROOMS, said_of
from test_small_rooms import ONE_ANSWER, SEVERAL

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Released
from tisu_tui.core.translation import speaking

CASES = [*(each for each in ONE_ANSWER if each[1] <= 4), *(each for each in SEVERAL if each[1] <= 3)]
SIZES = (5, 8, 10)
# Pairs of texts that may be one in another language, since they mean the same and stand apart.
ALIKE = (
    {"fewer than a quarter", "under a quarter"},
    {"Answer", "The answer"},
    {"Middle answer", "The middle answer"},
    {"What we asked", "What we asked for"},
    {"Where we are", "Where we stand"},
    {"A break", "A pause"},
)


@cache
def _released(name: str, n: int, argument: str) -> tuple[Released, ...]:
    """All that can be let out of such a question in rooms of these sizes, each once."""
    activity = kind(name, n, argument=argument)
    lay_out = of_several if (name, n, argument) in SEVERAL else of_one_answer
    found = {told for people in SIZES for _counts, told in lay_out(activity, people).told}
    assert all(isinstance(each, Released) for each in found)
    return tuple(each for each in found if isinstance(each, Released))


def _told(name: str, n: int, argument: str, language: str) -> list[str]:
    with speaking(language):
        activity = kind(name, n, argument=argument)
        return [repr(list(activity.describe([released]))) for released in _released(name, n, argument)]


def _assert_alike(english: list[str], other: list[str]) -> None:
    assert english != other
    pairs = set(zip(english, other, strict=True))
    assert len(pairs) == len(set(english)) == len(set(other))


@pytest.mark.parametrize("case", CASES)
def test_a_result_tells_the_same_rooms_apart(case: tuple[str, int, str]) -> None:
    english = _told(*case, "en")
    for language in tags(PACKAGE):
        _assert_alike(english, _told(*case, language))


@pytest.mark.parametrize("language", tags(PACKAGE))
def test_an_order_tells_the_same_rooms_apart(language: str) -> None:
    released = {told for people in (5, 6) for _counts, told in of_orders(kind("rank", 3), people, partly=False).told}
    described = []
    for each in ("en", language):
        with speaking(each):
            activity = kind("rank", 3)
            described.append([repr(list(activity.describe([told]))) for told in released if isinstance(told, Released)])
    _assert_alike(*described)


@pytest.mark.parametrize("language", tags(PACKAGE))
def test_a_notice_tells_the_same_rules_apart(language: str) -> None:
    said: dict[str, list[str]] = {"en": [], language: []}
    for tongue, notices in said.items():
        with speaking(tongue):
            notices += [
                said_of(name, tier, people, record)
                for name, activity in KINDS.items()
                for tier in Tier
                if activity.tier is not Tier.ROOM or tier is Tier.ROOM
                for people in ROOMS
                for record in RECORDS.values()
            ]
    _assert_alike(said["en"], said[language])
    assert not set(said["en"]) & set(said[language])


@pytest.mark.parametrize("language", tags(PACKAGE))
def test_two_sentences_of_results_are_two_in_each_language(language: str) -> None:
    rooms = ("privacy/", "activities/", "core/released.py", "core/shown.py", "core/later.py", "memory/trend.py")
    of_results = [
        message
        for message in read(PACKAGE, language)
        if message.id and any(file.startswith(rooms) for file, _line in message.locations)
    ]
    assert len(of_results) > 300
    assert [pair for pair in merged(of_results) if set(pair) not in ALIKE] == []
