// Adds empty rows for conditions and operations. Without this file the form offers a few anyway.

const addRow = (section) => {
  const total = section.querySelector('input[name$="-TOTAL_FORMS"]');
  const most = Number(section.querySelector('input[name$="-MAX_NUM_FORMS"]').value);
  const index = Number(total.value);
  const holder = document.createElement("div");
  holder.append(section.querySelector("template").content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__prefix__")) {
        element.setAttribute(name, value.replaceAll("__prefix__", String(index)));
      }
    }
  }
  const row = holder.firstElementChild;
  section.querySelector("[data-rows-list]").append(row);
  total.value = String(index + 1);
  row.querySelector("select").focus();
  if (index + 1 >= most) section.querySelector("[data-rows-add]").hidden = true;
};

for (const section of document.querySelectorAll("[data-rows]")) {
  const button = section.querySelector("[data-rows-add]");
  button.hidden = false;
  button.addEventListener("click", () => addRow(section));
}
