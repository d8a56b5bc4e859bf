import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EdgeHarness } from "./testing/edge-harness.ts";

let harness: EdgeHarness;
let origin: string;

beforeEach(async () => {
  harness = new EdgeHarness();
  origin = await harness.listen();
});

afterEach(() => harness.close());

async function get(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  const { headers, status } = response;
  return { status, body: await response.text(), headers, cache: headers.get("x-cache"), age: headers.get("age") };
}

/** Makes the origin return the number of its requests, with these headers. */
function countRequests(headers: Record<string, string>, status = () => 200): void {
  let count = 0;
  harness.origin = (_, response) => response.writeHead(status(), headers).end(`response ${++count}`);
}

const advance = (seconds: number) => {
  harness.now += seconds * 1000;
};

describe("a cached response", () => {
  it("is served with its age until it expires", async () => {
    const url = await harness.deploy(origin);
    countRequests({ "cache-control": "max-age=30" });
    expect(await get(url)).toMatchObject({ body: "response 1", cache: "Miss from cloudfront", age: null });
    advance(29.9);
    expect(await get(url)).toMatchObject({ body: "response 1", cache: "Hit from cloudfront", age: "29" });
    advance(0.1);
    expect(await get(url)).toMatchObject({ body: "response 2", cache: "Miss from cloudfront" });
    expect(harness.originRequests[0]?.url).toBe("/stage/");
    expect(harness.originRequests[0]?.headers).toMatchObject({ host: origin, "user-agent": "Amazon CloudFront" });
  });

  it.each([
    ["for the default TTL without headers of the origin", {}, 60],
    ["for at most the maximum TTL of the policy", { "cache-control": "max-age=86400" }, 3600],
    ["for s-maxage rather than max-age", { "cache-control": "max-age=5, s-maxage=20" }, 20],
    ["until Expires", { expires: "Sat, 21 Nov 2026 10:00:45 GMT" }, 45],
    [
      "for max-age rather than until Expires",
      { expires: "Sat, 21 Nov 2026 10:00:45 GMT", "cache-control": "max-age=7" },
      7,
    ],
    ["never with an invalid Expires", { expires: "0" }, 0],
    ["never with no-cache", { "cache-control": "no-cache" }, 0],
    ["never with no-store", { "cache-control": "no-store" }, 0],
    ["never with private", { "cache-control": "private, max-age=60" }, 0],
  ])("is served %s", async (_, headers, ttl) => {
    const url = await harness.deploy(origin);
    countRequests(headers as Record<string, string>);
    await get(url);
    if (ttl > 0) {
      advance(ttl - 0.001);
      expect((await get(url)).cache).toBe("Hit from cloudfront");
      advance(0.001);
    }
    expect((await get(url)).cache).toBe("Miss from cloudfront");
  });

  it("is served for at least the minimum TTL of the policy, independent of the origin", async () => {
    const url = await harness.deploy(origin, { policy: { min_ttl: 10 } });
    countRequests({ "cache-control": "no-store" });
    await get(url);
    advance(9);
    expect((await get(url)).cache).toBe("Hit from cloudfront");
  });

  it("is revalidated by its ETag", async () => {
    const url = await harness.deploy(origin);
    let etag = '"one"';
    harness.origin = (request, response) => {
      const headers = { etag, "cache-control": "max-age=0, must-revalidate" };
      const isSame = request.headers["if-none-match"] === etag;
      response.writeHead(isSame ? 304 : 200, headers).end(isSame ? undefined : etag);
    };
    expect(await get(url)).toMatchObject({ body: '"one"', cache: "Miss from cloudfront" });
    expect(await get(url)).toMatchObject({ status: 200, body: '"one"', cache: "RefreshHit from cloudfront" });
    expect(await get(url, { headers: { "if-none-match": '"one"' } })).toMatchObject({ status: 304, body: "" });
    etag = '"two"';
    expect(await get(url)).toMatchObject({ body: '"two"', cache: "Miss from cloudfront" });
  });

  it("is selected by the cache key of the policy only", async () => {
    const url = await harness.deploy(origin, {
      policy: {
        parameters_in_cache_key_and_forwarded_to_origin: [
          {
            query_strings_config: [{ query_string_behavior: "whitelist", query_strings: [{ items: ["page"] }] }],
            headers_config: [{ header_behavior: "whitelist", headers: [{ items: ["X-Tenant"] }] }],
            cookies_config: [{ cookie_behavior: "none" }],
          },
        ],
      },
    });
    countRequests({});
    await get(`${url}/a?page=1&x=1`, { headers: { "x-tenant": "t", "x-other": "1", cookie: "a=b" } });
    expect(harness.originRequests[0]?.url).toBe("/stage/a?page=1");
    expect(harness.originRequests[0]?.headers).toMatchObject({ "x-tenant": "t" });
    expect(harness.originRequests[0]?.headers).not.toHaveProperty("x-other");
    expect(harness.originRequests[0]?.headers).not.toHaveProperty("cookie");
    const same = await get(`${url}/a?page=1&x=2`, { headers: { "x-tenant": "t", "x-other": "2" } });
    expect(same.cache).toBe("Hit from cloudfront");
    for (const [path, tenant] of [
      ["/a?page=2", "t"],
      ["/a?page=1", "u"],
      ["/A?page=1", "t"],
    ] as const) {
      expect((await get(url + path, { headers: { "x-tenant": tenant } })).cache).toBe("Miss from cloudfront");
    }
  });
});

describe("a failing origin", () => {
  it.each([
    ["must-revalidate, max-age=1", false],
    ["max-age=1, stale-if-error=0", false],
    ["max-age=1, stale-if-error=60", true],
    ["max-age=1", true],
  ])("causes a stale response if Cache-Control allows it: %s", async (control, isStaleServed) => {
    const url = await harness.deploy(origin);
    let status = 200;
    countRequests({ "cache-control": control }, () => status);
    await get(url);
    advance(30);
    status = 503;
    expect((await get(url)).status).toBe(isStaleServed ? 200 : 503);
    await harness.stopOrigin();
    advance(20);
    expect((await get(url)).status).toBe(isStaleServed ? 200 : 502);
  });

  it("is requested again after the error caching minimum TTL", async () => {
    const url = await harness.deploy(origin, {
      distribution: { custom_error_response: [{ error_code: 404, error_caching_min_ttl: 0 }] },
    });
    let status = 500;
    countRequests({ "cache-control": "no-store" }, () => status);
    expect(await get(url)).toMatchObject({ status: 500, cache: "Error from cloudfront" });
    status = 200;
    advance(9);
    expect(await get(url)).toMatchObject({ status: 500, cache: "Error from cloudfront" });
    advance(1);
    expect(await get(url)).toMatchObject({ status: 200 });
    status = 404;
    expect((await get(`${url}/x`)).status).toBe(404);
    status = 200;
    expect((await get(`${url}/x`)).status).toBe(200);
  });

  it("causes a custom error page", async () => {
    const url = await harness.deploy(origin, {
      distribution: {
        custom_error_response: [{ error_code: 404, response_code: 200, response_page_path: "/index.html" }],
      },
    });
    harness.origin = (request, response) =>
      response.writeHead(request.url === "/stage/index.html" ? 200 : 404).end(request.url);
    expect(await get(`${url}/deep/link`)).toMatchObject({ status: 200, body: "/stage/index.html" });
  });
});

describe("a request", () => {
  it("that changes data is forwarded with its body, and its response is not cached", async () => {
    const url = await harness.deploy(origin);
    const bodies: string[] = [];
    harness.origin = async (request, response) => {
      bodies.push((await request.toArray()).join(""));
      response.writeHead(204).end();
    };
    const put = { method: "PUT", body: '{"a":1}', headers: { "content-type": "application/json", "if-match": '"x"' } };
    expect((await get(url, put)).cache).toBe("Miss from cloudfront");
    expect((await get(url, put)).cache).toBe("Miss from cloudfront");
    expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
    expect(harness.originRequests[0]?.headers).toMatchObject({ "content-type": "application/json", "if-match": '"x"' });
    expect(await get(url, { method: "DELETE" })).toMatchObject({ status: 403 });
  });

  it("uses the cache behavior of its path, with its response headers policy", async () => {
    const { id } = await harness.resources.apply("aws_cloudfront_response_headers_policy", {
      name: "headers",
      security_headers_config: [
        {
          strict_transport_security: [{ access_control_max_age_sec: 60, include_subdomains: true, override: true }],
          content_type_options: [{ override: true }],
        },
      ],
      custom_headers_config: [{ items: [{ header: "X-Own", value: "edge", override: false }] }],
      remove_headers_config: [{ items: [{ header: "Server" }] }],
    });
    const { id: cacheId } = await harness.resources.apply("aws_cloudfront_cache_policy", { name: "none", max_ttl: 0 });
    const api = { path_pattern: "/api/*", target_origin_id: "o", cache_policy_id: cacheId };
    const url = await harness.deploy(origin, {
      distribution: {
        ordered_cache_behavior: [{ ...api, allowed_methods: ["GET", "HEAD"], response_headers_policy_id: id }],
      },
    });
    countRequests({ server: "origin", "x-own": "origin" });
    const { headers } = await get(`${url}/api/x`);
    expect(Object.fromEntries(headers)).toMatchObject({
      "strict-transport-security": "max-age=60; includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-own": "origin",
    });
    expect(headers.has("server")).toBe(false);
    expect((await get(`${url}/api/x`)).cache).toBe("Miss from cloudfront");
    expect((await get(`${url}/other`)).headers.get("server")).toBe("origin");
  });

  it("with HEAD uses the cached response of GET, without a body", async () => {
    const url = await harness.deploy(origin);
    countRequests({ "content-type": "text/plain" });
    await get(url);
    const { headers, cache, body } = await get(url, { method: "HEAD" });
    expect([cache, body, headers.get("content-length")]).toEqual(["Hit from cloudfront", "", "10"]);
  });

  it("receives a compressed response if it accepts one and the response is large enough", async () => {
    const url = await harness.deploy(origin, { behavior: { compress: true } });
    const long = "hello ".repeat(1000);
    harness.origin = (request, response) =>
      response
        .writeHead(200, { "content-type": "application/json", etag: '"e"' })
        .end(request.url === "/stage/short" ? "{}" : long);
    const response = await fetch(url, { headers: { "accept-encoding": "br" } });
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(response.headers.get("etag")).toBe('W/"e"');
    expect(Number(response.headers.get("content-length"))).toBeLessThan(100);
    expect(await response.text()).toBe(long);
    const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
    expect([plain.headers.get("content-encoding"), (await plain.text()).length]).toEqual([null, long.length]);
    const short = await fetch(`${url}/short`, { headers: { "accept-encoding": "br" } });
    expect(short.headers.get("content-encoding")).toBeNull();
  });
});

it("rejects a distribution with unknown policies", async () => {
  await expect(harness.deploy(origin, { behavior: { cache_policy_id: "gone" } })).rejects.toThrow("no policy gone");
  await expect(harness.deploy(origin, { behavior: { cache_policy_id: null } })).rejects.toThrow(
    "requires a cache policy",
  );
});

it("reports each request with what served it: the origin, the cache or CloudFront itself", async () => {
  const url = await harness.deploy(origin);
  countRequests({ "cache-control": "max-age=30" });
  await get(`${url}/page?x=1`);
  await get(`${url}/page?x=1`);
  await get(`${url}/page`, { method: "DELETE" });
  await expect.poll(() => harness.requests).toHaveLength(3);
  expect(harness.requests).toMatchObject([
    { entrance: "cloudfront", method: "GET", path: "/page?x=1", status: 200, servedBy: "o" },
    { status: 200, servedBy: "cache" },
    { method: "DELETE", status: 403, servedBy: undefined },
  ]);
  expect(harness.requests[0]?.cloudFrontId).toBe(harness.originRequests[0]?.headers["x-amz-cf-id"]);
});
