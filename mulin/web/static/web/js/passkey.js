// Shows what belongs to browsers with passkeys, or to those without: data-passkey="here|missing".
const here = Boolean(window.isSecureContext && window.PublicKeyCredential);
for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = (part.dataset.passkey === "here") !== here;
}
