import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy/index.js";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { DnsValidatedCertificate } from "../constructs/dns-validated-certificate.ts";

/** The errors that CloudFront caches for 10 s by default; a user who was just created would still be unknown. */
const CACHED_ERRORS = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];
const DAY = 86_400;
const YEAR = 365 * DAY;

/** The CloudFront policies that the distributions of all stages share. */
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
      comment: "Cache only according to the Cache-Control header of the service",
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
      comment: "Forward only the User-Agent header, for the access log",
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["User-Agent"] } },
      queryStringsConfig: { queryStringBehavior: "none" },
    }).id;
    this.responseHeadersId = new CloudfrontResponseHeadersPolicy(this, "ResponseHeaders", {
      name,
      comment: "Security headers of an API without web pages",
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
  /** Host name of the origin. */
  readonly origin: string;
  /** Prefix of every path at the origin. */
  readonly originPath: string;
  /** Without one, the distribution has its CloudFront domain name only. */
  readonly domain?: { readonly name: string; readonly zoneId: string };
}

/** A CloudFront distribution in front of a stage. */
export class Edge extends Construct {
  /** The host name of the distribution. */
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
      customErrorResponse: CACHED_ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      restrictions: { geoRestriction: { restrictionType: "none", locations: [] } },
      viewerCertificate: domain
        ? {
            acmCertificateArn: new DnsValidatedCertificate(this, "Certificate", {
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
