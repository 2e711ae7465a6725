// A chosen filter applies at once; typed words wait for Enter. Without this the button does it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});
for (const button of document.querySelectorAll("form[data-filters] [data-filters-submit]")) {
  // Kept for keyboards and readers: it comes back into sight when it is focused.
  button.classList.add("unseen");
  button.addEventListener("focus", () => button.classList.remove("unseen"));
  button.addEventListener("blur", () => button.classList.add("unseen"));
}
