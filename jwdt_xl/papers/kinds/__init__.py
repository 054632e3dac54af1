"""The kinds of paper that are recognised by their headings."""

from __future__ import annotations

from . import carbon, carbon_summary, energy, energy_wide, permit, tax

#: In the order of their trial: the first that a sheet is of reads it.
KINDS = (tax.KIND, energy.KIND, carbon.KIND, carbon_summary.KIND, permit.KIND, energy_wide.KIND)
