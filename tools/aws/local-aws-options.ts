import type { LocalAwsOptions } from "@nv-demo/local-aws";
import { baseDashboard } from "./base-dashboard.ts";
import { emulatedHosts } from "./emulated-hosts.ts";
import { type NotificationFault, NotificationServices, notificationFaults } from "./notification-services.ts";
import { Shoutcloud } from "./shoutcloud.ts";

/**
 * What this project adds to the local AWS: SHOUTCLOUD, Slack and PagerDuty, the faults for the acceptance tests, and a
 * dashboard.
 */
export function localAwsOptions(): LocalAwsOptions {
  const shoutcloud = new Shoutcloud();
  const notifications = new NotificationServices({ now: Date.now });
  const { slack, pagerDuty } = notifications;
  const notificationFault = (name: NotificationFault) => ({
    begin: () => notifications.begin(name),
    end: () => notifications.end(name),
  });
  return {
    hosts: {
      [emulatedHosts.shoutcloud]: shoutcloud,
      [emulatedHosts.slack]: slack,
      [emulatedHosts.pagerDuty]: pagerDuty,
    },
    faults: ({ s3, databases, caches }) => ({
      objects: s3,
      database: databases,
      cache: caches,
      "shoutcloud-down": { begin: () => shoutcloud.close(), end: () => shoutcloud.reopen() },
      "shoutcloud-slow": { begin: () => shoutcloud.begin("slow"), end: () => shoutcloud.end("slow") },
      "shoutcloud-nonsense": { begin: () => shoutcloud.begin("nonsense"), end: () => shoutcloud.end("nonsense") },
      ...Object.fromEntries(notificationFaults.map((name) => [name, notificationFault(name)])),
    }),
    dashboard: baseDashboard(),
  };
}
