// While a form[data-busy] is carried out, its line [data-busy-words] says so and counts the seconds.
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-busy]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.busy === "sent") return event.preventDefault();
  form.dataset.busy = "sent";
  const line = document.getElementById(form.dataset.busyLine);
  if (!line) return;
  const file = form.querySelector("input[type=file]")?.files[0];
  const started = Date.now();
  const say = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    line.querySelector("[data-busy-words]").textContent = line.dataset.words
      .replace("%(what)s", file ? file.name : line.dataset.what)
      .replace("%(seconds)s", seconds);
  };
  say();
  line.hidden = false;
  line.scrollIntoView({ block: "nearest" });
  setInterval(say, 1000);
});
// A page shown again by the back button is ready for another sheet.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-busy=sent]")) form.dataset.busy = "";
  for (const line of document.querySelectorAll("[data-busy-words]")) line.parentElement.hidden = true;
});
