import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { beforeEach, describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { basic } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { SumClient } from "../support/sum-client.ts";
import { type Target, target } from "../support/target.ts";

const { sumUrl: url = "", kind } = target;

const client = new SumClient();
const add = client.add.bind(client);
const page = async (path: string) => (await fetch(url + path)).text();
const sum = (text: string) => /<dd id="sum">([^<]+)<\/dd>/.exec(text)?.[1];
const rows = (text: string) =>
  [...text.matchAll(/<tr><td class="number">(\d+)<\/td><td class="number">([^<]+)<\/td><td>([^<]+)<\/td>/g)].map(
    ([, id, value, address]) => [Number(id), value, address],
  );

describe.skipIf(url === "" || kind !== "local")("the Sum system", () => {
  beforeEach(async () => {
    await client.replaceNumbers([]);
  });

  it("has a home page with links to the three services", async () => {
    const home = await page("/");
    for (const [path, title] of [
      ["/adder_service", "Add a number"],
      ["/display_service", "Sum and numbers"],
      ["/reset_service", "Reset"],
    ]) {
      expect(home).toContain(`href="${path}"`);
      expect(await page(String(path))).toContain(`<h1>${title}</h1>`);
    }
  });

  it("adds numbers and numeric strings, and shows the exact sum and every row", async () => {
    expect(await (await add(0.1)).json()).toEqual({ success: true });
    expect(await (await add("0.2")).json()).toEqual({ success: true });
    await add(-1234.5);
    expect(sum(await page("/adder_service"))).toBe("-1,234.20");
    const shown = await page("/display_service");
    expect(sum(shown)).toBe("-1,234.20");
    expect(rows(shown)).toEqual([
      [3, "-1,234.50", "127.0.0.1"],
      [2, "0.20", "127.0.0.1"],
      [1, "0.10", "127.0.0.1"],
    ]);
  });

  it.each([[undefined], ["ten"], ["NaN"], ["Infinity"], [null], [true]])("rejects %j with 400", async (number) => {
    const response = await add(number);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: expect.any(String) });
  });

  it("stores the client address that the load balancer saw, not a forged one", async () => {
    await add(1, { "x-forwarded-for": "6.6.6.6" });
    expect(rows(await page("/display_service"))).toEqual([[1, "1.00", "127.0.0.1"]]);
  });

  it("rejects requests from other sites", async () => {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }]) {
      expect((await add(1, headers)).status).toBe(403);
      expect((await client.reset(headers)).status).toBe(403);
    }
    expect(sum(await page("/display_service"))).toBe("0.00");
  });

  it("resets IDs and sum consistently while numbers are added", async () => {
    const adding = Array.from({ length: 150 }, () => add("0.01"));
    const resetting = Array.from({ length: 5 }, () => client.reset());
    const statuses = (await Promise.all([...adding, ...resetting])).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const shown = await page("/display_service");
    const [, count = "0"] = /([\d,]+) numbers?, newest/.exec(shown) ?? [];
    expect(Math.round(Number(sum(shown)) * 100)).toBe(Number(count));
    const [newest] = rows(shown);
    if (newest) expect(newest[0]).toBe(Number(count));
    await client.reset();
    await add(7);
    expect(rows(await page("/display_service")).map(([id]) => id)).toEqual([1]);
  });

  it("resets only for an administrator who has signed in", async () => {
    await add(5);
    const anonymous = await client.reset({});
    expect([anonymous.status, anonymous.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringMatching(/^Basic /),
    ]);
    expect(await anonymous.json()).toMatchObject({ code: "Unauthenticated", error: expect.any(String) });
    const wrong = basic("somebody", "wrong");
    expect(await (await client.reset({ authorization: wrong })).json()).toMatchObject({ code: "InvalidCredentials" });
    expect(await client.total()).toBe("5.00");

    const reader = await FilesUser.create([{ role: "reader", prefix: "" }]);
    const denied = await client.reset({ authorization: basic(reader.name, reader.password) });
    await reader.remove();
    expect([denied.status, await denied.json()]).toEqual([403, expect.objectContaining({ code: "Forbidden" })]);
    expect(await client.total()).toBe("5.00");
    expect((await client.reset()).status).toBe(200);
    expect(await client.total()).toBe("0.00");

    const { awsVariables, prefix, username } = target;
    const recorded = async () => (await logs(`/${prefix}/audit`, awsVariables)).map((line) => JSON.parse(line));
    const event = { action: "reset-sum", target: "project_table", from: "127.0.0.1", requestId: expect.any(String) };
    await expect.poll(recorded, { timeout: 20_000 }).toEqual(
      expect.arrayContaining([
        { ...event, who: "-", outcome: "denied", code: "Unauthenticated" },
        { ...event, who: "-", outcome: "denied", code: "InvalidCredentials" },
        { ...event, who: reader.name, outcome: "denied", code: "Forbidden" },
        { ...event, who: username, outcome: "succeeded" },
      ]),
    );
  });

  it("passes the health check", async () => {
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "pass" });
  });

  it("logs each service to its own log group, without the submitted data", async () => {
    await add("123454321");
    await page("/display_service");
    await page("/reset_service");
    const { awsVariables } = target;
    for (const group of ["/ec2/adder-service", "/ecs/display-service", "/ecs/reset-service"]) {
      await expect
        .poll(async () => (await logs(group, awsVariables)).join("\n"), { timeout: 10_000 })
        .toContain('"message":"Request"');
      expect((await logs(group, awsVariables)).join("\n")).not.toContain("123454321");
    }
  });
});

async function logs(logGroupName: string, variables: Target["awsVariables"]): Promise<string[]> {
  const client = new CloudWatchLogsClient(clientSettings(variables));
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName }));
  client.destroy();
  return events.map(({ message = "" }) => message);
}
