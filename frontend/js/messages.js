// Messages leave by themselves, unless they tell of a problem or somebody is reading them.

const STAY = 7000;

const leave = (toast) => {
  if (toast.matches(":hover, :focus-within")) return setTimeout(leave, STAY, toast);
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), 400);
};

const watch = (root) => root.querySelectorAll(".messages .toast:not([data-seen])").forEach((toast) => {
  toast.dataset.seen = "yes";
  if (!toast.classList.contains("toast--error")) setTimeout(leave, STAY, toast);
});

export function messages() {
  watch(document);
  document.addEventListener("htmx:after:swap", () => watch(document));
  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
  });
}
