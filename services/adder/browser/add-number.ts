import { element } from "../../../lib/sum/browser/element.ts";
import { type MessageKind, readReason, showMessage } from "../../../lib/sum/browser/message.ts";

const form = element("add", HTMLFormElement);
const field = element("number", HTMLInputElement);
const button = element("send", HTMLButtonElement);

function showResult(text: string, kind: MessageKind): void {
  showMessage(text, kind);
  field.setAttribute("aria-invalid", String(kind === "bad"));
}

/** Replaces the sum with the one that the service shows now, which includes the numbers of other visitors. */
async function refreshSum(): Promise<void> {
  const response = await fetch(location.pathname);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const sum = page.querySelector(".total");
  if (sum) document.querySelector(".total")?.replaceWith(sum);
}

async function addNumber(): Promise<void> {
  const number = field.value.trim();
  const response = await fetch("/add_number", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ number }),
  });
  if (!response.ok) {
    const reason = await readReason(response);
    return showResult(reason ?? "The number could not be added. Try again in a moment.", "bad");
  }
  await refreshSum();
  form.reset();
  showResult(`Added ${number}.`, "good");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    await addNumber();
  } catch {
    showResult(
      "The service cannot be reached. The number may or may not have been added: see the Display page.",
      "bad",
    );
  } finally {
    button.disabled = false;
    field.focus();
  }
});
