// Copies the words of a [data-copy] box; without a clipboard it selects them for a long press.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-tools] button");
  if (!button) return;
  const box = button.closest("[data-copy]");
  const words = box.querySelector("textarea");
  const said = box.querySelector("[role=status]");
  words.select();
  try {
    // The clipboard exists only over https; in-app browsers still know the old command.
    if (navigator.clipboard) await navigator.clipboard.writeText(words.value);
    else if (!document.execCommand("copy")) return;
    said.textContent = box.dataset.copied;
  } catch {
    said.textContent = "";
  }
});
for (const tools of document.querySelectorAll("[data-copy-tools]")) tools.hidden = false;
document.addEventListener("htmx:load", (event) => {
  for (const tools of event.target.querySelectorAll?.("[data-copy-tools]") ?? []) tools.hidden = false;
});
