import type { HttpResponse } from "../../lib/http/response.ts";
import { html } from "../../lib/server/html.ts";
import { renderPage } from "../../lib/sum/page.ts";
import script from "./browser/reset-numbers.ts?bundle";

/** The page with a warning, a checkbox that enables the button, and a confirmation dialog. */
export const resetPage = (): HttpResponse =>
  renderPage({
    path: "/reset_service",
    title: "Reset",
    main: html`<h1>Reset</h1>
<p class="lead">Start again with a sum of 0.00 and ids from 1.</p>
<form class="card" id="reset">
<div class="warning"><p><strong>This deletes all numbers, for everyone.</strong> It cannot be undone.</p></div>
<label class="check"><input type="checkbox" id="sure" autocomplete="off"> I understand that all numbers will be deleted</label>
<button class="danger" id="ask" disabled>Reset…</button>
<p class="message" id="message" role="status"></p>
<noscript><p class="message bad">This page needs JavaScript to reset the sum.</p></noscript>
</form>
<dialog id="question" aria-labelledby="question-title" aria-describedby="question-text">
<h2 id="question-title">Delete all numbers?</h2>
<p id="question-text">The sum will be 0.00, and the numbers cannot be restored.</p>
<form method="dialog" class="row">
<button class="quiet" value="no" autofocus>Keep them</button>
<button class="danger" value="yes">Delete all</button>
</form>
</dialog>`,
    script,
  });
