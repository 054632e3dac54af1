"""The portfolio as a web page: the workbook's figures, opened from its file in a real Chromium; names stay text."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.cli import main
from jwdt_xl.messages import LANGUAGES, SEVERITIES
from jwdt_xl.opening.outputs import is_ours, is_result
from jwdt_xl.portfolio.page.concerns import Concerns
from jwdt_xl.portfolio.page.write import script_json
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook.plan import VERSION

from .returns import Returns, uscc
from .sheets import lines

HERE = Path(__file__).parent
#: Names that try to be something else, and how a list shows them.
HOSTILE = {
    "</script><script>document.title='taken'</script>": None,
    "<img src=x onerror=\"document.title='taken'\">": None,
    "\"'`{{7*7}}${7*7}%{x}<!--": None,
    "<b>粗</b>&lt;i&gt;&amp;": None,
    "]]>--></style><svg onload=alert(1)>": None,
    "=HYPERLINK(\"http://example.invalid\")": None,
    "甲\u2028乙\u202e丙": "甲\\u2028乙\\u202e丙",
}  # fmt: skip
SHOWN = [shown or name for name, shown in HOSTILE.items()]
BUTTONS = ["存为图片", "框选放大", "平移", "放大", "缩小", "显示全部点", "恢复坐标轴"]


def data_of(page: Path) -> Any:
    """What a page holds, by its own script."""
    [found] = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    return json.loads(found)


def ranking_of(page: Path) -> list[dict[str, Any]]:
    ranking = data_of(page)["ranking"]
    keys = [key for key, _, _ in ranking["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in ranking["rows"]]


def put(inbox: Path, golden: Path, file: str, number: int, name: str, example: str = "cement", **more: Any) -> None:
    data = json.loads((golden / f"example_{example}.json").read_text(encoding="utf-8"))
    data["enterprise"] |= {"uscc": uscc(number), "name": name}
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / file).write_text(json.dumps({**data, **more}, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, returns: Returns, golden: Path) -> Path:
    """Ordinary returns, hostile names, and all that has no rank: missing, held back, held, rejected, skipped."""
    folder = tmp_path_factory.mktemp("page") / "in"
    for i in range(12):
        returns.write(folder / f"{i:02d}.xlsx", i, factor=0.8 + i / 30)
    for i, name in enumerate(HOSTILE):
        put(folder, golden, f"h{i}.json", 100 + i, name)
    put(folder, golden, "missing.json", 200, "缺数据的企业", product={"name": "水泥", "unit": "t"})
    put(folder, golden, "na.json", 201, "未评审的企业", "not_applicable")
    put(folder, golden, "rise.json", 202, "双升的企业", "both_rise")
    for name in ("甲", "乙"):  # one code, two names
        put(folder, golden, f"held_{name}.json", 203, name)
    (folder / "bad.xlsx").write_bytes(b"bad")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7")
    return folder


@pytest.fixture(scope="module")
def pages(inbox: Path) -> dict[str, Path]:
    """The page by language, beside the workbook of the same run."""
    found = {}
    for language in LANGUAGES:
        page = inbox.parent / language / "P.html"
        command = ["collect", str(inbox), "-o", str(page.with_suffix(".xlsx")), "--html", str(page), "--lang", language]
        assert main(command) == 1
        found[language] = page
    return found


def test_the_ranking_is_the_workbooks(pages: dict[str, Path]) -> None:
    page, sheet = ranking_of(pages["zh"]), lines(pages["zh"].with_suffix(".xlsx"), "ranking")
    assert [row["file"] for row in page] == [line["file"] for line in sheet]
    assert len(page) == 12 + len(HOSTILE) + 3
    for row, line in zip(page, sheet, strict=True):
        assert row["rank"] == line["rank"]
        assert [row[key] for key in SEVERITIES] == [line[key] for key in SEVERITIES]
        for key in (key for key in row if key.startswith(("total", "score_", "group_", "so_far"))):
            assert row[key] == (None if line[key] is None else pytest.approx(line[key], abs=0.005 + 1e-9)), key
        assert row["coverage"] == pytest.approx(100 * line["coverage"], abs=0.005)
        for key in ("uscc", "region", "reason"):
            assert row[key] == (line[key] or ""), key


def test_findings_and_files_are_the_workbooks(pages: dict[str, Path]) -> None:
    data, book = data_of(pages["zh"]), pages["zh"].with_suffix(".xlsx")
    files = [row["file"] for row in ranking_of(pages["zh"])]
    page = [
        (files[row], SEVERITIES[severity], where or files[row], data["findings"]["texts"][text])
        for row, severity, where, text, _ in data["findings"]["rows"]
    ]
    sheet = [(f["file"], f["severity"], f["where"], f["text"]) for f in lines(book, "findings")]
    graver = [line for line in sheet if line[1] != "info"]
    assert page[: len(graver)] == graver
    assert sorted(page) == sorted(sheet)  # the workbook puts notes that many have together
    assert len(page) > 50
    left = [line for line in lines(book, "files") if line["outcome"] != "已评价"]
    place = [data["files"]["columns"].index(title) for title in ("文件", "结果", "原因")]
    rows = [[row[i] for i in place] for row in data["files"]["rows"]]
    assert rows == [[line[key] for key in ("file", "outcome", "why")] for line in left]
    assert {outcome.partition(":")[0] for _, outcome, _ in rows} == {"拒绝", "跳过", "暂存"}
    assert "已评价 22 + 拒绝 1 + 跳过 1（" in data["head"][1] and data["head"][1].endswith("暂存 2")


def test_without_a_rank_is_never_0(pages: dict[str, Path]) -> None:
    data = data_of(pages["zh"])
    rows = {row["name"]: row for row in ranking_of(pages["zh"])}
    missing, held = rows["缺数据的企业"], rows["未评审的企业"]
    assert (missing["rank"], missing["total"]) == (None, None) and "有缺失项，没有总分" in missing["reason"]
    assert held["rank"] is None and held["total"] > 0 and held["reason"].startswith("暂不排名，待评审")
    assert not any(row["reason"] for row in rows.values() if row["rank"])
    place = [row["name"] for row in rows.values()].index("缺数据的企业")
    assert data["quadrants"]["rates"][place] is None
    counts = data["distribution"]
    assert sum(counts["ranked"]) == sum(row["rank"] is not None for row in rows.values()) == 20
    assert sum(counts["unranked"]) == 1 and counts["ranked"][0] == counts["unranked"][0] == 0
    for i, count in enumerate(counts["ranked"]):
        assert count == sum(10 * i <= row["total"] < 10 * i + 10 for row in rows.values() if row["rank"])
    facts = {label: value for label, value, _ in data["facts"]}
    totals = [row["total"] for row in rows.values() if row["rank"]]
    assert facts["平均总分"] == pytest.approx(float(np.mean(totals)), abs=0.01)


def test_indicators_by_the_workbooks_scores_and_weights(pages: dict[str, Path]) -> None:
    book = pages["zh"].with_suffix(".xlsx")
    scores = {line["file"]: line for line in lines(book, "ranking") if line["file"] != "na.json"}
    weights = {line["file"]: line for line in lines(book, "values")}
    for code, _, count, mean, lost in data_of(pages["zh"])["indicators"]:
        known = [
            (line[f"score_{code}"], weights[file][f"weight_{code}"])
            for file, line in scores.items()
            if line[f"score_{code}"] is not None
        ]
        assert count == len(known) >= 20
        assert mean == pytest.approx(sum(score for score, _ in known) / count, abs=0.0051)
        assert lost == pytest.approx(sum((100 - score) * weight for score, weight in known) / count, abs=0.0051)


def test_the_same_page_in_any_order_and_with_any_number_of_jobs(
    inbox: Path, pages: dict[str, Path], tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for i, file in enumerate(sorted(inbox.iterdir())):
        target = (one, other)[i % 2] / file.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(file, target)
    for folders, jobs in (((one, other), "2"), ((other, one), "1")):
        page = tmp_path / f"{jobs}.html"
        main(["collect", *map(str, folders), "-o", str(tmp_path / f"{jobs}.xlsx"), "--html", str(page), "--jobs", jobs])
        assert page.read_bytes() == pages["zh"].read_bytes()


def test_more_columns_where_asked_for(inbox: Path, tmp_path: Path) -> None:
    page = tmp_path / "P.html"
    command = ["collect", str(inbox), "-o", str(tmp_path / "P.xlsx"), "--html", str(page), "--coupling", "--interval"]
    assert main(command) == 1
    rows = ranking_of(page)
    assert all(row["total_low"] <= row["total"] <= row["total_high"] for row in rows if row["rank"])
    assert any(row["coupling"] for row in rows)


# The file


@given(st.recursive(st.text() | st.none() | st.floats(allow_nan=False, allow_infinity=False), st.lists))
def test_data_in_a_script(data: Any) -> None:
    text = script_json(data)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == data


@pytest.mark.parametrize("data", [float("nan"), float("inf")])
def test_no_number_is_no_data(data: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json([data])


def test_a_page_is_ours_and_no_return(pages: dict[str, Path], tmp_path: Path, golden: Path, capsys: Any) -> None:
    assert is_ours(str(pages["zh"])) and is_result(str(pages["zh"]))
    folder = tmp_path / "in"
    put(folder, golden, "a.json", 1, "jwdt-assessment")
    command = ["collect", str(folder), "-o", str(folder / "P.xlsx"), "--html", str(folder / "P.html")]
    for number in (1, 2):
        put(folder, golden, f"{number}.json", number + 1, f"企业{number}")
        assert main([*command, "--json"]) == 0
        out = json.loads(capsys.readouterr().out)
        assert (out["files"], out["scored"]) == (number + 1, number + 1)
    assert len(ranking_of(folder / "P.html")) == 3 and len(ranking_of(folder / "P.html.bak")) == 2


@pytest.mark.parametrize(
    "content", [b"<!DOCTYPE html><title>mine</title>", b'mine <meta name="generator" content="jwdt-xl">']
)
def test_nobody_elses_page_is_overwritten(tmp_path: Path, golden: Path, content: bytes, capsys: Any) -> None:
    put(tmp_path / "in", golden, "a.json", 1, "甲")
    page = tmp_path / "P.html"
    page.write_bytes(content)
    command = ["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx"), "--html", str(page)]
    assert main(command) == 2
    assert page.read_bytes() == content and "--force" in capsys.readouterr().err
    assert not (tmp_path / "P.xlsx").exists()
    assert main([*command, "--force"]) == 0
    assert (tmp_path / "P.html.bak").read_bytes() == content


@pytest.mark.parametrize("name", ["P", "P.xlsx", "P.html.txt", "P.pdf"])
def test_a_page_has_the_ending_of_one(tmp_path: Path, golden: Path, name: str, capsys: Any) -> None:
    put(tmp_path / "in", golden, "a.json", 1, "甲")
    command = ["collect", str(tmp_path / "in"), "-o", str(tmp_path / "Q.xlsx"), "--html", str(tmp_path / name)]
    assert main([*command, "--lang", "en"]) == 1
    assert ".html" in capsys.readouterr().err and [path.name for path in tmp_path.iterdir()] == ["in"]


def test_without_plotly_nothing_is_read(tmp_path: Path, golden: Path, monkeypatch: Any, capsys: Any) -> None:
    put(tmp_path / "in", golden, "a.json", 1, "甲")
    for name in [name for name in sys.modules if name.partition(".")[0] == "plotly"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "plotly", None)
    command = ["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx")]
    assert main([*command, "--html", str(tmp_path / "P.html")]) == 1
    assert "pip install 'jwdt-xl[report]'" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert main(command) == 0


# From a finding's place to indicators: by the note's table of indicators, what each is made of.

MADE_OF = {
    "pollutants": [1, 2], "own_equivalents": [1, 2], "greenhouse": [1, 3, 4], "activity": [1, 3, 4, 5], "energy": [5],
    "materials": [6], "residual_energy": [7], "products": [1, 2, 3, 6, 7], "product.output": [1, 2, 3, 6, 7],
    "output_value": [4], "policy": [8], "management": [9],
}  # fmt: skip
PLACES = {
    **MADE_OF,
    "energy[2].evidence": [5],
    "product.output.report": [1, 2, 3, 6, 7],
    "benchmarks.5": [5],
    "benchmarks.5.basis": [5],
    "not_applicable.7": [7],
    "indicators.9": [9],
    "value 3": [3],
    "污染物!D7": [1, 2],
    "Pollutants!D7": [1, 2],
    "附录B与自定当量值!B7": [1, 2],
    "能源与过程账单!C5": [1, 3, 4, 5],
    "企业信息!B21": [1, 2, 3, 6, 7],
    "Enterprise!B27": [4],
    "基准与权重!K9": [5],
    "指标与得分!G5": [1],
    # about the whole, or nothing that is known
    "企业信息!B6": [], "基准与权重!K40": [], "基准与权重!": [], "汇总!B3": [], "我的表!A1": [], "options.gwp_set": [], "periods.base": [],
    "benchmarks.99": [], "value x": [], "": [], "能源": [], "energy.xlsx 第 3 行": [], "product": [], "../energy": [], "!A1": [], "基准与权重!AAAA9": [],
}  # fmt: skip


def numbers(places: list[int]) -> list[int]:
    return [place + 1 for place in places]


@pytest.mark.parametrize("where", PLACES)
def test_what_a_finding_is_about(where: str) -> None:
    assert numbers(Concerns(builtin()).of(where, {"stamp": {"layout": str(VERSION)}})) == PLACES[where]


@pytest.mark.parametrize(("layout", "codes"), [("1", ()), ("", ()), (str(VERSION), {"moved"})])
def test_rows_of_other_layouts_tell_no_indicator(layout: str, codes: Any) -> None:
    concerns, row = Concerns(builtin()), {"stamp": {"layout": layout}}
    assert concerns.of("基准与权重!K9", row, codes) == concerns.of("企业信息!B21", row, codes) == []
    assert numbers(concerns.of("污染物!D7", row, codes)) == [1, 2]


@given(st.text())
def test_any_place_is_taken(where: str) -> None:
    assert set(Concerns(builtin()).of(where, {"stamp": {}})) <= set(range(9))


def test_the_map_of_a_portfolio(pages: dict[str, Path]) -> None:
    data = data_of(pages["zh"])
    codes = [code for code, *_ in data["indicators"]]
    about = {(where, tuple(codes[i] for i in places)) for _, _, where, _, places in data["findings"]["rows"]}
    assert {("基准与权重!K9", ("5",)), ("benchmarks.5.basis", ("5",)), ("污染物!D7", ("1", "2"))} <= about


# In the browser


@pytest.fixture(scope="module")
def browse(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Opens a page, takes steps, and gives back the answers: see page.mjs. Whatever it fetches or complains of is a failure."""
    folder = tmp_path_factory.mktemp("browser")

    def run(page: Path, *steps: dict[str, Any], language: str = "zh") -> list[Any]:
        job = {
            "playwright": str(parts / "node_modules" / "playwright-core"),
            "chromium": shutil.which("chromium"),
            "page": str(page),
            "locale": language,
            "steps": steps,
            "picture": "",
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        command = [shutil.which("node") or "node", HERE / "page.mjs", folder / "job.json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180)
        assert done.returncode == 0, done.stderr[-3000:]
        found = json.loads(done.stdout)
        assert (found["complaints"], found["requests"]) == ([], [])
        answers: list[Any] = found["answers"]
        return answers

    return run


def texts(selector: str) -> dict[str, str]:
    """The texts of all that a selector finds."""
    return {"ask": f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)"}


NAMES = texts("#ranking tbody td:nth-child(2)")
FINDINGS = texts("#findings tbody tr td:nth-child(2)")


def test_search_sort_and_the_findings_of_one(browse: Callable[..., Any], pages: dict[str, Path]) -> None:
    rows = ranking_of(pages["zh"])
    head = "#ranking th:nth-child(3) button"
    found = browse(
        pages["zh"],
        NAMES, {"fill": ["#search", "企业00000"]}, NAMES, texts("#shown"), {"fill": ["#search", uscc(101).lower()]}, NAMES,
        {"fill": ["#search", "ＮＡ．json"]}, NAMES, {"fill": ["#search", "nobody"]}, NAMES, {"fill": ["#search", ""]},
        {"click": head}, texts("#ranking tbody td:nth-child(3)"), {"click": head}, texts("#ranking tbody td:nth-child(3)"),
        {"fill": ["#search", "双升"]}, {"click": "#ranking tbody tr"}, FINDINGS, texts("#chosen"), texts("tr.chosen td:nth-child(2)"),
        {"fill": ["#search", "未评审"]}, {"press": "Tab"}, {"ask": "document.querySelector('#ranking tbody tr').focus()"},
        {"press": "Enter"}, texts("#chosen"), {"click": "#everything"}, FINDINGS,
        {"ask": "[document.documentElement.lang, document.title]"},
    )  # fmt: skip
    names = [row["name"] for row in rows]
    assert found[0] == [shown_name(name) for name in names]
    assert sorted(found[1]) == [f"企业{i:06d}" for i in range(10)] and found[2] == ["10 家，共 22 家"]
    assert found[3:6] == [[SHOWN[1]], ["未评审的企业"], []]
    totals = sorted((row["total"] for row in rows if row["total"] is not None), reverse=True)
    shown = [f"{total:.2f}" for total in totals]
    assert found[6:8] == [[*shown, "–"], [*reversed(shown), "–"]]
    errors = sum(rows[names.index("双升的企业")][key] for key in SEVERITIES)
    assert (
        found[8] == ["双升的企业"] * errors and found[9] == [f"双升的企业: {errors} 条"] and found[10] == ["双升的企业"]
    )
    assert found[-3][0].startswith("未评审的企业: ")
    assert len(found[-2]) == len(data_of(pages["zh"])["findings"]["rows"])
    assert found[-1] == ["zh-CN", "减污降碳协同评价汇总"]


def shown_name(name: str) -> str:
    return HOSTILE.get(name) or name


def test_what_has_no_rank_says_why(browse: Callable[..., Any], pages: dict[str, Path]) -> None:
    shown, classes, left = browse(
        pages["zh"], texts("#ranking tbody tr.unranked td:nth-child(-n+4)"), texts("#ranking tbody tr.unranked"),
        texts("#files tbody td:nth-child(1)"),
    )  # fmt: skip
    assert len(classes) == 2
    assert shown[:4] == ["–", "缺数据的企业", "–", shown[3]] and "有缺失项，没有总分" in shown[3]
    assert shown[4:6] == ["–", "未评审的企业"] and float(shown[6]) > 0 and "待评审" in shown[7]
    assert left == ["bad.xlsx", "held_乙.json", "held_甲.json", "paper.pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stay_text(browse: Callable[..., Any], pages: dict[str, Path], language: str) -> None:
    """In the table, in the findings, and in the label of a point; nothing of them runs, and no element is made of them."""
    rows = ranking_of(pages[language])
    point = next(i for i, row in enumerate(rows) if row["name"] == SHOWN[0])
    assert rows[point]["rank"]
    hover = "Plotly.Fx.hover('quadrants', [{curveNumber: 0, pointNumber: %d}])"
    label = {"ask": "document.querySelector('#quadrants .hovertext').textContent"}
    steps: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        if row["name"] in SHOWN:
            steps += [{"ask": hover % i}, {"wait": 50}, label]
    found = browse(
        pages[language], *steps,
        {"ask": "document.title"}, NAMES, {"click": "#everything"}, FINDINGS,
        {"ask": "[document.querySelectorAll('main img, main svg[onload], #quadrants b, #ranking b').length, document.scripts.length]"},
        language=language,
    )  # fmt: skip
    hovered = [answer for answer in found[: 2 * len(SHOWN)] if answer]
    assert len(hovered) == len(SHOWN)
    named = [row["name"] for row in rows if row["name"] in SHOWN]
    for name, said in zip(named, hovered, strict=True):
        assert said.startswith(name), (name, said)
    assert found[-4] in ("减污降碳协同评价汇总", "Portfolio")
    assert set(SHOWN) <= set(found[-3]) and set(SHOWN) <= set(found[-2])
    assert found[-1] == [0, 3]


def test_map_and_scatter_lead_to_findings(browse: Callable[..., Any], pages: dict[str, Path]) -> None:
    data = data_of(pages["zh"])
    about5 = [row for row in data["findings"]["rows"] if row[1] == 1 and 4 in row[4]]
    found = browse(
        pages["zh"],
        {"click": "#map button[data-indicator='4'][data-severity='1']"}, texts("#findings tbody tr td:nth-child(4)"), texts("#chosen"),
        {"click": ["#quadrants .point", 4, 4]}, texts("#chosen"), texts("tr.chosen td:nth-child(2)"), FINDINGS,
        texts("#map tbody td:first-child"),
        {"ask": "[...document.querySelectorAll('.modebar-btn')].map(b => b.dataset.title)"},
        {"ask": "document.querySelectorAll('#distribution .bars .point').length"},
        {"ask": "[...document.querySelectorAll('#quadrants .annotation-text')].map(e => e.textContent)"},
        {"ask": "document.querySelectorAll('#quadrants .shapelayer path').length"}, {"click": "#everything"},
        {"ask": "document.querySelectorAll('#quadrants .shapelayer path').length + document.querySelectorAll('tr.chosen').length"},
    )  # fmt: skip
    assert len(found[0]) == len(about5) > 10 and set(found[0]) == {data["findings"]["texts"][row[3]] for row in about5}
    assert found[1] == [f"5 非化石能源占一次能源消费比重 · 警告: {len(about5)} 条"]
    [chosen] = found[3]
    assert found[2] == [f"{chosen}: {len(found[4])} 条"] and set(found[4]) == {chosen}
    assert len(found[5]) == 10 and found[5][-1] == "不属于某一指标的"
    assert found[6] == BUTTONS * 2  # and none of plotly's that would send data to its makers
    assert found[7] >= 2
    rates = [pair for pair in data["quadrants"]["rates"] if pair]
    both = sum(x > 0 and y > 0 for x, y in rates)
    assert found[9:] == [1, 0]
    assert found[8][0] == f"减污又降碳 {both}" and sum(int(name.split()[-1]) for name in found[8]) == len(rates) == 21


def test_long_lists_come_in_parts(browse: Callable[..., Any], tmp_path: Path, pages: dict[str, Path]) -> None:
    """A page of many, made of another one's data."""
    text = pages["zh"].read_text(encoding="utf-8")
    data = data_of(pages["zh"])
    data["ranking"]["rows"] *= 40
    data["quadrants"]["rates"] *= 40
    many = tmp_path / "many.html"
    head, _, rest = text.partition('id="data">')
    many.write_text(f'{head}id="data">{script_json(data)}{rest[rest.index("</script>") :]}', encoding="utf-8")
    count = {"ask": "document.querySelectorAll('#ranking tr[data-place]').length"}
    more = {"click": "#ranking tbody tr:last-child button"}
    last = texts("#ranking tbody tr:last-child")
    found = browse(many, count, last, more, count, more, last, count)
    assert found == [300, ["再列 300 行（还有 580 行）"], 600, found[3], 880]


def test_a_portfolio_of_nobody(browse: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.xlsx").write_bytes(b"bad")
    page = tmp_path / "P.html"
    assert main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx"), "--html", str(page)]) == 1
    names, files, points = browse(page, NAMES, texts("#files tbody td:nth-child(1)"), texts("#quadrants .point"))
    assert (names, files, points) == ([], ["bad.xlsx"], [])
