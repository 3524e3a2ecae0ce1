// The safety screen by keyboard: Y, N and U answer the question that has the focus and move on.
// The count at the bottom follows along. Questions behind a gate are folded by the stylesheet
// alone; without this file the radios work as radios do.

const screen = document.querySelector("[data-screen]");
const ANSWERS = { y: "yes", n: "no", u: "unknown" };

const isShown = (element) => element.offsetParent !== null;
const questions = () => [...screen.querySelectorAll("[data-question]")].filter(isShown);
const radios = (question) => [...question.querySelectorAll('input[type="radio"]')];
const chosen = (question) => radios(question).find((radio) => radio.checked);

const isAnswered = (question) => ["yes", "no"].includes(chosen(question)?.value);

const goTo = (question) => (chosen(question) ?? radios(question)[0]).focus();

const choose = (question, value) => {
  const radio = radios(question).find((candidate) => candidate.value === value);
  if (radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
};

const followCount = () => {
  const answered = screen.querySelector("[data-screen-answered]");
  const asked = screen.querySelector("[data-screen-asked]");
  // Questions that this page leaves out keep the count they came with.
  const answeredElsewhere = Number(answered.textContent) - questions().filter(isAnswered).length;
  const askedElsewhere = Number(asked.textContent) - questions().length;
  screen.addEventListener("change", () => {
    answered.textContent = String(answeredElsewhere + questions().filter(isAnswered).length);
    asked.textContent = String(askedElsewhere + questions().length);
  });
};

// A gate that is closed takes its questions along, as the server does, so that what is sent agrees.
const closeGate = (event) => {
  const gate = event.target.closest("[data-gate]");
  if (event.target.value !== "no" || event.target.closest("[data-question]").parentElement !== gate) return;
  for (const question of gate.querySelectorAll(".follow > [data-question]")) {
    radios(question).find((radio) => radio.value === "no").checked = true;
  }
};

// The tick that says no to the rest shows at once what it will save.
const sayNoToTheRest = (event) => {
  if (!event.target.checked) return;
  const group = event.target.closest(".screen__group");
  for (const question of questions()) {
    if (group.contains(question) && !isAnswered(question)) choose(question, "no");
  }
};

const answerByKey = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const value = ANSWERS[event.key.toLowerCase()];
  const question = event.target.closest("[data-question]");
  if (!value || !question || event.target.type !== "radio") return;
  event.preventDefault();
  choose(question, value);
  const all = questions();
  const next = all[all.indexOf(question) + 1];
  if (next) goTo(next);
  else screen.querySelector('button[type="submit"]').focus();
};

if (screen) {
  screen.querySelector("[data-screen-keys]").hidden = false;
  screen.addEventListener("change", (event) => {
    if (event.target.type === "checkbox" && event.target.closest(".screen__rest")) {
      sayNoToTheRest(event);
    } else if (event.target.type === "radio" && event.target.closest("[data-gate]")) {
      closeGate(event);
    }
  });
  followCount();
  screen.addEventListener("keydown", answerByKey);
}
