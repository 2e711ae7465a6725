// Offers likely answers above a field: [data-likely=ID] holds buttons whose data-value is filled in.
function show(root) {
  for (const box of root.querySelectorAll?.("[data-likely]") ?? []) box.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-likely] [data-value]");
  if (!button) return;
  const field = document.getElementById(button.closest("[data-likely]").dataset.likely);
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
show(document);
document.addEventListener("htmx:load", (event) => show(event.target));
