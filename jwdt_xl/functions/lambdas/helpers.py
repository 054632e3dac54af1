"""Names the functions share: how a cell is read, how a name is folded and found, how a number is shown."""

from __future__ import annotations

from ...errors import missing
from .. import cells
from .writing import BOUND, LEAST, NAME, OTHER, VALUE, said, text_of

_WIDE = "".join(chr(n) for n in range(0xFF10, 0xFF1A)) + "＋－．，Ｅｅ"
_NARROW = "0123456789+-.,Ee"


def _nested(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _any(what: str, words: tuple[str, ...]) -> str:
    return "OR(" + ",".join(f'{what}="{word}"' for word in words) + ")"


def helpers() -> dict[str, str]:
    """The formulas by name, with the sentences in the language in use."""
    not_number = said(text_of(cells.to_number, NAME, OTHER), name="JWDT_.SAY(v)", other="n")
    absent = said(str(missing(OTHER)), other="n")
    bounds = {
        "above": said(
            text_of(cells.check_bounds, VALUE, OTHER, None, None, BOUND, LEAST).replace(f" {LEAST}", LEAST),
            value="JWDT_.SHOWN(x)", other="n", bound="JWDT_.SHOWN(a)", unit="u",
        ),
        "least": said(
            text_of(cells.check_bounds, VALUE, OTHER, BOUND, None, None, LEAST).replace(f" {LEAST}", LEAST),
            value="JWDT_.SHOWN(x)", other="n", bound="JWDT_.SHOWN(l)", unit="u",
        ),
        "most": said(
            text_of(cells.check_bounds, BOUND, OTHER, None, VALUE, None, LEAST).replace(f" {LEAST}", LEAST),
            bound="JWDT_.SHOWN(x)", other="n", value="JWDT_.SHOWN(m)", unit="u",
        ),
    }  # fmt: skip
    return {
        # of a range: its cell; a single value stands for all
        "JWDT_.AT": "LAMBDA(v,i,j,IF(ROWS(v)*COLUMNS(v)=1,JWDT_.ONE(v),INDEX(v,IF(ROWS(v)=1,1,i),IF(COLUMNS(v)=1,1,j))))",
        # INDEX of a plain value fails in some engines, and IFERROR would make a blank cell 0
        "JWDT_.ONE": "LAMBDA(v,IF(ISERROR(INDEX(v,1,1)),v,INDEX(v,1,1)))",
        "JWDT_.ITEM": "LAMBDA(v,i,IF(ROWS(v)*COLUMNS(v)=1,JWDT_.ONE(v),INDEX(v,INT((i-1)/COLUMNS(v))+1,MOD(i-1,COLUMNS(v))+1)))",
        "JWDT_.BLANK": 'LAMBDA(v,IF(ISBLANK(v),TRUE,IF(ISTEXT(v),TRIM(SUBSTITUTE(v,UNICHAR(12288)," "))="",FALSE)))',
        # the first error value of a range, else a blank text
        "JWDT_.ERROR": """LAMBDA(v,REDUCE("",SEQUENCE(ROWS(v)*COLUMNS(v)),LAMBDA(k,i,
            IF(ISERROR(k),k,LET(x,JWDT_.ITEM(v,i),IF(ISERROR(x),x,k))))))""",
        "JWDT_.ALLBLANK": """LAMBDA(v,REDUCE(TRUE,SEQUENCE(ROWS(v)*COLUMNS(v)),LAMBDA(k,i,
            IF(k,JWDT_.BLANK(JWDT_.ITEM(v,i)),FALSE))))""",
        # a value as a sentence quotes it
        "JWDT_.SAY": 'LAMBDA(v,LEFT(TRIM(IF(ISLOGICAL(v),IF(v,"True","False"),v&"")),60))',
        "JWDT_.SHORT": 'LAMBDA(t,IF(LEN(t)>255,LEFT(t,254)&"…",t))',
        # four significant digits, whole numbers whole
        "JWDT_.SHOWN": "LAMBDA(x,JWDT_.DIGITS(x,4))",
        "JWDT_.DIGITS": """LAMBDA(x,d,IF(x=INT(x),IF(ABS(x)<1000000000000000,TEXT(x,"0"),JWDT_.POWER(x,d)),
            LET(e,INT(LOG10(ABS(x))),y,ROUND(x,d-1-e),IF(ABS(y)<1/10000,JWDT_.POWER(x,d),IF(OR(ABS(y)>=10^d,y=INT(y)),TEXT(x,"0"),y&"")))))""",
        "JWDT_.POWER": """LAMBDA(x,d,LET(e,INT(LOG10(ABS(x))),m,ROUND(x/10^e,d-1),f,IF(ABS(m)>=10,e+1,e),
            IF(ABS(m)>=10,m/10,m)&"e"&IF(f<0,"-","+")&TEXT(ABS(f),"00")))""",
        # texts of numbers
        "JWDT_.HALF": f"LAMBDA(t,TRIM({_nested('t', [*zip(_WIDE, _NARROW, strict=True), ('　', ' ')])}))",
        "JWDT_.ONLYDIGITS": f'LAMBDA(t,{_nested("t", [(d, "") for d in "0123456789"])}="")',
        "JWDT_.GROUPED": """LAMBDA(d,REDUCE(RIGHT(d,3),SEQUENCE(MAX(1,INT((LEN(d)-1)/3))),LAMBDA(k,j,
            IF(LEN(d)<=3*j,k,MID(d,MAX(1,LEN(d)-3*j-2),MIN(3,LEN(d)-3*j))&","&k))))""",
        "JWDT_.PARSE": """LAMBDA(t,LET(u,UPPER(t),b,IF(OR(LEFT(u,1)="+",LEFT(u,1)="-"),MID(u,2,400),u),p,IFERROR(FIND("E",b),0),
            m,IF(p=0,b,LEFT(b,p-1)),x,IF(p=0,"0",MID(b,p+1,400)),y,IF(OR(LEFT(x,1)="+",LEFT(x,1)="-"),MID(x,2,400),x),
            s,IFERROR(FIND(".",m),0),i,IF(s=0,m,LEFT(m,s-1)),f,IF(s=0,"",MID(m,s+1,400)),d,SUBSTITUTE(i,",",""),
            g,IF(d=i,TRUE,IF(OR(p>0,AND(s>0,f="")),FALSE,JWDT_.GROUPED(d)=i)),
            IF(AND(g,JWDT_.ONLYDIGITS(d),JWDT_.ONLYDIGITS(f),JWDT_.ONLYDIGITS(y),y<>"",d&f<>""),
            IFERROR(NUMBERVALUE(SUBSTITUTE(u,",",""),".",","),FALSE),FALSE)))""",
        # a cell as a number, a text, an answer (1 or 0): a blank text where it is blank, FALSE where it is something else
        "JWDT_.NUMBER": """LAMBDA(v,IF(ISNUMBER(v),v,IF(ISBLANK(v),"",IF(ISTEXT(v),LET(t,JWDT_.HALF(v),
            IF(t="","",JWDT_.PARSE(t))),FALSE))))""",
        "JWDT_.TEXT": 'LAMBDA(v,IF(ISBLANK(v),"",IF(ISTEXT(v),TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(v,UNICHAR(12288)," "),CHAR(10)," "),CHAR(9)," ")),FALSE)))',
        "JWDT_.FLAG": f"""LAMBDA(v,IF(ISLOGICAL(v),IF(v,1,0),IF(ISNUMBER(v),IF(v=1,1,IF(v=0,0,FALSE)),IF(ISBLANK(v),"",
            LET(t,LOWER(TRIM(v)),IF(t="","",IF({_any("t", cells.TRUE_WORDS)},1,IF({_any("t", cells.FALSE_WORDS)},0,FALSE))))))))""",
        "JWDT_.NA": f"""LAMBDA(v,IF(ISTEXT(v),LET(t,LOWER(JWDT_.HALF(v)),IF({_any("t", cells.NOT_APPLICABLE_WORDS)},TRUE,
            IF(LEN(v)>20,FALSE,{_any("JWDT_.FOLD(v)", tuple(w.replace(" ", "") for w in cells.NOT_APPLICABLE_WORDS))}))),FALSE))""",
        # what is wrong with a number x read from v, else a blank text; o optional, a above, l least, m most, u the unit
        "JWDT_.NOTNUMBER": f"LAMBDA(v,n,{not_number})",
        "JWDT_.ABSENT": f"LAMBDA(n,{absent})",
        "JWDT_.WRONG": f"""LAMBDA(x,v,n,o,a,l,m,u,IF(ISLOGICAL(x),JWDT_.NOTNUMBER(v,n),IF(ISTEXT(x),IF(o,"",JWDT_.ABSENT(n)),
            IF(IF(ISNUMBER(a),x<=a,FALSE),{bounds["above"]},IF(IF(ISNUMBER(l),x<l,FALSE),{bounds["least"]},
            IF(IF(ISNUMBER(m),x>m,FALSE),{bounds["most"]},""))))))""",
        "JWDT_.NOTTEXT": f"""LAMBDA(x,v,n,o,IF(ISLOGICAL(x),{said(text_of(cells.to_text, VALUE, OTHER), value="JWDT_.SAY(v)", other="n").replace('&".0', '&"')},
            IF(x="",IF(o,"",JWDT_.ABSENT(n)),IF(LEN(x)>{cells.LONGEST_NAME},{_too_long()},""))))""",
        "JWDT_.NOTFLAG": f"""LAMBDA(x,v,n,o,IF(ISLOGICAL(x),{said(text_of(cells.to_flag, NAME, OTHER), name="JWDT_.SAY(v)", other="n")},
            IF(ISTEXT(x),IF(o,"",JWDT_.ABSENT(n)),"")))""",
        # names: the common differences of typing first, all of them where that finds nothing
        "JWDT_.FOLD": """LAMBDA(t,IF(LEN(t)=0,"",LOWER(REDUCE("",SEQUENCE(LEN(t)),LAMBDA(k,i,LET(z,MID(t,i,1),n,UNICODE(z),k&
            IF(AND(n>=65281,n<=65374),UNICHAR(n-65248),IF(AND(n>=8320,n<=8329),UNICHAR(n-8272),
            IF(OR(n=178,n=179),UNICHAR(n-128),IF(n=185,"1",
            IF(OR(n<=32,n=160,n=173,n=12288,n=65279,AND(n>=8192,n<=8207),AND(n>=8232,n<=8239),AND(n>=8287,n<=8297)),"",
            IF(OR(AND(n>=8208,n<=8212),n=8722),"-",z))))))))))))""",
        "JWDT_.MATCH": 'LAMBDA(l,k,IFERROR(MATCH(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(k,"~","~~"),"*","~*"),"?","~?"),l,0),0))',
        "JWDT_.PLACE": """LAMBDA(l,t,LET(m,JWDT_.MATCH(l,LOWER(SUBSTITUTE(t," ",""))),IF(m>0,m,JWDT_.MATCH(l,JWDT_.FOLD(t)))))""",
        # an answer of a table: a number, or its sentence with the name as typed
        "JWDT_.ANSWER": f'LAMBDA(v,t,IF(ISNUMBER(v),v,JWDT_.SHORT(SUBSTITUTE(v,"{NAME}",t))))',
    }


def _too_long() -> str:
    """Of a name too long for any table; the engine quotes its first 60 characters."""
    text = text_of(cells.to_text, "甲" * (cells.LONGEST_NAME + 1), OTHER).replace("甲" * 60, NAME)
    return said(text, name="JWDT_.SAY(x)", other="n")
