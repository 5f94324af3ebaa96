// Takes one step of the verification after the other; without it somebody presses "Go on".
(() => {
  const place = document.querySelector("[data-verify]");
  const said = document.querySelector("[data-verify-said]");
  let told = 0;
  let isStopped = false;

  const tell = () => {
    const result = place.querySelector("[data-verify-result]");
    const bar = place.querySelector("progress");
    const quarter = bar ? Math.floor(bar.position * 4) : 0;
    if (result) said.textContent = result.textContent.trim();
    else if (quarter > told) {
      told = quarter;
      said.textContent = `${quarter * 25}% verified`;
    }
  };

  // One request at a time, so that no step is taken twice.
  const goOn = async () => {
    const form = place.querySelector("[data-verify-next]");
    if (!form || isStopped) return;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-verify]");
      // Signed out meanwhile: the page that asks who is there has no such part.
      if (!next) throw new Error("no part");
      if (isStopped) return;
      const hadFocus = place.contains(document.activeElement);
      place.replaceChildren(...next.childNodes);
      if (hadFocus) place.querySelector("button")?.focus();
      tell();
      goOn();
    } catch {
      said.textContent = "It stopped. Press “Go on”, or load the page again.";
    }
  };

  // Whoever presses a button goes on by hand from there.
  place.addEventListener("submit", () => {
    isStopped = true;
  });
  goOn();
})();
