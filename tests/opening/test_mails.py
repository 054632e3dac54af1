"""What people pack and send: names of Chinese archives, archives in archives, mails with what is attached to them."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from jwdt_xl.messages import shown
from jwdt_xl.opening.limits import DEFAULT, MIB
from jwdt_xl.opening.listed import Listed
from jwdt_xl.opening.sources import Source, digest, discover, distinct, opened, without_skipped

from ..portfolio.test_versions import letter
from .test_archives import codes, packed

DATE = "Fri, 01 Mar 2024 08:00:00 +0800"


class Named(zipfile.ZipInfo):
    """An entry whose name is these bytes; nothing says in which encoding."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits & ~0x800


def unicode_extra(raw: bytes, name: str) -> bytes:
    field = struct.pack("<BL", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<2H", 0x7075, len(field)) + field


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("一车间/甲公司（盖章版）.json".encode("gbk"), "一车间/甲公司（盖章版）.json"),
        ("誠信/乙公司誠.json".encode("gbk"), "誠信/乙公司誠.json"),  # its second byte is a backslash
        ("㐀𠀀.json".encode("gb18030"), "㐀𠀀.json"),
        ("水泥　厂.json".encode("gbk"), "水泥　厂.json"),
        ("甲公司.json".encode(), "甲公司.json"),
        ("企業①.json".encode("gbk"), "企業①.json"),
        (b"\x81.json", "ü.json"),
        (b"plain.json", "plain.json"),
        (b"a\x1b[31m\x08.json", r"a\x1b[31m\x08.json"),
    ],
)
def test_names_in_archives(tmp_path: Path, raw: bytes, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(Named(raw), b"{}")
    [source] = discover([str(tmp_path)])
    assert source.name == f"x.zip/{name}" and source.refused is None
    with opened(source, DEFAULT) as path:
        assert Path(path).read_bytes() == b"{}"


def test_the_name_that_is_declared_counts(tmp_path: Path) -> None:
    raw = b"?????.json".replace(b"?", b"\xe9")
    entry = Named(raw)
    entry.extra = unicode_extra(raw, "甲公司.json")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(entry, b"{}")
    assert [source.name for source in discover([str(tmp_path)])] == ["x.zip/甲公司.json"]


def test_backslashes_are_folders(tmp_path: Path) -> None:
    files = {
        "a\\b\\甲.json": b"{}",
        "a\\b\\": b"",
        "__MACOSX\\._x.json": b"x",
        "c\\~$甲.xlsx": b"lock",
        "d\\Thumbs.db": b"x",
    }
    assert list(codes(list(discover([str(packed(tmp_path / "x.zip", files))])))) == ["x.zip/a\\b\\甲.json"]


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


def read(sources: list[Source]) -> dict[str, bytes]:
    found = {}
    for source in sources:
        with opened(source, DEFAULT) as path:
            found[source.name] = Path(path).read_bytes()
            assert len(digest(source)) == 16
    return found


def test_what_lies_within(tmp_path: Path) -> None:
    """To the second archive, and whatever a mail brings; the third archive is refused, the others are read."""
    deep = zipped(d_json=b"4")
    two = zipped(b_json=b"2", c_zip=zipped(c_json=b"3", e_zip=deep))
    packed(tmp_path / "x.zip", {"a.json": b"1", "b.zip": zipped(b_json=b"2", f_json=b"5"), "c.zip": two})
    (tmp_path / "m.eml").write_bytes(
        letter("all.zip", zipped(a_json=b"6", b_zip=zipped(g_json=b"7", h_zip=deep)), DATE)
    )
    packed(
        tmp_path / "y.zip",
        {"m.eml": letter("甲.json", b"8", DATE), "n.eml": letter("n.zip", zipped(n_json=b"9"), DATE)},
    )
    found = list(discover([str(tmp_path)]))
    refused = {source.name: source.refused.findings[0].code for source in found if source.refused}
    assert refused == {"x.zip/c.zip/c.zip": "nested-archive", "m.eml/all.zip/b.zip/h.zip": "nested-archive"}
    assert read([source for source in found if not source.refused]) == {
        "m.eml/all.zip/a.json": b"6",
        "m.eml/all.zip/b.zip/g.json": b"7",
        "x.zip/a.json": b"1",
        "x.zip/b.zip/b.json": b"2",
        "x.zip/b.zip/f.json": b"5",
        "x.zip/c.zip/b.json": b"2",
        "y.zip/m.eml/甲.json": b"8",
        "y.zip/n.eml/n.zip/n.json": b"9",
    }
    assert {source.name: source.mail.received for source in found}["y.zip/n.eml/n.zip/n.json"] == "2024-03-01T00:00:00"


def test_one_budget_for_all_that_lies_within(tmp_path: Path) -> None:
    inner = zipped(a_json=b" " * 8 * MIB)
    path = packed(tmp_path / "x.zip", {f"{i}.zip": inner for i in range(3)})
    assert set(codes(list(discover([str(path)], limits=DEFAULT._replace(archive=30 * MIB)))).values()) == {""}
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(archive=20 * MIB)))) == {"x.zip": "zip-bomb"}
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(members=5))))["x.zip/2.zip"] == "too-many-parts"
    small = DEFAULT._replace(file_size=MIB)
    assert set(codes(list(discover([str(path)], limits=small))).values()) == {"too-large"}


def test_a_damaged_archive_within_costs_itself(tmp_path: Path) -> None:
    good = zipped(a_json=b"1")
    found = list(
        discover([str(packed(tmp_path / "x.zip", {"a.zip": good, "b.zip": good[:40], "c.zip": b"", "d.json": b"2"}))])
    )
    assert codes(found) == {
        "x.zip/a.zip/a.json": "",
        "x.zip/b.zip": "damaged",
        "x.zip/c.zip": "damaged",
        "x.zip/d.json": "",
    }


def raw_mail(header: bytes, content: bytes = b"{}") -> bytes:
    return (
        b"From: =?GB2312?B?zfW3vA==?= <w@example.org>\r\nDate: Fri, 01 Mar 2024 08:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n'
        + header + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(content) + b"\r\n--x--\r\n"
    )  # fmt: skip


GBK = "甲公司.json".encode("gbk")


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Type: application/json; name="=?GBK?B?'
        + base64.b64encode(GBK)
        + b'?="\r\nContent-Disposition: attachment',
        b'Content-Disposition: attachment; filename="=?utf-8?B?' + base64.b64encode("甲公司.json".encode()) + b'?="',
        b"Content-Disposition: attachment; filename*=gbk''%BC%D7%B9%AB%CB%BE.json",
        b"Content-Disposition: attachment; filename*=utf-8''%E7%94%B2%E5%85%AC%E5%8F%B8.json",
        b"Content-Disposition: attachment; filename*0*=utf-8''%E7%94%B2%E5%85%AC; filename*1*=%E5%8F%B8.json",
        b'Content-Disposition: attachment; filename="' + GBK + b'"',
        b'Content-Disposition: attachment; filename="' + "甲公司.json".encode() + b'"',
        b"Content-Disposition: inline; filename=" + GBK,
    ],
)
def test_names_of_attachments(tmp_path: Path, header: bytes) -> None:
    (tmp_path / "m.eml").write_bytes(raw_mail(header))
    [source] = discover([str(tmp_path)])
    assert source.name == "m.eml/甲公司.json"
    assert source.mail == ("王芳 <w@example.org>", "2024-03-01T00:00:00")
    assert read([source]) == {"m.eml/甲公司.json": b"{}"}


def test_a_mailbox(tmp_path: Path) -> None:
    """Each mail with its own sender and time; two files of one name; a mail with nothing attached is said."""
    mails = [letter("a.json", b"%d" % i, DATE, f"p{i}@example.org") for i in range(3)]
    mails.append(b"From: x@example.org\nSubject: y\n\nFrom here on nothing.\n")
    (tmp_path / "box.mbox").write_bytes(
        b"".join(b"From - Fri Mar  1 08:00:00 2024\n" + mail + b"\n\n" for mail in mails)
    )
    kept, notes = without_skipped(discover([str(tmp_path)]))
    assert read(kept) == {f"box.mbox/{i + 1}/a.json": b"%d" % i for i in range(3)}
    assert [source.mail.sender for source in kept] == [f"p{i}@example.org" for i in range(3)]
    assert [(note.where, note.code) for note in notes] == [("box.mbox/4", "no-attachment")]


def test_forwarded_and_twice(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"] = "first@example.org"
    inner.add_attachment(b"1", maintype="application", subtype="json", filename="a.json")
    outer = EmailMessage()
    outer["From"], outer["Date"] = "second@example.org", DATE
    outer["Received"] = "from a by b; Fri, 01 Mar 2024 09:30:00 +0800"
    outer.add_attachment(inner)
    outer.add_attachment(b"2", maintype="application", subtype="json", filename="a.json")
    (tmp_path / "m.eml").write_bytes(outer.as_bytes())
    found = list(distinct(discover([str(tmp_path)])))
    assert read(found) == {"m.eml/a.json": b"1", "m.eml/a.json [2]": b"2"}
    assert {source.mail for source in found} == {("second@example.org", "2024-03-01T01:30:00")}


def test_hostile_mails(tmp_path: Path) -> None:
    """Whatever a mail holds, it is read, said to hold nothing, or refused."""
    good, rng = raw_mail(b'Content-Disposition: attachment; filename="a.json"'), random.Random(5)
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(900))
    odd = {
        "nested": b"From: a@b\r\n" + nested,
        "date": good.replace(b"2024", b"99999"),
        "sender": good.replace(b"From: ", b"From: \x1b[31m\xff"),
        "boundary": good.replace(b'"x"', b'"' + b"x" * 5000 + b'"'),
        "empty": b"",
        "binary": bytes(range(256)) * 50,
        "base64": good.replace(b"e30=", b"!!!=="),
        "charset": good.replace(b"GB2312", b"nobody"),
    }
    for i in range(60):
        data = bytearray(good)
        for _ in range(5):
            data[rng.randrange(len(data))] = rng.randrange(256)
        odd[f"random{i}"] = bytes(data)
    for name, content in odd.items():
        (tmp_path / f"{name}.eml").write_bytes(content)
    (tmp_path / "no.mbox").write_bytes(b"hello\n")
    found = list(discover([str(tmp_path)]))
    assert {source.name.partition("/")[0] for source in found} == {f"{name}.eml" for name in odd} | {"no.mbox"}
    for source in found:
        assert shown(source.name) == source.name and shown(source.mail.sender) == source.mail.sender
        if source.refused is None:
            read([source])


@pytest.mark.parametrize("count", [0, 1, 5])
def test_listed_sources_are_those_given(tmp_path: Path, count: int) -> None:
    """Plain files of several folders, members of archives, refused ones and a file given by itself, by any place."""
    for folder in ("a", "b/c"):
        (tmp_path / folder).mkdir(parents=True)
        for i in range(count):
            (tmp_path / folder / f"企业{i}.json").write_text("{}", encoding="utf-8")
    packed(tmp_path / "a" / "z.zip", {"one.json": b"{}"})
    (tmp_path / "b" / "broken.zip").write_bytes(b"PK")
    found = [*discover([str(tmp_path), str(tmp_path / "a" / "z.zip")]), Source("其他名.json", str(tmp_path / "x"))]
    listed = Listed(found)
    assert list(listed) == found and len(listed) == len(found) > 2 * count
    assert listed[-1] == found[-1] and listed[1:3] == found[1:3] and any(each.member for each in listed)
    with pytest.raises(IndexError):
        listed[len(found)]
