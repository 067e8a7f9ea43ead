"""How does an error of plain Python say itself in the language of whoever reads it?

Its sentences are templates, and the templates are what translators translate: whoever shows the error passes the
translating function. Without one it speaks English.
"""

from collections.abc import Callable

Translate = Callable[[str], str]


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated when it is told."""
    return sentence


class Told(ValueError):
    """An error made of whole sentences for a person, with ``facts`` to be filled in by name: ``%(text)s``."""

    def __init__(self, *sentences: str, code: str, **facts: str) -> None:
        self.sentences = sentences
        self.facts = facts
        self.code = code
        super().__init__(self.told(gettext_noop))

    @property
    def message(self) -> str:
        """The sentences in English."""
        return str(self)

    def told(self, translate: Translate) -> str:
        """Say it through ``translate``, which takes an English template and gives that of another language."""
        return " ".join(translate(sentence) % self.facts for sentence in self.sentences)
