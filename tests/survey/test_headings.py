"""Which heading of an export means what."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.questionnaire import annex_a
from jwdt_xl.survey.headings import ID, NUMBER, OPTION, OWN, PLACE, TIME, WHOLE, Headings

HEADINGS = Headings(annex_a())


@pytest.mark.parametrize(
    "heading, kind, number, index",
    [
        ("1、您的工作单位是什么？", WHOLE, 1, 0),
        ("您的工作单位是什么", WHOLE, 1, 0),
        ("What kind of organisation do you work for?", WHOLE, 1, 0),
        ("Q1", WHOLE, 1, 0),
        ("q01", WHOLE, 1, 0),
        ("Ｑ１", WHOLE, 1, 0),
        ("第1题", WHOLE, 1, 0),
        ("Question 1", WHOLE, 1, 0),
        ("7", WHOLE, 7, 0),
        ("2.【单选】若为企业，请问贵司所属行业是什么?", WHOLE, 2, 0),
        ("10. 请勾选您认为企业为实现减污降碳协同增效应采取的必要手段、措施：【多选，16选10】", WHOLE, 10, 0),
        ("6、您认为，基于代表性和可比性原则，以下哪些", WHOLE, 6, 0),
        ("您最关心企业开展减污降碳协同增效工作…", WHOLE, 8, 0),
        ("13、您的工作单位是什么？", WHOLE, 1, 0),  # the words count, not the tool's number
        ("第5题(企业经营状况)", OPTION, 5, 8),
        ("第８题（经营表现）", OPTION, 8, 1),
        ("8、您最关心企业开展减污降碳协同增效工作后，以下哪方面表现的提升？(其他（请补充）)", OPTION, 8, 4),
        ("10、请勾选您认为企业为实现减污降碳协同增效应采取的必要手段、措施：:燃料替代", OPTION, 10, 1),
        ("6. By representativeness and comparability, which indicators best reflect an enterprise's performance in "
         "pollutant control? [awards for environmental control]", OPTION, 6, 5),
        ("Q5[SQ003]", OPTION, 5, 3),
        ("G01Q05[SQ003]", OPTION, 5, 3),
        ("Q5_13", OPTION, 5, 13),
        ("5.3", OPTION, 5, 3),
        ("Q6[1]", OPTION, 6, 1),
        ("Q6 [Ranking 2]", PLACE, 6, 2),
        ("Q6[排名 2]", PLACE, 6, 2),
        ("第6题(第2位)", PLACE, 6, 2),
        ("Q8[other]", OWN, 8, 0),
        ("Q8 其他文本", OWN, 8, 0),
        ("序号", NUMBER, 0, 0),
        ("Response ID", NUMBER, 0, 0),
        ("受访者编号", ID, 0, 0),
        ("提交答卷时间", TIME, 0, 0),
        ("Date submitted", TIME, 0, 0),
    ],
)  # fmt: skip
def test_headings(heading: str, kind: str, number: int, index: int) -> None:
    assert HEADINGS.column(heading) is not None
    assert HEADINGS.column(heading)[:3] == (kind, number, index)  # type: ignore[index]


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "来自IP",
        "所用时间",
        "11、您的年龄",
        "Q11",
        "Q0",
        "12",
        "3. 您的性别",
        "Q5[14]",
        "Q5[SQ099]",
        "总分",
        "Q4 是否同意",
    ],
)
def test_headings_of_something_else(heading: str) -> None:
    """A number before other words is no question of ours: nothing is guessed."""
    assert HEADINGS.column(heading) is None


def test_every_title_and_option_is_known_in_both_languages() -> None:
    for q in annex_a().questions:
        for title in q.text:
            assert HEADINGS.column(title)[:2] == (WHOLE, q.number)  # type: ignore[index]
            assert HEADINGS.column(f"{q.number}、{title}")[:2] == (WHOLE, q.number)  # type: ignore[index]
        for place, option in enumerate(q.options, 1):
            for name in option:
                for form in (f"第{q.number}题({name})", f"{q.number}、{q.text.zh}({name})", f"Q{q.number} [{name}]"):
                    assert HEADINGS.column(form)[:3] == (OPTION, q.number, place), form  # type: ignore[index]
