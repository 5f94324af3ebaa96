// Shows who may have asked before, as soon as a number or an address was entered. Without it a button does.
const form = document.querySelector("[data-earlier]");
const list = form.querySelector("[data-earlier-list]");
const fields = ["phone", "email"].map((name) => form.elements.namedItem(name));
let asked = contact();

function contact() {
  return fields.map((field) => field.value.trim()).join(" ");
}

async function look() {
  const wanted = contact();
  if (wanted === asked || !wanted.trim()) return;
  asked = wanted;
  try {
    const answer = await fetch(form.dataset.earlier, { method: "POST", body: new FormData(form) });
    // An older answer never stands beside a newer number.
    if (answer.ok && wanted === contact()) list.innerHTML = await answer.text();
  } catch {
    // The button is still there, and so is the look before anything is stored.
  }
}

for (const field of fields) field.addEventListener("change", look);
