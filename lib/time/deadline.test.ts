import { expect, it } from "vitest";
import { DeadlineExceededError, withDeadline } from "./deadline.ts";

it("gives the outcome when it is in time", async () => {
  await expect(withDeadline(Promise.resolve(7), 1_000)).resolves.toBe(7);
  await expect(withDeadline(Promise.reject(new Error("own")), 1_000)).rejects.toThrow("own");
});

it("gives up when it is not", async () => {
  await expect(withDeadline(new Promise(() => {}), 5)).rejects.toThrow(DeadlineExceededError);
});
