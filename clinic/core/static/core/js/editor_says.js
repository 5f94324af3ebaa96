/* What stands above the fields comes anew each time the editor saves. Where it says the same as before it stays as it
   is, so that no tap on it and no cursor in it is lost; else the cursor goes back to the same words, or to what is
   left. */
document.addEventListener("w-teleport:append", (event) => {
  const { complete } = event.detail;
  const template = event.target;
  const place = document.querySelector("[data-editor-says]");
  if (template.dataset.wTeleportTargetValue !== "[data-editor-says]" || !place) return;
  event.preventDefault();
  if (template.innerHTML.trim() === place.innerHTML.trim()) {
    template.remove();
    return;
  }
  const words = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  complete();
  if (words === null) return;
  const links = [...place.querySelectorAll("a[href]")];
  const next = links.find((link) => link.textContent === words) ?? links[0];
  (next ?? document.querySelector("#id_title"))?.focus();
});
