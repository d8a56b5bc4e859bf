import { type Html, html } from "../server/html.ts";

/** Longer sums are written smaller, so that they stay on one line where there is room for it. */
const LONG = 16;

/**
 * A sum in a card of its own.
 *
 * @param sum as `formatAmount` writes it
 */
export const total = (label: string, sum: string): Html =>
  html`<dl class="card total${sum.length > LONG && " long"}"><dt>${label}</dt><dd id="sum">${sum}</dd></dl>`;
