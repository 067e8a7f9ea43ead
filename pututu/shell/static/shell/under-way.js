// Keeps the parts of a staff screen up to date while work is under way, until it is done or somebody says to stop.
const wait = 5000;

function watch(places) {
  const button = document.querySelector("[data-stop-looking]");
  const [going, stopped] = [button.textContent, button.dataset.stopLooking];
  let isLooking = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    isLooking = !isLooking;
    button.textContent = isLooking ? going : stopped;
  });
  const timer = setInterval(async () => {
    if (!isLooking || document.hidden) return;
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of [...places, document.getElementById("header-title")]) {
      const news = place && page.getElementById(place.id);
      if (news && news.textContent !== place.textContent) place.replaceChildren(...news.childNodes);
    }
    if (page.querySelector("[data-stop-looking]")) return;
    clearInterval(timer);
    if (document.activeElement === button) {
      places[0].tabIndex = -1; // who works with the keyboard stays where they were
      places[0].focus();
    }
    button.remove();
  }, wait);
}

const places = document.querySelectorAll("[data-under-way]");
if (places.length) watch(places);
