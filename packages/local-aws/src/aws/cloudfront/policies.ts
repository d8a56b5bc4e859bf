import { AwsError } from "../../runtime/error.ts";
import type { CachePolicy } from "./cache-policy.ts";
import type { RequestParts } from "./request-parts.ts";
import type { ResponseHeadersPolicy } from "./response-headers-policy.ts";

const none = { behavior: "none", names: new Set<string>() } as const;
const all = { behavior: "all", names: new Set<string>() } as const;

/** See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const MANAGED_CACHE_POLICIES: Readonly<Record<string, CachePolicy>> = {
  // CachingDisabled.
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": {
    minimumTtl: 0,
    defaultTtl: 0,
    maximumTtl: 0,
    key: { headers: none, cookies: none, query: none },
    encodings: [],
  },
  // CachingOptimized.
  "658327ea-f89d-4fab-a63d-7e88639e58f6": {
    minimumTtl: 1,
    defaultTtl: 86_400,
    maximumTtl: 31_536_000,
    key: { headers: none, cookies: none, query: none },
    encodings: ["br", "gzip"],
  },
};

/** See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const MANAGED_ORIGIN_REQUEST_POLICIES: Readonly<Record<string, RequestParts>> = {
  // AllViewer.
  "216adef6-5c7f-47e4-b989-5492eafa07d3": { headers: all, cookies: all, query: all },
  // AllViewerExceptHostHeader: here, the Host header is always that of the origin.
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": { headers: all, cookies: all, query: all },
};

/** The policies of all distributions: those created by Terraform, and the managed ones of AWS. */
export class Policies {
  readonly caches = new Map<string, CachePolicy>(Object.entries(MANAGED_CACHE_POLICIES));
  readonly originRequests = new Map<string, RequestParts>(Object.entries(MANAGED_ORIGIN_REQUEST_POLICIES));
  readonly responseHeadersPolicies = new Map<string, ResponseHeadersPolicy>();

  /** @throws AwsError `NoSuchCachePolicy`. */
  cache(id: string): CachePolicy {
    return existing(this.caches, id, "NoSuchCachePolicy");
  }

  /** @throws AwsError `NoSuchOriginRequestPolicy`. */
  originRequest(id: string | undefined): RequestParts | undefined {
    return id === undefined ? undefined : existing(this.originRequests, id, "NoSuchOriginRequestPolicy");
  }

  /** @throws AwsError `NoSuchResponseHeadersPolicy`. */
  responseHeaders(id: string | undefined): ResponseHeadersPolicy | undefined {
    return id === undefined ? undefined : existing(this.responseHeadersPolicies, id, "NoSuchResponseHeadersPolicy");
  }
}

function existing<Policy>(policies: ReadonlyMap<string, Policy>, id: string, code: string): Policy {
  const policy = policies.get(id);
  if (!policy) throw new AwsError(code, `The local AWS has no policy ${id}.`, 404);
  return policy;
}
