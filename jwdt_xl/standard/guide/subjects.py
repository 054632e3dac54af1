"""What a guide evaluates, and by which words it is spoken of: an enterprise, a park or a city.

One declaration of the evaluated unit. Forms, results and portfolios take their words from here; nothing replaces words
in a sentence that was written for enterprises.
"""

from __future__ import annotations

from typing import NamedTuple

from ...errors import JwdtError
from ...messages import Text, one_of
from ..record import short

ENTERPRISE, PARK, CITY = "enterprise", "park", "city"


class Details(NamedTuple):
    """What a form asks of a unit's detail: its label, what to fill in, and an example."""

    label: Text
    help: Text
    example: Text


class Subject(NamedTuple):
    """The unit that is evaluated."""

    key: str
    name: Text
    #: Several of them, in the middle of a sentence.
    several: Text
    #: The sheet that says who it is, and its first heading.
    sheet: Text
    heading: Text
    #: The details asked for by the fields of the assessment, in the order of the form; the first is its name.
    details: dict[str, Details]
    #: Which of them tells one unit from another, and what that and the name are called in tables of many.
    code: str
    code_label: Text
    #: The same in the middle of a sentence.
    code_short: Text
    name_label: Text
    boundary: Details
    #: What its totals are called in a portfolio: by what it reports before a review, and by its own choices.
    own_data: Text
    own_choices: Text
    #: Whether it answers for a product, its output and its bills.
    has_products: bool


_REGION = Details(
    Text("所在省份", "province"),
    Text("省、自治区、直辖市；用于分地区统计", "province, autonomous region or municipality; results are summed by it"),
    Text("浙江省", "Zhejiang"),
)
SUBJECTS = {
    ENTERPRISE: Subject(
        ENTERPRISE,
        Text("企业", "enterprise"),
        Text("企业", "enterprises"),
        Text("企业信息", "Enterprise"),
        Text("企业", "Enterprise"),
        {},  # as the assessment declares them
        "uscc",
        Text("统一社会信用代码", "credit code"),
        Text("信用代码", "credit code"),
        Text("企业名称", "enterprise"),
        Details(Text("", ""), Text("", ""), Text("", "")),
        Text("企业自报数据总分", "total by the enterprise's own data"),
        Text("按企业自选的总分", "total by its own choices"),
        True,
    ),
    PARK: Subject(
        PARK,
        Text("园区", "park"),
        Text("园区", "parks"),
        Text("园区信息", "Park"),
        Text("园区", "Park"),
        {
            "name": Details(
                Text("园区名称", "park"),
                Text("与批准设立的文件一致", "as in the document that established it"),
                Text("示例经济技术开发区", "Example Development Zone"),
            ),
            "uscc": Details(
                Text("管理机构统一社会信用代码", "credit code of its administration"),
                Text(
                    "园区管理机构的 18 位代码，见其登记证书",
                    "the 18 characters of the park's administration, see its certificate",
                ),
                Text("11330500MB0A0B0C1U", "11330500MB0A0B0C1U"),
            ),
            "region": _REGION,
        },
        "uscc",
        Text("管理机构统一社会信用代码", "credit code of the administration"),
        Text("管理机构信用代码", "credit code of its administration"),
        Text("园区名称", "park"),
        Details(
            Text("评价范围", "scope of the figures"),
            Text(
                "计入的区块、企业和设施，两期须一致",
                "blocks, enterprises and installations that are counted; the same in both periods",
            ),
            Text(
                "批准四至范围内的全部规模以上工业企业",
                "all industrial enterprises above designated size within the approved limits",
            ),
        ),
        Text("园区自报数据总分", "total by the park's own data"),
        Text("按园区自选的总分", "total by its own choices"),
        False,
    ),
    CITY: Subject(
        CITY,
        Text("城市", "city"),
        Text("城市", "cities"),
        Text("城市信息", "City"),
        Text("城市", "City"),
        {
            "name": Details(
                Text("城市(地区)名称", "city or area"),
                Text("行政区划的全称", "the full name of the administrative division"),
                Text("示例市", "Example City"),
            ),
            "division_code": Details(
                Text("行政区划代码", "division code"),
                Text(
                    "GB/T 2260 六位数字：省级、市级以 0 结尾，例如杭州市 330100",
                    "GB/T 2260, six digits; Hangzhou is 330100",
                ),
                Text("330100", "330100"),
            ),
            "region": _REGION,
        },
        "division_code",
        Text("行政区划代码", "division code"),
        Text("行政区划代码", "division code"),
        Text("城市(地区)名称", "city or area"),
        Details(
            Text("统计范围", "scope of the figures"),
            Text(
                "数据覆盖的行政区域和口径，两期须一致",
                "the area that the figures cover and how they were counted; the same in both periods",
            ),
            Text("全市域，含所辖县(市、区)", "the whole city with its counties and districts"),
        ),
        Text("城市自报数据总分", "total by the city's own data"),
        Text("按城市自选的总分", "total by its own choices"),
        False,
    ),
}


def check_subject(said: str) -> str:
    """The key of what a guide evaluates."""
    if said not in SUBJECTS:
        names = one_of((key, subject.name) for key, subject in SUBJECTS.items())
        text = Text("评价对象须为 {a}，实为“{v}”", "evaluates must be {a}, got “{v}”")
        raise JwdtError(text.fill(a=names, v=short(said)), "bad-subject")
    return said
