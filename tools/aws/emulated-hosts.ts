import type { LocalAws } from "@nv-demo/local-aws";

/** The services outside of AWS that are emulated locally, as programs connect to them. */
export const emulatedHosts = {
  shoutcloud: "api.shoutcloud.io:80",
  slack: "hooks.slack.com:80",
  pagerDuty: "events.pagerduty.com:80",
} as const;

/** The page with what the emulated Slack and PagerDuty have received; undefined while they are starting. */
export function notificationsUrl(hosts: LocalAws["hosts"]): string | undefined {
  const port = hosts[emulatedHosts.slack];
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}
