import { element } from "../../../lib/sum/browser/element.ts";
import { readReason, showMessage } from "../../../lib/sum/browser/message.ts";
import { basicAuthorization } from "./basic-authorization.ts";
import { timeAfter } from "./time-after.ts";

const form = element("reset", HTMLFormElement);
const confirmation = element("sure", HTMLInputElement);
const button = element("ask", HTMLButtonElement);
const dialog = element("question", HTMLDialogElement);
const signIn = element("sign-in", HTMLFormElement);
const username = element("username", HTMLInputElement);
const password = element("password", HTMLInputElement);
const keep = element("keep", HTMLButtonElement);
const send = element("delete", HTMLButtonElement);
const reason = element("reason", HTMLElement);

/** Why nothing was deleted, and whether that is because of the credentials. */
interface Failure {
  readonly text: string;
  readonly isRejected: boolean;
}

/** Asks the service to delete all numbers. */
async function resetNumbers(): Promise<Failure | undefined> {
  try {
    const response = await fetch("/reset_table", {
      method: "POST",
      headers: { authorization: basicAuthorization(username.value, password.value) },
      // Otherwise the browser answers a 401 with a dialog of its own, and remembers what is entered there.
      credentials: "omit",
    });
    return response.ok ? undefined : await failureOf(response);
  } catch {
    const text = "The service cannot be reached. The numbers may or may not have been deleted: see the Display page.";
    return { text, isRejected: false };
  }
}

async function failureOf(response: Response): Promise<Failure> {
  const retryAfter = Number(response.headers.get("retry-after"));
  if (response.status === 429 && retryAfter > 0) {
    const time = timeAfter(retryAfter, Date.now());
    return { text: `Too many failed attempts to sign in. Try again at ${time}.`, isRejected: false };
  }
  const text = (await readReason(response)) ?? "The numbers could not be deleted. Try again in a moment.";
  return { text, isRejected: response.status === 401 };
}

function setBusy(isBusy: boolean): void {
  signIn.ariaBusy = String(isBusy);
  for (const control of [username, password]) control.readOnly = isBusy;
  for (const control of [keep, send]) control.disabled = isBusy;
}

/** Shows why nothing was deleted. The credentials remain, to be corrected or sent again. */
function showFailure({ text, isRejected }: Failure): void {
  // A browser may close the dialog by Escape in spite of the request.
  showMessage(text, "bad", dialog.open ? reason : undefined);
  for (const field of [username, password]) field.ariaInvalid = String(isRejected);
  (isRejected ? password : send).focus();
  if (isRejected) password.select();
}

function showSuccess(): void {
  dialog.close();
  form.reset();
  button.disabled = true;
  showMessage("All numbers were deleted. The sum is 0.00.", "good");
  confirmation.focus();
}

function clearReason(): void {
  showMessage("", "", reason);
  for (const field of [username, password]) field.ariaInvalid = "false";
}

confirmation.addEventListener("change", () => {
  button.disabled = !confirmation.checked;
  showMessage("", "");
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!confirmation.checked) return;
  showMessage("", "");
  dialog.showModal();
  (username.value === "" ? username : password).focus();
});

keep.addEventListener("click", () => dialog.close());
dialog.addEventListener("cancel", (event) => {
  if (send.disabled) event.preventDefault();
});
dialog.addEventListener("close", () => {
  password.value = "";
  clearReason();
});

signIn.addEventListener("input", clearReason);
signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearReason();
  setBusy(true);
  const failure = await resetNumbers();
  setBusy(false);
  if (failure) showFailure(failure);
  else showSuccess();
});
