import type { Environment } from "../environment/environment.ts";

/** The ports that rules of the network name; where the service chooses its own, its usual one. */
export const databasePort = ({ database }: Environment): number => database.port ?? 5432;
export const cachePort = ({ cache }: Environment): number => cache.port ?? 6379;
export const HTTP = 80;
export const HTTPS = 443;
export const SSH = 22;
