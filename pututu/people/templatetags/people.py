"""What do templates about people ask for?"""

from __future__ import annotations

from django import template

from pututu.people.rendering import purpose_name
from pututu.shell.models import country_choices

register = template.Library()
register.simple_tag(country_choices, name="countries")
register.filter("purpose", purpose_name)
