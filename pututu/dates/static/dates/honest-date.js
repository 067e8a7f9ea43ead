// Says under the box, while one types, how the date will be understood. Without it the form works the same.
const wait = 250;

function watch(input) {
  if (input.dataset.honestDateWatched) return;
  input.dataset.honestDateWatched = "true";
  const output = input.parentElement.querySelector("output");
  let timer;
  let newest = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++newest;
      const answer = await fetch(`${input.dataset.honestDate}?text=${encodeURIComponent(input.value)}`, { credentials: "same-origin" });
      if (!answer.ok || mine !== newest) return;
      const { words, edtf, is_refused: isRefused } = await answer.json();
      output.textContent = edtf && edtf !== input.value.trim() ? `${words} (${edtf})` : words;
      output.classList.toggle("honest-date-refused", isRefused);
    }, wait);
  });
}

function watchAll() {
  document.querySelectorAll("[data-honest-date]").forEach(watch);
}

document.addEventListener("DOMContentLoaded", watchAll);
document.addEventListener("w-formset:added", watchAll);
