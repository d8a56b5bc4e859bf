import type { Environment } from "../../stacks/environment/environment.ts";
import { delegationTodo, isDelegated } from "../deploy/delegation.ts";
import type { Account } from "./account.ts";
import { type Check, type Finding, fail, ok, warn } from "./finding.ts";

/** The name servers of a domain in public DNS; empty if the domain is not delegated. */
export type NameServers = (domain: string) => Promise<readonly string[]>;

/** Checks that the domain is delegated to the hosted zone and that every certificate is issued. */
export function domainChecks(account: Account, environment: Environment, nameServers: NameServers): Check[] {
  const { domain } = environment;
  if (domain === undefined) {
    return [
      { name: "domain", run: async () => ok("none, so no delegation is needed") },
      ...configuredCertificateChecks(account, environment),
    ];
  }
  return [
    { name: "domain", run: () => checkDelegation(account, domain, nameServers) },
    { name: "certificates", run: () => checkCertificates(account, domain) },
    ...configuredCertificateChecks(account, environment),
  ];
}

async function checkDelegation(account: Account, domain: string, nameServers: NameServers): Promise<Finding> {
  const zone = await account.hostedZone(domain);
  if (!zone) {
    return warn(
      `${domain} has no hosted zone yet`,
      "Deploy the stack route53, then set the name servers that it prints at the registrar.",
    );
  }
  const delegated = await nameServers(domain);
  if (isDelegated(zone.nameServers, delegated)) return ok(`${domain} is delegated to ${zone.nameServers.join(", ")}`);
  const says =
    delegated.length === 0 ? `${domain} is not delegated` : `${domain} is delegated to ${delegated.join(", ")}`;
  return fail(says, delegationTodo(domain, zone.nameServers));
}

async function checkCertificates(account: Account, domain: string): Promise<Finding | Finding[]> {
  const matching = (await account.certificates()).filter(
    (certificate) => certificate.domain === domain || certificate.domain.endsWith(`.${domain}`),
  );
  if (matching.length === 0) return ok(`none yet for ${domain}; the deployment requests them`);
  return matching.map((certificate) => certificateFinding(certificate.domain, certificate.status));
}

/** Checks the certificates that an environment names by ARN because its stacks do not request them. */
function configuredCertificateChecks(account: Account, { parts, shout, sum }: Environment): Check[] {
  const arns = { shout: shout.certificateArn, sum: sum.certificateArn } as const;
  return (["shout", "sum"] as const).flatMap((part): Check[] => {
    const arn = arns[part];
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
      `${domain} is pending validation`,
      "ACM issues it once the domain is delegated; see the result of the domain check.",
    );
  }
  return fail(
    `${domain} is ${status}`,
    "See the reason in ACM; delete the certificate and deploy its stack to request a new one.",
  );
}
