"""The options: each [choice] of the method with its named alternatives and its default."""

from __future__ import annotations

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import power
from jwdt_xl.standard.guide.options import DEFAULTS, OPTIONS, Option, find_option

CONTRACT = {
    "synergy_basis": ("per_product", {"per_product", "total"}),
    "moderate_score": ("ratio", {"ratio", "distance", "cosine", "composite", "equivalent_rate"}),
    "gwp_set": ("AR5", {"AR2", "AR4", "AR5", "AR6"}),
    "fuel_table": ("B", {"A", "B"}),
    "electricity_coefficient": (0.1229, set()),
    "organic_overlap": ("largest", {"largest", "all"}),
    "equivalent_media": ("all", {"all", "air", "water"}),
    "grid_nonfossil_share": (0, set()),
    "score_cap": (1, set()),
    "synergy_floor": (0, set()),
    "full_rate": (None, set()),
    "carbon_equivalents": (None, set()),
    "grid_series": ("national_average", {name for name, _ in power.named_series()}),
    "grid_factor_year": ("not_after", {"not_after", "latest", "each"}),
}


def test_names_defaults_and_choices() -> None:
    found = {o.name: (o.default, set(o.values)) for o in OPTIONS}
    assert {name: found[name] for name in CONTRACT} == CONTRACT
    assert {o.name: o.default for o in OPTIONS if o.default is not None} == DEFAULTS


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_value_is_taken_and_named(option: Option) -> None:
    if option.default is not None:
        assert option.check(option.default) == option.default
    assert all(option.label_of(option.default))
    assert all(option.label) and all(option.help)
    for value in option.values or (option.minimum + 1e-9 * option.above, option.maximum):
        assert option.check(value) == value
        assert all(option.label_of(value))


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
@pytest.mark.parametrize("value", ["", "AR7", "0.5", None, True, -0.1, 1e9, float("nan"), [1]])
def test_other_values_are_refused(option: Option, value: object) -> None:
    with pytest.raises(JwdtError, match=f"^option {option.name} must be .*, got “"):
        option.check(value)


@pytest.mark.parametrize("name", ["full_rate", "carbon_equivalents"])
def test_what_divides_is_above_zero_and_has_no_default(name: str) -> None:
    assert name not in DEFAULTS
    with pytest.raises(JwdtError, match=f"option {name} must be > 0 … "):
        find_option(name).check(0)


def test_unknown_option() -> None:
    with pytest.raises(JwdtError, match=r"no option “gwp”; there are: synergy_basis, .*score_cap"):
        find_option("gwp")
