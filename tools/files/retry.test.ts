import { expect, it } from "vitest";
import { FilesError } from "./files-error.ts";
import { withRetries } from "./retry.ts";

const { signal } = new AbortController();

/** Fails with each error in turn, then succeeds. */
function attempts(...errors: readonly Error[]) {
  const pauses: number[] = [];
  let count = 0;
  const result = withRetries(
    async () => {
      const error = errors[count];
      count += 1;
      if (error) throw error;
      return count;
    },
    { signal, pause: async (milliseconds) => pauses.push(milliseconds) },
  );
  return { result, pauses };
}

const status = (value: number) => new FilesError("Any", "failed", { status: value });
const network = new TypeError("fetch failed");

it("repeats after errors of the network and of the server, with growing pauses", async () => {
  const { result, pauses } = attempts(network, status(503), status(500));
  expect(await result).toBe(4);
  expect(pauses).toEqual([500, 1_000, 2_000]);
});

it("gives up after four attempts", async () => {
  await expect(attempts(network, network, network, network).result).rejects.toBe(network);
});

it.each([status(404), status(412), status(429), new TypeError("undefined is not a function"), new Error("full")])(
  "does not repeat after %s",
  async (error) => {
    const { result, pauses } = attempts(error);
    await expect(result).rejects.toBe(error);
    expect(pauses).toEqual([]);
  },
);
