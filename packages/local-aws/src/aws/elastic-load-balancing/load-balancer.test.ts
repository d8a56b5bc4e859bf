import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FUNCTION_GROUP,
  LISTENER,
  LoadBalancingHarness,
  PROGRAM_GROUP,
  WITH_FUNCTION,
} from "./testing/load-balancing-harness.ts";

let harness: LoadBalancingHarness;

beforeEach(async () => {
  harness = new LoadBalancingHarness();
  await harness.start();
});
afterEach(() => harness.stop());

const fixed = (message_body: string, status_code = "200") => ({
  type: "fixed-response",
  fixed_response: { content_type: "text/plain", message_body, status_code },
});
const rule = (priority: number, condition: object[], action: object) => ({
  listener_arn: "${aws_lb_listener.main.arn}",
  priority,
  condition,
  action: [action],
});

describe("a load balancer", () => {
  it("applies the first rule, in order of priority, whose conditions are all met", async () => {
    const aws_lb_listener_rule = {
      both: rule(
        10,
        [{ path_pattern: { values: ["/add*"] } }, { http_request_method: { values: ["POST"] } }],
        fixed("both"),
      ),
      path: rule(20, [{ path_pattern: { values: ["/add*", "/sum?"] } }], fixed("path")),
      host: rule(30, [{ host_header: { values: ["*.Example.com"] } }], fixed("host")),
      header: rule(40, [{ http_header: { http_header_name: "X-Kind", values: ["*cat*"] } }], fixed("header")),
      query: rule(50, [{ query_string: [{ key: "v", value: "1*" }, { value: "any" }] }], fixed("query")),
      source: rule(
        60,
        [{ source_ip: { values: ["127.0.0.0/8"] } }, { path_pattern: { values: ["/local"] } }],
        fixed("source"),
      ),
      foreign: rule(70, [{ source_ip: { values: ["203.0.113.0/24"] } }], fixed("foreign")),
    };
    await harness.apply(FUNCTION_GROUP, { resource: { ...WITH_FUNCTION.resource, aws_lb_listener_rule } });
    const text = async (path: string, options: Parameters<LoadBalancingHarness["send"]>[1] = {}) =>
      (await harness.send(path, options)).body;
    expect(await text("/add_number", { method: "POST" })).toBe("both");
    expect(await text("/add_number")).toBe("path");
    expect(await text("/ADD_number")).toBe("from the function");
    expect(await text("/sums")).toBe("path");
    expect(await text("/summer")).toBe("from the function");
    expect(await text("/", { headers: { host: "api.example.COM:80" } })).toBe("host");
    expect(await text("/", { headers: { host: "example.com" } })).toBe("from the function");
    expect(await text("/", { headers: { "x-kind": "a CAT it is" } })).toBe("header");
    expect(await text("/?v=10")).toBe("query");
    expect(await text("/?other=ANY")).toBe("query");
    expect(await text("/?v=2")).toBe("from the function");
    expect(await text("/local")).toBe("source");
    expect((await harness.workspace.plan()).code).toBe(0);
  });

  it("redirects to the local address of another listener, and to the configured host otherwise", async () => {
    const redirect = (values: object) => ({ type: "redirect", redirect: { status_code: "HTTP_301", ...values } });
    const aws_lb_listener = {
      main: { ...LISTENER, default_action: [redirect({ port: "443", protocol: "HTTPS" })] },
      secure: {
        ...LISTENER,
        port: 443,
        protocol: "HTTPS",
        certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/1",
        routing_http_response_strict_transport_security_header_value: "max-age=31536000",
      },
    };
    const aws_lb_listener_rule = {
      moved: rule(
        1,
        [{ path_pattern: { values: ["/old/*"] } }],
        redirect({ host: "new.example.com", path: "/new/#{path}", query: "from=#{host}", status_code: "HTTP_302" }),
      ),
    };
    await harness.apply(FUNCTION_GROUP, {
      resource: { ...WITH_FUNCTION.resource, aws_lb_listener, aws_lb_listener_rule },
    });
    const response = await fetch(harness.url("/a?b=c"), { redirect: "manual" });
    expect(response.status).toBe(301);
    const followed = await fetch(String(response.headers.get("location")));
    expect(followed.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(harness.event).toMatchObject({
      path: "/a",
      queryStringParameters: { b: "c" },
      headers: { "x-forwarded-proto": "https", "x-forwarded-port": "443" },
    });
    const moved = await harness.send("/old/x?y=z", { headers: { host: "old.example.com" } });
    expect([moved.status, moved.headers.location]).toEqual([
      302,
      "http://new.example.com:80/new/old/x?from=old.example.com",
    ]);
  });

  it("distributes requests among target groups by weight", async () => {
    const target_group = ["main", "green"].map((name, index) => ({
      arn: `\${aws_lb_target_group.${name}.arn}`,
      weight: [90, 10][index],
    }));
    await harness.apply(PROGRAM_GROUP, {
      listener: { default_action: [{ type: "forward", forward: { target_group } }] },
      resource: {
        aws_lb_target_group: { main: { name: "main", ...PROGRAM_GROUP }, green: { name: "green", ...PROGRAM_GROUP } },
      },
    });
    for (const name of ["main", "green"]) {
      const port = await harness.program((_, response) => void response.end(name));
      harness.targetGroups.register(harness.groupArn(name), { id: name, port });
    }
    const counts: Record<string, number> = { main: 0, green: 0 };
    for (let percent = 0; percent < 100; percent += 1) {
      harness.random = percent / 100;
      const name = await (await fetch(harness.url())).text();
      counts[name] = (counts[name] ?? 0) + 1;
    }
    expect(counts).toEqual({ main: 90, green: 10 });
  });

  it("rejects requests that are too long, use TRACE, or passed too many proxies", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    expect((await harness.send(`/${"x".repeat(17_000)}`)).status).toBe(414);
    expect((await harness.send("/", { headers: { "x-long": "x".repeat(17_000) } })).status).toBe(400);
    expect((await harness.send("/", { method: "TRACE" })).status).toBe(405);
    expect(
      (await harness.send("/", { headers: { "x-forwarded-for": Array(31).fill("203.0.113.9").join(", ") } })).status,
    ).toBe(463);
    expect(harness.lambda.invocations).toEqual([]);
  });

  it("closes its port when it is destroyed, after which its target group can be destroyed", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const address = harness.url();
    await harness.workspace.apply({});
    await expect(fetch(address)).rejects.toThrow();
    expect(harness.targetGroups.all()).toEqual([]);
  });
});
