// The one script of a client's own page: the phone's share sheet, the clipboard, the printer.
// Each page of clients and friends works without it; friends' pages load none at all.

import { shareAndCopy } from "./share.js";

const can = {
  "[data-share]": typeof navigator.share === "function",
  "[data-copy]": Boolean(navigator.clipboard),
  "[data-print]": typeof print === "function",
};
for (const [buttons, able] of Object.entries(can)) {
  if (able) for (const button of document.querySelectorAll(buttons)) button.hidden = false;
}
shareAndCopy();
