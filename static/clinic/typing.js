// What somebody has typed into a form and not sent yet.

export const fieldsOf = (form) => [...form.elements].filter((field) => field.id && field.type !== "hidden");

export const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value);

const atStart = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return String(field.defaultChecked);
  if (field.tagName === "SELECT") {
    const chosen = [...field.options].find((option) => option.defaultSelected);
    return chosen ? chosen.value : field.options[0]?.value ?? "";
  }
  return field.defaultValue;
};

export const isDirty = (form) =>
  fieldsOf(form).some((field) => field.tagName !== "BUTTON" && valueOf(field) !== atStart(field));
