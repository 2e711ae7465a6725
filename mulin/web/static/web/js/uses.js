// How much of the chosen resource is used: [data-uses=NAME] is asked for once one is chosen in the
// select of that name, is preset from [data-like=NAME] where both count alike, and says what is left.
function settleUse(field, changed) {
  const form = field.form;
  const option = form.elements[field.dataset.uses].selectedOptions[0];
  const like = form.elements[field.dataset.like];
  const box = field.closest(".field");
  const help = box.querySelector(".field-help");
  const alike = option?.dataset.measure === field.dataset.measure;
  box.hidden = !option?.value;
  field.required = !box.hidden && !alike;
  box.querySelector(".optional").hidden = field.required;
  if (help && option?.dataset.words) help.textContent = option.dataset.words;
  if (changed && alike) field.value = like.value;
  else if (changed && changed !== like) field.value = "";
}

function watchUses(root) {
  for (const field of root.querySelectorAll?.("input[data-uses]") ?? []) {
    settleUse(field, null);
    field.form.addEventListener("change", ({ target }) => {
      if ([field.dataset.uses, field.dataset.like].includes(target.name)) settleUse(field, target);
    });
  }
}
watchUses(document);
document.addEventListener("htmx:load", (event) => watchUses(event.target));
