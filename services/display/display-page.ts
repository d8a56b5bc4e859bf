import type { HttpResponse } from "../../lib/http/response.ts";
import { type Html, html } from "../../lib/server/html.ts";
import { formatAmount } from "../../lib/sum/amount.ts";
import type { NumberPage } from "../../lib/sum/number-table.ts";
import { renderPage } from "../../lib/sum/page.ts";
import { renderTotal } from "../../lib/sum/total.ts";

/** The page with the sum and a page of the rows. */
export const displayPage = (rows: NumberPage): HttpResponse =>
  renderPage({
    path: "/display_service",
    title: "Display",
    main: html`<h1>Sum and numbers</h1>
<p class="lead">The total of all numbers since the last reset, and the address from which each was added.</p>
${renderTotal("Total sum", formatAmount(rows.sum))}
<section class="card">
${rows.entries.length > 0 ? renderTable(rows) : renderEmpty(rows)}
</section>`,
  });

const renderTable = ({
  count,
  entries,
  hasNewer,
  hasOlder,
}: NumberPage): Html => html`<div class="scroll" role="region" aria-label="Numbers" tabindex="0"><table>
<caption>${count.toLocaleString("en")} ${count === 1 ? "number" : "numbers"}, newest first</caption>
<thead><tr><th scope="col" class="number">Id</th><th scope="col" class="number">Value</th><th scope="col">Address</th></tr></thead>
<tbody>
${entries.map(
  ({ id, value, ipAddress }) =>
    html`<tr><td class="number">${id}</td><td class="number">${formatAmount(value)}</td><td>${ipAddress}</td></tr>
`,
)}</tbody>
</table></div>
${
  (hasNewer || hasOlder) &&
  html`<nav class="pages" aria-label="Pages">
<span>${hasNewer && html`<a class="button quiet" rel="prev" href="?after=${entries[0]?.id}">‹ Newer</a>`}</span>
<span>${hasOlder && html`<a class="button quiet" rel="next" href="?before=${entries.at(-1)?.id}">Older ›</a>`}</span>
</nav>`
}`;

const renderEmpty = ({ count }: NumberPage): Html =>
  count === 0
    ? html`<p>There are no numbers yet. <a href="/adder_service">Add the first one.</a></p>`
    : html`<p>The numbers on this page have been deleted. <a href="/display_service">Show the newest.</a></p>`;
