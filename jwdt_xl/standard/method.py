"""The rules of the method in short, each with its mark: note (printed in the drafting note), law, or choice (ours).

Shown on the method sheet and in the docs. A choice is never shown as the standard's text.
"""

from __future__ import annotations

from ..messages import Text

NOTE, LAW, CHOICE = "note", "law", "choice"
Rule = tuple[str, Text]
#: Rules that a published guide names in their places.
# fmt: off
WEIGHTED: Rule = (NOTE, Text("综合评价采用加权综合评分，百分制。", "Overall score: weighted sum, one hundred marks."))
SYNERGY: Rule = (CHOICE, Text("协同度 S = rP/rC，r 为单位产品的下降率(可选总量)；仅当两者都下降时 S 为数值，否则给出情形并得 0 分。", "Degree of synergy S = rP/rC, reduction rates per unit product (or of totals); a number only where both fall, otherwise the case and score 0."))
SCORED: Rule = (CHOICE, Text("得分：正向 100·min(1, x/b)；负向 100·min(1, b/x)，x = 0 得 100；适中(协同度)默认 100·min(S, 1/S)，只奖励同幅下降而不看幅度，可选距离、方向余弦、综合降幅、合并减排率；定性 100×等级。", "Scores: positive 100·min(1, x/b); negative 100·min(1, b/x), 100 at x = 0; moderate (synergy) 100·min(S, 1/S) by default, which rewards that both fall alike and not how much, or distance, cosine, composite, equivalent rate; qualitative 100 × grade."))
TWO_POINTS: Rule = (CHOICE, Text("指南写有限值 l 的按两点计分：限值及更差得 0 分，基准值及更好得 100 分，其间按直线(参照 GB/T 36132-2025)；指标值超出指南的合理范围为错误。", "Where a guide states a limit l the score goes by two points: 0 at l and worse, 100 at the benchmark and better, linear between (after GB/T 36132-2025); a value outside the guide's plausible range is an error."))
GRADED: Rule = (CHOICE, Text("产业政策：是 1、部分 0.5、否 0，存在淘汰类为 0；管理：建立制度 0.5，有效执行再加 0.5。", "Industrial policy: yes 1, partly 0.5, no 0, anything on the elimination list 0; management: established 0.5, carried out another 0.5."))
NOT_APPLICABLE: Rule = (CHOICE, Text("不适用指标的权重在同一一级指标内按比例分配；有缺失则总分不计，另给完成度和已得分(下限)。", "Weights of not applicable indicators go to the others of the group; while something is missing there is no total, but coverage and the score so far (a lower bound)."))
BENCHMARKS: Rule = (NOTE, Text("评价基准值由行业指南给出；没有要求可参考时取 50% 企业可达到的水平。", "Benchmarks come from sector guides; where there is none, the level 50 % of the enterprises reach."))
# fmt: on

RULES: tuple[Rule, ...] = (
    (NOTE, Text("指标体系、权重、属性：编制说明表 1(2023 年征求意见稿)，三类一级指标、九项二级指标，合计 1。", "Index system, weights and attributes: table 1 of the drafting note (2023 draft), three groups, nine indicators, sum 1.")),
    (NOTE, Text("评价原则：客观性、完整性、一致性、透明性；两期的边界、产品和口径须一致。", "Principles: objectivity, completeness, consistency, transparency; same boundary, products and conventions in both periods.")),
    BENCHMARKS,
    WEIGHTED,
    (LAW, Text("污染物当量 = 排放量 ÷ 当量值(环境保护税法附表二)；pH、色度、大肠菌群、余氯按分级或超标折算。", "Pollutant equivalents = amount ÷ equivalent value (Environmental Protection Tax Law, annex 2); pH, colour, coliforms and chlorine by class or exceedance.")),
    (CHOICE, Text("以环境保护税法附表二作为标准的附录B；水、大气当量相加计入(可选只计一种介质)；税法的前三项、前五项及减免规则不适用。", "The law's annex 2 is taken as Annex B; water and air are added (or one medium only); the levy rules are not applied.")),
    (CHOICE, Text("附表二没有当量值的(VOCs、总氮、臭气浓度、林格曼黑度等)只记录：两期和变化都保留，计 0 当量，不使其介质有数；自定当量值后计入。", "What annex 2 has no value for (VOCs, total nitrogen, odour, Ringelmann blackness …) is recorded: both periods and the change stay, 0 equivalents, and its medium is not made present; an own value makes it count.")),
    (CHOICE, Text("COD、BOD5、TOC 只计两期合计当量最大的一项，大肠菌群与余氯同理(可选全部计入)。", "Of COD, BOD5 and TOC the one with most equivalents over both periods counts, likewise coliforms and chlorine (or all).")),
    (LAW, Text("温室气体：GB/T 32150，燃料燃烧 + 过程 + 购入电力热力 − 输出电力热力 − 回收利用。", "Greenhouse gases: GB/T 32150, fuels + process + purchased power and heat − exported − recovered.")),
    (LAW, Text("燃料 CO2 = 数量 × 低位热值 × 含碳量 × 氧化率 × 44/12；过程、热力 = 数量 × 因子；电力 = 电量 × 电网因子；外售的电力、热力、燃料、副产煤气和焦炭扣减其碳和能源。", "CO2 of fuels = amount × net calorific value × carbon content × oxidation × 44/12; of processes and heat = amount × factor; of power = kWh × grid factor; sold power, heat, fuels, by-product gas and coke are subtracted with their carbon and energy.")),
    (CHOICE, Text("燃料缺省值默认取表 B(GB/T 32151.22-2024 表 C.1，可选表 A)，同一结果不混用；实测值优先；原煤没有通用缺省值、LNG 只有表 B 有，否则须实测。", "Fuel defaults of table B (GB/T 32151.22-2024, table C.1; or table A), never both in one result; measured values come first; raw coal has none and LNG only in table B: else they must be measured.")),
    (CHOICE, Text("电网电量按全国平均因子(可另选区域、省或其他序列，或填自有因子)；先看该行，再看指南或选项，企业所在省只作提示。", "Grid power by the national average (or the series of a region, a province or another, or an own factor): the row's, then the guide's or the option's; the enterprise's province is a proposal only.")),
    (CHOICE, Text("电网因子取不晚于报告期的最新年份，两期同用(可选最新公布的年份，或各期用当年的)；早于首个公布年份的取首年。", "Grid factors of the latest year not after the report period, for both periods (or of the latest published, or of each period's own); before the first published year the first.")),
    (LAW, Text("自发可再生(只填自用电量)、绿电直供和市场化绿电(按结算电量)的排放计 0，绿证电量仍按电网因子(GB/T 32151.34-2024 D.1.1；可选连同绿证，或只有自发和直供)。", "Own renewable power (as far as used), direct and traded green power (as settled) emit 0, power with certificates keeps the grid factor (GB/T 32151.34-2024 D.1.1; or certificates too, or own and direct only).")),
    (CHOICE, Text("自发、直供、市场化绿电和绿证电量计作非化石能源(可选只有自发和直供，发改能源〔2026〕622号，其文本未能查到)，另一口径的占比列在旁边；标为生物质的燃料计作非化石。", "Own, direct and traded green power and certificates count as non-fossil energy (or own and direct only, NDRC Energy (2026) No. 622, whose text could not be found); the share by the other counting stands beside; fuels marked as biomass are non-fossil.")),
    (CHOICE, Text("绿电每行写明合同和结算单、绿证编号或计量记录，没有时警告(可选在排放和能源中都按电网电量计)；自家可再生电力上网不是自用，不改变排放和能源。", "Each row of green power states its contract and settlement, certificate numbers or metering record, else a warning (or it is grid power in emissions and energy); own renewable power fed into the grid is no own use and changes neither emissions nor energy.")),
    (CHOICE, Text("GB/T 2589 没有列出的燃料按低位热值折标(÷ 29307.6 kJ/kgce)；外购热力按热量折标，蒸汽吨数由企业按焓值换算。", "Fuels that GB/T 2589 does not list convert by their heat value (÷ 29307.6 kJ/kgce); bought heat converts by its heat, tonnes of steam are converted by their enthalpy beforehand.")),
    (CHOICE, Text("GWP100 默认取 IPCC AR5(可选 AR4、AR6；按 2013–2015 年企业核算指南的报告用 AR2)；生物质 CO2 计 0，其 CH4、N2O 照计。", "GWP100 of IPCC AR5 by default (or AR4, AR6; AR2 for reports by the corporate guidelines of 2013–2015); CO2 of biomass is 0, its CH4 and N2O count.")),
    (LAW, Text("折标准煤：GB/T 2589；系数为区间的，须给出实测热值或区间内数值，绝不取平均。", "Standard coal: GB/T 2589; where a range is printed the measured heat value or a number inside it is needed, never an average.")),
    (CHOICE, Text("电力按当量值 0.1229 kgce/kWh 折算(可选当年发电煤耗)；一个结果只用一种口径；电网电量默认不计非化石。", "Electricity by 0.1229 kgce/kWh (or the year's coal consumption of generation); one convention per result; grid power counts as fossil by default.")),
    SYNERGY,
    (CHOICE, Text("减排率绝对值小于下限(默认 0)的按不变计；小于 1 % 或下限时在数据不确定度之内，作警告。", "A reduction rate below the floor (default 0) counts as no change; below 1 % or the floor it lies within data uncertainty: a warning.")),
    (CHOICE, Text("多种产品按折算系数折成标准产品后相加，作为产品产量。", "Several products add up to the output as standard product, by their conversion factors.")),
    (CHOICE, Text("余能利用量按交付量折 kJ(电力 3600 kJ/kWh)；产值默认工业总产值(不含增值税，当年价)。", "Residual energy as delivered in kJ (power 3600 kJ/kWh); output value is gross output without VAT, current prices.")),
    SCORED,
    TWO_POINTS,
    GRADED,
    NOT_APPLICABLE,
    (CHOICE, Text("改进方案：措施改动报告期的行，与同一基准期重新评价，给出单独和依次实施的总分；每万元减排量 = 年减排量 × 寿命 ÷ 投资(寿命空白按 1 年)；求目标只动一行的数量，从现值到 0(回收、外售、绿电到两倍)按 1000 格取首次达到处再二分。", "Plan: measures change rows of the report period, evaluated anew against the same base, with the total alone and in sequence; avoided per 10^4 yuan = yearly avoided × life / cost (life blank: 1 year); for a target one row's amount moves from what it is to 0 (recovered, sold, green power: to twice), first crossing of 1,000 steps, then bisection.")),
    (CHOICE, Text("不确定度(参照 IPCC 2006 第 1 卷第 3 章、GHG Protocol)：质量等级 1–5 的相对标准不确定度为 1.5、3、7.5、15、30 %，空白按 4 级；缺省因子：燃料 3 %、电网 5 %、过程 3 %、热力 10 %；一行两期的 70 % 共同，在减排率中抵消；对数正态，2000 次抽样，5–95 百分位；不改变任何得分。", "Uncertainty (after IPCC 2006 vol. 1 ch. 3 and the GHG Protocol): grades 1–5 stand for relative standard uncertainties of 1.5, 3, 7.5, 15, 30 %, blank for grade 4; default factors: fuels 3 %, grid 5 %, processes 3 %, heat 10 %; 70 % of a row's two periods is common and cancels in rates; log-normal, 2,000 draws, 5th to 95th percentile; it changes no score.")),
)  # fmt: skip
#: Those of a guide whose values are all entered for it.
OF_ENTERED = (WEIGHTED, SCORED, TWO_POINTS, NOT_APPLICABLE)
