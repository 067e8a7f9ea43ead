// Shows whom one means while one types; Enter chooses the first, and Enter again books. Without it Enter asks the server.
const wait = 200;

function watch(form) {
  const box = form.querySelector("[type=search]");
  const place = document.getElementById(form.dataset.found);
  let timer;
  let newest = 0;
  let shown = box.value;
  async function look() {
    const mine = ++newest;
    const text = box.value;
    const answer = await fetch(`${form.getAttribute("action")}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
    if (!answer.ok || mine !== newest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.getElementById(form.dataset.found).childNodes);
    shown = text;
  }
  box.addEventListener("input", () => {
    clearTimeout(timer);
    newest += 1;
    if (box.value.trim().length > 1) timer = setTimeout(look, wait);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (shown !== box.value || !place.hasChildNodes()) await look();
    const button = place.querySelector("button[type=submit]");
    (button || box).focus();
  });
}

document.querySelectorAll("[data-found]").forEach(watch);
