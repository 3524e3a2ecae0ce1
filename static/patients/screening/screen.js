// The safety screen by keyboard: Y, N and U answer the question that has the focus and move on.
// The count at the bottom follows along. Without this file the radios work as radios do.

const screen = document.querySelector("[data-screen]");
const ANSWERS = { y: "yes", n: "no", u: "unknown" };

const questions = () => [...screen.querySelectorAll("[data-question]")];
const radios = (question) => [...question.querySelectorAll('input[type="radio"]')];
const chosen = (question) => radios(question).find((radio) => radio.checked);

const isAnswered = (question) => ["yes", "no"].includes(chosen(question)?.value);

const goTo = (question) => (chosen(question) ?? radios(question)[0]).focus();

const followCount = (shown) => {
  // Questions that this page leaves out keep the count they came with.
  const elsewhere = Number(shown.textContent) - questions().filter(isAnswered).length;
  screen.addEventListener("change", () => {
    shown.textContent = String(elsewhere + questions().filter(isAnswered).length);
  });
};

const answerByKey = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const value = ANSWERS[event.key.toLowerCase()];
  const question = event.target.closest("[data-question]");
  if (!value || !question || event.target.type !== "radio") return;
  const radio = radios(question).find((candidate) => candidate.value === value);
  event.preventDefault();
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const all = questions();
  const next = all[all.indexOf(question) + 1];
  if (next) goTo(next);
  else screen.querySelector('button[type="submit"]').focus();
};

if (screen) {
  screen.querySelector("[data-screen-keys]").hidden = false;
  followCount(screen.querySelector("[data-screen-answered]"));
  screen.addEventListener("keydown", answerByKey);
}
