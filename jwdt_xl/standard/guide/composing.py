"""What makes inputs and own formulas of a guide wrong: names, units, periods, and what a form takes."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import Text, joined
from ..composed import NEEDED, NONE, Form
from ..formulas import COMPOSED, ENTERED, FORMULAS
from ..names import alike, fold
from ..quantities import QUANTITIES, Quantity, key_of
from ..record import Errors, short
from .inputs import PERIODS, REPORT
from .nodes import LONGEST_CODE, Node
from .product_unit import OUTPUT, goes_with_output, stated
from .subjects import CITY
from .tree import Guide

#: Labels of a form and names in sentences; terms of one sum, which formulas of a workbook list several times.
LONGEST, MOST_TERMS = 100, 20


def check(guide: Guide, found: Errors) -> None:
    _check_inputs(guide, found)
    leaves = {node.code for node in guide.leaves}
    for i, node in enumerate(guide.nodes):
        form = node.algorithm.form if node.code in leaves else None
        if form is not None:
            _check_formula(guide, node, form, f"nodes[{i}]", found)
        elif node.of or node.over or node.times != 1:
            text = Text(
                "计入的量、除以的量、乘以只用于自定算法(sum、quotient、share、reduction、growth)",
                "of, over and times go with own formulas only (sum, quotient, share, reduction, growth)",
            )
            found.add(f"nodes[{i}].of", text, "bad-own-formula")


def _check_inputs(guide: Guide, found: Errors) -> None:
    seen = {key.lower() for key in QUANTITIES}
    for i, each in enumerate(guide.inputs):
        where, code = f"inputs[{i}]", each.code
        if (
            not (code.isascii() and code.replace("_", "").isalnum() and len(code) <= LONGEST_CODE)
            or code.lower() in seen
        ):
            text = Text(
                "填报量的代码须为字母、数字、下划线，至多 {k} 个，不与其他填报量和已有的量重复，实为“{v}”",
                "the code of an input must be letters, digits, _, at most {k}, neither another input's nor a known quantity's, got “{v}”",
            )
            found.add(f"{where}.code", text.fill(k=LONGEST_CODE, v=short(code)), "bad-input-of-guide")
        seen.add(code.lower())
        for field, said, label in (
            ("name", each.name, Text("名称", "name")),
            ("unit", each.unit, Text("单位", "unit")),
        ):
            if not any(said):
                text = Text("填报量缺少{n}", "an input needs its {n}").fill(n=label)
                found.add(f"{where}.{field}_zh", text, "bad-input-of-guide")
            elif max(map(len, said)) > LONGEST:
                text = Text("{n}至多 {k} 字，实为“{v}”", "a {n} has at most {k} characters, got “{v}”")
                found.add(f"{where}.{field}_zh", text.fill(n=label, k=LONGEST, v=said), "bad-input-of-guide")
        if each.periods not in PERIODS:
            text = Text("时期须为 both 或 report，实为“{v}”", "periods must be both or report, got “{v}”")
            found.add(f"{where}.periods", text.fill(v=short(each.periods)), "bad-input-of-guide")


def _check_formula(guide: Guide, node: Node, form: Form, where: str, found: Errors) -> None:
    known = guide.quantities
    told = len(found.findings)
    for field, names in (("of", node.of), ("over", node.over)):
        _check_names(guide, names, f"{where}.{field}", found)
    if len(found.findings) > told:
        return
    for field, wrong, text in (
        ("of", not node.of, _NEEDS.fill(f=form.key, n=Text("计入的量(of)", "of: what is added above the line"))),
        ("over", not node.over and form.over == NEEDED,
         _NEEDS.fill(f=form.key, n=Text("除以的量(over)", "over: what it is divided by"))),
        ("over", bool(node.over) and form.over == NONE, _TAKES_NONE.fill(f=form.key, n="over")),
        ("times", node.times != 1 and not form.times, _TAKES_NONE.fill(f=form.key, n="times")),
        ("over", bool(node.over) and set(node.of) == set(node.over),
         Text("计入的量与除以的量相同，结果总是一个数", "of and over are the same: always one number")),
    ):  # fmt: skip
        if wrong:
            found.add(f"{where}.{field}", text, "bad-own-formula")
    sums = [(*node.of, *node.over)] if form.key == "share" else [node.of, node.over]
    for field, names in zip(("of", "over"), sums, strict=False):
        quantities = [known[key_of(name)] for name in names]
        others = [quantity for quantity in quantities if quantity.key != OUTPUT]
        if len(others) < len(quantities):
            _check_output(guide, node, others, f"{where}.{field}", found)
        _check_units(others, f"{where}.{field}", found)
    if form.percent and not all("%" in unit or "％" in unit for unit in node.unit):
        text = Text(
            "此算法的结果以 % 计，单位须为 %，实为“{u}”", "this formula counts in %, its unit must be %, got “{u}”"
        )
        found.add(f"{where}.unit_zh", text.fill(u=node.unit), "own-formula-units")
    if form.both_periods:
        once = [each.name for each in guide.inputs if each.periods == REPORT and each.key in node.needs]
        if once:
            text = Text(
                "算法 {f} 与基准期比较，“{n}”却只填报告期；请把时期改为两期(both)",
                "formula {f} compares with the base period, “{n}” is asked for the report period only; make its periods both",
            )
            found.add(f"{where}.of", text.fill(f=form.key, n=joined(once)), "bad-own-formula")


_NEEDS = Text("算法 {f} 须有{n}", "formula {f} needs {n}")
_TAKES_NONE = Text("算法 {f} 不用 {n}，请删去", "formula {f} takes no {n}: take it out")


def _check_names(guide: Guide, names: Sequence[str], where: str, found: Errors) -> None:
    """Each is an input or a known quantity, once."""
    for name in names:
        if key_of(name) not in guide.quantities:
            text = Text(
                "没有“{v}”{h}；填报量有：{i}；已有的量有：{q}；一格中的几项以“；”分隔",
                "there is no “{v}”{h}; inputs: {i}; known quantities: {q}; several in a cell are parted by “;”",
            )
            inputs = joined(
                [Text(f"{each.code} {each.name.zh}", f"{each.code} {each.name.en}") for each in guide.inputs]
            )
            listed = ", ".join(QUANTITIES)
            found.add(
                where,
                text.fill(
                    v=short(name),
                    h=alike(name, [*(each.code for each in guide.inputs), *QUANTITIES]),
                    i=inputs if guide.inputs else "–",
                    q=listed,
                ),
                "unknown-quantity",
            )
    if len({name.lower() for name in names}) < len(names) or len(names) > MOST_TERMS:
        text = Text("每个量只列一次，至多 {k} 个", "each quantity once, at most {k}")
        found.add(where, text.fill(k=MOST_TERMS), "bad-own-formula")


def _check_units(quantities: Sequence[Quantity], where: str, found: Errors) -> None:
    """What is added has one unit."""
    for other in quantities[1:]:
        if not {fold(unit) for unit in other.unit} & {fold(unit) for unit in quantities[0].unit}:
            text = Text(
                "“{a}”以 {u} 计，“{b}”以 {v} 计，不能相加或相比；请让企业以同一单位填报",
                "“{a}” is in {u}, “{b}” in {v}: they cannot be added or be parts of one whole; ask for them in one unit",
            ).fill(a=quantities[0].name, u=quantities[0].unit, b=other.name, v=other.unit)
            found.add(where, text, "own-formula-units")
            return


def _check_output(guide: Guide, node: Node, others: Sequence[Quantity], where: str, found: Errors) -> None:
    """What is added to output, or is its share, is in the unit of the product."""
    for other in others:
        if not goes_with_output(guide, node, other):
            units = joined([one.unit for one in stated(guide, without=node)])
            per = Text("本指南的单位产品指标按 {u}", "this guide's indicators are per {u}").fill(u=units)
            text = _IN_PRODUCT_UNIT.fill(b=other.name, v=other.unit, p=per if any(units) else _ANY_UNIT)
            found.add(where, text, "own-formula-units")
            return


_ANY_UNIT = Text("由企业的产品单位定", "whatever the enterprise's unit is")
_IN_PRODUCT_UNIT = Text(
    "“产品产量”按产品单位计({p})，“{b}”以 {v} 计，不能相加或求占比；请让企业按产品单位填报“{b}”(单位写 t、件 等，与单位产品指标相同)，产值之比用 value_10k",
    "output is in the unit of the product ({p}), “{b}” in {v}: no sum and no share of both; ask for “{b}” in the unit of the product (t, pieces, as in the indicators per unit product); a share of output value takes value_10k",
)


def check_subject(guide: Guide, node: Node, where: str, found: Errors) -> None:
    """A city has no product, bills or plant: what it is evaluated by is entered, or made of the guide's own inputs."""
    if guide.evaluates != CITY or node.formula not in FORMULAS:
        return
    if node.algorithm.kind not in (ENTERED, COMPOSED):
        text = Text(
            "算法 {f} 由企业的产品、账单和装备算出，评价城市的指南不能用 — 请在 inputs 中声明填报量，改用 sum、quotient、share、reduction、growth，或用 entered 直接填报",
            "formula {f} is computed from an enterprise's products, bills and plant, a guide for cities cannot use it — "
            "declare inputs and use sum, quotient, share, reduction or growth, or take the value as entered",
        )
        found.add(f"{where}.formula", text.fill(f=node.formula), "formula-of-enterprises")
        return
    for key in sorted(QUANTITIES.keys() & {*node.whole_needs}):
        text = Text(
            "“{q}”是企业各表的汇总，评价城市的指南没有 — 请在 inputs 中另行声明填报量",
            "“{q}” is a sum over an enterprise's tables, which a guide for cities does not have — declare an input of your own",
        )
        found.add(f"{where}.of", text.fill(q=QUANTITIES[key].name), "quantity-of-enterprises")
