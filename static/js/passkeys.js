/* Asks the device for a passkey. Without this file there are the password and the codes of an app. */

const REFUSED =
  "The device gave no passkey. Try again, or take another way: nothing was changed.";
const NOT_HERE =
  "This browser can’t use passkeys, or not at this address. Take another way.";

/** What the server wants to know: from the page, or asked for anew, since it holds for one try. */
async function optionsOf(form) {
  if (!form.dataset.options) {
    return JSON.parse(document.getElementById("passkey-options").textContent);
  }
  const answer = await fetch(form.dataset.options, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error("options");
  return answer.json();
}

async function credentialFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "make") {
    return window.webauthnJSON.get(options.request_options);
  }
  const wanted = options.creation_options;
  // It has to sign in by itself, so the device keeps it and asks who is there.
  wanted.publicKey.authenticatorSelection = {
    ...wanted.publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return window.webauthnJSON.create(wanted);
}

function say(form, text) {
  const place = form.querySelector("[role=alert]");
  place.textContent = text;
  place.hidden = !text;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    say(form, "");
    if (!window.webauthnJSON?.supported()) {
      say(form, NOT_HERE);
      return;
    }
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch (error) {
      say(form, error.name === "SecurityError" ? NOT_HERE : REFUSED);
    }
  });
}
