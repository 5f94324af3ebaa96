/* Makes a topic that is missing and ticks it; one that exists under that name is ticked instead. */
(() => {
  const FAILED = "The topic could not be added. Try again, or add it under Topics.";

  const tick = (topics, key, name) => {
    const choices = topics.querySelector(".topics__choices");
    let box = [...choices.querySelectorAll("input")].find((each) => each.value === String(key));
    if (!box) {
      const label = document.createElement("label");
      label.className = "topics__choice";
      box = document.createElement("input");
      Object.assign(box, { type: "checkbox", name: topics.dataset.name, value: key });
      const words = document.createElement("span");
      words.textContent = name;
      label.append(box, words);
      choices.append(label);
    }
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const send = async (topics, name) => {
    const token = topics.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(topics.dataset.topics, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ name }),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return said;
  };

  /* Returns whether nothing is left in the line. */
  const add = async (topics) => {
    const line = topics.querySelector(".topics__new input");
    const said = topics.querySelector(".topics__said");
    if (!line.value.trim()) return true;
    try {
      const topic = await send(topics, line.value);
      tick(topics, topic.key, topic.name);
      line.value = "";
      said.textContent = `“${topic.name}” is ticked.`;
      return true;
    } catch (error) {
      said.textContent = error instanceof SyntaxError || error instanceof TypeError ? FAILED : error.message;
      return false;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-topics] button");
    if (button) add(button.closest("[data-topics]"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-topics] .topics__new input")) {
      event.preventDefault();
      add(event.target.closest("[data-topics]"));
    }
  });

  /* What somebody typed and didn't add goes along with the page, or holds it until it can. */
  document.addEventListener(
    "submit",
    (event) => {
      const topics = event.target.querySelector("[data-topics]");
      if (!topics || !topics.querySelector(".topics__new input").value.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      add(topics).then((isDone) => {
        if (isDone) event.target.requestSubmit(event.submitter);
        else topics.scrollIntoView({ block: "center" });
      });
    },
    true,
  );
})();
