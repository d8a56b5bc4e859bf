import type { HttpResponse } from "../../lib/http/response.ts";
import { html } from "../../lib/server/html.ts";
import { renderPage } from "../../lib/sum/page.ts";
import { renderTotal } from "../../lib/sum/total.ts";
import script from "./browser/add-number.ts?bundle";

/** The page with the current sum and a form that adds a number. */
export const adderPage = (sum: string): HttpResponse =>
  renderPage({
    path: "/adder_service",
    title: "Add",
    main: html`<h1>Add a number</h1>
<p class="lead">Everyone sees the new sum immediately.</p>
${renderTotal("Current sum", sum)}
<form class="card" id="add" novalidate>
<label for="number">Number</label>
<div class="row">
<input type="text" id="number" name="number" inputmode="decimal" autocomplete="off" autofocus required maxlength="64" aria-describedby="hint message">
<button id="send">Add</button>
</div>
<p class="hint" id="hint">Whole or decimal, positive or negative, such as 12.50 or -3.</p>
<p class="message" id="message" role="status"></p>
<noscript><p class="message bad">This page needs JavaScript to add a number.</p></noscript>
</form>`,
    script,
  });
