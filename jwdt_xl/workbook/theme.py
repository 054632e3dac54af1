"""How cells look: yellow is needed, light is optional, green is computed; amber lacks something, red looks wrong."""

from __future__ import annotations

from typing import Any

INK, ACCENT, MUTED = "#1F2933", "#1F5C4D", "#5F6C72"
NEEDED, OPTIONAL, COMPUTED, HEADING, BAND = "#FFF2B3", "#F5F8FA", "#DDEFE3", "#1F5C4D", "#E8EEF0"
#: A needed cell of a row nobody has started: calm, so that an empty table does not shout.
WAITING = "#FFFCF0"
LACKING, WRONG, LIGHT = "#FFD591", "#F8C9C0", "#FDEBD3"
#: In Windows and in Excel and WPS everywhere; LibreOffice elsewhere takes the system's Chinese font for it.
FONT = "Microsoft YaHei"

BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#C5CED3"}
#: Shows a number as it is stored, also where its cell has become one of per cent: 4 % counts as 0.04. As a conditional format,
#: not as the cell's own: Calc knows a truth by the latter, and =TRUE() would pass for 1.
_AS_IT_COUNTS = {"num_format": "General;-General"}
_SMALL = {"font_size": 8, "font_color": MUTED, "text_wrap": True}

STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"font_size": 14, "bold": True, "font_color": ACCENT, "text_wrap": True},
    "lead": {"font_color": MUTED, "text_wrap": True},
    "lead_small": {"font_color": MUTED, "text_wrap": True, "font_size": 9, "valign": "bottom"},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADING,
        "text_wrap": True,
        "align": "center",
        **_BOX,
    },
    "heading_light": {"font_color": "#FFFFFF", "bg_color": "#7A988F", "text_wrap": True, "align": "center", **_BOX},
    "hidden": {"font_size": 8, "font_color": MUTED},
    "label": {"text_wrap": True, **_BOX},
    "centre": {"align": "center", "font_color": MUTED, **_BOX},
    "hint": {"font_color": MUTED, "text_wrap": True, "font_size": 9},
    "needed": {"bg_color": NEEDED, "locked": False, **_BOX},
    "needed_text": {"bg_color": NEEDED, "locked": False, "num_format": "@", "text_wrap": True, **_BOX},
    "choice": {"bg_color": NEEDED, "locked": False, "align": "center", **_BOX},
    "waiting": {"bg_color": WAITING, "locked": False, **_BOX},
    "waiting_text": {"bg_color": WAITING, "locked": False, "num_format": "@", "text_wrap": True, **_BOX},
    "optional": {"bg_color": OPTIONAL, "locked": False, **_BOX},
    "optional_text": {"bg_color": OPTIONAL, "locked": False, "num_format": "@", "text_wrap": True, **_BOX},
    "computed": {"bg_color": COMPUTED, **_BOX},
    "judgement": {"bg_color": OPTIONAL, "locked": False, "num_format": "# ?/?", "align": "center", **_BOX},
    "group_weight": {"bg_color": COMPUTED, "num_format": "0.00", "align": "center", **_BOX},
    "group_count": {"bg_color": COMPUTED, "align": "center", **_BOX},
    "fraction": {"bg_color": COMPUTED, "num_format": "# ?/?", "align": "center", **_BOX},
    "value": {"bg_color": COMPUTED, "num_format": "#,##0.####", **_BOX},
    "value_or_case": {"bg_color": COMPUTED, "num_format": "#,##0.####", "text_wrap": True, **_BOX},
    "score": {"bg_color": COMPUTED, "num_format": "0.00", **_BOX},
    "weight": {"bg_color": COMPUTED, "num_format": "0.0000", **_BOX},
    "percent": {"bg_color": COMPUTED, "num_format": "0.00%", **_BOX},
    "headline": {"bold": True, "font_size": 28, "font_color": ACCENT, "num_format": "0.00", "align": "center"},
    "total": {"bold": True, "bg_color": COMPUTED, "num_format": "0.00", **_BOX},
    "cell": {"text_wrap": True, **_BOX},
    "form": {"locked": False, "font_size": 9, "bg_color": OPTIONAL},
    # Guidance
    "guide": {**_SMALL, "valign": "bottom"},
    "help": {"text_wrap": True, "font_size": 9, **_BOX},
    "unit": {"bg_color": "#F3F8F5", "text_wrap": True, "font_size": 9, **_BOX},
    "example": {"text_wrap": True, "font_size": 9, "italic": True, "font_color": MUTED, **_BOX},
    "fine": {"font_size": 7, "font_color": "#9AA5AB"},
    "link": {"font_color": ACCENT, "underline": 1, **_BOX},
    "bar": {"font_color": ACCENT, "underline": 1, "font_size": 9, "align": "center", "bg_color": BAND, "shrink": True, **_BOX},
    "bar_here": {"font_color": MUTED, "font_size": 9, "align": "center", "bg_color": BAND, "shrink": True, **_BOX},
    "tip": {"bg_color": "#F3F8F5", "font_size": 9, "text_wrap": True, **_BOX},
    "mark": {"bg_color": "#F3F8F5", "bold": True, "font_size": 11, "font_color": ACCENT, "align": "center", **_BOX},
    "change": {"bg_color": COMPUTED, "num_format": "+0.0%;-0.0%;0%", "font_size": 9, **_BOX},
    "subtotal": {"bold": True, "bg_color": COMPUTED, "num_format": "#,##0.##", "font_size": 9, **_BOX},
    "subtotal_label": {"bold": True, "font_size": 9, "align": "right"},
    "subtotal_left": {"bold": True, "font_size": 10, "font_color": ACCENT},
    "list": {"font_size": 8},
    "explained": {"bg_color": COMPUTED, "font_size": 9, "text_wrap": True, **_BOX},
    "step": {"text_wrap": True},
    "howto_title": {"font_size": 14, "bold": True, "font_color": ACCENT, "text_wrap": True},
    "cell_bold": {"bold": True, "text_wrap": True, **_BOX},
    "key_needed": {"bg_color": NEEDED, "font_size": 9, **_BOX},
    "key_optional": {"bg_color": OPTIONAL, "font_size": 9, **_BOX},
    "key_computed": {"bg_color": COMPUTED, "font_size": 9, **_BOX},
    "key_lacking": {"bg_color": LACKING, "font_size": 9, **_BOX},
    "key_light": {"bg_color": LIGHT, "font_size": 9, **_BOX},
    "key_wrong": {"bg_color": WRONG, "font_size": 9, **_BOX},
    "signed": {"bg_color": COMPUTED, "num_format": "+0.00;-0.00;0.00", **_BOX},
    "unsigned": {"bg_color": COMPUTED, "num_format": '0;0;"–"', "align": "center", **_BOX},
    "count": {"bg_color": COMPUTED, "num_format": '0;;"–"', "align": "center", **_BOX},
    "state": {"bg_color": COMPUTED, "bold": True, **_BOX},
    # Reference sheets: smaller rows
    "small": {"font_size": 8, "text_wrap": True, **_BOX},
    "small_heading": {
        "font_size": 8, "bold": True, "font_color": "#FFFFFF", "bg_color": HEADING, "text_wrap": True, "align": "center", **_BOX,
    },
    # Summary
    "page_title": {"font_size": 18, "bold": True, "font_color": ACCENT},
    "who": {"font_size": 12, "bold": True},
    "quiet": {"font_color": MUTED, "font_size": 9, "text_wrap": True},
    "quiet_right": {"font_color": MUTED, "font_size": 10, "align": "right"},
    "fine_wrap": {"font_size": 7.5, "font_color": MUTED, "text_wrap": True},
    "row_right": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "align": "right"},
    "block": {"bold": True, "font_color": ACCENT, "font_size": 11, "bottom": 1, "bottom_color": ACCENT},
    "big": {"bold": True, "font_size": 32, "font_color": ACCENT, "num_format": "0.00", "align": "center", "border": 2, "border_color": ACCENT},
    "row": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3"},
    "row_name": {"font_size": 8.5, "bottom": 1, "bottom_color": "#C5CED3", "text_wrap": True},
    "row_fit": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "shrink": True},
    "row_step": {"font_size": 8.5, "bottom": 1, "bottom_color": "#C5CED3", "indent": 1, "text_wrap": True},
    "row_value": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "num_format": "#,##0.####", "align": "right", "shrink": True},
    "row_gap": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "num_format": "+0.0%;-0.0%;0.0%"},
    "signature": {"font_size": 10, "bottom": 1, "bottom_color": INK, "valign": "bottom"},
    "row_text": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "text_wrap": True},
    "row_beside": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "text_wrap": True, "indent": 1},
    "row_link": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "font_color": ACCENT, "underline": 1, "shrink": True},
    "overlap": {"bg_color": COMPUTED, "num_format": '#,##0.####;"–";0', **_BOX},
    "row_score": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "num_format": "0.00"},
    "row_percent": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "num_format": "0.00%"},
    "row_signed": {"font_size": 9, "bottom": 1, "bottom_color": "#C5CED3", "num_format": "+0.00;-0.00;0.00"},
    "row_head": {"font_size": 9, "bold": True, "bg_color": BAND, "text_wrap": True},
    "row_head_centre": {"font_size": 9, "bold": True, "bg_color": BAND, "text_wrap": True, "align": "center"},
    "row_head_step": {"font_size": 9, "bold": True, "bg_color": BAND, "indent": 1},
    "row_head_right": {"font_size": 9, "bold": True, "bg_color": BAND, "text_wrap": True, "align": "right"},
    "strong": {"bold": True, "text_wrap": True, "bg_color": COMPUTED, **_BOX},
}  # fmt: skip

#: What conditional formats lay over a cell.
RULES: dict[str, dict[str, Any]] = {
    "needed": {"bg_color": NEEDED, **_AS_IT_COUNTS},
    "lacking": {"bg_color": LACKING},
    "wrong": {"bg_color": WRONG, "bold": True, **_AS_IT_COUNTS},
    "light": {"bg_color": LIGHT, **_AS_IT_COUNTS},
    "counts": _AS_IT_COUNTS,
    "tip_lacking": {"bg_color": "#FFE8C2", "font_color": "#7A4B00"},
    "tip_light": {"bg_color": "#FDF3E3", "font_color": "#7A4B00"},
    "tip_wrong": {"bg_color": "#FADBD5", "font_color": "#9B2C1F", "bold": True},
    "quiet": {"font_color": "#8FA39A"},
    "done": {"font_color": ACCENT},
    "not_asked": {"font_color": "#AEB8BD", "bg_color": "#F2F4F5"},
}

#: Results in four digits, from above: from this on, in this format.
DIGITS: tuple[tuple[float, str], ...] = (
    (999.95, "#,##0"), (99.995, "0.0"), (9.9995, "0.00"), (0.99995, "0.000"), (0.099995, "0.0000"), (0.0099995, "0.00000"),
)  # fmt: skip
