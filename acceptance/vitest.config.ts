import { defineConfig } from "vitest/config";

/** Tests wait for timers or use one core most of the time, so two deployments take about half as long. */
const LOCAL_DEPLOYMENTS = 2;

/**
 * Black-box tests, over HTTP and with the AWS SDK, against a deployment that already exists or against local ones that
 * `support/setup.ts` starts. Each worker has a local deployment of its own and takes the next spec file when it is
 * free. The files that share a deployment run one after the other, because some stop parts of it temporarily.
 */
export default defineConfig({
  test: {
    include: ["acceptance/**/*.spec.ts"],
    globalSetup: ["acceptance/support/setup.ts"],
    maxWorkers: process.env.ACCEPTANCE_API_URL === undefined ? LOCAL_DEPLOYMENTS : 1,
    // The default of one second is shorter than a command takes on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
