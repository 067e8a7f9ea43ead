"""What stands around every page?"""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from pututu.shell.models import SiteSettings, SiteWording
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def page_of(source: str, *, language: str = "en", **context: object) -> str:
    with translation.override(language):
        request = RequestFactory().get("/somewhere/")
        return Template(source).render(RequestContext(request, context))


def test_a_view_that_names_its_counterparts_gets_a_switch_that_leads_to_them() -> None:
    make_site(("en", "es"))
    html = page_of('{% extends "base.html" %}', alternates={"en": "/archive/", "es": "/es/archive/"})
    assert '<a href="/es/archive/" lang="es" hreflang="es">Español</a>' in html
    assert '<span aria-current="true">English</span>' in html


def test_a_view_may_fill_every_block_of_the_base() -> None:
    make_site()
    blocks = ("title", "description", "head", "main")
    source = '{% extends "base.html" %}' + "".join(
        f"{{% block {name} %}}here-{name}{{% endblock %}}" for name in blocks
    )
    html = page_of(source, alternates={})
    assert all(f"here-{name}" in html for name in blocks)


def test_the_sections_of_the_language_hang_from_the_main_cord() -> None:
    make_site(("en", "es"))
    html = page_of('{% extends "base.html" %}', language="es", alternates={})
    assert "Noticias" in html
    assert ">News<" not in html
    assert ">News<" in page_of('{% extends "base.html" %}', alternates={})


def test_a_site_without_any_page_still_has_a_frame() -> None:
    assert '<main class="main page" id="main">' in page_of('{% extends "base.html" %}', alternates={})


def test_where_the_group_is_at_home_is_said_in_the_language_of_the_page() -> None:
    make_site(("en", "es"))
    SiteSettings.objects.update(city="London", founded=1983)
    SiteWording.objects.create(setting_id=1, language="en", strapline="News")
    SiteWording.objects.create(setting_id=1, language="es", strapline="Noticias", city="Londres")
    pages = {
        code: page_of('{% extends "base.html" %}', language=code, alternates={}) for code in ("en", "es")
    }
    assert "News · London, since 1983" in pages["en"]
    assert "Noticias · Londres, desde 1983" in pages["es"]
