"""Is there any text from which something dangerous comes out?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
from hypothesis import example, given
from hypothesis import strategies as st

from pututu.shell.blocks import ALLOWED_ATTRIBUTES, ALLOWED_TAGS, sanitise

TAGS = [
    *sorted(ALLOWED_TAGS),
    *(
        "script",
        "style",
        "svg",
        "math",
        "mtext",
        "iframe",
        "img",
        "noscript",
        "template",
        "textarea",
        "title",
        "form",
    ),
    *(
        "embed",
        "object",
        "base",
        "meta",
        "link",
        "table",
        "td",
        "select",
        "xmp",
        "plaintext",
        "foreignobject",
        "mglyph",
    ),
]
ATTRIBUTES = [
    "href",
    "src",
    "onclick",
    "style",
    "id",
    "lang",
    "linktype",
    "data-block-key",
    "xlink:href",
    "formaction",
]
EVERYWHERE = {"lang", "title"}  # words only; nh3 lets them stand on any element
VALUES = [
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
    ),
    *(
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://x.example/",
        "#a",
        "mailto:a@b.c",
    ),
    *('"><script>', "`", "expression(alert(1))", "page", "\x00"),
]
openings = st.builds(
    lambda tag, pairs, end: (
        f"<{tag}" + "".join(f" {name}={quote}{value}{quote}" for name, value, quote in pairs) + end
    ),
    st.sampled_from(TAGS),
    st.lists(
        st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), st.sampled_from(['"', "'", ""])),
        max_size=3,
    ),
    st.sampled_from([">", "/>", " ", "\n>", ""]),
)
pieces = st.one_of(
    openings,
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "<?xml?>", "&lt;script&gt;", "&#x3c;", "words"]
    ),
    st.text(max_size=5),
)
markup = st.lists(pieces, max_size=12).map("".join)


def elements(html: str) -> Iterator[Any]:
    """What a browser makes of ``html``."""
    for each in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if each.tag != "DOCUMENT_FRAGMENT":
            yield each


def faults(html: str) -> list[str]:
    found = []
    for each in elements(html):
        if each.tag not in ALLOWED_TAGS:
            found.append(f"an element {each.tag}")
            continue
        found += [
            f"{name} on {each.tag}"
            for name in set(each.keys()) - ALLOWED_ATTRIBUTES.get(each.tag, set()) - EVERYWHERE
        ]
        # Browsers pass over spaces and control characters before and within a scheme.
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", each.get("href", "")).lower())
        if scheme and scheme[1] not in ("http", "https", "mailto", "tel"):
            found.append(f"a link to {each.get('href')}")
    return found


@given(html=markup)
@example(html="<svg><style><img src=x onerror=alert(1)></style></svg>")
@example(
    html="<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=1 onerror=alert(1)>'>"
)
@example(html="<noscript><p id='</noscript><script>alert(1)</script>'></noscript>")
def test_whatever_is_pasted_only_harmless_markup_is_left(html: str) -> None:
    kept = sanitise(html)
    assert not faults(kept)
    assert not faults(sanitise(kept))  # it is sanitised again at every save


def test_the_look_at_faults_sees_what_is_wrong() -> None:
    assert faults("<script>x</script>")
    assert faults('<p onclick="x()">x</p>')
    assert faults('<a href="javascript:x()">x</a>')
    assert not faults('<a href="https://x.example/">x</a>')
