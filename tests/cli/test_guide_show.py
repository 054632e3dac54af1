"""`jwdt guide show`: nothing that a guide says is missing, field by field of its declarations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jwdt_xl.authoring import dump
from jwdt_xl.cli import main
from jwdt_xl.messages import LANGUAGES, Text
from jwdt_xl.standard.guide import Guide, from_dict, to_dict

from ..reports.test_guides import GUIDES, Expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GUIDES)
def test_each_value_of_a_guide_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    """GUIDES say something in every field there is (tests/reports/test_guides.py)."""
    guide = from_dict(GUIDES[name](), strict=True)
    path = tmp_path / "g.toml"
    path.write_text(dump(guide), encoding="utf-8")
    assert main(["guide", "show", str(path), "--lang", language]) == 0
    out = capsys.readouterr().out
    expected = Expected(language, Text("由企业填报", "entered by the enterprise"))
    expected.record(Guide, to_dict(guide))
    # cells of the table are wrapped: what stands in one column is read down it, too
    rows = [line.split("│")[1:-1] for line in out.splitlines() if line.startswith("│")]
    columns = [re.sub(r"\s", "", "".join(cells)) for cells in zip(*rows, strict=True)]
    whole = re.sub(r"\s", "", out) + "".join(columns)
    lost = [(where, text) for where, text in expected.texts if re.sub(r"\s", "", text) not in whole]
    # a fraction is shown in per cent
    lost = [
        (where, text)
        for where, text in lost
        if where != "Sureness.uncertainty" or f"{float(text) * 100:.15g}" not in whole
    ]
    # a pollutant is shown by its name in the language
    named = {each.pollutant: re.sub(r"\s", "", each.title[language == "en"]) for each in guide.required_pollutants}
    lost = [(w, text) for w, text in lost if w != "RequiredPollutant.pollutant" or named[text] not in whole]
    assert lost == []
    assert guide.sha256 in out


def test_an_option_that_is_stated_at_its_default_is_shown_with_whether_it_binds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = GUIDES["derivation"]() | {"options": {"gwp_set": "AR5", "score_cap": 1.25}, "open": ["score_cap"]}
    (tmp_path / "g.toml").write_text(dump(from_dict(data)), encoding="utf-8")
    assert main(["guide", "show", str(tmp_path / "g.toml"), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "GWP 取值: AR5（有约束力）" in out and "单项得分上限系数: 1.25（可自选）" in out
    assert "燃料缺省值表" not in out
