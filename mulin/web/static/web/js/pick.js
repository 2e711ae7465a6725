// Among many boxes to tick, [data-pick] shows those whose words hold what is written; ticked ones stay.
function narrow(field) {
  const words = field.value.trim().toLowerCase();
  for (const label of field.closest("[data-pick]").querySelectorAll(".options label")) {
    const ticked = label.querySelector("input").checked;
    label.hidden = !ticked && !label.textContent.toLowerCase().includes(words);
  }
}

function showPicks(root) {
  for (const box of root.querySelectorAll?.("[data-pick-words]") ?? []) box.hidden = false;
}

document.addEventListener("input", ({ target }) => {
  if (target.closest("[data-pick-words]")) narrow(target);
});
document.addEventListener("keydown", (event) => {
  // Enter looks for a unit; it doesn't send the form.
  if (event.key === "Enter" && event.target.closest("[data-pick-words]")) event.preventDefault();
});
showPicks(document);
document.addEventListener("htmx:load", (event) => showPicks(event.target));
