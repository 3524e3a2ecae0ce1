// Small helps for every clinician page. Everything works without them.

const closeOnEscape = (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.account-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
};

const closeOnOutsideClick = (event) => {
  for (const menu of document.querySelectorAll("details.account-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
};

document.addEventListener("keydown", closeOnEscape);
document.addEventListener("click", closeOnOutsideClick);
