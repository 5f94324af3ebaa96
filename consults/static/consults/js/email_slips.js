// Asks whether another address was meant, once somebody leaves the field. It never stands in the way.
(() => {
  const group = document.querySelector("[data-email-slips]");
  const slips = JSON.parse(document.getElementById("email-slips").textContent);
  const input = group.querySelector("input");
  const question = group.querySelector("[data-question]");

  input.addEventListener("change", () => {
    const [name, domain = ""] = input.value.trim().split("@");
    const meant = slips[domain.toLowerCase()];
    question.hidden = !meant;
    question.querySelector("[data-meant]").textContent = meant ? `${name}@${meant}` : "";
  });
})();
