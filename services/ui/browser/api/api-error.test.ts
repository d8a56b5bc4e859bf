import { expect, it } from "vitest";
import { ApiError, explain, messageOf, toApiError } from "./api-error.ts";

it.each([
  [429, { code: "TooManyFailedSignIns" }, "300", "Too many failed attempts to sign in. Try again in 5 minutes."],
  [
    409,
    { code: "FileExists", detail: "Set overwrite." },
    null,
    "There is a file with this name. Choose another name or folder.",
  ],
  [429, {}, null, "Too many requests. Try again in a moment."],
  [403, { detail: "Only administrators may do this." }, null, "Only administrators may do this."],
  [
    503,
    { detail: "The bucket does not respond. Try again." },
    "2",
    "The bucket does not respond. Try again in 2 seconds.",
  ],
  [500, {}, null, "The server failed. Try again in a moment."],
  [400, { detail: "The key is empty." }, null, "The key is empty."],
  [418, {}, null, "The server refused the request (418)."],
])("explains %i %j", (status, problem, retryAfter, message) => {
  expect(explain(status, problem, retryAfter)).toBe(message);
});

it("reads problem documents, and responses of others", async () => {
  const problem = new Response('{"code":"FileNotFound","detail":"No."}', { status: 404 });
  expect(await toApiError(problem)).toMatchObject({ status: 404, code: "FileNotFound" });
  expect(await toApiError(new Response("<html>", { status: 502 }))).toMatchObject({ status: 502, code: "" });
});

it("does not show the messages of errors that are not for users", () => {
  expect(messageOf(new TypeError("x is undefined"))).toMatch(/^Something went wrong/);
  expect(messageOf(new ApiError("Wait.", { status: 429 }))).toBe("Wait.");
});
