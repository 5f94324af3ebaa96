/* The editor takes for saved whatever stands in the form when its answer arrives, also what came in while it saved:
   the end of a sentence, a text that was pasted. That is saved with a second go. */
(() => {
  // What the editor itself writes into the form.
  const OURS = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;
  let sent = null;
  let isEarly = false;

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
    if (isEarly) event.target.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  });

  document.addEventListener("w-autosave:save", (event) => {
    sent = written(event.detail.formData);
  });

  document.addEventListener("w-autosave:success", (event) => {
    const form = event.target;
    if (sent === null || written(new FormData(form)) === sent) return;
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  });
})();
