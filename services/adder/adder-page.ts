import type { HttpResponse } from "../../lib/http/response.ts";
import { html } from "../../lib/server/html.ts";
import { page } from "../../lib/sum/page.ts";
import { total } from "../../lib/sum/total.ts";

/** The current sum, and a field to add to it. */
export const adderPage = (sum: string): HttpResponse =>
  page({
    path: "/adder_service",
    title: "Add",
    main: html`<h1>Add a number</h1>
<p class="lead">It counts at once, for everybody.</p>
${total("Current sum", sum)}
<form class="card" id="add" novalidate>
<label for="number">Number</label>
<div class="row">
<input type="text" id="number" name="number" inputmode="decimal" autocomplete="off" autofocus required maxlength="64" aria-describedby="hint message">
<button>Add</button>
</div>
<p class="hint" id="hint">Whole or decimal, positive or negative, such as 12.50 or -3.</p>
<p class="message" id="message" role="status"></p>
<noscript><p class="message bad">This page needs JavaScript to add a number.</p></noscript>
</form>`,
    script,
  });

const script = `
const form = document.getElementById("add");
const field = document.getElementById("number");
const message = document.getElementById("message");

const say = (text, kind) => {
  message.textContent = text;
  message.className = "message " + kind;
  field.setAttribute("aria-invalid", String(kind === "bad"));
};

async function refresh() {
  const response = await fetch(location.pathname);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector(".total").replaceWith(page.querySelector(".total"));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const number = field.value.trim();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch("/add_number", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ number }),
    });
    if (response.ok) {
      await refresh();
      form.reset();
      say("Added " + number + ".", "good");
    } else {
      const { error } = await response.json().catch(() => ({}));
      say(error ?? "The number could not be added. Try again in a moment.", "bad");
    }
  } catch {
    say("The service cannot be reached. Whether the number was added is not certain; look at the display.", "bad");
  } finally {
    button.disabled = false;
    field.focus();
  }
});
`;
