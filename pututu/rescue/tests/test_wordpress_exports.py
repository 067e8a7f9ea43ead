"""Does a WordPress export give what was public, as it was, under its names, and nothing that never was?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pututu.rescue.capture import Capture, Found, Unreadable
from pututu.rescue.dating.site import read_site
from pututu.rescue.deciding import why_never
from pututu.rescue.item import OldItem
from pututu.rescue.sources import open_source
from pututu.rescue.tests.exports import entry, picture, postmeta, wxr


def read(tmp_path: Path, *items: str, **how: Any) -> list[Found]:
    path = tmp_path / "export.xml"
    path.write_text(wxr(*items, **how))
    return list(open_source(path))


def items_of(found: list[Found]) -> dict[str, OldItem]:
    public = (each for each in found if not (isinstance(each, Capture) and why_never(each)))
    return {item.title: item for item in read_site(public) if isinstance(item, OldItem)}


def body_of(tmp_path: Path, content: str, *others: str) -> str:
    return items_of(read(tmp_path, entry(1, content), *others))["Post 1"].body


# --- what was public, and what was not

HIDDEN = {
    "draft": {"state": "draft"},
    "pending": {"state": "pending"},
    "auto-draft": {"state": "auto-draft"},
    "future": {"state": "future"},
    "private": {"state": "private"},
    "trash": {"state": "trash"},
    "a state of some plugin": {"state": "archived-quietly"},
    "no state": {"state": ""},
    "a password": {"password": "sesame"},
    "inherit, which only files have": {"state": "inherit"},
}


@pytest.mark.parametrize("said", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("space", ["http://wordpress.org/export/1.2/", "https://wordpress.org/export/1.0/"])
def test_what_was_not_public_is_named_and_its_words_are_not_even_passed_on(tmp_path, said, space):
    words = "<p>Secret words that nobody may read.</p>"
    found = read(tmp_path, entry(1, words, excerpt="Secret standfirst.", **said), entry(2), space=space)
    first, second = [each for each in found if isinstance(each, Capture)]
    assert why_never(first)
    assert not why_never(second)
    assert "ecret" not in repr(found)
    assert "sesame" not in repr(found)


def test_an_entry_with_two_states_is_as_hidden_as_the_stricter(tmp_path):
    twice = entry(1).replace("<wp:status>", "<wp:status>private</wp:status><wp:status>")
    foreign = entry(2, state="private").replace(
        "<title>", '<status xmlns="http://x.example/">publish</status><title>'
    )
    captures = [each for each in read(tmp_path, twice, foreign) if isinstance(each, Capture)]
    assert [why_never(each) for each in captures] == ["It was never published: its state is “private”."] * 2


def test_a_file_is_as_public_as_what_it_hangs_on(tmp_path):
    items = [entry(1, state="private"), entry(2), entry(3, state="trash"), entry(4, password="x")]
    files = [picture(10 + parent, f"{parent}.jpg", parent=parent) for parent in (0, 1, 2, 3, 4)]
    found = read(tmp_path, *files, *items)
    seen = {
        each.address[-5]: not why_never(each)
        for each in found
        if isinstance(each, Capture) and ".jpg" in each.address
    }
    assert seen == {"0": True, "1": False, "2": True, "3": False, "4": False}


FORMS = (
    "flamingo_inbound",
    "flamingo_contact",
    "feedback",
    "wpforms_entry",
    "nf_sub",
    "gf_entry",
    "shop_order",
)


def test_what_visitors_sent_is_dropped_and_only_counted(tmp_path):
    sent = [
        entry(
            n,
            f"<p>From fulana@example.net, Calle Falsa 123 ({kind})</p>",
            kind=kind,
            title="fulana@example.net",
        )
        for n, kind in enumerate(FORMS, 1)
    ]
    found = read(tmp_path, entry(50), *sent, entry(99, kind="nav_menu_item"))
    assert [each.address for each in found if isinstance(each, Capture)] == [
        "http://old.example/2013/09/post-50/"
    ]
    assert "fulana" not in repr(found).lower()
    told = " ".join(str(each) for each in found if isinstance(each, Unreadable))
    assert all(f"1 of its entries are of the kind “{kind}”" in told for kind in FORMS)
    assert "nav_menu_item" not in told, "a menu is no loss"


def test_commenters_are_in_the_export_and_nowhere_else(tmp_path):
    found = read(tmp_path, entry(1))
    assert "fulana@example.net" in (tmp_path / "export.xml").read_text()
    assert not any(word in repr(found) for word in ("fulana", "Fulana", "192.0.2.7", "What a comment"))


def test_an_export_whose_head_is_lost_is_no_feed(tmp_path):
    path = tmp_path / "feed.xml"
    bare = wxr(entry(1, state="private")).partition("<channel>")[2]
    path.write_text('<rss version="2.0"><channel>' + bare)
    captures = [each for each in open_source(path) if isinstance(each, Capture)]
    assert all(why_never(each) for each in captures)
    assert "Words of the entry" not in repr(captures)


# --- names, dates, writers, labels


def test_the_day_is_the_one_of_the_site_s_clock(tmp_path):
    found = items_of(
        read(
            tmp_path,
            entry(1),
            entry(2, gmt="0000-00-00 00:00:00"),
            entry(3, date="0000-00-00 00:00:00", gmt="2013-09-25 12:00:00"),
        )
    )
    days = {title: item.published.edtf for title, item in found.items() if item.published}
    assert days == {"Post 1": "2013-09-24", "Post 2": "2013-09-24", "Post 3": "2013-09-25"}


def test_an_entry_without_any_date_has_none(tmp_path):
    zero = "0000-00-00 00:00:00"
    lost = entry(1, date=zero, gmt=zero, link="http://old.example/?p=1").replace(
        "Wed, 25 Sep 2013 01:30:00", "Mon, 30 Nov -0001 00:00:00"
    )
    item = items_of(read(tmp_path, lost))["Post 1"]
    assert item.published is None
    assert item.stand_in


def test_an_entry_is_found_under_all_its_names(tmp_path):
    meta = postmeta("_wp_old_slug", "an-older-name")
    item = items_of(read(tmp_path, entry(12, guid="http://before.example/?p=12", slug="post-12", more=meta)))[
        "Post 12"
    ]
    assert item.slug == "post-12"
    assert set(item.aliases) == {
        "http://old.example/?p=12",
        "http://before.example/?p=12",
        "http://old.example/2013/09/an-older-name/",
    }
    page = items_of(read(tmp_path, entry(7, kind="page", link="", guid="")))["Post 7"]
    assert page.address == "http://old.example/?p=7"
    assert page.aliases == ("http://old.example/?page_id=7",)


def test_writers_have_their_shown_names_and_never_an_address(tmp_path):
    several = (
        '<category domain="author" nicename="cap-x"><![CDATA[rosa]]></category>'
        '<category domain="author" nicename="y">Ana Y.</category>'
    )
    found = items_of(
        read(
            tmp_path,
            entry(1),
            entry(2, creator="somebody-else"),
            entry(3, creator="juan@example.org"),
            entry(4, labels=several),
        )
    )
    assert [found[f"Post {n}"].byline for n in range(1, 5)] == [
        "Rosa Quispe",
        "somebody-else",
        "",
        "Rosa Quispe, Ana Y.",
    ]


def test_topics_and_tags_are_kept_apart_and_the_rest_is_neither(tmp_path):
    labels = (
        '<category domain="category" nicename="mining"><![CDATA[Mining]]></category>'
        '<category domain="category" nicename="sin-categoria"><![CDATA[Sin categoría]]></category>'
        '<category domain="post_tag" nicename="water"><![CDATA[water]]></category>'
        '<category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>'
        '<category domain="language" nicename="es"><![CDATA[Español]]></category>'
    )
    item = items_of(read(tmp_path, entry(1, labels=labels)))["Post 1"]
    assert (item.topics, item.tags, item.language) == (("Mining",), ("water",), "es")


def test_an_untitled_aside_is_named_by_its_first_words(tmp_path):
    assert "Words of the entry 1, and some more of them." in items_of(read(tmp_path, entry(1, title="")))


# --- texts

DAM = picture(12, "dam.jpg", caption="The dam in May", alt="A dam")


def link(address: str) -> str:
    return f'<p><a href="{address}">{address}</a></p>'


BLOCKS = """<!-- wp:paragraph -->
<p>One.</p>
<!-- /wp:paragraph -->

<!-- wp:list {"ordered":true} -->
<ol><li>Two</li></ol>
<!-- /wp:list -->"""
BUILDER = '[vc_row][vc_column width="1/2"]Kept.[/vc_column][/vc_row][contact-form-7 id="3" title="Write"]'
MIXED = "<h5>Small</h5>Text\n\n<blockquote>Quoted.</blockquote>\n\nLast."


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p><p>Two<br> lines.</p>"),
        (BLOCKS, "<p>One.</p><ol><li>Two</li></ol>"),
        ("One.<!--more Go on-->Two.\n<!--nextpage-->\nThree.", "<p>One.</p><p>Two.</p><p>Three.</p>"),
        ("[sic] by [the mayor] [1], as [[gallery]].", "<p>[sic] by [the mayor] [1], as [gallery].</p>"),
        (BUILDER, "<p>Kept.</p>"),
        (
            "See:\n\nhttps://v.example/w?v=1\n\nEnd.",
            f"<p>See:</p>{link('https://v.example/w?v=1')}<p>End.</p>",
        ),
        ("[embed]https://v.example/2[/embed]", link("https://v.example/2")),
        ('[audio mp3="http://old.example/a.mp3"][/audio]', link("http://old.example/a.mp3")),
        ('[youtube id="abcdefghijk"]', link("https://www.youtube.com/watch?v=abcdefghijk")),
        ('<p>A</p><iframe src="//v.example/3"></iframe>', f"<p>A</p>{link('https://v.example/3')}"),
        (MIXED, "<h4>Small</h4><p>Text</p><blockquote>Quoted.</blockquote><p>Last.</p>"),
    ],
)
def test_blocks_shortcodes_and_empty_lines_become_plain_text(tmp_path, content, body):
    assert body_of(tmp_path, content) == body


FIGURE = '<figure{}><img class="wp-image-12" src="{}"><figcaption>The dam in May</figcaption></figure>'
LIST = '<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li>{}</li></ul></figure>'


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="attachment_12" width="300"]<a href="x"><img class="wp-image-12" src="/wp-content/uploads/'
        'dam-300x200.jpg" alt=""></a> The dam in May[/caption]',
        '[caption id="attachment_12" caption="The dam in May"]'
        '<img src="http://old.example/wp-content/uploads/dam-scaled.jpg" />[/caption]',
        '[gallery ids="12"]',
        "[gallery ids=&#8221;12&#8243;]",
        f"<!-- wp:image -->{FIGURE.format('', 'https://www.old.example/wp-content/uploads/dam-1024x683.jpg')}",
        f"<!-- wp:gallery -->{LIST.format(FIGURE.format('', 'x.jpg'))}<!-- /wp:gallery -->",
        f'<!-- wp:gallery --><figure class="wp-block-gallery">{FIGURE.format(" id=a", "dam.jpg")}</figure>',
        '<!-- wp:block {"ref":77} /-->',
    ],
)
def test_a_picture_stands_with_its_caption_in_full_size(tmp_path, content):
    block = entry(77, '[gallery ids="12"]', kind="wp_block")
    item = items_of(read(tmp_path, entry(1, content), DAM, block))["Post 1"]
    (shown,) = item.pictures
    assert (shown.address, shown.caption, shown.alt) == (
        "http://old.example/wp-content/uploads/dam.jpg",
        "The dam in May",
        "A dam",
    )


def test_a_gallery_without_numbers_shows_what_hangs_on_its_post_and_nothing_hidden(tmp_path):
    files = [
        picture(21, "a.jpg", parent=1),
        picture(22, "b.pdf", parent=1),
        picture(23, "c.jpg", parent=1, state="private"),
        picture(24, "d.jpg", parent=2),
    ]
    item = items_of(
        read(tmp_path, entry(1, "[gallery]"), entry(2, '[gallery ids="21,24,99"]', state="draft"), *files)
    )
    assert [each.address[-5:] for each in item["Post 1"].pictures] == ["a.jpg"[-5:]]


def test_a_reusable_block_that_names_itself_ends(tmp_path):
    block = entry(77, 'Once. <!-- wp:block {"ref":77} /-->', kind="wp_block")
    assert body_of(tmp_path, '<!-- wp:block {"ref":77} /-->', block).count("Once.") <= 5


# --- damaged exports


@pytest.mark.parametrize(
    ("damage", "told", "read_"),
    [
        (lambda item: item.replace("</title>", ""), 1, ["1", "3"]),
        (lambda item: item.replace("</item>", ""), 1, ["1", "2", "3"]),
        (lambda item: item.replace("]]></wp:post_password>", ""), 1, ["1", "3"]),
        (lambda item: item.replace("Words", "W\x08ords & more]]&bad;\ufffe"), 0, ["1", "2", "3"]),
        (lambda item: item.replace("</content:encoded>", ""), 1, ["1", "3"]),
        (lambda item: item.replace("<wp:post_type>", "<wp:post_typ"), 1, ["1", "3"]),
    ],
    ids=["title", "end", "CDATA", "signs that no XML may hold", "content", "kind"],
)
def test_a_damaged_entry_is_told_with_its_number_and_the_others_are_read(tmp_path, damage, told, read_):
    found = read(tmp_path, entry(1), damage(entry(2)), entry(3))
    captures = [each for each in found if isinstance(each, Capture) and not why_never(each)]
    faults = [each for each in found if isinstance(each, Unreadable)]
    assert [each.address[-2] for each in captures] == read_
    assert len(faults) == told
    assert all("item 2" in str(each) for each in faults)
    assert "fulana" not in repr(found)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_of_a_cut_export_the_whole_entries_are_read(tmp_path, cut):
    text = wxr(*(entry(n) for n in range(1, 6)))
    path = tmp_path / "export.xml"
    path.write_text(text[: int(len(text) * cut)])
    found = list(open_source(path))
    whole = path.read_text().count("</item>")
    captures = [each for each in found if isinstance(each, Capture) and not why_never(each)]
    assert 0 < whole <= len(captures) <= whole + 1
    assert any("ends within it" in str(each) for each in found)


def test_a_private_neighbour_of_a_damaged_entry_stays_private(tmp_path):
    """Whatever is torn: no word of what was hidden is passed on."""
    import random

    chance = random.Random(5)
    text = wxr(
        *(
            entry(n, "<p>Secret words.</p>" if n % 2 else "", state="private" if n % 2 else "publish")
            for n in range(1, 9)
        )
    )
    path = tmp_path / "export.xml"
    for _turn in range(300):
        at, length = chance.randrange(700, len(text)), chance.choice((1, 3, 20, 200))
        path.write_text(text[:at] + text[at + length :])
        captures = [each for each in open_source(path) if isinstance(each, Capture)]
        public = [each for each in captures if not why_never(each)]
        assert "Secret" not in repr(public), (at, length)
        assert "fulana" not in repr(captures)
        assert len(public) >= 3
