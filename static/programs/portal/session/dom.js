// A few words for making and finding parts of the page.

/** A new element: attributes, then children. A function as `onclick` is listened to. */
export const make = (tag, { onclick, ...attributes } = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  if (onclick) node.addEventListener("click", onclick);
  node.append(...children);
  return node;
};

/** The first match; an error where a page lacks it. */
export const one = (root, selector) => {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
};

export const all = (root, selector) => [...root.querySelectorAll(selector)];

/** Says something to a screen reader. */
export const say = (words) => {
  if (words) one(document, "[data-say]").textContent = words;
};
