import { defineConfig } from "vitest/config";
import { browserBundlesForVitest } from "./tools/bundle/browser-bundle.ts";

/**
 * Unit and construct tests, and those of the local AWS; `acceptance/` has a configuration of its own because it needs a
 * whole deployment.
 */
export default defineConfig({
  plugins: [browserBundlesForVitest()],
  test: {
    include: ["{stacks,services,lib,packages,scripts,tools,conformance}/**/*.test.ts"],
    setupFiles: ["tools/checks/properties.ts"],
    pool: "threads",
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000 } }, // The default of one second is too short on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
