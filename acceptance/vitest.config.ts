import { defineConfig } from "vitest/config";

/**
 * Black-box tests, over HTTP and with the AWS SDK, against a deployment that `support/setup.ts` starts or that already
 * exists. The spec files share it, so they run one after the other: some stop parts of it temporarily.
 */
export default defineConfig({
  test: {
    include: ["acceptance/**/*.spec.ts"],
    globalSetup: ["acceptance/support/setup.ts"],
    fileParallelism: false,
    // The default of one second is shorter than a command takes on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
