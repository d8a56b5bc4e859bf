import { beforeEach, describe, expect, it } from "vitest";
import { CachedSecret, userSecret } from "./cached-secret.ts";
import { SecretUnavailableError } from "./secret-store.ts";

let now: number;
let value: string;
let reads: number;
let secret: CachedSecret<typeof userSecret>;

beforeEach(() => {
  now = 0;
  reads = 0;
  value = JSON.stringify({ username: "u", password: "one" });
  const store = {
    read: async () => {
      reads += 1;
      return value;
    },
  };
  secret = new CachedSecret(store, "arn:x", userSecret, { now: () => now }, { ttl: 1_000, refreshInterval: 100 });
});

const rotate = (): void => {
  value = JSON.stringify({ username: "u", password: "two" });
};

it("is read once within its time to live, also by concurrent callers", async () => {
  await Promise.all([secret.get(), secret.get()]);
  now = 999;
  rotate();
  expect(await secret.get()).toEqual({ username: "u", password: "one" });
  expect(reads).toBe(1);
  now = 1_000;
  expect(await secret.get()).toMatchObject({ password: "two" });
});

describe("refresh", () => {
  it("reads a rotated value before the time to live ends", async () => {
    await secret.get();
    rotate();
    now = 100;
    expect(await secret.refresh()).toMatchObject({ password: "two" });
  });

  it("reads at most once per interval", async () => {
    await secret.get();
    now = 100;
    await Promise.all(Array.from({ length: 50 }, () => secret.refresh()));
    expect(reads).toBe(2);
  });
});

it.each(["hunter2", '"hunter2"', '{"password":"hunter2"}', '{"username":"","password":"hunter2"}'])(
  "rejects %s without reporting it and reads again on the next call",
  async (bad) => {
    value = bad;
    const error = await secret.get().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SecretUnavailableError);
    expect(JSON.stringify([String(error), (error as Error).cause])).not.toContain("hunter2");
    rotate();
    expect(await secret.get()).toMatchObject({ password: "two" });
  },
);
