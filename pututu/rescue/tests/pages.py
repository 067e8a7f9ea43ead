"""Which old list page do the tests read? Sentences of our own, in the shape of a scraped archive page."""

PAGE = """\
• Event: Water and the highlands

    31 December 1969

    7 May 2011, Leeds. An afternoon on who decides about rivers.

  • Threats against a village mayor

    16 DECEMBER 2013

    The mayor asked the police for protection in spring.

    Nothing was done.

  • A bridge is opened

    31 December 1969

    The new bridge shortens the way to the hospital by an hour.


  • Two brothers fall out


    Their party may not outlive the quarrel.

  • What the group is for

    It watches, it publishes, it accompanies.

  • Why write to us?

    • You know something that we should know
    • You want to help

    Write to us
"""


def entry(title: str, date_line: str, text: str = "Something was said about it.") -> str:
    return f"  • {title}\n\n    {date_line}\n\n    {text}\n\n"
