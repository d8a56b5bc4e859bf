import { element } from "../../../lib/sum/browser/element.ts";
import { readReason, showMessage } from "../../../lib/sum/browser/message.ts";

const form = element("reset", HTMLFormElement);
const confirmation = element("sure", HTMLInputElement);
const button = element("ask", HTMLButtonElement);
const dialog = element("question", HTMLDialogElement);

/** Deletes all numbers; on success the form is back in its first state, in which the button is disabled. */
async function resetNumbers(): Promise<void> {
  const response = await fetch("/reset_table", { method: "POST" });
  if (!response.ok) {
    const reason = await readReason(response);
    return showMessage(reason ?? "The numbers could not be deleted. Try again in a moment.", "bad");
  }
  form.reset();
  showMessage("All numbers were deleted. The sum is 0.00.", "good");
  confirmation.focus();
}

confirmation.addEventListener("change", () => {
  button.disabled = !confirmation.checked;
  showMessage("", "");
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  dialog.returnValue = "no"; // Escape closes the dialog without setting a value.
  if (confirmation.checked) dialog.showModal();
});

dialog.addEventListener("close", async () => {
  if (dialog.returnValue !== "yes") return;
  button.disabled = true;
  try {
    await resetNumbers();
  } catch {
    showMessage(
      "The service cannot be reached. The numbers may or may not have been deleted: see the Display page.",
      "bad",
    );
  }
  button.disabled = !confirmation.checked;
});
