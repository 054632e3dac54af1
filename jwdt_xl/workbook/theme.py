"""How cells look: yellow is needed, light is optional, green is computed."""

from __future__ import annotations

from typing import Any

INK, ACCENT, MUTED = "#1F2933", "#1F5C4D", "#5F6C72"
NEEDED, OPTIONAL, COMPUTED, HEADING, BAND = "#FFF2B3", "#F5F8FA", "#DDEFE3", "#1F5C4D", "#E8EEF0"
FONT = "Microsoft YaHei"

BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#C5CED3"}

STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"font_size": 16, "bold": True, "font_color": ACCENT},
    "lead": {"font_color": MUTED, "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADING,
        "text_wrap": True,
        "align": "center",
        **_BOX,
    },
    "label": {"text_wrap": True, **_BOX},
    "hint": {"font_color": MUTED, "text_wrap": True, "font_size": 9},
    "needed": {"bg_color": NEEDED, "locked": False, **_BOX},
    "needed_text": {"bg_color": NEEDED, "locked": False, "num_format": "@", "text_wrap": True, **_BOX},
    "optional": {"bg_color": OPTIONAL, "locked": False, **_BOX},
    "optional_text": {"bg_color": OPTIONAL, "locked": False, "num_format": "@", "text_wrap": True, **_BOX},
    "computed": {"bg_color": COMPUTED, **_BOX},
    "value": {"bg_color": COMPUTED, "num_format": "#,##0.####", **_BOX},
    "score": {"bg_color": COMPUTED, "num_format": "0.00", **_BOX},
    "weight": {"bg_color": COMPUTED, "num_format": "0.0000", **_BOX},
    "percent": {"bg_color": COMPUTED, "num_format": "0.00%", **_BOX},
    "headline": {"bold": True, "font_size": 28, "font_color": ACCENT, "num_format": "0.00", "align": "center"},
    "total": {"bold": True, "bg_color": COMPUTED, "num_format": "0.00", **_BOX},
    "cell": {"text_wrap": True, **_BOX},
}
