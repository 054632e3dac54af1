"""The bodies of the functions for authors of guides: benchmarks, AHP, experts' weights, rankings."""

from __future__ import annotations

from ...messages import Text, item
from ...standard.guide import benchmarks, matrices
from ...standard.guide import weights as weighting
from ...standard.scoring import WEIGHT_TOLERANCE
from .. import guide as engine
from ..catalogue import CATALOGUE
from .scores import MARK
from .writing import LEAST, NAME, OTHER, item_of, quoted, said, text_of

#: So many squarings separate the principal eigenvector from all others, as many as a program's digits can tell.
_SQUARINGS = 40
_ROUNDING = "1/1000000000000"
_AT = "JWDT_.ITEM({0},(i-1)*COLUMNS({0})+j)"


def _numbers(range_name: str, name: Text) -> str:
    """A range as rows of numbers and blanks, and marked sentences."""
    cell = _AT.format(range_name)
    return f"""MAKEARRAY(ROWS({range_name}),COLUMNS({range_name}),LAMBDA(i,j,LET(v,{cell},x,JWDT_.NUMBER(v),
        IF(ISLOGICAL(x),"{MARK}"&JWDT_.NOTNUMBER(v,{item_of(name, "i", "j")}),x))))"""


def _list(range_name: str, name: Text) -> str:
    return f"""MAP(SEQUENCE(ROWS({range_name})*COLUMNS({range_name})),LAMBDA(i,LET(v,JWDT_.ITEM({range_name},i),x,JWDT_.NUMBER(v),
        IF(ISLOGICAL(x),"{MARK}"&JWDT_.NOTNUMBER(v,{item_of(name, "i")}),x))))"""


def _sentence(call: object, *arguments: object, replace: dict[str, str], **marks: str) -> str:
    text = text_of(call, *arguments)  # type: ignore[arg-type]
    for old, new in replace.items():
        text = text.replace(old, new)
    return said(text, **marks)


def helpers() -> dict[str, str]:
    judged = matrices._judgement
    above = _sentence(judged, _Far(-1.5), 0, 0, _place, replace={"-1.5": LEAST}, name="n", unit="JWDT_.SHOWN(x)")
    within = _sentence(judged, _Far(2e9), 0, 0, _place, replace={"2e+09": LEAST}, name="n", unit="JWDT_.SHOWN(x)")
    diagonal = _sentence(
        matrices.completed,
        [[2345.0]],
        replace={str(item(matrices.MATRIX, 1, 1)): NAME, "2345": LEAST},
        name="n",
        unit="JWDT_.SHOWN(x)",
    )
    reciprocal = _sentence(
        matrices.pair, [[1.0, 234.0], [567.0, 1.0]], 0, 1,
        replace={str(item(matrices.MATRIX, 1, 2)): NAME, str(item(matrices.MATRIX, 2, 1)): OTHER, "1/567": f"1/{LEAST}", "567": "-987654", "234": "123457"},
        name="JWDT_.CELL(i,j)", other="JWDT_.CELL(j,i)", bound="JWDT_.SHOWN(a)", value="JWDT_.SHOWN(b)",
        unit="JWDT_.SHOWN(MAX(a,b))",
    )  # fmt: skip
    least = _sentence(weighting._at_least_0, -1.5, OTHER, replace={"-1.5": LEAST}, other="n", unit="JWDT_.SHOWN(x)")
    ri = ",".join(f"{value:g}" for value in matrices.RANDOM_INDEX)
    square = text_of(matrices.check_size, 123457, 987654).replace("987654", "-987654")
    many = text_of(matrices.check_size, 123457, 123457)
    return {
        # the contents of a cell as a spreadsheet shows them: a blank one blank
        "JWDT_.TYPED": 'LAMBDA(v,i,LET(x,JWDT_.ITEM(v,i),IF(ISBLANK(x),"",x)))',
        "JWDT_.CELL": f"LAMBDA(i,j,{item_of(matrices.MATRIX, 'i', 'j')})",
        "JWDT_.JUDGED": f"""LAMBDA(x,n,IF(ISTEXT(x),"",IF(x<=0,{above},
            IF(OR(x<1/1000000000,x>1000000000),{within},""))))""",
        "JWDT_.PAIR": f"""LAMBDA(m,i,j,LET(a,INDEX(m,i,j),b,INDEX(m,j,i),f,JWDT_.JUDGED(a,JWDT_.CELL(i,j)),
            g,JWDT_.JUDGED(b,JWDT_.CELL(j,i)),IF(f<>"",f,IF(g<>"",g,IF(AND(ISTEXT(a),ISTEXT(b)),JWDT_.ABSENT(JWDT_.CELL(i,j)),
            IF(OR(ISTEXT(a),ISTEXT(b)),"",IF(ABS(a*b-1)>1/1000000+{_ROUNDING},{reciprocal},"")))))))""",
        "JWDT_.DIAGONAL": f"""LAMBDA(m,i,LET(x,INDEX(m,i,i),n,JWDT_.CELL(i,i),f,JWDT_.JUDGED(x,n),IF(f<>"",f,IF(ISTEXT(x),"",
            IF(ABS(x-1)>1/1000000+{_ROUNDING},{diagonal},"")))))""",
        # a matrix of judgements filled in, or a sentence
        "JWDT_.MATRIX": f"""LAMBDA(v,LET(n,ROWS(v),IF(n<>COLUMNS(v),JWDT_.REFUSED({said(square, bound='TEXT(n,"0")', value='TEXT(COLUMNS(v),"0")')}),
            IF(n>{matrices.LARGEST_MATRIX},JWDT_.REFUSED({said(many, bound='TEXT(n,"0")')}),
            LET(m,{_numbers("v", matrices.MATRIX)},e,JWDT_.FIRST(m),IF(e<>"",JWDT_.REFUSED(e),
            LET(f,REDUCE("",SEQUENCE(n*n),LAMBDA(k,q,IF(k<>"",k,LET(i,INT((q-1)/n)+1,j,MOD(q-1,n)+1,
            IF(j<i,"",IF(i=j,JWDT_.DIAGONAL(m,i),JWDT_.PAIR(m,i,j))))))),IF(f<>"",JWDT_.REFUSED(f),
            MAKEARRAY(n,n,LAMBDA(i,j,IF(i=j,1,LET(x,INDEX(m,i,j),IF(ISTEXT(x),1/INDEX(m,j,i),x)))))))))))))""",
        # the principal eigenvector, its sum 1, and below it the eigenvalue: balanced by the means of rows, squared again and again
        "JWDT_.EIGEN": f"""LAMBDA(f,LET(n,ROWS(f),
            g,MAKEARRAY(n,1,LAMBDA(i,j,REDUCE(0,SEQUENCE(n),LAMBDA(k,h,k+LN(INDEX(f,i,h))))/n)),
            b,MAKEARRAY(n,n,LAMBDA(i,j,INDEX(f,i,j)*EXP(INDEX(g,j,1)-INDEX(g,i,1)))),
            p,REDUCE(b,SEQUENCE({_SQUARINGS}),LAMBDA(k,i,LET(q,k/MAX(k),MMULT(q,q)))),
            one,MAKEARRAY(n,1,LAMBDA(i,j,1)),h,MMULT(p,one),y,MMULT(b,h),l,MMULT(MAKEARRAY(1,n,LAMBDA(i,j,1)),p),
            z,JWDT_.DOT(l,y)/JWDT_.DOT(l,h),x,MAKEARRAY(n,1,LAMBDA(i,j,INDEX(y,i,1)*EXP(INDEX(g,i,1)))),
            s,SUM(x),MAKEARRAY(n+1,1,LAMBDA(i,j,IF(i>n,z,INDEX(x,i,1)/s)))))""",
        "JWDT_.DOT": "LAMBDA(l,y,REDUCE(0,SEQUENCE(ROWS(y)),LAMBDA(k,i,k+INDEX(l,1,i)*INDEX(y,i,1))))",
        "JWDT_.CR": f"LAMBDA(n,l,IF(n<3,0,IF(l-n<{_ROUNDING}*n,0,(l-n)/(n-1)/CHOOSE(n,{ri}))))",
        "JWDT_.DEVIATION": """LAMBDA(f,w,q,LET(n,ROWS(f),i,INT((q-1)/n)+1,j,MOD(q-1,n)+1,
            ABS(LN(INDEX(f,i,j)/(INDEX(w,i,1)/INDEX(w,j,1))))))""",
        # the first of the judgements that deviate most, by its place in the matrix
        "JWDT_.WORST": """LAMBDA(f,w,LET(n,ROWS(f),REDUCE(0,SEQUENCE(n*n),LAMBDA(k,q,
            IF(MOD(q-1,n)<=INT((q-1)/n),k,IF(JWDT_.DEVIATION(f,w,q)>IF(k=0,0,JWDT_.DEVIATION(f,w,k))+1/1000000000,q,k))))))""",
        "JWDT_.LEAST0": f'LAMBDA(x,n,IF(ISTEXT(x),JWDT_.ABSENT(n),IF(x<0,{least},"")))',
        # of an expert: whether the row is blank, its sum, and what is wrong with it
        "JWDT_.ROWBLANK": "LAMBDA(m,i,REDUCE(TRUE,SEQUENCE(COLUMNS(m)),LAMBDA(k,j,IF(k,ISTEXT(INDEX(m,i,j)),FALSE))))",
        "JWDT_.ROWSUM": "LAMBDA(m,i,REDUCE(0,SEQUENCE(COLUMNS(m)),LAMBDA(k,j,k+INDEX(m,i,j))))",
        "JWDT_.EXPERT": f"""LAMBDA(m,i,REDUCE("",SEQUENCE(COLUMNS(m)+1),LAMBDA(k,j,IF(k<>"",k,IF(j>COLUMNS(m),
            IF(JWDT_.ROWSUM(m,i)<=0,{_sentence(weighting._shares, [0.0], 123457, 1, replace={}, bound='TEXT(i,"0")')},""),
            JWDT_.LEAST0(INDEX(m,i,j),{item_of(weighting.SCORES, "i", "j")}))))))""",
        "JWDT_.RANK": f"""LAMBDA(m,i,j,LET(x,INDEX(m,i,j),n,COLUMNS(m),a,{item_of(weighting.RANKINGS, "i", "j")},
            IF(ISTEXT(x),"",IF(OR(x<1,x>n,x<>INT(x)),{_rank(set())},
            IF(REDUCE(FALSE,SEQUENCE(j),LAMBDA(k,h,IF(h<j,IF(k,TRUE,IF(ISTEXT(INDEX(m,i,h)),FALSE,INDEX(m,i,h)=x)),k))),
            {_rank({3})},"")))))""",
    }


class _Far(list[object]):
    """A matrix all of whose cells hold one number."""

    def __init__(self, value: float) -> None:
        super().__init__([[value]])


def _place(row: int, column: int) -> str:
    return NAME


def _rank(taken: set[int]) -> str:
    value = 3.0 if taken else 234.0
    text = text_of(weighting._rank, value, 56, taken, NAME)
    for old, new in ((f"{value:.4g}", LEAST), ("56", OTHER)):
        text = text.replace(old, new)
    return said(text, name="a", unit="JWDT_.SHOWN(x)", other='TEXT(n,"0")')


def _benchmark() -> str:
    only = quoted(text_of(benchmarks.reached_level, [1.0], "moderate"))
    none = quoted(text_of(benchmarks.reached_level, [], "positive"))
    values = item_of(CATALOGUE["JWDT_BENCHMARK"].arguments[0].title, "i")
    return f"""LET(x,MAP(SEQUENCE(ROWS(v_0)*COLUMNS(v_0)),LAMBDA(i,LET(v,JWDT_.ITEM(v_0,i),y,IF(JWDT_.NA(v),"",JWDT_.NUMBER(v)),
        IF(ISLOGICAL(y),"{MARK}"&JWDT_.NOTNUMBER(v,{values}),y)))),e,JWDT_.FIRST(x),
        IF(e<>"",e,LET(a,JWDT_.ATTRIBUTE(n_attribute),IF(a=0,JWDT_.NOATTRIBUTE(n_attribute),LET(d,INDEX(JWDT_.ATTRIBUTES,a,2),
        n,REDUCE(0,x,LAMBDA(k,y,IF(ISNUMBER(y),k+1,k))),IF(d>2,{only},IF(n=0,{none},
        LET(p,MAX(1,ROUNDUP(ROUND(IF(n_share="",0.5,n_share)*n-1/1000000000,12),0)),IF(d=1,LARGE(x,p),SMALL(x,p))))))))))"""


def _ahp(then: str) -> str:
    return f"""LET(f,JWDT_.MATRIX(v_0),IF(JWDT_.ISREFUSED(f),MID(INDEX(f,1,1),2,255),
        LET(n,ROWS(f),w,JWDT_.EIGEN(f),q,JWDT_.CR(n,INDEX(w,n+1,1)),{then})))"""


def _ahp_weights() -> str:
    worst = matrices.Judgement(123457, 987654, 609.0, 708.0)
    result = matrices.Ahp((1.0,), 0.0, 0.0, 890.0, worst)
    text = text_of(matrices.check_consistent, result)
    for old, new in (("987654", "-987654"), ("609", NAME), ("708", OTHER), ("890", LEAST)):
        text = text.replace(old, new)
    sentence = said(
        text, bound='TEXT(i,"0")', value='TEXT(j,"0")', name="JWDT_.SHOWN(INDEX(f,i,j))",
        other="JWDT_.DIGITS(INDEX(w,i,1)/INDEX(w,j,1),3)", unit="JWDT_.SHOWN(q)",
    )  # fmt: skip
    return _ahp(
        f"""IF(q>=0.1,LET(k,JWDT_.WORST(f,w),i,INT((k-1)/n)+1,j,MOD(k-1,n)+1,{sentence}),
        MAKEARRAY(n,1,LAMBDA(i,j,INDEX(w,i,1))))"""
    )


def _experts() -> str:
    different = (
        text_of(weighting.expert_weights, [[1.0]] * 234, [1.0] * 567).replace("234", OTHER).replace("567", LEAST)
    )
    different = said(different, other='TEXT(n,"0")', unit='TEXT(ROWS(x),"0")')
    none = quoted(text_of(weighting.expert_weights, [[1.0]], [0.0]))
    return f"""LET(own,NOT(JWDT_.ALLBLANK(v_1)),n,ROWS(v_0),x,{_list("v_1", weighting.EXPERT_WEIGHTS)},a,IF(own,JWDT_.FIRST(x),""),
        m,{_numbers("v_0", weighting.SCORES)},b,JWDT_.FIRST(m),
        IF(a<>"",a,IF(b<>"",b,IF(IF(own,ROWS(x)<>n,FALSE),{different},
        LET(e,REDUCE("",SEQUENCE(n),LAMBDA(k,i,IF(k<>"",k,IF(JWDT_.ROWBLANK(m,i),"",LET(t,JWDT_.EXPERT(m,i),
        IF(t<>"",t,IF(own,JWDT_.LEAST0(INDEX(x,i,1),{item_of(weighting.EXPERT_WEIGHTS, "i")}),""))))))),IF(e<>"",e,
        LET(w,MAP(SEQUENCE(n),LAMBDA(i,IF(JWDT_.ROWBLANK(m,i),0,IF(own,INDEX(x,i,1),1)))),s,SUM(w),IF(s<=0,{none},
        MAKEARRAY(1,COLUMNS(v_0),LAMBDA(i,j,REDUCE(0,SEQUENCE(n),LAMBDA(k,h,IF(INDEX(w,h,1)=0,k,
        k+INDEX(w,h,1)*INDEX(m,h,j)/JWDT_.ROWSUM(m,h))))/s))))))))))"""


def _combined() -> str:
    shapes = text_of(engine.JWDT_COMBINED_WEIGHTS, [[1] * 23] * 45, [[1] * 67] * 89)
    for old, new in (("45", NAME), ("23", OTHER), ("89", LEAST), ("67", "-987654")):
        shapes = shapes.replace(old, new)
    shapes = said(
        shapes, name='TEXT(ROWS(v_0),"0")', other='TEXT(COLUMNS(v_0),"0")', unit='TEXT(ROWS(v_1),"0")',
        value='TEXT(COLUMNS(v_1),"0")',
    )  # fmt: skip
    counts = said(
        str(weighting.different_counts(123457, -987654)), bound='TEXT(ROWS(a),"0")', value='TEXT(ROWS(b),"0")'
    )
    half = said(
        text_of(engine._pairs, [None], [1.0]).replace(str(weighting.SUBJECTIVE), OTHER).replace("1", NAME, 1),
        other=f"IF(ISTEXT(x),{quoted(str(weighting.SUBJECTIVE))},{quoted(str(weighting.OBJECTIVE))})", name='TEXT(i,"0")',
    )  # fmt: skip
    sums = text_of(weighting.combined, [234.0], [567.0]).replace("234", OTHER).replace("567", LEAST)
    sums = said(sums, other="JWDT_.DIGITS(s,10)", unit="JWDT_.DIGITS(t,10)")
    loop = 'REDUCE("",SEQUENCE(ROWS(a)),LAMBDA(k,i,IF(k<>"",k,{0})))'
    pairs = loop.format(f'LET(x,INDEX(a,i,1),y,INDEX(b,i,1),IF(ISTEXT(x)=ISTEXT(y),"",{half}))')
    known = "(REDUCE(0,SEQUENCE(i),LAMBDA(q,h,IF(ISTEXT(INDEX(a,h,1)),q,q+1))))"
    signs = [
        loop.format(f'IF(ISTEXT(INDEX({v},i,1)),"",JWDT_.LEAST0(INDEX({v},i,1),{item_of(name, known)}))')
        for v, name in (("a", weighting.SUBJECTIVE), ("b", weighting.OBJECTIVE))
    ]
    first = [_numbers(v, name) for v, name in (("v_0", weighting.SUBJECTIVE), ("v_1", weighting.OBJECTIVE))]
    return f"""LET(g,JWDT_.FIRST({first[0]}),h,JWDT_.FIRST({first[1]}),
        a,MAP(SEQUENCE(ROWS(v_0)*COLUMNS(v_0)),LAMBDA(i,JWDT_.NUMBER(JWDT_.ITEM(v_0,i)))),
        b,MAP(SEQUENCE(ROWS(v_1)*COLUMNS(v_1)),LAMBDA(i,JWDT_.NUMBER(JWDT_.ITEM(v_1,i)))),
        IF(g<>"",g,IF(h<>"",h,
        IF(AND(OR(ROWS(v_0)<>ROWS(v_1),COLUMNS(v_0)<>COLUMNS(v_1)),NOT(AND(OR(ROWS(v_0)=1,COLUMNS(v_0)=1),OR(ROWS(v_1)=1,COLUMNS(v_1)=1)))),
        {shapes},IF(ROWS(a)<>ROWS(b),{counts},
        LET(e,{pairs},IF(e<>"",e,LET(u,{signs[0]},w,{signs[1]},IF(u<>"",u,IF(w<>"",w,
        LET(s,SUM(a),t,SUM(b),p,IF(n_alpha="",{weighting.ALPHA},n_alpha),
        IF(OR(MIN(s,t)<=0,ABS(s-t)>{WEIGHT_TOLERANCE:.9f}*s),{sums},
        MAKEARRAY(ROWS(v_0),COLUMNS(v_0),LAMBDA(i,j,LET(o,(i-1)*COLUMNS(v_0)+j,x,INDEX(a,o,1),
        IF(ISTEXT(x),"",p*x+(1-p)*INDEX(b,o,1)))))))))))))))))"""


def _rankings() -> str:
    nobody = quoted(text_of(weighting.ranking_scores, [[None]]))
    return f"""LET(m,{_numbers("v_0", weighting.RANKINGS)},e,JWDT_.FIRST(m),n,ROWS(m),l,COLUMNS(m),IF(e<>"",e,
        LET(f,REDUCE("",SEQUENCE(n*l),LAMBDA(k,q,IF(k<>"",k,JWDT_.RANK(m,INT((q-1)/l)+1,MOD(q-1,l)+1)))),IF(f<>"",f,
        LET(a,REDUCE(0,SEQUENCE(n),LAMBDA(k,i,IF(JWDT_.ROWBLANK(m,i),k,k+1))),IF(a=0,{nobody},
        MAKEARRAY(1,l,LAMBDA(i,j,REDUCE(0,SEQUENCE(n),LAMBDA(k,h,LET(x,INDEX(m,h,j),IF(ISTEXT(x),k,k+l-x+1))))/a))))))))"""


def bodies() -> dict[str, str]:
    return {
        "JWDT_BENCHMARK": _benchmark(),
        "JWDT_AHP_WEIGHTS": _ahp_weights(),
        "JWDT_AHP_CR": _ahp("q"),
        "JWDT_EXPERT_WEIGHTS": _experts(),
        "JWDT_COMBINED_WEIGHTS": _combined(),
        "JWDT_RANKING_SCORES": _rankings(),
    }
