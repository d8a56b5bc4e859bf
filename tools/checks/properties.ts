import fc from "fast-check";

/**
 * Property tests use a fixed seed, so that a failure is caused by a change and not by chance. The scheduled run of
 * check.yml uses a random seed, like `NV_DEMO_SEED=$RANDOM npm test`; add what it finds as an example.
 */
fc.configureGlobal({ seed: Number(process.env.NV_DEMO_SEED ?? 20_260) });
