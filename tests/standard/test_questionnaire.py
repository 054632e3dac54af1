"""The survey of annex A: its questions as printed, checks of answers, tallies by hand, and weights from them."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from jwdt_xl.errors import JwdtError, Missing
from jwdt_xl.messages import ERROR, INFO, WARNING
from jwdt_xl.standard import questionnaire as survey
from jwdt_xl.standard.questionnaire import Answer, Link, Respondent, Survey, annex_a, survey_weights, tally, validate

ENTERPRISE, GOVERNMENT, FINANCE, SERVICES = 1, 2, 3, 4


def people(*answers: Mapping[int, Answer]) -> list[Respondent]:
    return [Respondent(f"row {place}", answer) for place, answer in enumerate(answers, 1)]


def codes(found: Survey) -> list[tuple[str, str]]:
    return [(finding.where, finding.code) for finding in found.findings]


def question(number: int) -> survey.Question:
    return annex_a().question(number)


# As printed


def test_option_counts() -> None:
    assert [len(q.options) for q in annex_a().questions] == [4, 6, 9, 2, 13, 5, 8, 4, 5, 15]
    assert [q.number for q in annex_a().questions] == list(range(1, 11))


def test_kinds_limits_and_conditions() -> None:
    kinds = [q.kind for q in annex_a().questions]
    assert kinds == ["single"] * 4 + ["multiple"] + ["ranking"] * 4 + ["multiple"]
    assert {q.number: (q.minimum, q.maximum) for q in annex_a().questions if q.maximum} == {5: (5, 7), 10: (10, 10)}
    assert {q.number: q.asked_options for q in annex_a().questions if q.asked_question} == {2: (1, 3, 4), 3: (2,)}
    assert {q.number: q.free_text for q in annex_a().questions if q.free_text} == {8: 4}
    assert question(10).mark == "多选，16选10" and "15" in question(10).note.zh and "15" in question(10).note.en
    assert question(5).limit == ("选 5–7 项", "choose 5–7")
    assert question(10).limit == ("恰选 10 项", "choose exactly 10")
    assert question(1).limit == ("", "")


def test_texts_are_whole_and_in_both_languages() -> None:
    for q in annex_a().questions:
        texts = [q.text, *q.options]
        assert all(zh and en and zh != en for zh, en in texts)
        assert not any("一" <= letter <= "鿿" for _, en in texts for letter in en)
        assert len(set(q.options)) == len(q.options)
        assert q.mark.startswith(survey.KIND_NAMES[q.kind].zh)
    assert question(1).options[2].zh == "基金公司、券商等金融服务机构"
    assert question(3).options[8].zh == "其他国家部委、国家局及国务院直属机构"
    assert question(8).options[3].zh == "其他（请补充）"
    assert question(10).options[9].zh == "设立绿色基金、发行可持续债券"


def test_a_question_that_does_not_exist() -> None:
    with pytest.raises(JwdtError, match="no question 11"):
        annex_a().question(11)
    with pytest.raises(JwdtError, match="no question 11"):
        tally(annex_a(), []).tally(11)


# One answer


@pytest.mark.parametrize(
    "number, answer",
    [
        (1, None),
        (1, 4),
        (1, [4]),
        (5, None),
        (5, ()),
        (5, [1, 2, 3, 4, 5]),
        (5, (13, 12, 11, 10, 9, 8, 7)),
        (5, {1, 2, 3, 4, 5, 6}),
        (10, range(1, 11)),
        (6, {}),
        (6, {3: 1}),
        (6, {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}),
    ],
)
def test_answers_that_are_fine(number: int, answer: Answer) -> None:
    assert validate(question(number), answer) == ()


@pytest.mark.parametrize(
    "number, answer, code, words",
    [
        (1, 5, "unknown-option", "question 1 has no option “5” (there are 4)"),
        (1, 0, "unknown-option", "no option “0”"),
        (1, "是", "unknown-option", "no option “是”"),
        (1, True, "unknown-option", "no option “True”"),
        (1, [1, 2], "out-of-limit", "choose one, got 2"),
        (5, [1, 2, 3, 4], "out-of-limit", "question 5: choose 5–7, got 4"),
        (5, range(1, 9), "out-of-limit", "choose 5–7, got 8"),
        (5, 3, "out-of-limit", "got 1"),
        (5, [1, 2, 3, 4, 14], "unknown-option", "“14”"),
        (5, [1, 2, 3, 4, 4], "option-twice", "option 4 is chosen twice"),
        (10, range(1, 10), "out-of-limit", "choose exactly 10, got 9"),
        (10, range(1, 12), "out-of-limit", "choose exactly 10, got 11"),
        (10, [*range(1, 10), 16], "unknown-option", "no option “16” (there are 15)"),
        (6, {1: 1, 2: 1}, "rank-twice", "options 1 and 2 both have rank 1"),
        (6, {1: 6}, "bad-rank", "rank of option 1 must be a whole number 1–5, got “6”"),
        (6, {1: 1.5}, "bad-rank", "“1.5”"),
        (6, {9: 1}, "unknown-option", "“9”"),
        (6, [1, 2], "not-ranked", "needs the ranks"),
        (6, 1, "not-ranked", "needs the ranks"),
    ],
)
def test_answers_kept_aside(number: int, answer: Answer, code: str, words: str) -> None:
    (finding,) = validate(question(number), answer, where="row 7 Q")
    assert (finding.severity, finding.code, finding.where) == (ERROR, code, "row 7 Q")
    assert words in finding.text.en and finding.text.en.endswith("this answer is kept aside")
    assert "回答另存" in finding.text.zh


def test_the_condition() -> None:
    assert validate(question(2), 1, asked=True) == ()
    assert validate(question(2), None, asked=False) == ()
    assert [f.code for f in validate(question(2), 1, asked=False)] == ["not-asked"]
    assert [f.code for f in validate(question(2), 1, asked=None)] == ["respondent-unknown"]


@pytest.mark.parametrize(
    "kind, enterprise, government",
    [
        (ENTERPRISE, True, False),
        (GOVERNMENT, False, True),
        (FINANCE, True, False),
        (SERVICES, True, False),
        (None, None, None),
        (9, None, None),
        ([1, 2], None, None),
        ([2], False, True),
    ],
)
def test_who_is_asked(kind: Answer, enterprise: bool | None, government: bool | None) -> None:
    answers = {1: kind}
    assert survey.is_asked(question(2), annex_a(), answers) is enterprise
    assert survey.is_asked(question(3), annex_a(), answers) is government
    assert survey.is_asked(question(4), annex_a(), answers) is True


@pytest.mark.parametrize(
    "answer, text, expected",
    [
        ({4: 1}, "员工健康", []),
        ({4: 1}, " ", [(INFO, "text-missing")]),
        ({1: 1}, "员工健康", [(WARNING, "text-without-option")]),
        (None, "员工健康", [(WARNING, "text-without-option")]),
        ({1: 1, 4: 3}, "员工健康", [(WARNING, "rank-gap")]),
        ({1: 1}, "", []),
    ],
)
def test_remarks_on_question_8(answer: Answer, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.severity, f.code) for f in validate(question(8), answer, text=text)] == expected


# Tallies


def test_choices_by_hand() -> None:
    """Five people: three enterprises, one of which skips question 2, one department, one without question 1."""
    found = tally(
        annex_a(),
        people({1: 1, 2: 1, 4: 1}, {1: 1, 2: 2, 4: 1}, {1: 4, 4: 2}, {1: 2, 3: 3}, {4: 1}),
    )
    assert found.findings == ()
    first, second, third, fourth = (found.tally(number) for number in (1, 2, 3, 4))
    assert (first.asked, first.answered, first.counts) == (5, 4, (2, 1, 0, 1))
    assert (second.asked, second.answered, second.counts) == (3, 2, (1, 1, 0, 0, 0, 0))
    assert second.shares[:3] == pytest.approx((1 / 3, 1 / 3, 0))
    assert (third.asked, third.counts[2], third.shares[2]) == (1, 1, 1.0)
    assert (fourth.asked, fourth.answered, fourth.counts) == (5, 4, (3, 1))
    assert fourth.shares == pytest.approx((0.6, 0.2))


def test_rankings_by_hand() -> None:
    """Question 6 has five options: first gives 5 points. Three people answer, one skips, one ranks twice."""
    found = tally(
        annex_a(),
        people({6: {1: 1, 2: 2, 3: 3}}, {6: {2: 1}}, {6: None}, {6: {1: 2, 2: 1, 5: 3}}, {6: {1: 1, 2: 1}, 4: 1}),
    )
    sixth = found.tally(6)
    assert (sixth.asked, sixth.answered, sixth.aside) == (5, 3, 1)
    assert sixth.counts == (2, 3, 1, 0, 1)
    assert sixth.composite == pytest.approx(((5 + 0 + 4) / 3, (4 + 5 + 5) / 3, 3 / 3, 0, 3 / 3))
    assert sixth.scores == sixth.composite
    assert codes(found) == [("row 5 Q6", "rank-twice")]
    assert found.tally(4).counts == (1, 0)  # the person's other answers count


def test_answers_aside_do_not_count() -> None:
    found = tally(annex_a(), people({5: [1, 2, 3]}, {5: [1, 2, 3, 4, 5]}, {1: 2, 2: 1}, {2: 1}, {99: 1}))
    assert codes(found) == [
        ("row 1 Q5", "out-of-limit"),
        ("row 3 Q2", "not-asked"),
        ("row 4 Q2", "respondent-unknown"),
        ("row 5", "unknown-question"),
    ]
    fifth = found.tally(5)
    assert (fifth.asked, fifth.answered, fifth.aside) == (5, 1, 1)
    assert fifth.counts == (1, 1, 1, 1, 1, *[0] * 8)
    assert (found.tally(2).asked, found.tally(2).answered, found.tally(2).aside) == (0, 0, 2)


def test_texts_of_their_own() -> None:
    found = tally(
        annex_a(),
        [
            Respondent("a", {8: {4: 1}}, {8: " 员工健康 "}),
            Respondent("b", {8: {4: 1, 1: 1}}, {8: "另存"}),
            Respondent("c", {8: {1: 1}}),
        ],
    )
    assert found.tally(8).texts == ("员工健康",)
    assert codes(found) == [("b Q8", "rank-twice")]


def test_nobody() -> None:
    found = tally(annex_a(), [])
    assert len(found.tallies) == 10
    assert found.tally(4).shares == (None, None)
    assert found.tally(6).scores == (None,) * 5


def test_by_kind_of_respondent() -> None:
    groups = survey.breakdown(annex_a(), people({1: 1, 4: 1}, {1: 2, 4: 2}, {1: 1, 4: 2}, {4: 1}, {1: 7}))
    assert list(groups) == [0, 1, 2]
    assert {kind: tallies[3].counts for kind, tallies in groups.items()} == {0: (1, 0), 1: (1, 1), 2: (0, 1)}
    assert {kind: tallies[3].asked for kind, tallies in groups.items()} == {0: 2, 1: 2, 2: 1}


def test_ten_thousand_answers() -> None:
    rng = random.Random(1)

    def person(place: int) -> Respondent:
        answers: dict[int, Answer] = {1: place % 4 + 1, 4: 1, 5: rng.sample(range(1, 14), 6)}
        answers[3 if place % 4 == 1 else 2] = 1
        for number in (6, 7, 8, 9):
            options = len(question(number).options)
            ranked = rng.sample(range(1, options + 1), rng.randint(0, options))
            answers[number] = {option: rank for rank, option in enumerate(ranked, 1)}
        answers[10] = rng.sample(range(1, 16), 10)
        return Respondent(f"row {place}", answers, {8: "补充"})

    found = tally(annex_a(), map(person, range(10000)))
    assert not any(finding.severity == ERROR for finding in found.findings)
    assert (found.tally(2).asked, found.tally(3).asked) == (7500, 2500)
    assert sum(found.tally(10).counts) == 100000
    assert sum(found.tally(5).counts) == 60000
    seventh = found.tally(7)
    assert seventh.answered < 10000
    assert all(score is not None and 0 < score < 8 for score in seventh.scores)


# Weights


RANKED = people({6: {1: 1, 2: 2}, 9: {1: 1}}, {6: {1: 1, 3: 2}, 5: [1, 2, 3, 4, 5]}, {})


def test_weights_from_a_survey_by_hand() -> None:
    """Scores of question 6: 5, 2, 2, 0, 0. Indicator 2 has options 1 and 4, indicator 3 option 2, indicator 4 option 3."""
    links = [Link(6, 1, "2"), Link(6, 4, "2"), Link(6, 2, "3"), Link(6, 3, "4")]
    weights = survey_weights(tally(annex_a(), RANKED), links, ["2", "3", "4"])
    assert [w.indicator for w in weights] == ["2", "3", "4"]
    assert [w.score for w in weights] == pytest.approx([5, 2, 2])
    assert [w.weight for w in weights] == pytest.approx([5 / 9, 2 / 9, 2 / 9])
    assert weights[0].parts == ((links[0], 5.0), (links[1], 0.0))


def test_one_option_for_two_indicators_and_shares() -> None:
    found = tally(annex_a(), RANKED)
    both = survey_weights(found, [Link(6, 1, "a"), Link(6, 1, "b")], ["a", "b"])
    assert [w.weight for w in both] == [0.5, 0.5]
    shares = survey_weights(found, [Link(5, 1, "a"), Link(5, 13, "b")], ["a", "b"])
    assert [(w.weight, w.score) for w in shares] == [(1.0, pytest.approx(1 / 3)), (0.0, 0.0)]


@pytest.mark.parametrize(
    "links, message",
    [
        ([Link(6, 1, "a")], "indicator “b” has no option"),
        ([], "indicator “a, b” has no option"),
        ([Link(6, 6, "a"), Link(6, 1, "b")], "question 6 has no option 6"),
        ([Link(11, 1, "a"), Link(6, 1, "b")], "no question 11"),
        ([Link(6, 1, "a"), Link(6, 2, "c")], "no indicator “c”"),
        ([Link(6, 1, "a"), Link(6, 1, "a"), Link(6, 2, "b")], "option 1 of question 6 is mapped to “a” twice"),
        ([Link(6, 1, "a"), Link(5, 1, "b")], "cannot be added"),
        ([Link(6, 4, "a"), Link(6, 5, "b")], "scores of all mapped options are 0"),
    ],
)
def test_mappings_refused(links: list[Link], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        survey_weights(tally(annex_a(), RANKED), links, ["a", "b"])


def test_a_question_nobody_answered_gives_no_weight() -> None:
    with pytest.raises(Missing, match="nobody answered question 7"):
        survey_weights(tally(annex_a(), RANKED), [Link(7, 1, "a")], ["a"])
