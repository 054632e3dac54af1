"""The links and pictures of README and docs lead somewhere, and every host has its page with the parts people look for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jwdt_xl.hosts import HOSTS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading).strip().lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{page.name}: {link}"


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_has_its_page(host: str) -> None:
    text = (ROOT / "docs" / "hosts" / f"{host}.md").read_text(encoding="utf-8")
    for heading in ("限制 / Limits", "在哪里试过 / What was tried where", "按症状 / By symptom"):
        assert f"## {heading}" in text, heading
    assert f"({host}.md)" in (ROOT / "docs" / "hosts" / "README.md").read_text(encoding="utf-8")
