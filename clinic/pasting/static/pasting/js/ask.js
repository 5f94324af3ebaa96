/* Asks the site what becomes of something pasted, and says what came of it. Without it nothing is converted. */

(() => {
  const ADDRESS = document.currentScript.dataset.pasting;
  const NO_ANSWER =
    "Nothing was pasted, since the site did not answer. What you copied is still there: paste it once more. " +
    "If that doesn’t help, sign in in a new tab first.";
  // What pictures within the text weigh is never sent.
  const PICTURE_DATA = /(src|href)=(["'])data:[^"']*\2/gi;

  const token = () =>
    document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  async function ask(html, fields) {
    const body = new FormData();
    body.append("html", html.replace(PICTURE_DATA, ""));
    for (const [name, value] of fields) body.append(name, value);
    let answer;
    try {
      const response = await fetch(ADDRESS, {
        method: "POST",
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
        body,
      });
      answer = await response.json();
    } catch {
      answer = { error: NO_ANSWER };
    }
    return answer;
  }

  /** Say it right where it was pasted: the top of the page may be out of sight. */
  function say(near, sentences, kind) {
    let place = near.nextElementSibling;
    if (!place?.matches(".pasting-said")) {
      place = document.createElement("div");
      place.setAttribute("role", "status");
      near.after(place);
    }
    place.className = `pasting-said pasting-said--${kind}`;
    // A region that comes with its words already in it is not read aloud.
    setTimeout(() => {
      place.replaceChildren(
        ...sentences.map((sentence) => {
          const line = document.createElement("p");
          line.textContent = sentence;
          return line;
        }),
      );
      // The bar at the bottom would cover it.
      place.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
  }

  function sayWhatCame(near, answer, done) {
    if (answer.error) say(near, [answer.error], "error");
    else say(near, [done, ...answer.said], answer.said.length ? "warning" : "done");
  }

  window.pasting = { ask, sayWhatCame };
})();
