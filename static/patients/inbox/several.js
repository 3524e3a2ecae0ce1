// The bar for several cards follows what is chosen: how many, and in sight as soon as there is one.

const form = document.getElementById("several");

const follow = () => {
  const chosen = [...form.elements].filter((field) => field.name === "card" && field.checked).length;
  const words = chosen ? `Acknowledge ${chosen} chosen` : "Acknowledge what you chose";
  form.querySelector("[data-several-go]").textContent = words;
  form.classList.toggle("several--on", chosen > 0);
};

if (form) {
  document.addEventListener("change", (event) => { if (event.target.name === "card") follow(); });
  follow();
}
