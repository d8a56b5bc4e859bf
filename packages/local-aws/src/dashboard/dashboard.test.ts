import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServedDashboard } from "./testing/served-dashboard.ts";
import type { OverviewView } from "./views.ts";

let served: ServedDashboard;

beforeAll(async () => {
  served = await ServedDashboard.start({ title: "<Test> & co", howToOpen: "Run the start command again." });
});
afterAll(() => served.stop());

const HTML = { accept: "text/html" };
const PATHS = ["/", "/dashboard/", "/dashboard/logs", "/dashboard/api/overview", "/dashboard/assets/app.js"];

describe("without the token", () => {
  it.each(PATHS)("returns 401 for %s", async (path) => {
    const { status, body } = await served.request(path);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toEqual({ message: "The token of this run is required." });
  });

  it("tells a person how to open the dashboard, with a policy that allows only the style of that page", async () => {
    const { status, body, headers } = await served.request("/dashboard/", { headers: HTML });
    expect(status).toBe(401);
    expect(body).toContain("Run the start command again.");
    expect(body).toContain("&#60;Test&#62; &#38; co");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it.each([
    ["another token", "/dashboard/?token=wrong", {}],
    ["another bearer token", "/dashboard/api/overview", { authorization: "Bearer wrong" }],
    ["another cookie", "/dashboard/api/overview", { cookie: "local_aws_dashboard_1=x; session=y" }],
  ])("returns 401 for %s", async (_, path, headers) => {
    expect((await served.request(path, { headers })).status).toBe(401);
  });
});

describe("with the token", () => {
  it("exchanges the token for a cookie that scripts and other sites cannot use, and removes it from the address", async () => {
    const { pathname, search } = new URL(served.dashboard.url);
    const { status, headers } = await served.request(pathname + search, { headers: HTML });
    expect([status, headers.location]).toEqual([303, "/dashboard/"]);
    expect(headers["set-cookie"]?.[0]).toMatch(/; Path=\/dashboard; HttpOnly; SameSite=Strict$/);
    expect(headers["set-cookie"]?.[0]).not.toContain(served.token);
    const cookie = await served.signIn();
    expect((await served.request("/dashboard/", { headers: { cookie } })).status).toBe(200);
  });

  it("does not redirect when another site links to it, because the cookie would be lost", async () => {
    const { pathname, search } = new URL(served.dashboard.url);
    const { status, body } = await served.request(pathname + search, {
      headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    });
    expect(status).toBe(200);
    expect(body).toContain('<meta http-equiv="refresh" content="0;url=/dashboard/">');
  });

  it("accepts the token as a bearer token, for programs", async () => {
    expect((await served.read<OverviewView>("overview")).title).toBe("<Test> & co");
  });

  it("allows no inline script and nothing from elsewhere on its pages", async () => {
    const cookie = await served.signIn();
    const { body, headers } = await served.request("/dashboard/stacks", { headers: { cookie } });
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain("unsafe");
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|style=| on\w+=/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  });

  it("serves the bundled script and style", async () => {
    const cookie = await served.signIn();
    for (const [name, type] of [
      ["app.js", "text/javascript"],
      ["app.css", "text/css"],
      ["icon.svg", "image/svg+xml"],
    ]) {
      const { status, headers, body } = await served.request(`/dashboard/assets/${name}`, { headers: { cookie } });
      expect([status, headers["content-type"]]).toEqual([200, `${type}; charset=utf-8`]);
      expect(body.length).toBeGreaterThan(200);
    }
    expect((await served.request("/dashboard/assets/x.js", { headers: { cookie } })).status).toBe(404);
  });

  it("returns 404 for an unknown page, and 405 for another method", async () => {
    const cookie = await served.signIn();
    const origin = `http://127.0.0.1:${served.port}`;
    expect((await served.request("/dashboard/api/nothing", { headers: { cookie } })).status).toBe(404);
    const { status } = await served.request("/dashboard/api/overview", {
      method: "DELETE",
      headers: { cookie, origin },
    });
    expect(status).toBe(405);
  });
});

describe("from elsewhere", () => {
  const ask = async (headers: Readonly<Record<string, string>>, method = "GET") => {
    const cookie = await served.signIn();
    return (await served.request("/dashboard/api/overview", { method, headers: { cookie, ...headers } })).status;
  };

  it.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"])(
    "returns 403 for the host %s, so that no other name can be made to lead here",
    async (host) => {
      expect(await ask({ host })).toBe(403);
    },
  );

  it.each(["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])(
    "returns 403 for the origin %s",
    async (origin) => {
      expect(await ask({ origin })).toBe(403);
    },
  );

  it.each(["cross-site", "same-site"])("returns 403 for a request that a %s page makes", async (site) => {
    expect(await ask({ "sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" })).toBe(403);
    expect(await ask({ "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" })).toBe(403);
  });

  it("returns 403 for a change without an origin", async () => {
    expect(await ask({}, "POST")).toBe(403);
  });

  it("answers its own page under both names of this machine", async () => {
    for (const host of [`127.0.0.1:${served.port}`, `localhost:${served.port}`]) {
      expect(await ask({ host, origin: `http://${host}`, "sec-fetch-site": "same-origin" })).toBe(200);
    }
  });
});

it("shows new content at once", async () => {
  served.dashboard.setContent({ title: "After", systems: [{ name: "Files", description: "Keeps files." }] });
  expect(await served.read("overview")).toMatchObject({ title: "After", systems: [{ name: "Files" }] });
});
