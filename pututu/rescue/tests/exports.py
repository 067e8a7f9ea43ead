"""Which WordPress exports do the tests read? Written as WordPress writes them, from the facts that matter."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. <item> -->
<rss version="2.0" xmlns:excerpt="{space}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{space}"><channel><title>Old Circle</title>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>http://old.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[rosa]]></wp:author_login><wp:author_email><![CDATA[rosa@old.example]]></wp:author_email>
<wp:author_display_name><![CDATA[Rosa Quispe]]></wp:author_display_name></wp:author>
"""
SPACE = "http://wordpress.org/export/1.2/"
COMMENT = """<wp:comment><wp:comment_author><![CDATA[Fulana Mengana]]></wp:comment_author>
<wp:comment_author_email>fulana@example.net</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_content><![CDATA[What a comment]]></wp:comment_content></wp:comment>"""


def wxr(*items: str, space: str = SPACE) -> str:
    return HEAD.format(space=space) + "\n".join(items) + "\n</channel></rss>\n"


def entry(number: int, content: str = "", **said: Any) -> str:
    """One ``<item>``; a post that was public unless it is said otherwise."""
    facts = {
        "title": f"Post {number}",
        "link": f"http://old.example/2013/09/post-{number}/",
        "guid": f"http://old.example/?p={number}",
        "creator": "rosa",
        "excerpt": "",
        "date": "2013-09-24 20:30:00",
        "gmt": "2013-09-25 01:30:00",
        "slug": f"post-{number}",
        "state": "publish",
        "kind": "post",
        "parent": 0,
        "password": "",
        "labels": "",
        "more": "",
        **said,
    }
    content = content or f"<p>Words of the entry {number}, and some more of them.</p>"
    file = f"<wp:attachment_url>{escape(facts['file'])}</wp:attachment_url>" if "file" in facts else ""
    return f"""<item>
<title>{escape(facts["title"])}</title>
<link>{escape(facts["link"])}</link>
<pubDate>Wed, 25 Sep 2013 01:30:00 +0000</pubDate>
<dc:creator><![CDATA[{facts["creator"]}]]></dc:creator>
<guid isPermaLink="false">{escape(facts["guid"])}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{facts["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{facts["date"]}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{facts["gmt"]}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{facts["slug"]}]]></wp:post_name>
<wp:status><![CDATA[{facts["state"]}]]></wp:status>
<wp:post_parent>{facts["parent"]}</wp:post_parent>
<wp:post_type><![CDATA[{facts["kind"]}]]></wp:post_type>
<wp:post_password><![CDATA[{facts["password"]}]]></wp:post_password>
{file}{facts["labels"]}{facts["more"]}{COMMENT}
</item>"""


def postmeta(name: str, value: str) -> str:
    key = f"<wp:meta_key>{name}</wp:meta_key>"
    return f"<wp:postmeta>{key}<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def picture(number: int, name: str, *, caption: str = "", alt: str = "", **said: Any) -> str:
    meta = postmeta("_wp_attachment_image_alt", alt)
    fields = {
        "title": name,
        "link": f"http://old.example/file-{number}/",
        "excerpt": caption,
        "state": "inherit",
        "kind": "attachment",
        "file": f"http://old.example/wp-content/uploads/{name}",
        "more": meta,
        **said,
    }
    return entry(number, **fields)
