import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping/index.js";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";
import type { HttpApi } from "../constructs/http-api.ts";

export interface CustomDomainProps {
  readonly domain: string;
  readonly api: HttpApi;
  readonly zoneId: string;
  readonly certificateArn: string;
}

/** A custom domain name for the API, with TLS 1.2 or later. */
export class CustomDomain extends Construct {
  constructor(scope: Construct, id: string, { domain, api, zoneId, certificateArn }: CustomDomainProps) {
    super(scope, id);
    const name = new Apigatewayv2DomainName(this, "Name", {
      domainName: domain,
      domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    });
    new Apigatewayv2ApiMapping(this, "Mapping", {
      apiId: api.id,
      domainName: name.id,
      stage: api.stage("$default").id,
    });
    const { targetDomainName, hostedZoneId } = name.domainNameConfiguration;
    new Route53Record(this, "Address", {
      zoneId,
      name: domain,
      type: "A",
      alias: { name: targetDomainName, zoneId: hostedZoneId, evaluateTargetHealth: false },
    });
  }
}
