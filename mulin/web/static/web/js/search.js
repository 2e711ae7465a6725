// "/" brings the cursor to the page's [data-search] field, unless somebody is writing already.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const fields = [...document.querySelectorAll("[data-search]")];
  const field = fields.find((one) => one.checkVisibility?.() ?? one.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
