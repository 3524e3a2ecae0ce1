// A press that opens the clinic's phone or mail program puts on record that the link was sent.
// Without this file the buttons below "Put it on record" do so.

const form = document.getElementById("send-form");

const record = async (way) => {
  const data = new FormData(form);
  data.set("way", way);
  data.set("key", crypto.randomUUID?.() ?? data.get("key"));
  const said = form.querySelector("[data-copied]");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, keepalive: true });
    said.textContent = answer.ok ? "On record." : "Not on record. Put it there with the button below.";
  } catch {
    said.textContent = "Not on record: no connection.";
  }
};

for (const way of form?.querySelectorAll("[data-way]") ?? []) {
  way.addEventListener("click", () => record(way.dataset.way));
}
