/**
 * Returns an integer from 0 up to, but not including, `exclusiveMaximum`, from a cryptographic source outside tests.
 */
export type RandomInteger = (exclusiveMaximum: number) => number;
