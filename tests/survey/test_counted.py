"""Tallies of small surveys by hand, with people who skip; by kind of respondent."""

from __future__ import annotations

import pytest

from jwdt_xl.survey.counted import count

from .conftest import Write, taken

#: Kind, question 4, ranking 6 (options in their order), choice 5.
SMALL = [
    ["Q1", "Q4", "Q6", "Q5", "Q2", "Q3"],
    ["1", "1", "1→2→3", "1,2,3,4,5", "1", ""],
    ["1", "2", "2", "", "", ""],  # skips 5 and 2
    ["2", "1", "", "1,2,3,4,5,6,7", "", "3"],  # a department; skips 6
    ["4", "", "5→1", "9,10,11,12,13", "2", ""],
    ["", "1", "1→2→3→4→5", "1,2,3,4,5", "", ""],  # does not say of what kind
]


def test_by_hand(written: Write) -> None:
    found = count(taken(written(SMALL)))
    assert not found.aside
    tallies = {t.question.number: t for t in found.survey.tallies}
    assert (tallies[1].asked, tallies[1].answered, tallies[1].counts) == (5, 4, (2, 1, 0, 1))
    assert (tallies[4].asked, tallies[4].answered, tallies[4].counts) == (5, 4, (3, 1))
    assert tallies[4].shares == pytest.approx((0.6, 0.2))
    # question 2 is put to the three enterprises, question 3 to the department; of one person it is not known
    assert (tallies[2].asked, tallies[2].answered, tallies[2].shares[0]) == (3, 2, pytest.approx(1 / 3))
    assert (tallies[3].asked, tallies[3].answered, tallies[3].shares[2]) == (1, 1, 1.0)
    # question 6 has five options: a first place gives 5; four of five people answered
    assert (tallies[6].asked, tallies[6].answered) == (5, 4)
    assert tallies[6].composite == pytest.approx(
        ((5 + 0 + 4 + 5) / 4, (4 + 5 + 0 + 4) / 4, (3 + 0 + 0 + 3) / 4, (0 + 0 + 0 + 2) / 4, (0 + 0 + 5 + 1) / 4)
    )
    assert tallies[5].counts == (3, 3, 3, 3, 3, 1, 1, 0, 1, 1, 1, 1, 1)
    assert found.answers == (4 + 2 + 1 + 4 + 4 + 4, 0)


def test_by_kind_of_respondent(written: Write) -> None:
    found = count(taken(written(SMALL)))
    assert found.people == {0: 1, 1: 2, 2: 1, 4: 1}
    six = {kind: next(t for t in tallies if t.question.number == 6) for kind, tallies in found.groups.items()}
    assert six[1].composite == pytest.approx((5 / 2, (4 + 5) / 2, 3 / 2, 0, 0))
    assert six[2].composite == () and six[2].answered == 0
    for number in range(1, 11):
        whole = found.survey.tally(number)
        parts = [next(t for t in tallies if t.question.number == number) for tallies in found.groups.values()]
        assert whole.answered == sum(part.answered for part in parts)
        assert whole.counts == tuple(map(sum, zip(*(part.counts for part in parts), strict=True)))


def test_a_question_without_a_column_was_not_put(written: Write) -> None:
    """Two files, of which one lacks question 4: its people are no part of the denominator."""
    one = written([["Q1", "Q4"], ["1", "1"], ["1", ""]], "a.csv")
    two = written([["Q1"], ["1"], ["2"]], "b.csv")
    found = count(taken(one, two))
    four = found.survey.tally(4)
    assert (four.asked, four.answered, four.shares[0]) == (2, 1, 0.5)
    assert found.survey.tally(2).asked == 0
    assert {(f.where, f.code) for f in found.findings if f.code == "no-column"} >= {("b.csv", "no-column")}
