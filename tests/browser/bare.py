"""What does markup do in a browser where nothing holds it back: no policy, no sandbox, every element touched?

An ordinary link to another site is not followed: a reader may do so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Dialog, Error, Page, Route

from tests.browser.patience import PATIENCE
from tests.browser.vectors import asked, ran

PLACE = "http://bare.example/"
TOUCHED = """() => {
  const names = ["mouseover", "mouseenter", "pointerenter", "touchstart", "wheel", "focus", "toggle", "submit"];
  const touch = (document) => {
    for (const each of document.querySelectorAll("*")) {
      for (const name of names) each.dispatchEvent(new Event(name, { cancelable: true }));
      const leadsOn = /^https?:/.test(each.getAttribute("href") || "") && !each.matches("[ping], [onclick]");
      if (!leadsOn && each.matches("a, area, button, input, [onclick], math *, text")) {
        each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      }
    }
  };
  for (const frame of document.querySelectorAll("iframe.one")) {
    try { touch(frame.contentDocument); } catch { /* it went elsewhere */ }
  }
}"""


@dataclass
class Watch:
    """What ran while a page was open, by the numbers of the vectors, and dialogs."""

    ran: set[int] = field(default_factory=set)
    dialogs: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Watch:
        page.on("console", lambda said: self.ran.update(ran(said.text)))
        page.route("http://canary.example/**", self._asked)  # what a policy forbids never comes so far
        page.on("dialog", self._told)
        return self

    def _asked(self, route: Route) -> None:
        self.ran.update(asked(route.request.url))
        route.abort()

    def _told(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def shown_bare(context: BrowserContext, documents: Sequence[str], *, is_touched: bool) -> set[int]:
    """Show each document in a frame of its own and give the numbers of what ran."""
    page = context.new_page()
    frames = "".join(f"<iframe class=one src='/{n}'></iframe>" for n in range(len(documents)))
    told = {PLACE: f"<!doctype html><title>All</title>{frames}"}
    told |= {f"{PLACE}{n}": document for n, document in enumerate(documents)}
    page.route("**/*", lambda route: _answer(route, told))
    watch = Watch().over(page)
    page.goto(PLACE, wait_until="load", timeout=PATIENCE)
    page.wait_for_timeout(500)
    if is_touched:
        page.evaluate(TOUCHED)
        page.wait_for_timeout(500)
    page.close()
    return watch.ran | ({-1} if watch.dialogs else set())


def _answer(route: Route, told: dict[str, str]) -> None:
    document = told.get(route.request.url)
    try:
        if document is None:
            route.fulfill(status=404, body="", content_type="text/plain")
        else:
            route.fulfill(body=document, content_type="text/html; charset=utf-8")
    except Error:
        pass  # the frame went elsewhere before it was answered
