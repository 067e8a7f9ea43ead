"""Old addresses are folded to one form, decided apart from their spelling, and lead to new pages in one step."""

import pytest

from pututu.rescue.addresses import absolute, canonical, slug_of


@pytest.mark.parametrize(
    "spelling",
    [
        "http://old.example/news?a=1&b=2",
        "https://www.old.example/news/?b=2&a=1",
        "HTTP://WWW.OLD.EXAMPLE:80/news/index.php?a=1&b=2#top",
        "http://old.example//news?a=1&b=2&utm_source=letter",
        "http://old.example/n%65ws?a=1&amp;b=2",
    ],
)
def test_spellings_of_one_address_are_one(spelling):
    assert canonical(spelling) == canonical("http://old.example/news?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "http://old.example/news?a=1&b=3",
        "http://old.example/News?a=1&b=2",
        "http://older.example/news?a=1&b=2",
        "http://old.example:8080/news?a=1&b=2",
    ],
)
def test_different_addresses_stay_different(other):
    assert canonical(other) != canonical("http://old.example/news?a=1&b=2")


def test_the_path_is_the_same_whatever_the_host():
    assert canonical("http://a.example/x?p=1").path_key == canonical("/x?p=1").path_key


def test_an_address_folded_once_is_folded():
    for address in ("/a b/é?x=ä&y=", "http://h.example/?p=12", "/x;jsessionid=1?q=%2F", "/%E9/"):
        once = canonical(address)
        assert canonical(once.path).path == once.path


def test_a_port_that_is_no_number_breaks_nothing():
    assert canonical("http://old.example:abc/x").path


def test_links_are_made_whole_and_mail_is_no_address():
    assert absolute("../b.html", "http://h.example/a/c.html") == "http://h.example/b.html"
    assert absolute("javascript:alert(1)", "http://h.example/") == ""
    assert absolute("http://[broken", "http://h.example/") == ""


def test_a_slug_is_the_addresss_own_word_where_it_has_one():
    assert slug_of("http://h.example/a-law-on-springs.html", "Else") == "a-law-on-springs"
    assert slug_of("http://h.example/articles.php?position=720", "Una ley de agua") == "una-ley-de-agua"
    assert slug_of("http://h.example/article-694.html", "A bridge") == "a-bridge"
