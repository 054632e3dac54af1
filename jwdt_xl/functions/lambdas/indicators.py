"""The bodies of the functions of the groups indicators and of single scores."""

from __future__ import annotations

from ...messages import Text
from ...standard import indicators as ind
from ...standard import measures, scoring
from ...standard.formulas import FORMULAS
from ...standard.guide.options import DEFAULTS
from ...standard.names import fold
from ..catalogue import CATALOGUE, absent
from ..indicators import _RECOMMENDED_WORDS, JWDT_POLICY, synergy_of
from ..scores import JWDT_EXPLAIN
from ..single_scores import single
from .spilling import nested
from .writing import BOUND, LEAST, NAME, OTHER, VALUE, parameter, quoted, said, text_of

#: What the engine calls the quantities it divides by, by the argument.
_DIVISORS = {"output": ind.OUTPUT, "co2e_t": ind.CARBON, "primary_tce": ind.ENERGY}
_CHANGE = "1/1000000000000"


def helpers() -> dict[str, str]:
    marked = Text(NAME, NAME)
    not_above = said(text_of(ind.ratio, 1.0, VALUE, marked), name="n", value="JWDT_.SHOWN(b)")
    too_small = said(text_of(ind.ratio, 1e300, 1e-300, marked), name="n")
    quotients = [
        ("o", "p0_", "q0_", ind.BASE_OUTPUT),
        ("p", "c0_", "q0_", ind.BASE_OUTPUT),
        ("q", "p1_", "q1_", ind.OUTPUT),
        ("t", "c1_", "q1_", ind.OUTPUT),
    ]
    per_unit = ",".join(f"{v},JWDT_.RATIO({top},{bottom},{quoted(str(what))})" for v, top, bottom, what in quotients)
    order = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    cases = ",".join(quoted(str(ind.CASE_NAMES[ind._CASES[pair]])) for pair in order)
    attribute = said(text_of(scoring.find_attribute, NAME), name="t")
    return {
        # a quotient, or why there is none; n is what divides
        "JWDT_.RATIO": f"LAMBDA(a,b,n,IF(b<=0,{not_above},IFERROR(a/b,{too_small})))",
        "JWDT_.RATE": f"LAMBDA(a,b,n,LET(v,JWDT_.RATIO(a-b,a,n),IF(ISTEXT(v),v,IF(ABS(v)<{_CHANGE},0,v))))",
        "JWDT_.FLOORED": f"LAMBDA(v,f,IF(ABS(v)<f-{_CHANGE},0,v))",
        # amounts per unit product (p0_ p1 c0_ c1 in a row), or a sentence
        "JWDT_.AMOUNTS": f"""LAMBDA(p0_,p1_,c0_,c1_,q0_,q1_,IF(IF(q0_="",q1_<>"",q1_=""),
            HSTACK({quoted(text_of(synergy_of, 1.0, 1.0, 1.0, 1.0, 1.0, None))},0),IF(q0_="",HSTACK(p0_,p1_,c0_,c1_),LET({per_unit},
            {nested([(f"ISTEXT({v})", f"HSTACK({v},0)") for v in "opqt"], "HSTACK(o,q,p,t)")}))))""",
        # the two rates of reduction in a row, or a sentence
        "JWDT_.RATES": f"""LAMBDA(p0_,p1_,c0_,c1_,q0_,q1_,LET(m,JWDT_.AMOUNTS(p0_,p1_,c0_,c1_,q0_,q1_),IF(ISTEXT(INDEX(m,1,1)),m,
            LET(a,JWDT_.RATE(INDEX(m,1,1),INDEX(m,1,2),{quoted(str(ind.BASE_POLLUTANTS))}),
            b,JWDT_.RATE(INDEX(m,1,3),INDEX(m,1,4),{quoted(str(ind.BASE_CARBON))}),
            IF(ISTEXT(a),HSTACK(a,0),IF(ISTEXT(b),HSTACK(b,0),HSTACK(a,b)))))))""",
        "JWDT_.CASE": f"LAMBDA(a,b,CHOOSE(3*(SIGN(a)+1)+SIGN(b)+2,{cases}))",
        # the place of an attribute, or 0
        "JWDT_.ATTRIBUTE": "LAMBDA(t,JWDT_.MATCH(JWDT_.ATTRIBUTES_KEY,LOWER(t)))",
        "JWDT_.NOATTRIBUTE": f"LAMBDA(t,JWDT_.SHORT({attribute}))",
        "JWDT_.SINGLE": _single(),
    }


def _single() -> str:
    """Score of a value x against b by the attribute a (1 to 4), cap k, limit l; or a sentence."""
    sentence = text_of(scoring.check_limit, BOUND, 6809.0, scoring.POSITIVE).replace("6809", NAME)
    by_points = said(sentence, bound="JWDT_.SHOWN(l)", name="JWDT_.SHOWN(b)")
    grade = said(text_of(single, BOUND, None, scoring.QUALITATIVE, 1.0), bound="JWDT_.SHOWN(x)")
    return f"""LAMBDA(x,b,a,k,l,
        IF(a=3,{quoted(text_of(single, 1.0, 1.0, scoring.MODERATE, 1.0))},
        IF(a=4,IF(x>1,{grade},IF(l<>"",{quoted(text_of(scoring.check_limit, 0.5, 1.0, scoring.QUALITATIVE))},100*x)),
        IF(b="",{quoted(str(absent("JWDT_INDICATOR_SCORE", "benchmark")))},
        IF(l<>"",IF(IF(a=1,AND(l>=0,l<b),l>b),100*MAX(0,MIN(1,(x-l)/(b-l))),{by_points}),
        IF(a=1,100*MAX(0,MIN(k,IFERROR(x/b,k))),100*IF(x<=0,k,MIN(k,IFERROR(b/x,k)))))))))"""


def _quotient(name: str) -> str:
    """From its entry among the formulas: what divides what, times what, and what may not be negative."""
    formula = next(f for f in FORMULAS.values() if f.call == name)
    top, bottom = (argument.name for argument in CATALOGUE[name].arguments)
    above = top if formula.times == 1 else f"{top}*{formula.times}"
    quotient = f"JWDT_.RATIO({above},{bottom},{quoted(str(_DIVISORS[bottom]))})"
    if "co2e_t" in (top, bottom):
        sentence = said(text_of(ind.carbon_intensity, VALUE, 1.0), value="JWDT_.SHOWN(co2e_t)")
        quotient = f"IF(co2e_t<0,{sentence},{quotient})"
    return quotient


def _synergy_score() -> str:
    amounts = "p0_,p1_,c0_,c1_,q0_,q1_"
    places = {measure.name: place for place, measure in enumerate(measures.MEASURES, 1)}
    words = [
        ("OR(" + ",".join(f'f="{fold(word)}"' for word in (m.name, *m.label)) + ")", str(places[m.name]))
        for m in measures.MEASURES
    ]
    chosen = nested(words, "0")
    default = places[str(DEFAULTS["moderate_score"])]
    lacking = []
    for m in measures.MEASURES:
        for need in m.needs:
            if need not in DEFAULTS:
                lacking.append(
                    (f'IF(m={places[m.name]},{need}="",FALSE)', quoted(str(absent("JWDT_SYNERGY_SCORE", need))))
                )
    one_sided = ",".join(f"m={places[m.name]}" for m in measures.MEASURES if not m.everywhere)
    rate = f"""LET(x,p0_+carbon_equivalents*c0_,y,p1_+carbon_equivalents*c1_,
        u,IF(q0_="",x,x/q0_),w,IF(q0_="",y,y/q1_),z,JWDT_.RATE(u,w,{quoted(str(ind.BASE_POLLUTANTS))}),
        IF(ISTEXT(z),z,100*MAX(0,MIN(1,JWDT_.FLOORED(z,g)/full_rate))))"""
    by_measure = f"""IF(m={places[measures.RATIO]},MIN(a/b,b/a),IF(m={places[measures.DISTANCE]},1-ABS(a/b-1),
        IF(m={places[measures.COSINE]},IF(AND(a=0,b=0),0,(a+b)/SQRT(a*a+b*b)/SQRT(2)),SQRT(a*b)/full_rate)))"""
    wrong = said(text_of(measures.find_measure, NAME), name="method")
    return f"""LET(f,JWDT_.FOLD(method),m,IF(method="",{default},{chosen}),
        IF(m=0,JWDT_.SHORT({wrong}),LET(n,JWDT_.RATES({amounts}),g,IF(floor="",{DEFAULTS["synergy_floor"]:g},floor),
        IF(ISTEXT(INDEX(n,1,1)),INDEX(n,1,1),LET(a,JWDT_.FLOORED(INDEX(n,1,1),g),b,JWDT_.FLOORED(INDEX(n,1,2),g),
        {nested(lacking, f"IF(m={places[measures.EQUIVALENT_RATE]},{rate},IF(AND(OR({one_sided}),OR(a<=0,b<=0)),0,100*MAX(0,MIN(1,{by_measure}))))")})))))"""


def _policy() -> str:
    words = nested(
        [
            ("OR(" + ",".join(f'w="{word}"' for word in known) + ")", _half(ind.RECOMMENDED[code]))
            for code, known in _RECOMMENDED_WORDS.items()
        ],
        "-1",
    )
    wrong = said(text_of(JWDT_POLICY, NAME, False), name="recommended")
    return f"""LET(w,LOWER(recommended),x,{words},IF(AND(recommended<>"",x<0),JWDT_.SHORT({wrong}),
        IF(elimination_list=1,0,IF(elimination_list="",{quoted(str(absent("JWDT_POLICY", "elimination_list")))},
        IF(recommended="",{quoted(str(absent("JWDT_POLICY", "recommended")))},x)))))"""


def _half(value: float) -> str:
    return f"{value:g}"


def bodies() -> dict[str, str]:
    rates = ",".join(parameter(argument.name) for argument in CATALOGUE["JWDT_SYNERGY"].arguments)
    quotients = [formula.call for formula in FORMULAS.values() if formula.is_quotient and formula.call]
    attribute = (
        "LET(a,JWDT_.ATTRIBUTE(attribute),IF(a=0,JWDT_.NOATTRIBUTE(attribute),LET(d,INDEX(JWDT_.ATTRIBUTES,a,2),{0})))"
    )
    score = 'JWDT_.SINGLE(value,benchmark,d,IF(cap="",1,cap),limit)'
    return {
        **{name: _quotient(name) for name in quotients},
        "JWDT_SYNERGY": f"""LET(n,JWDT_.RATES({rates}),IF(ISTEXT(INDEX(n,1,1)),INDEX(n,1,1),LET(a,INDEX(n,1,1),b,INDEX(n,1,2),
            IF(AND(a>0,b>0),a/b,JWDT_.CASE(a,b)))))""",
        "JWDT_POLICY": _policy(),
        "JWDT_MANAGEMENT": f"""IF(established=0,0,IF(effective="",{quoted(str(absent("JWDT_MANAGEMENT", "effective")))},0.5+0.5*effective))""",
        "JWDT_SYNERGY_SCORE": _synergy_score(),
        "JWDT_INDICATOR_SCORE": attribute.format(score),
        "JWDT_EXPLAIN": attribute.format(_explain()),
    }


def _explain() -> str:
    """The sentence of the engine for numbers of which each can be told from the others."""

    def sentence(value: float, attribute: str, weight: float | None = None) -> str:
        text = str(JWDT_EXPLAIN(value, 6789.0, attribute, weight))
        score = single(value, 6789.0, attribute, 1.0)
        if weight is not None:
            text = text.removeprefix(str(JWDT_EXPLAIN(value, 6789.0, attribute)))
            text = text.replace(str(weight), OTHER).replace(f"{score * weight:.2f}", LEAST)
            return said(text, other="JWDT_.SHOWN(weight)", unit='TEXT(s*weight,"0.00")')
        text = text.replace(f"{score:.2f}", LEAST).replace("6789", OTHER).replace(f"{value:g}", NAME, value > 0)
        return said(
            text, name="JWDT_.SHOWN(value)", other="JWDT_.SHOWN(benchmark)", unit='TEXT(s,"0.00")'
        )  # fmt: skip

    plain = f"""IF(d=4,{sentence(0.2345, scoring.QUALITATIVE)},IF(d=1,{sentence(2345.0, scoring.POSITIVE)},
        IF(value<=0,{sentence(0.0, scoring.NEGATIVE)},{sentence(9876.0, scoring.NEGATIVE)})))"""
    more = f'IF(weight="","",{sentence(2345.0, scoring.POSITIVE, 0.1234)})'
    return f'LET(s,JWDT_.SINGLE(value,benchmark,d,1,""),IF(ISTEXT(s),s,JWDT_.SHORT({plain}&{more})))'
