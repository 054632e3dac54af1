"""What cells say: options by words, numbers and letters, lists of them, ticks and ranks."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.questionnaire import annex_a
from jwdt_xl.survey.values import Options, plain, rank_in

from .conftest import question


@pytest.mark.parametrize(
    "number, text, options",
    [
        (1, "生产型企业", (1,)),
        (1, "manufacturing enterprise", (1,)),
        (1, "A", (1,)),
        (1, "A. 生产型企业", (1,)),
        (1, "1、生产型企业", (1,)),
        (1, "１", (1,)),
        (1, "A2", (2,)),
        (4, "不是", (2,)),
        (2, "碳市场管控的行业(发电、钢铁、水泥、有色、石化、化工、造纸、航空)", (1,)),
        (3, "其他国家部委、国家局及国务院直属机构", (9,)),
        (5, "环境、碳排放治理能力建设、企业经营状况┋社会贡献", (10, 8, 9)),
        (
            10,
            "水资源集约、循环利用,燃料替代,设立绿色基金、发行可持续债券，开展环境保护/碳排放管理体制建设",
            (7, 1, 10, 11),
        ),
        (10, "green funds and sustainable bonds, fuel substitution", (10, 1)),
        (5, "1,2,３;13", (1, 2, 3, 13)),
        (5, "ABM", (1, 2, 13)),
        (6, "污染物排放总量→环境治理相关荣誉", (1, 5)),
        (6, "5>4>1", (5, 4, 1)),
        (5, "1┋1", (1, 1)),
        (5, "16;3", ("16", 3)),
        (5, "社会贡献┋没有的选项", (9, "没有的选项")),
        (5, "abc、社会贡献、foo bar", ("abc", 9, "foo bar")),
        (1, "5", ("5",)),
        (1, "-1", ("-1",)),
        (1, "1.5", ("1.5",)),
        *((n, nothing, ()) for n in (1, 5, 6) for nothing in ("", "-3", "-2", "(跳过)", "（空）", "N/A", "nan")),
    ],
)
def test_options(number: int, text: str, options: tuple[int | str, ...]) -> None:
    assert Options(question(number)).said(plain(text)).options == options


def test_a_text_of_ones_own() -> None:
    assert Options(question(8)).said("其他（请补充）〖员工健康〗→经营表现") == ((4, 1), "员工健康")
    assert Options(question(8)).said("其他") == ((4,), "")
    assert Options(question(8)).said(plain("经营表现;其他：员工健康;")) == ((1, 4), "员工健康")
    assert Options(question(8)).said(plain("其他（请补充）：员工")) == ((4,), "员工")
    assert Options(question(3)).said(plain("其他：海关")) == (("其他:海关",), "")  # no question for a text of one's own


def test_all_options_of_a_question_joined_in_every_way() -> None:
    for q in annex_a().questions:
        everything = tuple(range(1, len(q.options) + 1))
        for language in (0, 1):
            for separator in ("┋", "→", ";", "、", ", ", "，", "|", "\n"):
                text = plain(separator.join(option[language] for option in q.options))
                assert Options(q).said(text).options == everything, (q.number, separator)


@pytest.mark.parametrize(
    "value, expected",
    [
        *((yes, True) for yes in ("1", 1, 1.0, True, "Y", "是", "√", "１", "土壤污染物排放水平", "4")),
        *((no, False) for no in ("", None, "0", 0, False, "N", "否", "-2", "-3")),
        *((unknown, None) for unknown in ("?", "2", "#N/A!", "社会贡献", -1)),
    ],
)
def test_ticks(value: object, expected: bool | None) -> None:
    """Option 4 of question 5; its own number and words are a tick too."""
    assert Options(question(5)).ticked(plain(value), 4) is expected


@pytest.mark.parametrize(
    "value, rank",
    [("1", 1), (2.0, 2), ("第３名", 3), ("2nd", 2), ("", None), (None, None), ("0", None), ("-2", None), ("1.5", "1.5"),
     ("x", "x"), ("-1", "-1"), ("99", 99), (1e99, plain(1e99))],
)  # fmt: skip
def test_ranks(value: object, rank: int | str | None) -> None:
    assert rank_in(plain(value)) == rank
