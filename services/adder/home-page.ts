import type { HttpResponse } from "../../lib/http/response.ts";
import { html } from "../../lib/server/html.ts";
import { renderPage } from "../../lib/sum/page.ts";
import { renderTotal } from "../../lib/sum/total.ts";

/**
 * The page with the current sum and links to the three services.
 *
 * @param sum undefined when the database does not respond; the links are shown anyway
 */
export const homePage = (sum: string | undefined): HttpResponse =>
  renderPage({
    path: "/",
    title: "Home",
    main: html`<h1>One sum, three services</h1>
<p class="lead">One service adds numbers, another shows them, and a third deletes them. All three share one database.</p>
${renderTotal("Current sum", sum ?? "–")}
${sum === undefined && html`<p class="message bad">The sum is not available at the moment. Try again in a few seconds.</p>`}
<ul class="tiles">
<li><a href="/adder_service"><strong>Add</strong><span>Add a number to the sum.</span></a></li>
<li><a href="/display_service"><strong>Display</strong><span>See the total and every number in it.</span></a></li>
<li><a href="/reset_service"><strong>Reset</strong><span>Delete all numbers and start again.</span></a></li>
</ul>`,
  });
