// Share sheet of the phone, else the clipboard. <button data-share data-url=".." data-text="..">
// data-from="#id" takes the text from a field that the seller may have changed.

const text = (button) => {
  const field = button.dataset.from && document.querySelector(button.dataset.from);
  return (field ? field.value ?? field.textContent : button.dataset.text ?? "").trim();
};

async function copy(button, value) {
  await navigator.clipboard.writeText(value);
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.done ?? before;
  button.classList.add("copied");
  document.querySelector("#said")?.replaceChildren(button.dataset.done ?? "");
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("copied");
  }, 4000);
}

async function share(button) {
  const { url, title } = button.dataset;
  const words = text(button);
  const data = { ...(title && { title }), ...(words && { text: words }), ...(url && { url }) };
  if (!navigator.canShare?.(data)) return copy(button, [words, url].filter(Boolean).join("\n"));
  try {
    await navigator.share(data);
  } catch (error) {
    if (error.name !== "AbortError") await copy(button, [words, url].filter(Boolean).join("\n"));
  }
}

export function shareAndCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share], [data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) print();
    else if (button.hasAttribute("data-share")) share(button);
    else copy(button, button.dataset.copy || text(button));
  });
}
