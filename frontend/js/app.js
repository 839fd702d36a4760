// Everything here is a comfort: each page works without it. No inline handlers, no eval (strict CSP).

import "htmx.org";
import { guardForms } from "./forms.js";
import { shareAndCopy } from "./share.js";
import { messages } from "./messages.js";
import { passkeys } from "./passkeys.js";
import { popovers } from "./popovers.js";
import { localTimes } from "./times.js";

document.documentElement.classList.add("js");

guardForms();
shareAndCopy();
messages();
passkeys();
popovers();
localTimes();
