import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { DnsValidatedCertificate } from "./constructs/dns-validated-certificate.ts";

/** All values are empty in an environment without a domain. */
export interface Route53Outputs {
  readonly zoneId: string;
  /** The name servers to configure at the domain's registrar. */
  readonly nameServers: readonly string[];
  readonly certificateArn: string;
}

/**
 * The hosted zone and the certificate of the environment's domain, if it has one. The first deployment waits until the
 * registrar delegates the domain to the name servers of the zone.
 */
export class Route53Stack extends BaseStack {
  readonly outputs: Published<Route53Outputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const { domain } = this.environment;
    this.outputs = this.publish(
      domain === undefined ? { zoneId: "", nameServers: [], certificateArn: "" } : this.#domain(domain),
    );
  }

  #domain(domain: string): Route53Outputs {
    const zone = new Route53Zone(this, "Zone", { name: domain, comment: `Files, ${this.environment.name}` });
    const certificate = new DnsValidatedCertificate(this, "Certificate", { domain, zoneId: zone.zoneId });
    return { zoneId: zone.zoneId, nameServers: zone.nameServers, certificateArn: certificate.arn };
  }
}
