"""With which markup do people try to run scripts on other people's pages?

From the families of OWASP's filter evasion sheet, the HTML5 security cheat-sheet and mutation attacks. Each writes its
number to the console, when it runs, in a word that ``ran`` finds again.
"""

from __future__ import annotations

import re
from base64 import b64encode

RUN = "console.log(/ran-{}-ran/.source)"
CANARY = "http://canary.example/{}"  # what no browser may ask for
_RAN = re.compile(r"ran-(\d+)-ran")

_HANDLERS = (
    "<img src=x onerror={}>",
    "<IMG SRC=x OnErRoR={}>",
    "<img/src=x/onerror={}>",
    '<img src="x"onerror="{}">',
    "<img src=x onerror\n=\n{}>",
    "<img src=`x`onerror={}>",
    "<img src='x' \x0conerror='{}'>",
    '<img alt="`><img src=x onerror={}>`" src=y>',
    '<img src=x:x onerror="&#99;onsole.log(/ran-{n}-ran/.source)">',
    "<img src=x onerror=&#x63;onsole&#46;log(/ran-{n}-ran/.source)>",
    "<img srcset=x onerror={}>",
    "<img src=x onerror=eval(atob('{b64}'))>",
    "<image src=x onerror={}>",
    "<body onload={}>",
    "<body onpageshow={}>",
    "<body onfocus={}><a autofocus tabindex=0>x</a>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg><g onload={}></g></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><set onbegin={} attributename=x>",
    "<svg><image href=x onerror={}></svg>",
    "<input onfocus={} autofocus>",
    "<select onfocus={} autofocus><option>a</select>",
    "<textarea onfocus={} autofocus></textarea>",
    "<button onfocus={} autofocus>b</button>",
    "<a href=# onfocus={} autofocus>x</a>",
    "<video onloadstart={}><source src=x></video>",
    "<video src=x onerror={}></video>",
    "<video><source onerror={} src=x></video>",
    "<audio src=x onerror={}>",
    "<details open ontoggle={}><summary>s</summary>d</details>",
    "<marquee onstart={}>m</marquee>",
    "<iframe onload={}></iframe>",
    "<object data=x onerror={}></object>",
    "<embed src=/x.txt onload={}>",
    "<link rel=stylesheet href=x onerror={}>",
    "<style onload={}>p{{}}</style>",
    "<script src=x onerror={}></script>",
    "<p style='animation: a 1s' onanimationstart={}>p</p><style>@keyframes a{{}}</style>",
    "<p onmouseover={}>over</p>",
    "<p onclick={}>click</p>",
    "<p onpointerenter='{}' ontouchstart='{}' onwheel='{}'>p</p>",
    "<form onsubmit={}><button>send</button></form>",
    "<x onclick={} tabindex=1 contenteditable>own element</x>",
    "<div oncontentvisibilityautostatechange={} style='display:block;content-visibility:auto'>d</div>",
    "<img src=x onerror='{}' onerror=''>",
    "<img src=x \x00onerror={}>",
    "<im\x00g src=x onerror={}>",
)
_SCRIPTS = (
    "<script>{}</script>",
    "<SCRIPT >{}</SCRIPT\n>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<<script>{}//<</script>",
    "<script\n>{}</script >",
    "<script/x>{}</script>",
    "<script>{}",
    "<svg><script>{}</script></svg>",
    "<svg><script>&#99;onsole.log(/ran-{n}-ran/.source)</script></svg>",
    "<svg><script href='data:text/javascript,{}'></script></svg>",
    "<script src='data:text/javascript,{}'></script>",
    "<script type=module>{}</script>",
    "<script type=text/html></script><script>{}</script>",
    "<!--[if gte IE 4]><script>{}</script><![endif]--><!--><script>{}</script>",
    "<!--><script>{}</script>-->",
    "<!-- --!><script>{}</script>-->",
    "<![CDATA[<script>{}</script>]]>",
    "<?xml version='1.0'?><script>{}</script>",
    "</p></div></article></main><script>{}</script>",
    "\ufeff<script>{}</script>",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "%3Cscript%3E{}%3C/script%3E",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&amp;lt;script&amp;gt;{}&amp;lt;/script&amp;gt;",
    "\xc0\xbcscript\xc0\xbe{}\xc0\xbc/script\xc0\xbe",
    "<script>/*<![CDATA[*/{}/*]]>*/</script>",
    "[gallery ids='\"><script>{}</script>']",
)
_BREAKOUTS = (
    "<textarea></textarea><img src=x onerror={}>",
    "<title></title><img src=x onerror={}>",
    "<textarea>a<title></textarea><img src=x onerror={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'></noscript>",
    "<style><img title='</style><img src=x onerror={}>'></style>",
    "<xmp><p title='</xmp><img src=x onerror={}>'></xmp>",
    "<template><img src=x onerror={}></template><script>document.body.append(document.querySelector('template')"
    ".content)</script>",
    "<noembed><img title='</noembed><img src=x onerror={}>'></noembed>",
    "<iframe><img title='</iframe><img src=x onerror={}>'></iframe>",
    "<select><option><img src=x onerror={}></option></select>",
    "<table><tr><td background='javascript:{}'><img src=x onerror={}></td></tr></table>",
    "<plaintext title='x'><img src=x onerror={}>",
    "<a title='\"><img src=x onerror={}>'>x</a><a title=\"'><img src=x onerror={}>\">y</a>",
    "<p title=`<img src=x onerror={}>`>p</p><img src=x onerror={}>",
    "<blockquote cite='x'><img src=x onerror={}></blockquote>",
    "<!--\x00--><img src=x onerror={}>",
    '<p ="><img src=x onerror={}>">',
    "<p / x='><img src=x onerror={}>'>",
)
_MUTATIONS = (
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={}&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={}>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'></a></style></svg>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror={}></annotation-xml></math>",
    "<svg><foreignObject><img src=x onerror={}></foreignObject></svg>",
    "<svg><desc><img src=x onerror={}></desc></svg>",
    "<math><mi><img src=x onerror={}></mi></math>",
    "<svg><title><img src=x onerror={}></title></svg>",
    "<math><style><img src=x onerror={}></style></math>",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<svg><style>&lt;img src=x onerror={}&gt;</style></svg>",
    "<math><mtext><option><FAKE><option></option><mglyph><svg><mtext><style><a title='</style><img src=x onerror={}>'>",
    "<svg><p><style><g title='</style><img src=x onerror={}>'>",
    "<table><caption><svg><title><table><caption></title><img src=x onerror={}></table></svg></caption></table>",
    "<div><table><svg><foreignObject><select><template><style></select></template></style></foreignObject>"
    "<img src=x onerror={}>",
    "<noscript><style></noscript><img src=x onerror={}></style></noscript>",
    "<b><p><i></b><img src=x onerror={}></p></i>",
    "<svg><![CDATA[><img src=x onerror={}>]]></svg>",
    "<a href='x'><a href=\"y\" title='<a'><img src=x onerror={}></a></a>",
)
_ADDRESSES = (
    "<a href='javascript:{}'>a</a>",
    "<a href='JaVaScRiPt:{}'>a</a>",
    "<a href='java\tscript:{}'>a</a>",
    "<a href='java&#10;script:{}'>a</a>",
    "<a href='java&Tab;script&colon;{}'>a</a>",
    "<a href='&#1; &#14;  javascript:{}'>a</a>",
    "<a href='&#106;avascript:{}'>a</a>",
    "<a href='&#0000106&#0000097vascript:{}'>a</a>",
    "<a href=javascript&#58;{}>a</a>",
    "<a href='javascript://x.example/%0a{}'>a</a>",
    "<a href='\x01javascript:{}'>a</a>",
    "<a href='javascript&#0;:{}'>a</a>",
    "<a href='vbscript:{}'>a</a><a href='javascript:{}'>b</a>",
    "<a href='data:text/html,<script>{}</script>'>a</a>",
    "<svg><a xlink:href='javascript:{}'><text x=20 y=20>a</text></a></svg>",
    "<svg><a><animate attributeName=href values='javascript:{}'/><text x=20 y=20>a</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'>"
    "<a href='javascript:{}'/></svg>#x\"></svg>",
    "<math><a href='javascript:{}'>a</a></math>",
    "<math href='javascript:{}'>m</math>",
    "<form action='javascript:{}'><button>b</button></form>",
    "<form><button formaction='javascript:{}'>b</button></form>",
    "<form id=f></form><button form=f formaction='javascript:{}'>b</button>",
    "<form><input type=submit formaction='javascript:{}'></form>",
    "<form><input type=image src=x formaction='javascript:{}'></form>",
    "<map name=m><area shape=default href='javascript:{}'></map><img usemap='#m' src=x width=9 height=9>",
    "<base href='javascript:{}//'><a href='#'>a</a><a href='javascript:{}'>b</a>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<iframe srcdoc='&lt;img src=x onerror={}&gt;'></iframe>",
    "<iframe src='data:text/html,<script>{}</script>'></iframe>",
    "<iframe src='data:text/html;base64,{page}'></iframe>",
    "<frameset><frame src='javascript:{}'></frameset>",
    "<object data='javascript:{}'></object>",
    "<object data='data:text/html;base64,{page}'></object>",
    "<object data='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"{}\"/>'></object>",
    "<embed src='data:text/html;base64,{page}'>",
    "<embed src='javascript:{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<meta http-equiv=refresh content=\"0;url=data:text/html,<script>{}</script>\">",
    "<img src='javascript:{}'><img dynsrc='javascript:{}' lowsrc='javascript:{}'>",
    "<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"{}\"/>'>",
    "<div style=\"background:url('javascript:{}')\">d</div>",
    "<div style='width: expression({})'>d</div>",
    "<div style='-moz-binding:url(data:text/xml,{})'>d</div>",
    "<style>@import 'javascript:{}';</style>",
    "<a href='https://x.example/' onclick={} target=_blank>a</a>",
    "<a href='x' style='position:fixed;inset:0' onclick='{}'>everywhere</a>",
    "<isindex type=image src=x onerror={}>",
    "<bgsound src='javascript:{}'><layer src='javascript:{}'></layer>",
    "<details ontoggle={} open><a href='javascript:{}'>a</a></details>",
    # polyglots
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={} )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>"
    "\\x3csVg/<sVg/oNloAd={}//>\\x3e",
    "'\"-->]]>*/</noscript></style></title></textarea></script><img src=x onerror={}>",
)  # fmt: skip
_ASKING = (
    "<img src={canary}>",
    "<img srcset='{canary} 2x'>",
    "<picture><source srcset={canary}><img src=x></picture>",
    "<script src={canary}></script>",
    "<link rel=stylesheet href={canary}>",
    "<link rel=prefetch href={canary}><link rel=preload as=image href={canary}>",
    "<style>@import url({canary});</style>",
    "<div style='background:url({canary})'>d</div>",
    "<iframe src={canary}></iframe>",
    "<object data={canary}></object>",
    "<video poster={canary}></video>",
    "<audio src={canary}></audio>",
    "<svg><image href={canary} width=9 height=9></image></svg>",
    "<svg><use href='{canary}#a'></use></svg>",
    "<input type=image src={canary}>",
    "<body background={canary}>",
    "<table background={canary}><tr><td>t</td></tr></table>",
    "<base href={canary}/><img src=a.png>",
    "<meta http-equiv=refresh content='0;url={canary}'>",
    "<a href='#' ping={canary}>a</a>",
)


def _filled(number: int, template: str) -> str:
    script = RUN.format(number)
    page = b64encode(f"<script>{script}</script>".encode()).decode()
    told = {
        "n": number,
        "b64": b64encode(script.encode()).decode(),
        "page": page,
        "canary": CANARY.format(number),
    }
    return re.sub(
        r"\{\{\}\}|\{(n|b64|page|canary|)\}",
        lambda found: "{}" if found[1] is None else str(told.get(found[1], script)),
        template,
    )


RUNNING = tuple(
    _filled(n, each) for n, each in enumerate(_HANDLERS + _SCRIPTS + _BREAKOUTS + _MUTATIONS + _ADDRESSES)
)
_FIRST = len(_HANDLERS)
OF_PARSING = range(_FIRST, _FIRST + len(_SCRIPTS) + len(_BREAKOUTS) + len(_MUTATIONS))
VECTORS = RUNNING + tuple(_filled(len(RUNNING) + n, each) for n, each in enumerate(_ASKING))
"""Every vector with its own number, which is its place here."""


def ran(said: str) -> set[int]:
    """The number of the vector that wrote a line to the console."""
    found = _RAN.fullmatch(said.strip())
    return {int(found[1])} if found else set()


def asked(address: str) -> set[int]:
    """The number of the vector that has an address asked for."""
    found = re.match(r"http://canary\.example/(\d+)", address)
    return {int(found[1])} if found else set()
