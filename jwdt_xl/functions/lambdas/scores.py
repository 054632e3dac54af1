"""The bodies of the functions that take the scores of all indicators: total, coverage, table."""

from __future__ import annotations

from ...messages import Text
from ...standard import scoring
from ...standard.guide import builtin
from .. import scores as engine
from .answers import Table
from .writing import NAME, OTHER, item_of, quoted, said, text_of

#: Before a sentence among cells, so that it is not taken for what was typed.
MARK = "⁂"
MARKED = Text(NAME, NAME)


def table() -> Table:
    """What the built-in guide says of each indicator: weight, first level, place of the attribute."""
    guide = builtin()
    rows = [
        (
            weight,
            guide.first_level(node).code,
            float(scoring.ATTRIBUTES.index(node.attribute) + 1),
        )
        for node, weight in zip(guide.indicators, guide.weights, strict=True)
    ]
    return Table("GUIDE", ("weight", "first level", "attribute"), rows)


def helpers() -> dict[str, str]:
    count = len(builtin().indicators)
    exactly = text_of(engine._weights, 123457, None, None, True, MARKED)
    weight = item_of(engine.WEIGHTS, "i")
    return {
        "JWDT_.REFUSED": f'LAMBDA(t,HSTACK("{MARK}"&t,0,0))',
        # the first sentence among cells, else a blank text
        "JWDT_.FIRST": f"""LAMBDA(v,REDUCE("",SEQUENCE(ROWS(v)*COLUMNS(v)),LAMBDA(k,i,IF(k<>"",k,
            LET(x,JWDT_.ITEM(v,i),IF(ISTEXT(x),IF(LEFT(x,1)="{MARK}",MID(x,2,255),""),""))))))""",
        # how a count differs: {n} must have as many as {l}
        "JWDT_.COUNTS": f"LAMBDA(n,l,k,g,{_differ()})",
        "JWDT_.SCOREAT": f"""LAMBDA(v,i,k,q,IF(JWDT_.NA(v),"n/a",LET(x,JWDT_.NUMBER(v),
            w,JWDT_.WRONG(x,v,q&"["&i&"]",TRUE,"",0,100*k,""),IF(w<>"","{MARK}"&w,x))))""",
        "JWDT_.WEIGHTAT": f"""LAMBDA(v,i,LET(x,JWDT_.NUMBER(v),w,IF(ISNUMBER(x),JWDT_.WRONG(x,v,{weight},TRUE,"",0,"",""),
            IF(ISLOGICAL(x),JWDT_.NOTNUMBER(v,{weight}),{_placed(engine._weight)})),IF(w<>"","{MARK}"&w,x)))""",
        "JWDT_.LEVELAT": f"""LAMBDA(v,i,IF(JWDT_.BLANK(v),"{MARK}"&{_placed(engine._level)},IF(ISTEXT(v),TRIM(v),
            IF(ISNUMBER(v),v,"{MARK}"&JWDT_.NOTNUMBER(v,{item_of(engine.LEVELS, "i")})))))""",
        "JWDT_.SAME": "LAMBDA(a,b,IF(ISTEXT(a),IF(ISTEXT(b),EXACT(a,b),FALSE),IF(ISTEXT(b),FALSE,a=b)))",
        # weights of first level g; of those that count only where o is TRUE
        "JWDT_.INLEVEL": """LAMBDA(s,w,y,g,o,REDUCE(0,SEQUENCE(ROWS(w)),LAMBDA(k,i,
            IF(JWDT_.SAME(INDEX(y,i,1),g),IF(IF(o,EXACT(INDEX(s,i,1)&"","n/a"),FALSE),k,k+INDEX(w,i,1)),k))))""",
        "JWDT_.ANYINLEVEL": """LAMBDA(s,y,g,REDUCE(FALSE,SEQUENCE(ROWS(s)),LAMBDA(k,i,
            IF(k,TRUE,IF(JWDT_.SAME(INDEX(y,i,1),g),NOT(EXACT(INDEX(s,i,1)&"","n/a")),FALSE)))))""",
        # a weight after those of what is not applicable went to the others of its first level
        "JWDT_.SHARED": f"""LAMBDA(s,w,y,i,LET(g,INDEX(y,i,1),a,JWDT_.INLEVEL(s,w,y,g,FALSE),b,JWDT_.INLEVEL(s,w,y,g,TRUE),
            IF(AND(b<=0,OR(a>0,NOT(JWDT_.ANYINLEVEL(s,y,g)))),"{MARK}"&{_empty()},
            IF(EXACT(INDEX(s,i,1)&"","n/a"),0,IF(b>0,INDEX(w,i,1)*(a/b),0)))))""",
        # scores and weights after that, a row each; or a sentence
        "JWDT_.READ": f"""LAMBDA(v,w,y,k,q,LET(n,ROWS(v)*COLUMNS(v),
            s,MAP(SEQUENCE(n),LAMBDA(i,JWDT_.SCOREAT(JWDT_.ITEM(v,i),i,k,q))),e,JWDT_.FIRST(s),
            own,NOT(JWDT_.ALLBLANK(w)),na,REDUCE(FALSE,SEQUENCE(n),LAMBDA(h,i,IF(h,TRUE,EXACT(INDEX(s,i,1)&"","n/a")))),
            IF(e<>"",JWDT_.REFUSED(e),IF(IF(own,FALSE,n<>{count}),JWDT_.REFUSED({said(exactly, bound='TEXT(n,"0")', name="q")}),LET(
            x,IF(own,MAP(SEQUENCE(ROWS(w)*COLUMNS(w)),LAMBDA(i,JWDT_.WEIGHTAT(JWDT_.ITEM(w,i),i))),
            MAP(SEQUENCE({count}),LAMBDA(i,INDEX(JWDT_.GUIDE,i,1)))),f,JWDT_.FIRST(x),
            told,NOT(JWDT_.ALLBLANK(y)),z,IF(told,MAP(SEQUENCE(ROWS(y)*COLUMNS(y)),LAMBDA(i,JWDT_.LEVELAT(JWDT_.ITEM(y,i),i))),
            MAP(SEQUENCE(n),LAMBDA(i,IF(own,0,INDEX(JWDT_.GUIDE,i,2))))),h,JWDT_.FIRST(z),
            IF(f<>"",JWDT_.REFUSED(f),IF(h<>"",JWDT_.REFUSED(h),
            IF(AND(own,na,NOT(told)),JWDT_.REFUSED({quoted(_lacking_levels())}),
            IF(ROWS(x)<>n,JWDT_.REFUSED(JWDT_.COUNTS({quoted(str(engine.WEIGHTS))},q,n,ROWS(x))),
            IF(ROWS(z)<>n,JWDT_.REFUSED(JWDT_.COUNTS({quoted(str(engine.LEVELS))},q,n,ROWS(z))),
            LET(u,IF(na,MAP(SEQUENCE(n),LAMBDA(i,JWDT_.SHARED(s,x,z,i))),x),g,JWDT_.FIRST(u),
            IF(g<>"",JWDT_.REFUSED(g),IF(MAX(u)<=0,JWDT_.REFUSED({quoted(text_of(scoring.total, [1.0], [0.0]))}),
            HSTACK(s,u))))))))))))))""",
        "JWDT_.ISREFUSED": f'LAMBDA(m,LET(x,INDEX(m,1,1),IF(ISTEXT(x),LEFT(x,1)="{MARK}",FALSE)))',
        "JWDT_.WHOLE": "LAMBDA(m,REDUCE(0,SEQUENCE(ROWS(m)),LAMBDA(k,i,k+INDEX(m,i,2))))",
        "JWDT_.MARKS": "LAMBDA(m,REDUCE(0,SEQUENCE(ROWS(m)),LAMBDA(k,i,IF(ISNUMBER(INDEX(m,i,1)),k+INDEX(m,i,1)*INDEX(m,i,2),k))))",
        # the place of the first score that is missing and counts, or 0
        "JWDT_.LACKS": """LAMBDA(m,REDUCE(0,SEQUENCE(ROWS(m)),LAMBDA(k,i,
            IF(k>0,k,IF(ISNUMBER(INDEX(m,i,1)),0,IF(INDEX(m,i,2)>0,i,0))))))""",
        "JWDT_.TOTAL": "LAMBDA(m,MIN(100,JWDT_.MARKS(m)/JWDT_.WHOLE(m)))",
        "JWDT_.ATTRIBUTEAT": f"""LAMBDA(v,i,IF(JWDT_.BLANK(v),"{MARK}"&{_placed(engine._attribute)},
            LET(t,JWDT_.TEXT(v),w,JWDT_.NOTTEXT(t,v,{item_of(engine.ATTRIBUTES, "i")},FALSE),IF(w<>"","{MARK}"&w,
            LET(a,JWDT_.ATTRIBUTE(t),IF(a=0,"{MARK}"&JWDT_.NOATTRIBUTE(t),INDEX(JWDT_.ATTRIBUTES,a,2)))))))""",
        "JWDT_.TABLESCORE": f"""LAMBDA(v,b,a,i,IF(JWDT_.NA(v),"n/a",LET(x,JWDT_.NUMBER(v),y,JWDT_.NUMBER(b),
            IF(ISLOGICAL(x),"{MARK}"&JWDT_.NOTNUMBER(v,{item_of(engine.VALUES, "i")}),
            IF(ISLOGICAL(y),"{MARK}"&JWDT_.NOTNUMBER(b,{item_of(engine.BENCHMARKS, "i")}),
            IF(ISTEXT(x),"",IF(a=3,x,IF(AND(ISTEXT(y),a<>4),"",LET(s,JWDT_.SINGLEOF(x,y,a),
            IF(ISTEXT(s),"{MARK}"&s,s))))))))))""",
        # in a table a benchmark may be typed that is no benchmark
        "JWDT_.SINGLEOF": f"""LAMBDA(x,b,a,IF(IF(OR(a=4,ISTEXT(b)),FALSE,b<=0),
            {said(text_of(scoring.check_benchmark, -987654.0), value="JWDT_.SHOWN(b)")},JWDT_.SINGLE(x,b,a,1,"")))""",
    }


def _differ() -> str:
    text = text_of(engine._check_counts, MARKED, 123457, (Text(OTHER, OTHER), range(987654)))
    text = text.replace("987654", "-987654")
    return said(text, other="n", name="l", bound='TEXT(k,"0")', value='TEXT(g,"0")')


def _placed(call: object) -> str:
    """The sentence that the item of this place is missing."""
    return said(text_of(call, None, 123457), bound='TEXT(i,"0")')  # type: ignore[arg-type]


def _empty() -> str:
    return said(text_of(scoring.redistributed, [1.0], [NAME], [False]), name="g")


def _lacking_levels() -> str:
    return text_of(engine._weights, 1, [[1]], None, False)


def bodies() -> dict[str, str]:
    missing = said(text_of(engine.JWDT_SCORE, [[None], [1]], [[1], [1]]).replace("1", NAME), name='TEXT(p,"0")')
    given = quoted(str(engine.SCORES))
    read = (
        f'LET(m,JWDT_.READ(v_0,v_1,v_2,IF(n_cap="",1,n_cap),{given}),'
        + """IF(JWDT_.ISREFUSED(m),MID(INDEX(m,1,1),2,255),{0}))"""
    )
    return {
        "JWDT_SCORE": read.format(f"LET(p,JWDT_.LACKS(m),IF(p>0,{missing},JWDT_.TOTAL(m)))"),
        "JWDT_COVERAGE": read.format(
            """IF(JWDT_.LACKS(m)=0,1,REDUCE(0,SEQUENCE(ROWS(m)),LAMBDA(k,i,
            IF(ISNUMBER(INDEX(m,i,1)),k+INDEX(m,i,2),k)))/JWDT_.WHOLE(m))"""
        ),
        "JWDT_SCORE_TABLE": _table(),
    }


def _table() -> str:
    header = ",".join(quoted(str(title)) for title in engine._HEADER)
    attributes = ",".join(quoted(str(scoring.ATTRIBUTE_NAMES[name])) for name in scoring.ATTRIBUTES)
    total = quoted(str(Text("合计", "total")))
    count = len(builtin().indicators)
    return f"""LET(n,ROWS(v_0)*COLUMNS(v_0),told,NOT(JWDT_.ALLBLANK(v_2)),
        a,IF(told,MAP(SEQUENCE(ROWS(v_2)*COLUMNS(v_2)),LAMBDA(i,JWDT_.ATTRIBUTEAT(JWDT_.ITEM(v_2,i),i))),
        MAP(SEQUENCE({count}),LAMBDA(i,INDEX(JWDT_.GUIDE,i,3)))),f,JWDT_.FIRST(a),
        IF(f<>"",f,IF(ROWS(v_1)*COLUMNS(v_1)<>n,JWDT_.COUNTS({quoted(str(engine.BENCHMARKS))},{quoted(str(engine.VALUES))},n,ROWS(v_1)*COLUMNS(v_1)),
        IF(ROWS(a)<>n,JWDT_.COUNTS({quoted(str(engine.ATTRIBUTES))},{quoted(str(engine.VALUES))},n,ROWS(a)),
        LET(s,MAP(SEQUENCE(n),LAMBDA(i,JWDT_.TABLESCORE(JWDT_.ITEM(v_0,i),JWDT_.ITEM(v_1,i),INDEX(a,i,1),i))),e,JWDT_.FIRST(s),
        IF(e<>"",e,LET(m,JWDT_.READ(s,v_3,v_4,1,{quoted(str(engine.VALUES))}),IF(JWDT_.ISREFUSED(m),MID(INDEX(m,1,1),2,255),
        LET(w,JWDT_.WHOLE(m),p,JWDT_.LACKS(m),t,IF(p>0,"",JWDT_.TOTAL(m)),
        MAKEARRAY(n+2,8,LAMBDA(i,j,IF(i=1,CHOOSE(j,{header}),
        IF(i=n+2,CHOOSE(j,{total},"","","",t,w,t,IF(p>0,"",100-t)),
        LET(h,i-1,x,INDEX(m,h,1),u,INDEX(m,h,2),
        CHOOSE(j,h,JWDT_.TYPED(v_0,h),JWDT_.TYPED(v_1,h),CHOOSE(INDEX(a,h,1),{attributes}),
        IF(ISNUMBER(x),x,""),u,IF(ISNUMBER(x),x*(u/w),""),IF(ISNUMBER(x),(100-x)*(u/w),""))))))))))))))))"""
