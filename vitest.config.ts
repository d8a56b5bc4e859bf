import { defineConfig } from "vitest/config";

/** Unit, construct and stand-in tests; `acceptance/` has a configuration of its own because it needs a whole deployment. */
export default defineConfig({
  test: {
    include: ["{stacks,services,lib,local,scripts,docs}/**/*.test.ts"],
    setupFiles: ["scripts/checks/properties.ts"],
    pool: "threads",
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000 } }, // vitest's own is a second, which a busy machine is soon late for
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
