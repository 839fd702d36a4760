// <section popover data-open>: open when the page comes (a receipt after a redirect).
// #id in the address opens that popover, so that a link can point at a sheet.

const open = (sheet) => sheet?.hasAttribute("popover") && !sheet.matches(":popover-open") && sheet.showPopover();

export function popovers() {
  const named = location.hash.slice(1);
  if (named) open(document.getElementById(named));
  document.querySelectorAll("[popover][data-open]").forEach(open);
  document.addEventListener("htmx:after:swap", () => {
    document.querySelectorAll("[popover][data-open]").forEach(open);
  });
}
