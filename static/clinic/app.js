// Small helps for every clinician page. Everything works without them.

import "./escape.js";
import "./palette.js";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account-menu[open], details.status__left[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// --- A form came back, and what it marks stands screens below the top of the page ----------------
const marked = document.querySelector("main :is(.alert-danger, .is-invalid, [aria-invalid='true']):not([type='hidden'])");
if (marked && !location.hash && marked.getBoundingClientRect().bottom > innerHeight) {
  // What is wrong with a form as a whole stands in no field.
  if (marked.matches(".alert-danger")) marked.tabIndex = -1;
  marked.focus();
}

// --- The session ended while a part of the page was asked for ------------------------------------
// The page stays as it is. Signing in elsewhere makes a new token, which every form here needs.
const signedOut = document.getElementById("signed-out");
let waiting = false;

document.body.addEventListener("clinic:signed-out", () => {
  waiting = true;
  if (signedOut && !signedOut.open) signedOut.showModal();
});

signedOut?.querySelector("[data-close]").addEventListener("click", () => signedOut.close());

const takeNewToken = async () => {
  if (!waiting || document.visibilityState !== "visible") return;
  const answer = await fetch(signedOut.dataset.token, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const { token } = await answer.json();
  waiting = false;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  document.body.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": token }));
  if (signedOut.open) signedOut.close();
};
document.addEventListener("visibilitychange", takeNewToken);
window.addEventListener("focus", takeNewToken);
