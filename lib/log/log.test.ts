import { expect, it } from "vitest";
import { describeError } from "./log.ts";

it("keeps name, code, message and cause and drops the fields that a library added", () => {
  const cause = Object.assign(new Error("inner"), { code: "ECONNRESET", request: { headers: { authorization: "x" } } });
  const described = describeError(new Error("outer", { cause }));
  expect(described).toMatchObject({ name: "Error", message: "outer", cause: { message: "inner", code: "ECONNRESET" } });
  expect(JSON.stringify(described)).not.toContain("authorization");
});

it("removes the query of a URL, which may be a signature", () => {
  const error = new Error("GET https://b.s3.amazonaws.com/k?X-Amz-Signature=abc failed");
  expect(JSON.stringify(describeError(error))).not.toContain("X-Amz-Signature");
  expect(describeError(error).message).toBe("GET https://b.s3.amazonaws.com/k?… failed");
});

it("does not include a thrown value that is not an error", () => {
  expect(describeError("secret")).toEqual({ name: "NotAnError", message: "Thrown: string" });
});
