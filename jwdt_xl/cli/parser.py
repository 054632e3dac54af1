"""The commands and their options, with help in the language in use.

A command's options are declared when it is called, so that help and version need none of the package.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, NoReturn, Protocol

from .. import __version__
from ..messages import LANGUAGES, Text, shown

VARIABLE = "JWDT_LANG"


class Command(NamedTuple):
    name: str
    #: ``module:function``; the module also has ``function_options``, which declares the options.
    target: str
    help: Text

    def part(self, suffix: str) -> Callable[..., object]:
        module, _, function = self.target.partition(":")
        found: Callable[..., object] = getattr(importlib.import_module(f"{__package__}.{module}"), function + suffix)
        return found


COMMANDS = (
    Command(
        "demo",
        "demo:demo",
        Text(
            "一条命令看全过程：模板、填报示例、评价、结果",
            "the whole job in one command: template, example, evaluation, result",
        ),
    ),
    Command("template", "files:template", Text("生成空白填报模板", "write an empty template")),
    Command(
        "fill",
        "files:fill",
        Text("由评价文件或旧工作簿生成已填报的工作簿", "write a filled workbook from an assessment or an old workbook"),
    ),
    Command(
        "extract",
        "files:extract",
        Text("由工作簿生成评价文件（JSON）", "write the assessment file (JSON) of a workbook"),
    ),
    Command(
        "import",
        "papers:import_papers",
        Text(
            "把环保税表、205-1 等已报材料导入评价文件或工作簿，每个数注明出处",
            "import papers filed elsewhere (tax table, form 205-1 …), each number with its origin",
        ),
    ),
    Command("score", "evaluate:score", Text("评价工作簿或评价文件", "evaluate workbooks or assessment files")),
    Command(
        "check",
        "evaluate:check",
        Text("检查工作簿或评价文件，只列出问题", "check workbooks or assessment files: findings only"),
    ),
    Command(
        "plan",
        "plan:plan",
        Text(
            "措施各提高多少分、多少吨、多少钱；达到目标总分要改多少",
            "what measures gain in points, tonnes and per yuan; what it would take to reach a total",
        ),
    ),
    Command(
        "report",
        "report:report",
        Text(
            "生成一家企业的评价报告（Word 或 PDF），模板可在 Word 中修改",
            "write the evaluation report of an enterprise (Word or PDF) by a template edited in Word",
        ),
    ),
    Command(
        "distribute",
        "portfolio:distribute",
        Text("按企业登记表为每家企业生成预填模板", "write one prefilled template per enterprise of a register"),
    ),
    Command(
        "collect",
        "portfolio:collect",
        Text("收集、核对、排名，生成汇总工作簿", "collect, check and rank returned files into a portfolio workbook"),
    ),
    Command(
        "feedback",
        "feedback:feedback",
        Text("由汇总工作簿为每家企业生成结果反馈", "write one result workbook per enterprise of a portfolio"),
    ),
    Command(
        "campaign",
        "campaign:campaign",
        Text(
            "一次年度评价的文件夹：发出、进度与催报、分轮收集、结束",
            "a yearly campaign in one folder: send, status and reminders, collect in rounds, close",
        ),
    ),
    Command(
        "trend",
        "trend:trend",
        Text(
            "同一企业多年的得分、指标值、减排率和图，标明不可比之处",
            "scores, values, rates and charts of one enterprise over the years, breaks marked",
        ),
    ),
    Command("guide", "guide:guide", Text("编制、查看行业指南", "write and look at sector guides")),
    Command(
        "survey",
        "survey:survey",
        Text(
            "编制说明附录 A 的问卷：生成、汇总、求权重", "the survey of annex A: forms, tallies and weights from them"
        ),
    ),
    Command(
        "sensitivity",
        "sensitivity:sensitivity",
        Text(
            "权重、基准值、方法选项变动时，一批企业的总分和排名如何变化",
            "how totals and ranks of a sample move with weights, benchmarks and options",
        ),
    ),
    Command("functions", "reference:functions", Text("列出单元格函数 JWDT_*", "list the cell functions JWDT_*")),
    Command("method", "method:method", Text("列出评价规则及其标记", "list the rules of the method with their marks")),
    Command(
        "schema", "reference:schema", Text("输出评价文件的 JSON Schema", "print the JSON Schema of assessment files")
    ),
    Command(
        "addin",
        "addin:addin",
        Text(
            "在表格软件中安装、查看或卸载单元格函数",
            "install, look at or remove the cell functions in a spreadsheet program",
        ),
    ),
)

_DESCRIPTION = Text(
    "《工业行业减污降碳协同增效评价 总则》：模板、评价与单元格函数。",
    "Synergy of pollution and carbon reduction in industry: templates, evaluation and cell functions.",
)
_ENDS = Text(
    "退出码：0 正常，1 数据有错误或文件被拒绝，2 用法有误，130 已中断。",
    "Exit codes: 0 fine, 1 an error in the data or a rejected file, 2 wrong use, 130 interrupted.",
)
_LANG = Text(
    "语言：zh（默认）或 en；也可设环境变量 JWDT_LANG", "language: zh (default) or en; or set the variable JWDT_LANG"
)

#: What argparse says of wrong use, in Chinese.
_WRONG_USE = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"无法识别的参数：\1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"参数 \1 的值 \2 无效，可用：\3"),
    (r"argument (.*): expected one argument", r"参数 \1 后缺少值"),
    (r"argument (.*): expected at least one argument", r"参数 \1 后缺少值"),
    (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 同时使用"),
    (r"one of the arguments (.*) is required", r"须给出其中一个参数：\1"),
    (r"ambiguous option: (.*) could match (.*)", r"选项 \1 不明确，可能是：\2"),
    (r"argument (.*): ignored explicit argument (.*)", r"参数 \1 不带值，多余的值 \2"),
)


def language_of(arguments: list[str]) -> str:
    """The language, wherever --lang stands: it is needed before the options are read, for their help."""
    found = os.environ.get(VARIABLE, "").strip().lower()
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith("--lang="):
            found = argument.partition("=")[2]
    return found if found in LANGUAGES else LANGUAGES[0]


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of the command called; leaves by SystemExit 2 where the call is wrong."""
    parser = _Parser(prog="jwdt", description=str(_DESCRIPTION), epilog=str(_ENDS))
    parser.add_argument(
        "--version", action="version", version=f"jwdt {__version__}", help=str(Text("显示版本", "show the version"))
    )
    add_language(parser)
    commands = parser.add_subparsers(
        dest="command", metavar=str(Text("命令", "COMMAND")), title=str(Text("命令", "commands")), required=True
    )
    for command in COMMANDS:
        part = commands.add_parser(
            command.name, help=str(command.help), description=str(command.help), epilog=str(_ENDS)
        )
        if command.name in arguments:
            command.part("_options")(part)
            add_language(part)
            part.set_defaults(run=command.part(""))
    return parser.parse_args(arguments)


def add_language(parser: argparse.ArgumentParser) -> None:
    """--lang stands before or after the command; where it is not given there is no such option."""
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=str(_LANG))


class AddAction(Protocol):
    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], int], zh: str, en: str
    ) -> argparse.ArgumentParser: ...


def actions_of(parser: argparse.ArgumentParser) -> AddAction:
    """For a command with actions of its own: what adds one, which then stands in the options as `act`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=str(Text("操作", "ACTION")))

    def add(name: str, run: Callable[[argparse.Namespace], int], zh: str, en: str) -> argparse.ArgumentParser:
        help = str(Text(zh, en))
        part = actions.add_parser(name, help=help, description=help)
        add_language(part)
        part.set_defaults(act=run)
        return part

    return add


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, str(Text("用法：", "usage: ")) if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in the language in use."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Formatter, allow_abbrev=False)
        self._optionals.title = str(Text("选项", "options"))
        self._positionals.title = str(Text("参数", "arguments"))
        self.add_argument("-h", "--help", action="help", help=str(Text("显示帮助", "show this help")))

    def error(self, message: str) -> NoReturn:
        chinese = message
        for pattern, replacement in _WRONG_USE:
            if re.fullmatch(pattern, message):
                chinese = re.sub(pattern, replacement, message)
        self.print_usage(sys.stderr)
        advice = Text("{m} — 请看 {p} --help", "{m} — see {p} --help")
        self.exit(2, f"error {self.prog}: {advice.fill(m=Text(shown(chinese), shown(message)), p=self.prog)}\n")
