import { defineConfig } from "vitest/config";

/**
 * Tests from outside, over HTTP and the AWS SDK, against a deployment that `support/setup.ts` brings up or is told of. They share it, so they run one file
 * after the other: some take a part of it away for a while.
 */
export default defineConfig({
  test: {
    include: ["acceptance/**/*.spec.ts"],
    globalSetup: ["acceptance/support/setup.ts"],
    fileParallelism: false,
    expect: { poll: { timeout: 30_000 } }, // vitest's own second is less than a command takes on a busy machine
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
