"""What do the templates of addresses ask for?"""

from __future__ import annotations

from django import template

from pututu.shell.models import country_choices

register = template.Library()
register.simple_tag(country_choices, name="countries")
