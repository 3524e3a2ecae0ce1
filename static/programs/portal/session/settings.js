// The settings of this device, as a row of switches on each exercise's screen.

import { make } from "./dom.js";
import { set, settings } from "./keep.js";
import { signal, wake } from "./signals.js";
import { mayHaveVoice, speak } from "./voice.js";

const CHOICES = { ready: [3, 5, 10, 20], pace: [2, 3, 4, 6, 8] };
const SWITCHES = [
  ["sound", "Sound"],
  ["voice", "Voice"],
  ["vibration", "Vibration"],
  ["paced", "Count for me"],
  ["forward", "Go on when done"],
  ["flow", "Start the next one too"],
];
/** What a timer that has not begun is planned anew for. */
const PLANNED = new Set(["ready", "paced", "pace"]);

const planAnew = (name) => {
  if (PLANNED.has(name)) document.dispatchEvent(new CustomEvent("session:plan"));
};

const tried = (name) => {
  if (name === "sound") wake();
  if (!settings[name]) return;
  if (name === "voice") speak("I speak like this.");
  else signal("tick");
};

const toggle = (name, words) => {
  const node = make("button", {
    type: "button",
    class: "button button--plain button--small",
    "data-setting": name,
    onclick: () => {
      set(name, !settings[name]);
      show();
      tried(name);
      planAnew(name);
    },
  });
  const show = () => {
    node.textContent = `${words}: ${settings[name] ? "on" : "off"}`;
    node.setAttribute("aria-pressed", String(settings[name]));
  };
  return { node, show };
};

const choice = (name, words, unit) => {
  const node = make("select", { "data-setting": name, class: "timer__ready" });
  for (const n of CHOICES[name]) node.append(make("option", { value: n, selected: n === settings[name] }, `${n} ${unit}`));
  node.addEventListener("change", () => {
    set(name, Number(node.value));
    planAnew(name);
  });
  return { node: make("label", {}, `${words} `, node), show: () => { node.value = String(settings[name]); } };
};

/** The row; `show` follows what was set on another screen. */
export const settingsRow = () => {
  const parts = [
    ...SWITCHES.filter(([name]) => name !== "voice" || mayHaveVoice).map(([name, words]) => toggle(name, words)),
    choice("ready", "Time to get ready", "seconds"),
    choice("pace", "Each time takes", "seconds"),
  ];
  const node = make("div", { class: "timer__settings" }, ...parts.map((part) => part.node));
  return { node, show: () => parts.forEach((part) => part.show()) };
};
