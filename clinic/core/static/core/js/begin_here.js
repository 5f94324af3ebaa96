/* A new page begins at its title, and Enter leads on: in a line of words it would press a button nobody chose. */
(() => {
  // The browser's own way finds the field still folded away.
  addEventListener("load", () => {
    if (document.activeElement === document.body) {
      document.querySelector("form[data-edit-form] [autofocus]")?.focus();
    }
  });

  const isShown = (field) => field.offsetParent !== null && !field.readOnly && !field.disabled;

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !field.matches?.("#id_title, #id_summary")) return;
    event.preventDefault();
    const fields = [...field.form.querySelectorAll("input[type=text], input[type=date], textarea")].filter(isShown);
    const next = fields[fields.indexOf(field) + 1];
    next?.focus();
    next?.select();
  });
})();
