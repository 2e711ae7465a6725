// Saves a form[data-autosave=URL] as it is filled in, and says when; the button still works alone.
const DELAY = 800;
const timers = new WeakMap();
const sending = new WeakMap();

function say(form, words, time) {
  const line = form.querySelector("[data-saved]");
  if (line) line.textContent = words.replace("%(time)s", time ?? "");
}

async function save(form) {
  // One request at a time, so that an older draft never overwrites a newer one.
  await sending.get(form);
  const words = form.querySelector("[data-saved]")?.dataset ?? {};
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  const request = fetch(form.dataset.autosave, {
    method: "POST",
    body,
    headers: { "X-Requested-With": "autosave" },
    redirect: "manual",
  }).then(
    (response) => response.ok,
    () => false,
  );
  sending.set(form, request);
  if (await request) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(form, words.saved ?? "", time);
  } else {
    say(form, words.unsaved ?? "");
  }
}

function plan(event) {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(save, DELAY, form));
}

document.addEventListener("input", plan);
document.addEventListener("change", plan);
document.addEventListener("submit", (event) => clearTimeout(timers.get(event.target)));
