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
    // The files of a worker share its modules, which otherwise take a third of the time to load. So what a test
    // changes outside of itself is restored: by these options, or by the test, for example `vi.useRealTimers()`.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Limits for tests that hang. A busy machine takes several times as long as an idle one.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
