"""A group begins on an empty installation, and only the one who sees the terminal can begin it."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.models import Locale, Site

from pututu.accounts.models import User
from pututu.home.models import HomePage
from pututu.operations import first_start
from pututu.operations.services import AlreadyFounded, Group, found_site
from pututu.publishing.models import StoryIndexPage
from pututu.shell.models import SiteSettings

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Tibet Circle", "strapline": "News from the plateau", "country": "Tibet", "city": "Bern",
    "home_country": "CH", "languages": ["en", "es"], "legal_form": "Verein", "email": "post@tibet.example",
    "postal_address": "Bern",
    "social": "Mastodon https://social.example/@tibet", "accent": "#0b5d3b", "currency": "CHF",
    "time_zone": "Europe/Zurich", "staff_name": "A volunteer", "staff_email": "volunteer@tibet.example",
    "password": "a sky over the plateau",
}  # fmt: skip


@pytest.fixture
def code(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    first_start.offer_first_start(tmp_path)
    return (tmp_path / first_start.FILE).read_text()


def begin(client, code, **changes):
    return client.post(reverse("first-start"), {**ANSWERS, "code": code, **changes})


def test_the_front_door_of_an_empty_installation_leads_to_the_first_start(client, code):
    assert client.get("/").url == reverse("first-start")
    assert client.get(reverse("first-start")).status_code == 200


def test_a_group_begins_with_empty_sections_in_each_language(client, code):
    assert begin(client, code).url == reverse("account_login")
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "es"}
    assert HomePage.objects.count() == 2
    assert StoryIndexPage.objects.count() == 4
    news = StoryIndexPage.objects.filter(story_kind="news")
    assert len({page.translation_key for page in news}) == 1
    assert Site.objects.get().root_page.specific.title == "Tibet Circle"


@pytest.mark.parametrize("own", ["en", "es"])
def test_the_site_s_own_language_is_the_one_chosen_for_it(client, code, own):
    begin(client, code, own_language=own)
    assert Site.objects.get().root_page.locale.language_code == own
    assert HomePage.objects.count() == 2


def test_the_site_s_own_language_is_always_one_of_its_languages(client, code):
    begin(client, code, languages=["en"], own_language="es")
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "es"}


def test_the_group_is_described_as_it_said(client, code):
    begin(client, code)
    group = SiteSettings.load()
    assert (group.name, group.country, group.accent, group.currency) == (
        "Tibet Circle",
        "Tibet",
        "#0b5d3b",
        "CHF",
    )
    assert group.wording("es").legal_form == "Verein"
    assert group.wording("en").strapline == "News from the plateau"
    assert [(link.label, link.url) for link in group.social_links.all()] == [
        ("Mastodon", "https://social.example/@tibet")
    ]


def test_the_first_account_administers_and_signs_in(client, code):
    begin(client, code)
    user = User.objects.get()
    assert user.email == "volunteer@tibet.example"
    assert user.is_superuser
    assert user.check_password(ANSWERS["password"])


def test_the_code_works_once(client, code):
    begin(client, code)
    assert begin(client, code).url == "/"
    assert HomePage.objects.count() == 2


def test_the_code_may_be_typed_in_small_letters_without_hyphens(client, code):
    assert begin(client, code.lower().replace("-", " ")).status_code == 302


def test_a_wrong_code_begins_nothing_and_ten_of_them_close_the_door_for_a_while(client, code):
    for _attempt in range(10):
        assert "not the code" in begin(client, "WRONG").content.decode()
    answer = begin(client, code)
    assert "Wait ten minutes" in answer.content.decode()
    assert not HomePage.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("accent", "#ffee99", "contrast"),
        ("social", "nothing-like-a-link", "https:// address"),
        ("password", "password1234", "too common"),
        ("languages", [], "required"),
    ],
)
def test_what_would_not_work_is_refused_with_a_reason(client, code, field, value, message):
    page = begin(client, code, **{field: value}).content.decode()
    assert message in re.sub(r"&#x27;", "'", page)
    assert not HomePage.objects.exists()


def test_no_code_is_offered_once_there_is_a_site(client, code, tmp_path):
    begin(client, code)
    first_start.offer_first_start(tmp_path)
    assert not first_start.is_open(tmp_path)


def test_a_site_is_never_founded_over_another(client, code):
    begin(client, code)
    group = Group(
        name="Other", languages=("en",), straplines={}, descriptions={}, legal_forms={}, particulars={}
    )
    with pytest.raises(AlreadyFounded):
        found_site(group, host="localhost", port=80)
    assert HomePage.objects.filter(title="Other").count() == 0


def test_the_code_is_kept_where_only_the_owner_reads(code, tmp_path):
    assert (Path(tmp_path) / first_start.FILE).stat().st_mode & 0o077 == 0


@pytest.fixture
def demonstrate(tmp_path, monkeypatch):
    """Run ``pututu demo`` on a folder that holds one file; say whether the file is still there, and what was said."""
    from click.testing import CliRunner

    from pututu.operations.commands import serve

    def run(*arguments, is_whole, is_default=True):
        data = tmp_path / "demo"
        data.mkdir(exist_ok=True)
        (data / "kept").touch()
        if is_whole:
            (data / serve.LOADED).write_text("Sign in")
        for name, value in (
            ("PUTUTU_DATA", str(data)),
            ("PUTUTU_BASE_URL", "http://127.0.0.1:8000"),
            ("PUTUTU_DEMO", "1"),
        ):
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(serve, "DEMONSTRATION", data if is_default else tmp_path / "elsewhere")
        monkeypatch.setattr(
            serve, "_prepare", lambda installation, **_how: installation.data.mkdir(exist_ok=True)
        )
        answer = CliRunner().invoke(serve.demo, ["--no-serve", *arguments])
        return (data / "kept").exists(), answer

    return run


def test_a_demonstration_that_was_interrupted_starts_over_and_a_whole_one_is_kept(demonstrate):
    assert demonstrate(is_whole=False)[0] is False
    assert demonstrate(is_whole=True)[0] is True
    assert demonstrate("--reset", is_whole=True)[0] is False


@pytest.mark.parametrize("arguments", [(), ("--reset",)])
def test_a_folder_that_is_no_demonstration_is_never_removed(demonstrate, arguments):
    is_kept, answer = demonstrate(*arguments, is_whole=False, is_default=False)
    assert is_kept
    assert answer.exit_code == 1
    assert "nothing was touched" in answer.output
