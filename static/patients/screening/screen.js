// The safety screen by keyboard: Y, N and U answer the question that has the focus and move on; A says
// no to all that is open in its group, R to all the rest of the page. The count at the bottom follows along. Questions behind a gate
// are folded by the stylesheet alone; without this file the radios work as radios do, and the press
// for a group saves it.

const screen = document.querySelector("[data-screen]");
const ANSWERS = { y: "yes", n: "no", u: "unknown" };

const isShown = (element) => element.offsetParent !== null;
const questions = () => [...screen.querySelectorAll("[data-question]")];
const asked = () => questions().filter((question) => isShown(question) || isPutAway(question));
const radios = (question) => [...question.querySelectorAll('input[type="radio"]')];
const chosen = (question) => radios(question).find((radio) => radio.checked);
const isAnswered = (question) => ["yes", "no"].includes(chosen(question)?.value);
const open = () => questions().filter(isShown).filter((question) => !isAnswered(question));

// What a group has put together in one line is still asked, unless a gate hides it there.
const isPutAway = (question) => {
  const away = question.closest("details:not([open]), [data-open][hidden]");
  const behind = question.closest(".gate__behind");
  return away !== null && !(behind && !behind.closest(".gate").querySelector('input[value="yes"]:checked'));
};

const goTo = (question) => (chosen(question) ?? radios(question)[0]).focus();
const goToSave = () => screen.querySelector('.save-bar button[type="submit"]').focus();

const choose = (question, value) => {
  const radio = radios(question).find((candidate) => candidate.value === value);
  if (radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
};

const followCount = () => {
  const answered = screen.querySelector("[data-screen-answered]");
  const total = screen.querySelector("[data-screen-asked]");
  // Questions that this page leaves out keep the count they came with.
  const answeredElsewhere = Number(answered.textContent) - asked().filter(isAnswered).length;
  const askedElsewhere = Number(total.textContent) - asked().length;
  screen.addEventListener("change", () => {
    answered.textContent = String(answeredElsewhere + asked().filter(isAnswered).length);
    total.textContent = String(askedElsewhere + asked().length);
    nameRests();
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

// --- A whole group at once ------------------------------------------------------------------------
const rests = () => [...screen.querySelectorAll("[data-rest]")];
const isLast = (group) => open().every((question) => group.contains(question));

// The press that leaves nothing open saves as well, and says so before.
const nameRests = () => {
  for (const button of rests()) {
    const words = isLast(button.closest("[data-group]")) ? "Asked, all no: save" : "Asked, all no";
    button.querySelector("[data-rest-words]").textContent = words;
  }
  const all = screen.querySelector("[data-rest-all]");
  if (all) all.hidden = !isForAll();
};

// One press for more than one group: once nothing is open that has to be asked one by one.
const isForAll = () => {
  const groups = new Set(open().map((question) => question.closest("[data-group]")));
  return groups.size > 1 && [...groups].every((group) => group.querySelector("[data-rest]"));
};

const fold = (group) => {
  const mine = [...group.querySelectorAll("[data-open] [data-question]")].filter(isShown);
  const yes = mine.filter((question) => chosen(question)?.value === "yes").length;
  const words = yes ? `${mine.length} answered, yes to ${yes}` : `${mine.length} answered, no to each`;
  group.querySelector("[data-folded-words]").textContent = words;
  group.querySelector("[data-folded]").hidden = false;
  group.querySelector(".screen__rest").hidden = true;
  group.querySelector("[data-open]").hidden = true;
};

const unfold = (group) => {
  group.querySelector("[data-folded]").hidden = true;
  group.querySelector(".screen__rest").hidden = false;
  group.querySelector("[data-open]").hidden = false;
  const first = [...group.querySelectorAll("[data-open] [data-question]")].find(isShown);
  if (first) goTo(first);
};

// True where the form may go: nothing is left to ask.
const sayNoToTheRest = (group) => {
  const last = isLast(group);
  for (const question of open()) if (group.contains(question)) choose(question, "no");
  if (last) return true;
  fold(group);
  const next = open()[0];
  if (next) goTo(next);
  else goToSave();
  return false;
};

const pressRest = (event) => {
  const button = event.target.closest("[data-rest]");
  if (button && !sayNoToTheRest(button.closest("[data-group]"))) event.preventDefault();
  const shows = event.target.closest("[data-unfold]");
  if (shows) unfold(shows.closest("[data-group]"));
};

// --- Keys -------------------------------------------------------------------------------------------
const answerByKey = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const question = event.target.closest("[data-question]");
  if (!question || event.target.type !== "radio") return;
  const key = event.key.toLowerCase();
  const rest = question.closest("[data-group]").querySelector("[data-rest]");
  if (key === "a" && rest) {
    event.preventDefault();
    rest.click();
    return;
  }
  const restOfAll = screen.querySelector("[data-rest-all]:not([hidden]) button");
  if (key === "r" && restOfAll) {
    event.preventDefault();
    restOfAll.click();
    return;
  }
  const value = ANSWERS[key];
  if (!value) return;
  event.preventDefault();
  choose(question, value);
  const all = questions().filter(isShown);
  const next = all[all.indexOf(question) + 1];
  if (next) goTo(next);
  else goToSave();
};

if (screen) {
  screen.querySelector("[data-screen-keys]").hidden = false;
  screen.addEventListener("change", (event) => {
    if (event.target.type === "radio" && event.target.closest("[data-gate]")) closeGate(event);
  });
  followCount();
  nameRests();
  screen.addEventListener("click", pressRest);
  screen.addEventListener("keydown", answerByKey);
  const first = open()[0];
  if (first && !location.hash && !screen.querySelector(".question--error")) goTo(first);
}
