/* The editor saves by itself, and what is done meanwhile it forgets. What stands in the form when its answer arrives it
   takes for saved, also what came in while it saved: the end of a sentence, a text that was pasted. That is saved with
   a second go. A button that is pressed meanwhile would send what the answer is about to change: a new page is there
   twice, and a refused one says that a newer version is open in another window. It waits for the answer. */
(() => {
  // What the editor itself writes into the form.
  const OURS = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;
  // In ms. An answer that takes longer won't come.
  const LONGEST_WAIT = 8000;
  let sent = null;
  let isEarly = false;
  let isSaving = false;
  let isLeaving = false;
  let pressed = null;

  const written = (fields) => {
    const words = [...fields].filter(([name, value]) => !OURS.test(name) && typeof value === "string");
    return JSON.stringify(words);
  };

  // What is typed in the first seconds the editor takes for what was there.
  const noteEarly = (event) => {
    isEarly ||= event.isTrusted && Boolean(event.target.closest("[data-edit-form]"));
  };
  for (const kind of ["input", "change"]) document.addEventListener(kind, noteEarly, true);

  document.addEventListener("w-unsaved:watch-edits", (event) => {
    for (const kind of ["input", "change"]) document.removeEventListener(kind, noteEarly, true);
    if (!isEarly) return;
    // Once: the editor begins to watch anew after everything it saved.
    isEarly = false;
    event.target.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  });

  const goOn = () => {
    isSaving = false;
    if (!pressed) return;
    const { form, button, wait } = pressed;
    pressed = null;
    clearTimeout(wait);
    // Wagtail takes a pressed button out of use, and its name wouldn't be sent.
    if (button) button.disabled = false;
    form.requestSubmit(button);
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (isLeaving) {
      event.preventDefault();
      return;
    }
    sent = written(event.detail.formData);
    isSaving = true;
  });

  document.addEventListener("w-autosave:success", (event) => {
    const form = event.target;
    if (!pressed && sent !== null && written(new FormData(form)) !== sent) {
      form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
    }
    goOn();
  });

  document.addEventListener("w-autosave:error", goOn);

  document.addEventListener(
    "submit",
    (event) => {
      if (!isSaving || !event.target.matches("[data-edit-form]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed ??= { form: event.target, button: event.submitter, wait: setTimeout(goOn, LONGEST_WAIT) };
    },
    true,
  );

  addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-edit-form]")) return;
    isLeaving = true;
    // Who stops the way to the next page, or comes back, writes on.
    setTimeout(() => {
      isLeaving = false;
    }, LONGEST_WAIT);
  });
})();
