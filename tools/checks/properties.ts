import fc from "fast-check";

/**
 * Property tests draw the same examples in every run, so that a change is judged by what it changed. The scheduled run of check.yml draws others each
 * night: `NV_DEMO_SEED=$RANDOM npm test` does the same anywhere, and what it finds becomes an example of its own.
 */
fc.configureGlobal({ seed: Number(process.env.NV_DEMO_SEED ?? 20_260) });
