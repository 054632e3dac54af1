"""Form 205-1 of energy statistics (能源购进、消费与库存), as published: where its columns stand, and what they are called."""

from __future__ import annotations

#: Headings of the amounts used, with their published variants.
USED = "消费量合计|消费合计|消费量|合计|能源消费量|综合消费量|消费量实物量"
#: The columns from the left, from 1: 甲 name, 乙 unit, 丙 code, 1 … 10, 丁.
COLUMNS = {"name": 1, "unit": 2, "code": 3, "total": 7, "feedstock": 9, "coefficient": 13, "reference": 14}
WIDTH = 14
#: Before the name of a part, folded or not; and the first of the signs that number the columns.
WORDS = ("其中:", "其中：", "甲")
#: The code of the row of totals.
TOTAL_CODE = "40"
#: Energies that grew, by their codes: burnt, their CO2 counts 0.
GROWN = frozenset(("biomass_waste", "biogas", "bagasse", "bark", "corncobs", "firewood", "rice_husk", "sawdust"))
#: A kind of coal, and those that statistics hold to be parts of it.
RAW_COAL = "raw_coal"
KINDS_OF_RAW_COAL = ("anthracite", "coking_bituminous_coal", "bituminous_coal", "lignite")
#: Sums of rounded numbers may differ by this part.
WITHIN = 0.005
