import { expect, it } from "vitest";
import { basicAuthorization } from "./basic-authorization.ts";

it.each([
  ["nvclient", "pass:with:colons", "Basic bnZjbGllbnQ6cGFzczp3aXRoOmNvbG9ucw=="],
  ["nvclient", "£ 🔑", "Basic bnZjbGllbnQ6wqMg8J+UkQ=="],
  ["nvclient", "", "Basic bnZjbGllbnQ6"],
])("encodes %s and %s in UTF-8", (username, password, header) => {
  expect(basicAuthorization(username, password)).toBe(header);
});
