import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account, Owned } from "./account.ts";
import { type Check, fail, ok } from "./finding.ts";

interface Quota {
  readonly name: string;
  /** Codes of Service Quotas: `aws service-quotas list-service-quotas --service-code …`. */
  readonly service: string;
  readonly code: string;
  /** The type of which each resource takes one. */
  readonly type: string;
  /** Those in the account that count. */
  used(account: Account): Promise<readonly Owned[]>;
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

/** Whether the account has room for what the stacks make, beside what others have made in it. */
export function quotaChecks(account: Account, stacks: SynthesizedStacks): Check[] {
  return QUOTAS.map(({ name, service, code, type, used }) => ({
    name,
    run: async () => {
      const needed = stacks.ofType(type).length;
      const [owned, quota] = [await used(account), await account.quota(service, code)];
      const others = owned.filter(({ ours }) => !ours).length;
      const says = `${needed} needed, ${others} used by others, of ${quota}`;
      if (others + needed <= quota) return ok(says);
      return fail(
        says,
        `Ask for more: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${others + needed}`,
      );
    },
  }));
}
