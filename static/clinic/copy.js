// Shows a copy button next to a field. Without this file the field can be selected and copied.

const copy = async (button) => {
  const field = document.getElementById(button.dataset.copy);
  const said = button.closest("section").querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.focus();
    field.select();
    said.textContent = "Selected. Press Ctrl and C to copy.";
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
