import type { Environment } from "../../stacks/environment/environment.ts";
import type { Account } from "./account.ts";
import { delegationTodo, isDelegated } from "./delegation.ts";
import { type Check, type Finding, fail, ok, warn } from "./finding.ts";

/** Names of the servers that the world asks for a domain; none where nobody has delegated it. */
export type NameServers = (domain: string) => Promise<readonly string[]>;

/** Whether the domain leads to our zone, and every certificate is issued. */
export function domainChecks(account: Account, environment: Environment, nameServers: NameServers): Check[] {
  const { domain } = environment;
  if (domain === undefined) {
    return [
      { name: "domain", run: async () => ok("none, so there is nothing to delegate") },
      ...givenCertificates(account, environment),
    ];
  }
  return [
    { name: "domain", run: () => delegation(account, domain, nameServers) },
    { name: "certificates", run: () => certificates(account, domain) },
    ...givenCertificates(account, environment),
  ];
}

async function delegation(account: Account, domain: string, nameServers: NameServers): Promise<Finding> {
  const zone = await account.hostedZone(domain);
  if (!zone) {
    return warn(
      `${domain} has no zone yet`,
      "Deploy the stack route53, then name the servers that it prints at the registrar.",
    );
  }
  const asked = await nameServers(domain);
  if (isDelegated(zone.nameServers, asked)) return ok(`${domain} is delegated to ${zone.nameServers.join(", ")}`);
  const says = asked.length === 0 ? `${domain} is not delegated` : `${domain} is delegated to ${asked.join(", ")}`;
  return fail(says, delegationTodo(domain, zone.nameServers));
}

async function certificates(account: Account, domain: string): Promise<Finding | Finding[]> {
  const ours = (await account.certificates()).filter(
    (one) => one.domain === domain || one.domain.endsWith(`.${domain}`),
  );
  if (ours.length === 0) return ok(`none yet for ${domain}; the deployment makes them`);
  return ours.map((one) => certificateFinding(one.domain, one.status));
}

/** Those that an environment names because they were made elsewhere. */
function givenCertificates(account: Account, { parts, shout, sum }: Environment): Check[] {
  const given = { shout: shout.certificateArn, sum: sum.certificateArn } as const;
  return (["shout", "sum"] as const).flatMap((part): Check[] => {
    const arn = given[part];
    if (arn === undefined || !parts.includes(part)) return [];
    const run = async () => {
      const { domain, status } = await account.certificate(arn);
      return certificateFinding(domain, status);
    };
    return [{ name: `certificate of ${part}`, run }];
  });
}

function certificateFinding(domain: string, status: string): Finding {
  if (status === "ISSUED") return ok(`${domain} is issued`);
  if (status === "PENDING_VALIDATION") {
    return warn(
      `${domain} waits for its proof`,
      "It comes by itself once the domain is delegated; see the line on the domain.",
    );
  }
  return fail(
    `${domain} is ${status}`,
    "Look at it in ACM; a new one is made when the old one is deleted and its stack deployed.",
  );
}
