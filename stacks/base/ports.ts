import type { Environment } from "../environment/environment.ts";

/**
 * The ports in network rules; the default port of the service where the environment leaves the choice to the service.
 */
export const databasePort = ({ database }: Environment): number => database.port ?? 5432;
export const cachePort = ({ cache }: Environment): number => cache.port ?? 6379;
export const HTTP = 80;
export const HTTPS = 443;
export const SSH = 22;
