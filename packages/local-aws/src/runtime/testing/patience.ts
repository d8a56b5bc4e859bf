/** Milliseconds that tests wait for what must come true: a busy machine needs some, and only what never comes needs them all. */
export const PATIENCE = 15_000;
