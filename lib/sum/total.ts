import { type Html, html } from "../server/html.ts";

/** Characters. Longer sums are shown in a smaller font, so that they fit one line on wide screens. */
const MAX_NORMAL_LENGTH = 16;

/**
 * A card that shows a sum.
 *
 * @param sum as `formatAmount` returns it
 */
export const renderTotal = (label: string, sum: string): Html =>
  html`<dl class="card total${sum.length > MAX_NORMAL_LENGTH && " long"}"><dt>${label}</dt><dd id="sum">${sum}</dd></dl>`;
