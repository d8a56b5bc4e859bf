import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy/index.js";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { ProvenCertificate } from "../constructs/proven-certificate.ts";

/** The errors that CloudFront keeps for 10 s if it is not told otherwise: who was just remembered would stay unknown. */
const KEPT_ERRORS = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];
const DAY = 86_400;
const YEAR = 365 * DAY;

/** What the edges of all stages do with a request and its answer. */
export class EdgePolicies extends Construct {
  readonly cacheId: string;
  readonly originRequestId: string;
  readonly responseHeadersId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const name = stack.physicalName("edgePolicy", "hello");
    this.cacheId = new CloudfrontCachePolicy(this, "Cache", {
      name,
      comment: "The service alone says what is kept, and for how long",
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: DAY,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      },
    }).id;
    this.originRequestId = new CloudfrontOriginRequestPolicy(this, "OriginRequest", {
      name,
      comment: "The caller's own name for the access log, and nothing else",
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["User-Agent"] } },
      queryStringsConfig: { queryStringBehavior: "none" },
    }).id;
    this.responseHeadersId = new CloudfrontResponseHeadersPolicy(this, "ResponseHeaders", {
      name,
      comment: "By TLS only, never as a page",
      securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR, includeSubdomains: false, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: true },
      },
    }).id;
  }
}

export interface EdgeProps {
  readonly description: string;
  readonly policies: EdgePolicies;
  /** Host name of what is behind it. */
  readonly origin: string;
  /** First part of every path there. */
  readonly originPath: string;
  /** Without one it has an address of CloudFront's. */
  readonly domain?: { readonly name: string; readonly zoneId: string };
}

/** CloudFront in front of a stage. */
export class Edge extends Construct {
  /** Host name under which it is reached. */
  readonly address: string;
  readonly distributionId: string;

  constructor(scope: Construct, id: string, { description, policies, origin, originPath, domain }: EdgeProps) {
    super(scope, id);
    const distribution = new CloudfrontDistribution(this, "Distribution", {
      enabled: true,
      comment: description,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      ...(domain && { aliases: [domain.name] }),
      origin: [
        {
          originId: "api",
          domainName: origin,
          originPath,
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
            originReadTimeout: 30,
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "api",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: policies.cacheId,
        originRequestPolicyId: policies.originRequestId,
        responseHeadersPolicyId: policies.responseHeadersId,
      },
      customErrorResponse: KEPT_ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      restrictions: { geoRestriction: { restrictionType: "none", locations: [] } },
      viewerCertificate: domain
        ? {
            acmCertificateArn: new ProvenCertificate(this, "Certificate", {
              domain: domain.name,
              zoneId: domain.zoneId,
            }).arn,
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1.2_2021",
          }
        : { cloudfrontDefaultCertificate: true },
    });
    this.distributionId = distribution.id;
    this.address = domain?.name ?? distribution.domainName;
    if (domain) {
      for (const type of ["A", "AAAA"]) {
        new Route53Record(this, `Address-${type}`, {
          zoneId: domain.zoneId,
          name: domain.name,
          type,
          alias: { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false },
        });
      }
    }
  }
}
