import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account, OwnedResource } from "./account.ts";
import { type Check, fail, ok } from "./finding.ts";

interface Quota {
  readonly name: string;
  /** Codes of Service Quotas: `aws service-quotas list-service-quotas --service-code …`. */
  readonly service: string;
  readonly code: string;
  /** The resource type; each resource uses one unit of the quota. */
  readonly type: string;
  /** The resources of the account that count towards the quota. */
  used(account: Account): Promise<readonly OwnedResource[]>;
}

const QUOTAS: readonly Quota[] = [
  { name: "VPCs", service: "vpc", code: "L-F678F1CE", type: "aws_vpc", used: (account) => account.vpcs() },
  {
    name: "Elastic IP addresses",
    service: "ec2",
    code: "L-0263D0A3",
    type: "aws_eip",
    used: (account) => account.elasticIps(),
  },
  {
    name: "RDS instances",
    service: "rds",
    code: "L-7B6409FD",
    type: "aws_db_instance",
    used: (account) => account.databases(),
  },
];

/** Checks that the quotas cover the resources of the stacks in addition to the other resources of the account. */
export function quotaChecks(account: Account, stacks: SynthesizedStacks): Check[] {
  return QUOTAS.map(({ name, service, code, type, used }) => ({
    name,
    run: async () => {
      const needed = stacks.ofType(type).length;
      const [resources, quota] = [await used(account), await account.quota(service, code)];
      const others = resources.filter(({ ours }) => !ours).length;
      const says = `${needed} needed, ${others} used by others, quota ${quota}`;
      if (others + needed <= quota) return ok(says);
      return fail(
        says,
        `Request an increase: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${others + needed}`,
      );
    },
  }));
}
