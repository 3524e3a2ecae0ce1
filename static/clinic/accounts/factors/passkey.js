// Lets allauth's own script work a passkey on the page's form, and says so where it fails.

const form = document.querySelector("form[data-passkey]");
const start = {
  add: (ids) => window.allauth.webauthn.forms.addForm({ ids: { ...ids, add: "use-passkey" } }),
  authenticate: (ids) =>
    window.allauth.webauthn.forms.authenticateForm({ ids: { ...ids, authenticate: "use-passkey" } }),
  login: (ids) => window.allauth.webauthn.forms.loginForm({ ids: { ...ids, login: "use-passkey" } }),
};

function sayThatItFailed(event) {
  event.preventDefault();
  if (form.querySelector("[role=alert]")) return;
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = "That did not work. Try again, or choose another way.";
  form.append(words);
}

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  document.addEventListener("allauth.error", sayThatItFailed);
  start[form.dataset.passkey]({
    credential: "id_credential",
    passwordless: "id_passwordless",
    data: "passkey-data",
  });
}
