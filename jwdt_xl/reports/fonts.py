"""A Chinese font for the charts, found among the fonts of this system by the names of its files."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..errors import JwdtError
from ..messages import Text

#: Files of sans-serif fonts first: the Noto and Source Han families, then what Windows, macOS and Linux bring along.
_FILES = (
    r"NotoSansCJK.*Regular", r"NotoSansSC.*Regular", r"SourceHanSans.*(SC|CN).*Regular", r"msyh\.", r"PingFang", r"Hiragino Sans GB",
    r"simhei", r"STHeiti Light", r"wqy-(micro|zen)hei", r"DroidSansFallback", r"Deng\.", r"simsun", r"NotoSerifCJK.*Regular", r"Arial Unicode",
)  # fmt: skip
_HAN = re.compile("[⺀-鿿豈-﫿]")
NO_FONT = Text(
    "系统中没有中文字体，图中的文字无法显示 — 请安装一种（Debian：fonts-noto-cjk），或用 --lang en",
    "this system has no Chinese font, which the charts need here — install one (Debian: fonts-noto-cjk)",
)


@cache
def chinese() -> Any:
    """The properties of the font that comes first, None where the system has none."""
    from matplotlib import font_manager

    paths = sorted(font_manager.findSystemFonts())
    for pattern in _FILES:
        for path in paths:
            if re.search(pattern, path, re.IGNORECASE):
                font_manager.fontManager.addfont(path)
                return font_manager.FontProperties(fname=path).get_name()
    return None


def families(texts: list[str]) -> list[str]:
    """The fonts for these texts; raises JwdtError where they are Chinese and no font has their characters."""
    found = chinese()
    if found is None and any(map(_HAN.search, texts)):
        raise JwdtError(NO_FONT, "no-chinese-font")
    return [*([found] if found else []), "DejaVu Sans"]
