// Small helps for the form. It is whole without them, and each stands alone: where one fails, the others work.

// Asks whether another address was meant, once somebody leaves the field. It never stands in the way.
(() => {
  const slips = JSON.parse(document.getElementById("email-slips").textContent);
  const asked = document.querySelector("[data-asked]");

  // The tap that leaves the field must hit what it was meant for, so nothing moves before it is over.
  let isPressed = false;
  document.addEventListener("pointerdown", () => { isPressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { isPressed = false; }, true);
  }
  const afterTheTap = (act) => {
    if (isPressed) document.addEventListener("pointerup", () => setTimeout(act), { capture: true, once: true });
    else setTimeout(act);
  };

  for (const group of document.querySelectorAll("[data-email-slips]")) {
    const input = group.querySelector("input");
    const question = group.querySelector("[data-question]");
    const meant = group.querySelector("[data-meant]");

    input.addEventListener("change", () => {
      const [name, domain = ""] = input.value.trim().split("@");
      const likely = slips[domain.toLowerCase()];
      afterTheTap(() => {
        question.hidden = !likely;
        meant.textContent = likely ? `${name}@${likely}` : "";
      });
      // Only a question that could be read counts as asked; otherwise the answer to the form asks it.
      if (likely) setTimeout(() => { asked.disabled = false; }, 2000);
    });

    group.querySelector("[data-take]").addEventListener("click", (event) => {
      event.preventDefault();
      input.value = meant.textContent;
      question.hidden = true;
      input.focus();
    });
  }
})();

// Brings the question and what is said of it into view with its control, also inside a fold that was closed.
(() => {
  for (const link of document.querySelectorAll(".error-summary__list a")) {
    link.addEventListener("click", (event) => {
      const control = document.getElementById(link.hash.slice(1));
      if (!control) return;
      event.preventDefault();
      for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        fold.open = true;
      }
      control.focus({ preventScroll: true });
      (control.closest(".form-group--error") || control).scrollIntoView({ block: "start" });
    });
  }
})();

// After the request was sent, Back finds an empty form: the next person may sit at the same computer. What was
// begun after that stays. The page that says "received" notes the moment, so a line that fails empties nothing.
(() => {
  window.addEventListener("pageshow", (event) => {
    let sent;
    try {
      sent = sessionStorage.getItem("consultation-sent");
    } catch {
      return;
    }
    if (!sent) return;
    const [visit] = performance.getEntriesByType("navigation");
    const isReturn = event.persisted || (visit && visit.type === "back_forward");
    const form = document.querySelector("[data-consultation]");
    const since = history.state && history.state.since;
    if (isReturn && since !== sent) {
      form.reset();
      location.replace(form.action);
    } else if (since !== sent) {
      history.replaceState({ since: sent }, "");
    }
  });
})();
