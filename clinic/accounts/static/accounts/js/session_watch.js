// Warns quietly before the session is over and covers the page when it is. What somebody typed stays in the
// page, and nowhere else, until they have signed in again. Without this file the next request asks to sign in.
(() => {
  const watch = document.querySelector("[data-session-watch]");
  const warning = watch.querySelector("[data-session-warning]");
  const cover = watch.querySelector("[data-session-cover]");
  const said = watch.querySelector("[data-session-said]");
  const WARNED_BEFORE = 120_000;
  const { user, left: leftAddress, stay: stayAddress } = watch.dataset;

  let token = null;
  let timer = null;
  let asking = null;
  let focusedBefore = null;
  const title = document.title;
  let endsAt = Date.now() + Number(watch.dataset.seconds) * 1000;

  const isCovered = () => !cover.hidden;
  const milliseconds = () => endsAt - Date.now();

  /** Ask the server, which alone knows what was done in other tabs; null where it can't be reached. */
  const ask = async (address, options = {}) => {
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  const showWarning = (canStay) => {
    warning.querySelector("[data-session-idle]").hidden = !canStay;
    warning.querySelector("[data-session-late]").hidden = canStay;
    warning.hidden = false;
  };

  const coverPage = () => {
    if (isCovered()) return;
    focusedBefore = document.activeElement;
    warning.hidden = true;
    said.textContent = "";
    cover.hidden = false;
    document.documentElement.classList.add("session-is-over");
    document.title = "Signed out";
    cover.querySelector("h2").focus();
  };

  const uncoverPage = () => {
    if (!isCovered()) return;
    cover.hidden = true;
    document.documentElement.classList.remove("session-is-over");
    document.title = title;
    focusedBefore?.focus();
  };

  /** Forms of this page bear the token of the session before, which the new one refuses. */
  const renewForms = (answer) => {
    token = answer.token;
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  };

  const follow = (answer) => {
    if (answer === null || answer.seconds === 0 || answer.user !== user) {
      if (milliseconds() <= 0 || answer !== null) coverPage();
      if (answer !== null) endsAt = Date.now();
      plan();
      return answer;
    }
    endsAt = Date.now() + answer.seconds * 1000;
    renewForms(answer);
    uncoverPage();
    if (milliseconds() > WARNED_BEFORE) warning.hidden = true;
    else showWarning(answer.can_stay);
    plan();
    return answer;
  };

  /** Look at the clock: first cover, then ask whether the session goes on after all. */
  const look = () => {
    if (milliseconds() <= 0) coverPage();
    if (milliseconds() > WARNED_BEFORE) return plan();
    asking ??= ask(leftAddress).then(follow).finally(() => { asking = null; });
    return asking;
  };

  /** A covered page asks again only when somebody comes back to it. */
  const plan = () => {
    clearTimeout(timer);
    if (isCovered()) return;
    const left = milliseconds();
    timer = setTimeout(look, left > WARNED_BEFORE ? left - WARNED_BEFORE : Math.max(left, 1000));
  };

  watch.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const answer = await ask(stayAddress, { method: "POST", headers: { "X-CSRFToken": token } });
    follow(answer);
    if (warning.hidden && !isCovered()) focusedBefore?.focus();
  });

  watch.querySelector("[data-session-again]").addEventListener("click", async () => {
    const answer = await look();
    if (!isCovered()) return;
    if (!answer) said.textContent = "The site can’t be reached. Wait a little, then try again.";
    else if (answer.seconds === 0) said.textContent = "You aren’t signed in yet. Sign in in a new tab first.";
    else said.textContent = "Somebody else is signed in now. Sign in with your own account in a new tab.";
  });

  // Where to go back to from the warning.
  document.addEventListener("focusin", ({ target }) => {
    if (!watch.contains(target)) focusedBefore = target;
  });

  // Under the cover no key does anything to the page.
  window.addEventListener("keydown", (event) => {
    if (isCovered()) event.stopImmediatePropagation();
  }, true);

  // Timers stand still while a machine sleeps.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) look(); });
  plan();
})();
