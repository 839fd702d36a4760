// Passkeys: ask the house for its question, let the browser answer, send the answer as a form.
// <form data-passkey="get|create" data-ask="address" hidden> with a hidden input `answer`.

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function question(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = known(options.allowCredentials);
  return { publicKey: asked };
}

function answer(credential) {
  const said = credential.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[part]) response[part] = text(said[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
}

async function prove(form) {
  const asked = await fetch(form.dataset.ask, { method: "POST", body: new FormData(form) });
  if (!asked.ok || asked.redirected) throw new Error(String(asked.status));
  const options = question(await asked.json());
  const credential = await navigator.credentials[form.dataset.passkey](options);
  form.elements.answer.value = answer(credential);
  form.submit();
}

export function passkeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      button.click();
    }, true);
    button.addEventListener("click", async () => {
      if (!form.reportValidity()) return;
      button.disabled = true;
      form.querySelector("[data-trouble]").textContent = "";
      try {
        await prove(form);
      } catch {
        form.querySelector("[data-trouble]").textContent = form.dataset.cancelled;
        button.disabled = false;
      }
    });
  }
}
