// Plays the movement of an exercise between its pictures, when somebody asks for it and not before.
// Without this script the pictures stand side by side and say the same.
//
// The drawing comes as SVG that waits (begin="indefinite"). Where the reader has asked for less
// motion, one press plays it there and back once; otherwise it goes on until it is paused.

const LESS = window.matchMedia("(prefers-reduced-motion: reduce)");
const PLAY = "Play the movement";
const PAUSE = "Pause the movement";
const INSIDE_S = 0.01;
const players = [];

const drawingOf = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const text = await answer.text();
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") throw new Error("no drawing");
  return document.importNode(svg, true);
};

const player = (box) => {
  const stage = box.querySelector("[data-movement-stage]");
  const said = box.querySelector("[data-movement-said]");
  const button = box.querySelector("button");
  let svg = null;
  let round = 0;
  let rounds = Infinity;
  let watching = 0;

  const label = (words) => {
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${button.dataset.name}`);
  };

  const pause = () => {
    cancelAnimationFrame(watching);
    svg?.pauseAnimations();
    box.dataset.playing = "no";
    label(PLAY);
  };

  // The movement begins a moment after it was told to; its rounds count from there.
  const gone = () => {
    try {
      return svg.getCurrentTime() - svg.querySelector("animate").getStartTime();
    } catch {
      return 0;
    }
  };

  const watch = () => {
    if (gone() >= rounds * round) {
      pause();
      svg.setCurrentTime(svg.getCurrentTime() - gone() + rounds * round + INSIDE_S);
      return;
    }
    watching = requestAnimationFrame(watch);
  };

  const play = () => {
    for (const other of players) if (other !== pause) other();
    rounds = LESS.matches ? Math.floor(gone() / round) + 1 : Infinity;
    svg.unpauseAnimations();
    box.dataset.playing = "yes";
    label(PAUSE);
    watching = requestAnimationFrame(watch);
  };

  const load = async () => {
    const found = await drawingOf(box.dataset.movement);
    stage.replaceChildren(found);
    stage.hidden = false;
    found.pauseAnimations();
    found.setCurrentTime(0);
    for (const step of found.querySelectorAll("animate")) {
      step.beginElement();
      round = Number.parseFloat(step.getAttribute("dur"));
    }
    svg = found;
  };

  const pressed = async () => {
    if (box.dataset.playing === "yes") {
      pause();
      return;
    }
    said.textContent = "";
    button.setAttribute("aria-busy", "true");
    try {
      if (!svg) await load();
      play();
    } catch {
      said.textContent = "The movement did not come. Check the connection and press again.";
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  // A session shows it when its exercise comes, and plays it while the timer runs.
  box.addEventListener("movement:show", () => {
    if (!svg) load().catch(() => {});
  });
  box.addEventListener("movement:play", async () => {
    if (LESS.matches || box.dataset.playing === "yes") return;
    try {
      if (!svg) await load();
      if (box.dataset.asked === "play") play();
    } catch {
      // The still picture stays in its place.
    }
  });
  box.addEventListener("movement:pause", () => {
    if (box.dataset.playing === "yes") pause();
  });

  players.push(pause);
  label(PLAY);
  button.addEventListener("click", pressed);
  box.hidden = false;
};

for (const box of document.querySelectorAll("[data-movement]")) player(box);
