// Forms: sent once, not lost by accident, filters that send themselves.

const ready = (form) => {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  form.querySelectorAll("[data-was-enabled]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.wasEnabled;
  });
};

const sent = (form) => {
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  // After this turn, or the pressed button would not be part of what is sent.
  setTimeout(() => {
    form.querySelectorAll("button:not([type=button]):not(:disabled)").forEach((button) => {
      button.dataset.wasEnabled = "yes";
      button.disabled = true;
    });
  });
};

export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get" || form.hasAttribute("data-many")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    delete form.dataset.dirty;
    if (!event.defaultPrevented) sent(form);
  }, true);

  for (const done of ["htmx:after:request", "htmx:error"]) {
    document.addEventListener(done, (event) => {
      const form = event.target.closest?.("form");
      if (form) ready(form);
    });
  }

  // Back to a page kept in memory: its buttons must work again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) form.dataset.dirty = "yes";
  });

  addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.form?.hasAttribute("data-autosend")) event.target.form.requestSubmit();
  });

  document.querySelector("[aria-invalid=true]")?.focus();
}
