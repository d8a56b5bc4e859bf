import type { HttpResponse } from "../../lib/http/response.ts";
import { html } from "../../lib/server/html.ts";
import { type PageContent, renderPage } from "../../lib/sum/page.ts";
import script from "./browser/reset-numbers.ts?bundle";
import { HTTPS_REQUIRED } from "./secure-transport.ts";

const page = (content: Pick<PageContent, "main" | "script">): HttpResponse =>
  renderPage({ path: "/reset_service", title: "Reset", ...content });

const heading = html`<h1>Reset</h1>
<p class="lead">Start again with a sum of 0.00 and ids from 1. Only administrators of Files can do this.</p>`;

/** The page with a warning, a checkbox that enables the button, and a dialog to sign in and confirm. */
export const resetPage = (): HttpResponse =>
  page({
    main: html`${heading}
<form class="card" id="reset">
<div class="warning"><p><strong>This deletes all numbers, for everyone.</strong> It cannot be undone.</p></div>
<label class="check"><input type="checkbox" id="sure" autocomplete="off"> I understand that all numbers will be deleted</label>
<button class="danger" id="ask" disabled>Reset…</button>
<p class="message" id="message" role="status"></p>
<noscript><p class="message bad">This page needs JavaScript to reset the sum.</p></noscript>
</form>
<dialog id="question" aria-labelledby="question-title" aria-describedby="question-text">
<h2 id="question-title">Delete all numbers?</h2>
<p id="question-text">The sum will be 0.00, and the numbers cannot be restored. Sign in as an administrator to confirm.</p>
<form id="sign-in">
<div class="field"><label for="username">User name</label><input type="text" id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required aria-describedby="reason"></div>
<div class="field"><label for="password">Password</label><input type="password" id="password" name="password" autocomplete="current-password" required aria-describedby="reason"></div>
<p class="message" id="reason" role="alert"></p>
<div class="row">
<button type="button" class="quiet" id="keep">Keep them</button>
<button class="danger" id="delete">Delete all</button>
</div>
</form>
</dialog>`,
    script,
  });

/** The page of a deployment in which a password would be sent in clear text. */
export const httpsRequiredPage = (): HttpResponse =>
  page({
    main: html`${heading}
<div class="card"><div class="warning"><p><strong>Not available.</strong> ${HTTPS_REQUIRED}</p></div></div>`,
  });
