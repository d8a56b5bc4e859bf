import { expect, it } from "vitest";
import { DeadlineExceededError, withDeadline } from "./deadline.ts";

it("returns the result or error of a promise that settles in time", async () => {
  await expect(withDeadline(Promise.resolve(7), 1_000)).resolves.toBe(7);
  await expect(withDeadline(Promise.reject(new Error("own")), 1_000)).rejects.toThrow("own");
});

it("rejects when the promise does not settle in time", async () => {
  await expect(withDeadline(new Promise(() => {}), 5)).rejects.toThrow(DeadlineExceededError);
});
