"""The list of the returns that count, with the SHA-256 of each file as it came: what was evaluated can be shown later."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from ....messages import Text
from ....opening import outputs
from ....opening.limits import DEFAULT
from ....opening.signing import Signer
from ....opening.sources import Source, opened
from ...analysis.group import Get, Group
from ..csv_files import write_csv
from ..manifest import digest
from .status import state_of

#: state: one of those of the status, by which what has no rank can be told; of another period it is rejected.
HEADING = ("guide", "guide_sha256", "rank", "total", "uscc", "name", "file", "sha256", "state")


def publish(path: str, sources: Sequence[Source], groups: Sequence[Group], get: Get, key: str = "") -> Iterator[str]:
    """Write the list, and with a private key what signs it; returns the paths. Raises JwdtError where it cannot be signed."""
    again = os.path.isfile(path)
    write(path, sources, groups, get)  # a list that is none of ours is refused here
    yield path
    for name, content in _signed(path, key).items() if key else ():
        beside = os.path.join(os.path.dirname(path), name)
        # of a campaign that was opened again and is closed once more, it is the signature of the list of before
        before = outputs.force.set(outputs.force.get() or again)
        try:
            with outputs.new_file(beside) as temporary, open(temporary, "wb") as file:
                file.write(content)
        finally:
            outputs.force.reset(before)
        yield beside


def write(path: str, sources: Sequence[Source], groups: Sequence[Group], get: Get) -> None:
    by_name = {source.name: source for source in sources}
    rows = []
    for group in groups:
        for place in group.order:
            member, total = group.members[place], float(group.totals[place])
            shown = "" if total != total else repr(round(total, 6))
            rows.append((
                group.guide.id, group.guide.sha256, str(int(group.rank[place]) or ""), shown, member.uscc, member.name, member.file,
                _digest(by_name[member.file]), state_of(group, place, get(member.key)),
            ))  # fmt: skip
    write_csv(path, HEADING, rows, since=1)


def _signed(path: str, key: str) -> dict[str, bytes]:
    """By name what signs the list: the signature, the public key, and how others check it."""
    name = os.path.basename(path)
    names = (name, f"{name}.sig", "public.pem")
    signer = Signer(key, *names)
    with open(path, "rb") as file:
        signature = signer.signed(file.read())
    said = "".join(f"{each}\r\n" for each in (_CHECK, f"  {signer.check}", _FILES, _TRUST))
    return {names[1]: signature, names[2]: signer.public, f"{name}.txt": ("\ufeff" + said).encode()}


_CHECK = Text("核对清单未被改动（在此文件夹中运行）：", "To check that the list was not changed (in this folder):")
_FILES = Text(
    "清单中的 sha256 是每份计入的填报文件收到时内容的 SHA-256；压缩文件、邮件中的文件取出后核对。",
    "Column sha256 is that of each return that counts, as it came; files in archives and mails are checked once they are taken out.",
)
_TRUST = Text(
    "public.pem 随附只为方便：请与评价机构另行公布的公钥比较，相同才可信。",
    "public.pem comes along for convenience only: compare it with the key that the evaluator publishes elsewhere.",
)


def _digest(source: Source) -> str:
    """Of the file itself, wherever it lies."""
    with opened(source, DEFAULT) as path:
        return digest(path)
