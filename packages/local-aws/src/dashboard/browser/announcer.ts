import { h } from "./dom.ts";

/** Tells users of screen readers what happened, and everybody for a moment what was done. */
export const announcer = h("div", { class: "announcer", role: "status", "aria-live": "polite" });

const SHOWN_MS = 2_500;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  announcer.textContent = text;
  announcer.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => announcer.classList.remove("shown"), SHOWN_MS);
}
