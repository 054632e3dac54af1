"""jwdt guide document and pack: written from an empty folder, refused with a sentence, and the same for the same guide."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from jwdt_xl import authoring
from jwdt_xl.opening.outputs import is_ours, is_result

from ..portfolio.returns import uscc
from ..portfolio.sheets import lines


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def paragraphs(path: str) -> list[str]:
    return [paragraph.text for paragraph in Document(path).paragraphs]


def test_a_document_by_its_guides_name_and_again(run: Any) -> None:
    done = run("guide", "document", "cement")
    assert done.code == 0 and "cement.docx" in done.err
    assert is_ours("cement.docx") and is_result("cement.docx")
    assert authoring.load("cement").sha256 in paragraphs("cement.docx")
    first = Path("cement.docx").read_bytes()
    # a name that nobody asked for replaces nothing
    assert run("guide", "document", "cement").code == 2 and Path("cement.docx").read_bytes() == first
    assert run("guide", "document", "cement", "-o", "cement.docx").code == 0
    assert Path("cement.docx").read_bytes() == first and not Path("cement.docx.bak").exists()


def test_a_pdf_of_the_general_rule(run: Any) -> None:
    done = run("guide", "document", "general", "-o", "G.pdf", "--lang", "en")
    assert done.code == 0 and is_ours("G.pdf")
    pdftotext = shutil.which("pdftotext")
    assert pdftotext, "pdftotext is missing: tests/install_office.sh installs it"
    text = subprocess.run([pdftotext, "-layout", "G.pdf", "-"], capture_output=True, check=True).stdout.decode()
    squeezed = "".join(text.split())
    for said in ("2Indexsystemandweights", "degreeofsynergy", "emissionst×1000÷output", "Fingerprint(SHA-256)"):
        assert said in squeezed, said


@pytest.mark.parametrize("source", ["toml", "xlsx", "json"])
def test_the_same_document_from_whatever_form_the_guide_has(run: Any, source: str) -> None:
    assert run("guide", "document", "four-levels", "-o", "one.docx").code == 0
    assert run("guide", "show", "four-levels", "--to", source, "-o", f"g.{source}").code == 0
    assert run("guide", "document", f"g.{source}", "-o", "other.docx").code == 0
    assert Path("one.docx").read_bytes() == Path("other.docx").read_bytes()


def test_differences_from_the_version_before(run: Any) -> None:
    text = authoring.dump(authoring.load("cement"))
    Path("old.toml").write_text(text, encoding="utf-8")
    Path("new.toml").write_text(
        text.replace('version = "1"', 'version = "2"').replace("from = 85", "from = 88"), encoding="utf-8"
    )
    assert run("guide", "document", "new.toml", "--previous", "old.toml", "-o", "D.docx").code == 0
    assert "等级：一级 ≥ 85 → 一级 ≥ 88" in paragraphs("D.docx")


def test_a_draft_says_that_it_is_one(run: Any) -> None:
    for name in ("zhejiang-index", "dapeng-index"):
        assert run("guide", "document", name, "-o", f"{name}.docx").code == 0
        said = paragraphs(f"{name}.docx")
        assert said.count("草稿：有缺项，补齐前不能用于评价") == 2
        assert all(str(gap) in said for gap in authoring.load(name).gaps)


def test_what_is_refused(run: Any) -> None:
    Path("notes.docx").write_bytes(b"what people keep")
    for words, said in (
        (("cement", "-o", "D.odt"), "must end in .docx or .pdf"),
        (("none.toml", "-o", "D.docx"), "none.toml"),
        (("cement", "-o", "notes.docx"), "--force"),
        (("cement", "--previous", "none.toml", "-o", "D.docx"), "none.toml"),
    ):
        done = run("guide", "document", *words, "--lang", "en")
        assert done.code in (1, 2) and said in done.err and "Traceback" not in done.err, done
    assert not Path("D.docx").exists() and Path("notes.docx").read_bytes() == b"what people keep"


# The pack


def unpacked(path: str, folder: str = "U") -> dict[str, bytes]:
    """The files of a pack, unpacked as its user does."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        return {name: archive.read(name) for name in archive.namelist()}


def shell(*words: str, folder: str = "U") -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, capture_output=True, text=True)


def key_of(kind: str) -> str:
    """A new private key of OpenSSL's."""
    more = {"ec": ("-pkeyopt", "ec_paramgen_curve:P-256"), "rsa": ("-pkeyopt", "rsa_keygen_bits:2048")}.get(kind, ())
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", kind, *more, "-out", f"{kind}.pem"], check=True, capture_output=True
    )
    return f"{kind}.pem"


def test_a_pack_holds_everything_and_its_digests_are_right(run: Any) -> None:
    done = run("guide", "pack", "cement", "--host", "portable", "excel")
    assert done.code == 0 and is_ours("cement.zip") and is_result("cement.zip")
    assert hashlib.sha256(Path("cement.zip").read_bytes()).hexdigest() in done.err
    files = unpacked("cement.zip")
    assert sorted(files) == [
        "CHANGES.txt", "README.txt", "SHA256SUMS", "cement-demo-1-zh.docx", "cement-demo-1.toml", "cement-demo-template-excel-zh.xlsx",
        "cement-demo-template-portable-zh.xlsx", "pack.json",
    ]  # fmt: skip
    checked = shell("sha256sum", "-c", "--strict", "SHA256SUMS")
    assert checked.returncode == 0 and checked.stdout.count(": OK") == len(files) - 1
    guide = authoring.load("U/cement-demo-1.toml")
    said = json.loads(files["pack.json"])
    assert said["guide"] == {"id": "cement-demo", "version": "1", "hash": guide.hash, "sha256": guide.sha256}
    assert {each["name"]: each["sha256"] for each in said["files"]} == {
        name: hashlib.sha256(files[name]).hexdigest() for name in files if name.startswith("cement")
    }
    assert guide.sha256 in files["README.txt"].decode("utf-8-sig") and "没有签名" in files["README.txt"].decode(
        "utf-8-sig"
    )
    assert files["cement-demo-1.toml"].decode() == authoring.read_text(
        authoring.find("cement")
    )  # as its author wrote it
    # a file that was changed is found
    Path("U/cement-demo-1.toml").write_bytes(files["cement-demo-1.toml"] + b"\n")
    assert "cement-demo-1.toml: FAILED" in shell("sha256sum", "-c", "SHA256SUMS").stdout


def test_equal_guides_give_equal_packs(run: Any) -> None:
    for name in ("a.zip", "b.zip", "a.zip"):
        assert run("guide", "pack", "paper", "-o", name).code == 0
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes() and not Path("a.zip.bak").exists()
    assert run("guide", "pack", "paper", "-o", "en.zip", "--lang", "en").code == 0
    assert "paper-demo-1-en.docx" in unpacked("en.zip")
    times = {entry.date_time for entry in zipfile.ZipFile("a.zip").infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", ["rsa", "ec", "ed25519"])
def test_a_signature_that_openssl_checks(run: Any, kind: str) -> None:
    key = key_of(kind)
    done = run("guide", "pack", "cement", "-o", "P.zip", "--sign", key)
    assert done.code == 0, done
    files = unpacked("P.zip")
    [command] = [
        line.strip() for line in files["README.txt"].decode("utf-8-sig").splitlines() if line.startswith("  openssl ")
    ]
    checked = shell(*command.split())
    assert checked.returncode == 0 and "Verified" in checked.stdout
    assert "README.txt: OK" in shell("sha256sum", "-c", "SHA256SUMS").stdout
    # the private key is nowhere in it
    secret = Path(key).read_text(encoding="ascii").splitlines()[1]
    assert not any(secret.encode() in content for content in [*files.values(), Path("P.zip").read_bytes()])
    # what was changed after signing is found, and so is another's key
    Path("U/SHA256SUMS").write_bytes(files["SHA256SUMS"].replace(b"pack.json", b"pick.json"))
    assert shell(*command.split()).returncode != 0
    Path("U/SHA256SUMS").write_bytes(files["SHA256SUMS"])
    other = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", "other.pem"], capture_output=True, check=True
    )
    assert other.returncode == 0
    public = subprocess.run(["openssl", "pkey", "-in", "other.pem", "-pubout"], capture_output=True, check=True).stdout
    Path("U/public.pem").write_bytes(public)
    assert shell(*command.split()).returncode != 0


def test_the_change_log_and_the_version_before(run: Any) -> None:
    text = authoring.dump(authoring.load("cement"))
    Path("old.toml").write_text(text, encoding="utf-8")
    history = '\n[[history]]\nversion = "2"\ndate = "2026-11-29"\nchange_zh = "一级提高"\n'
    new = text.replace('version = "1"', 'version = "2"').replace("from = 85", "from = 88") + history
    Path("new.toml").write_text(new, encoding="utf-8")
    assert run("guide", "pack", "new.toml", "--previous", "old.toml").code == 0
    files = unpacked("new.zip")
    said = files["CHANGES.txt"].decode("utf-8-sig")
    assert "2  2026-11-29\r\n  一级提高\r\n" in said and "  - 等级：一级 ≥ 85 → 一级 ≥ 88\r\n" in said
    old = authoring.load("old.toml")
    assert f"SHA-256 {old.sha256}" in said and json.loads(files["pack.json"])["previous"]["sha256"] == old.sha256
    assert "等级：一级 ≥ 85 → 一级 ≥ 88" in paragraphs("U/cement-demo-2-zh.docx")
    assert run("guide", "pack", "old.toml", "--previous", "old.toml", "-o", "same.zip").code == 0
    Path("again.toml").write_text(text.replace("from = 85", "from = 88"), encoding="utf-8")
    for command, out in (("pack", "P.zip"), ("document", "D.docx")):
        refused = run("guide", command, "again.toml", "--previous", "old.toml", "-o", out)
        assert refused.code == 1 and "cement-demo 1" in refused.err and not Path(out).exists()
    assert "  内容相同。" in unpacked("same.zip")["CHANGES.txt"].decode("utf-8-sig")


def test_a_return_made_with_the_form_of_a_pack_is_named_by_it(run: Any, golden: Path) -> None:
    """From the pack to the portfolio: unpack, fill in, collect; another's form and a file without a form beside it."""
    assert run("guide", "pack", "cement", "-o", "P.zip").code == 0
    said = json.loads(unpacked("P.zip")["pack.json"])["guide"]
    guide = "U/cement-demo-1.toml"
    Path("in").mkdir()
    example = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    example["benchmarks"] = {}
    Path("a.json").write_text(json.dumps(example), encoding="utf-8")
    assert run("fill", "--data", "a.json", "--guide", guide, "--host", "portable", "-o", "in/a.xlsx").code == 0
    # another enterprise: one's own would be settled by the right form beside it
    example["enterprise"]["name"], example["enterprise"]["uscc"] = "第三家", uscc(5)
    Path("o.json").write_text(json.dumps(example), encoding="utf-8")
    assert run("fill", "--data", "o.json", "--host", "portable", "-o", "in/other.xlsx").code == 0
    example["enterprise"]["name"], example["enterprise"]["uscc"] = "另一家", ""
    Path("in/b.json").write_text(json.dumps(example), encoding="utf-8")
    run("collect", "in", "--guide", guide, "-o", "C.xlsx")
    rows = {row["file"]: row for row in lines(Path("C.xlsx"), "files")}
    assert rows["a.xlsx"]["guide"] == f"{said['id']} {said['version']} · SHA-256 {said['sha256']}"
    assert rows["b.json"]["guide"] == "文件没有写明"
    refused = rows["other.xlsx"]
    assert not refused["guide"] and "“general”" in refused["why"] and said["hash"] in refused["why"]
    method = openpyxl.load_workbook("C.xlsx")["方法与版本"]
    assert said["sha256"] in {str(row[1]) for row in method.iter_rows(values_only=True)}


def test_a_pack_of_odd_names_stays_in_its_folder(run: Any) -> None:
    text = authoring.dump(authoring.load("cement")).replace('id = "cement-demo"', 'id = "../../x y/中文"')
    Path("odd.toml").write_text(text.replace('version = "1"', 'version = "../1"'), encoding="utf-8")
    done = run("guide", "pack", "odd.toml")
    assert done.code == 0, done
    names = list(unpacked("odd.zip"))
    assert all(
        "/" not in name and "\\" not in name and name.isascii() and ".." not in name.removesuffix(".toml")
        for name in names
    ), names


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("zhejiang-index",), 1, "is incomplete, no template and no score by it"),
        (("cement", "-o", "P.rar"), 2, "must end in .zip"),
        (("cement", "--sign", "none.pem", "-o", "P.zip"), 1, "none.pem"),
        (("cement", "--sign", "text.pem", "-o", "P.zip"), 1, "no signature could be made with the key text.pem"),
        (("cement", "--sign", "public.pem", "-o", "P.zip"), 1, "no signature could be made with the key public.pem"),
        (("cement", "--previous", "none.toml", "-o", "P.zip"), 1, "none.toml"),
        (("cement", "-o", "notes.zip"), 2, "--force"),
        (("none.toml", "-o", "P.zip"), 1, "none.toml"),
    ],
)
def test_what_no_pack_is_made_of(run: Any, words: tuple[str, ...], code: int, said: str) -> None:
    Path("text.pem").write_text("-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----\n", encoding="ascii")
    public = subprocess.run(["openssl", "pkey", "-in", key_of("ed25519"), "-pubout"], capture_output=True, check=True)
    Path("public.pem").write_bytes(public.stdout)
    with zipfile.ZipFile("notes.zip", "w") as archive:
        archive.writestr("notes.txt", "what people keep")
    kept = Path("notes.zip").read_bytes()
    done = run("guide", "pack", *words, "--lang", "en")
    assert done.code == code and said in done.err and "Traceback" not in done.err, done
    assert not Path("P.zip").exists() and Path("notes.zip").read_bytes() == kept


def test_without_openssl_it_says_what_to_do(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of("ed25519")
    monkeypatch.setenv("PATH", "")
    done = run("guide", "pack", "cement", "-o", "P.zip", "--sign", key, "--lang", "en")
    assert done.code == 1 and "openssl was not found" in done.err and not Path("P.zip").exists()
    assert run("guide", "pack", "cement", "-o", "P.zip", "--lang", "en").code == 0
