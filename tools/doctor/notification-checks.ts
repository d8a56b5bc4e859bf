import { physicalName } from "../../stacks/base/naming.ts";
import type { Environment } from "../../stacks/environment/environment.ts";
import type { Account } from "./account.ts";
import { type Check, ok, warn } from "./finding.ts";

/** Checks that somebody receives the alarms: by email, in Slack or from PagerDuty. */
export function alarmRecipientsCheck(account: Account, environment: Environment): Check {
  return {
    name: "alarms",
    run: async () => {
      const topic = physicalName(environment, "topic", "notifications");
      const secret = physicalName(environment, "secret", "notifications");
      const recipients = await account.alarmRecipients(topic, secret);
      if (!recipients) return ok("nothing is deployed that could send them");
      const { confirmedEmails, pendingEmails, addresses } = recipients;
      const write = `Write the addresses into the secret ${secret}, as docs/notifications.md describes`;
      if ("problem" in addresses) return warn(addresses.problem, `${write}.`);
      const names = [
        ...(confirmedEmails > 0 ? [`${confirmedEmails} email ${confirmedEmails === 1 ? "address" : "addresses"}`] : []),
        ...(addresses.slackWebhookUrl === undefined ? [] : ["Slack"]),
        ...(addresses.pagerDutyRoutingKey === undefined ? [] : ["PagerDuty (critical alarms only)"]),
      ];
      if (names.length > 0) return ok(`they reach ${names.join(", ")}`);
      if (pendingEmails > 0) {
        return warn(
          "no alarm reaches anybody: the email subscription is not confirmed",
          "Open the link in the email from AWS Notifications.",
        );
      }
      return warn(
        "no alarm reaches anybody",
        `${write}, or set alarmEmail in stacks/environment/environments.ts and deploy the stack notifications.`,
      );
    },
  };
}
