"""``jwdt feedback``: the results of a portfolio, and letters about what was rejected, to be sent back to the enterprises."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .. import workbook
from ..messages import Finding, Text
from ..opening import outputs
from ..portfolio.collection.guides import Guides
from ..standard.guide import Guide, builtin
from . import BAD_DATA, FINE
from .guides import load_guides
from .options import add_guide, add_output, option
from .output import WrongUse, say, say_findings
from .paths import Folder, Read
from .portfolio import add_sender

if TYPE_CHECKING:
    from ..portfolio.book.reader import Whole
    from ..portfolio.campaign.feedback import Done, Letters


def feedback_options(parser: argparse.ArgumentParser) -> None:
    option(parser, "portfolio", "汇总工作簿", "portfolio workbook", metavar="PORTFOLIO.xlsx", type=Read)
    add_output(parser, "OUTBOX", "结果存放的文件夹", "folder for the results", required=True, type=Folder)
    add_sender(parser, Text("写在退回信中", "written in the letters about rejected returns"))
    add_guide(
        parser,
        Text(
            "。几个指南的总览工作簿须逐个给出；各指南的结果在各自的子文件夹中",
            ". For the overview of several name each of them; results go into a folder for each guide",
        ),
    )


def feedback(options: argparse.Namespace) -> int:
    from ..portfolio.book.reader import read_whole

    guide = load_guides(options.guide)
    sender = workbook.Sender(options.contact, options.deadline)
    whole = read_whole(options.portfolio)
    if whole is not None:
        return feedback_of_several(options.portfolio, whole, guide, outputs.new_folder(options.output), sender)
    if isinstance(guide, Guides):
        raise WrongUse(
            "{p} 是一个指南的汇总，须只给一个 --guide — 几个指南的，请用总览工作簿",
            "{p} is the portfolio of one guide, which takes one --guide — for several use the overview",
            p=options.portfolio,
        )
    return feedback_of(options.portfolio, guide, options.output, sender)


def feedback_of_several(
    path: str, whole: Whole, guide: Guide | Guides | None, folder: str, sender: workbook.Sender
) -> int:
    """Results of each guide in a folder of their own, and letters about what belongs to none in the one above them."""
    from ..opening.filenames import plain
    from ..portfolio.campaign.feedback import letters_about, nobodys

    known = guide.by_id if isinstance(guide, Guides) else {guide.id: guide} if guide else {builtin().id: builtin()}
    missing = [name for name in whole.portfolios if name not in known]
    if missing:
        raise WrongUse(
            "{p} 是几个指南的总览，还缺指南 {m} — 请以 --guide 逐个给出，与 jwdt collect 时相同",
            "{p} is the overview of several guides, of which {m} is not given — name each with a --guide, as for jwdt collect",
            p=path,
            m="、".join(missing),
        )
    code = FINE
    for name, book in whole.portfolios.items():
        below = os.path.join(folder, plain(name))
        code = max(code, feedback_of(os.path.join(os.path.dirname(path), book), known[name], below, sender))
    outputs.check_writable(folder)
    about = letters_about(whole.rejected, whole.language, sender)
    return max(code, _written(nobodys(whole.language, about, folder), folder, about))


def feedback_of(path: str, guide: Guide | None, output: str, sender: workbook.Sender) -> int:
    """The results and letters of the portfolio of one guide."""
    from ..portfolio.book.reader import read_portfolio
    from ..portfolio.campaign import unedited
    from ..portfolio.campaign.feedback import feedback, left_over, letters_about

    portfolio = read_portfolio(path, guide)
    unedited.check(portfolio)
    folder = outputs.new_folder(output)
    outputs.check_writable(folder)
    about = letters_about(portfolio.rejected, portfolio.language, sender)
    return _written(
        feedback(portfolio, folder, about),
        folder,
        about,
        len(portfolio.ranking),
        lambda: left_over(portfolio, folder, about),
    )


def _written(
    each: Iterable[Done],
    folder: str,
    about: Letters,
    count: int = 0,
    left_over: Callable[[], list[Finding]] = list,
) -> int:
    """Writes what is yielded, and says what was written, what could not be, and for whom there is no letter."""
    from ..portfolio.campaign import letters
    from ..portfolio.campaign.feedback import REJECTED, RESULT
    from .progress import Progress

    written, failed = dict.fromkeys((RESULT, letters.ENDING), 0), list[Finding]()
    lost = 0
    with Progress(Text("生成反馈", "writing results"), count) as progress:
        for done in each:
            failed += done.error.findings if done.error else ()
            lost += done.error is not None
            for ending in written:
                written[ending] += done.error is None and done.path.endswith(ending)
            progress.step(done.error is not None)
    say_findings(failed)
    say_findings(left_over())
    if about.unknown:
        text = Text(
            "{n} 个拒绝或暂存的文件不知道是谁的，没有退回信 — 请见 {r}，自行联系",
            "of {n} rejected or held files it is not known whose they are, so they have no letter — see {r} and ask yourself",
        )
        say(text.fill(n=len(about.unknown), r=os.path.join(folder, REJECTED)))
    text = Text(
        "已生成 {n} 份反馈、{l} 封退回信{x}：{f}", "{n} results and {l} letters about rejected returns written{x}: {f}"
    )
    said = Text("，{k} 个文件未能写出", ", {k} files could not be written").fill(k=lost) if lost else Text("", "")
    say(text.fill(n=written[RESULT], l=written[letters.ENDING], x=said, f=folder))
    return BAD_DATA if failed else FINE
