// One box that ticks all boxes of the list below it; without a script it is not shown.
const place = document.querySelector("[data-choose-all]");
if (place) {
  const all = place.querySelector("input");
  const boxes = [...place.closest("form").querySelectorAll("[name=items]")];
  const show = () => {
    all.checked = boxes.every((box) => box.checked);
    all.indeterminate = !all.checked && boxes.some((box) => box.checked);
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  place.hidden = false;
  show();
}
