// Carries what is asked to the device, and its answer back. Where it can't run nothing of passkeys is shown.
const fromText = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (list) => (list || []).map((each) => ({ ...each, id: fromText(each.id) }));

async function send(address, said, token) {
  const answer = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...(token ? { "X-CSRFToken": token } : {}) },
    body: JSON.stringify(said),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

async function make({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: fromText(publicKey.challenge),
    user: { ...publicKey.user, id: fromText(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  const { clientDataJSON, attestationObject } = made.response;
  return { ...named(made), response: { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) } };
}

async function show({ publicKey }) {
  const asked = { ...publicKey, challenge: fromText(publicKey.challenge), allowCredentials: listed(publicKey.allowCredentials) };
  const shown = await navigator.credentials.get({ publicKey: asked });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  const response = {
    clientDataJSON: toText(clientDataJSON),
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle ? { userHandle: toText(userHandle) } : {}),
  };
  return { ...named(shown), response };
}

const named = (credential) => ({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, clientExtensionResults: {} });

function offer(form) {
  const { ask, answer, act } = form.dataset;
  const error = form.querySelector("[role=alert]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      const credential = await (act === "make" ? make : show)(await send(ask, {}, token));
      const name = form.querySelector("[name=name]")?.value || "";
      const { go_to: goTo } = await send(answer, { credential, name }, token);
      location.assign(goTo);
      if (location.pathname === new URL(goTo, location.href).pathname) location.reload();
    } catch (problem) {
      error.textContent = problem.name === "Error" ? problem.message : form.dataset.failed;
    }
  });
}

// A passkey belongs to a name, never to a bare number of the network.
const hasName = !/^[\d.]+$|:/.test(location.hostname);
if (window.PublicKeyCredential && window.isSecureContext && hasName) document.querySelectorAll("[data-passkeys]").forEach(offer);
