import type { LocalAwsOptions } from "@nv-demo/local-aws";
import { baseDashboard } from "./base-dashboard.ts";
import { Shoutcloud } from "./shoutcloud.ts";

/** What this project adds to the local AWS: SHOUTCLOUD, the faults for the acceptance tests, and a dashboard. */
export function localAwsOptions(): LocalAwsOptions {
  const shoutcloud = new Shoutcloud();
  return {
    hosts: { "api.shoutcloud.io:80": shoutcloud },
    faults: ({ s3, databases, caches }) => ({
      objects: s3,
      database: databases,
      cache: caches,
      "shoutcloud-down": { begin: () => shoutcloud.close(), end: () => shoutcloud.reopen() },
      "shoutcloud-slow": { begin: () => shoutcloud.begin("slow"), end: () => shoutcloud.end("slow") },
      "shoutcloud-nonsense": { begin: () => shoutcloud.begin("nonsense"), end: () => shoutcloud.end("nonsense") },
    }),
    dashboard: baseDashboard(),
  };
}
