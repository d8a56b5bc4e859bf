import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const { dashboardUrl = "", kind, prefix, password, awsVariables, apiUrl } = target;

/** What is done elsewhere appears by itself, but not before the function has run. */
const APPEARS = { timeout: 30_000 };

describe.skipIf(kind !== "local")("the dashboard in a browser", () => {
  const files = new FilesClient();
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const responses: Promise<string>[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    problems.length = 0;
    responses.length = 0;
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("response", (response) => {
      const isStream = response.request().resourceType() === "eventsource";
      if (!isStream) responses.push(response.text().catch(() => ""));
    });
    await page.goto(dashboardUrl);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
  });
  afterEach(() => page.close());

  const open = async (name: string) => {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
  };

  /** The page has got what it shows. */
  const loaded = async () => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("Loading …").waitFor({ state: "detached" });
  };

  it("opens at the printed address, which loses its token, and shows the systems with links and examples", async () => {
    expect(new URL(page.url()).search).toBe("");
    for (const system of ["Files", "Shout", "Hello", "Sum", "Releases"]) {
      await page.getByRole("heading", { name: system, exact: true }).waitFor();
    }
    const card = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Files" }) });
    expect(await card.getByRole("link", { name: /Health/ }).getAttribute("href")).toBe(`${apiUrl}/health`);
    expect(await card.textContent()).toContain(`${apiUrl}/api/upload/example`);
    expect(await page.title()).toBe("Overview · nv-demo");
    expect(problems).toEqual([]);
  });

  it("shows an upload as a request, a log event and an object, without being reloaded", async () => {
    const key = `dashboard/${randomUUID()}.txt`;
    await open("Requests");
    const opened = await page.evaluate("performance.timeOrigin");
    expect((await files.upload(key, "seen in the dashboard", "text/plain")).status).toBe(200);
    await page
      .getByRole("row")
      .filter({ hasText: `PUT /api/upload/${key}` })
      .first()
      .waitFor(APPEARS);

    await open("Logs");
    await page.getByLabel("Log group").selectOption(`/aws/lambda/${prefix}-postgres-update`);
    await page.getByRole("log").locator("summary").filter({ hasText: "Batch" }).last().waitFor(APPEARS);
    const events = () => page.getByRole("log").locator("details").count();
    const before = await events();
    await files.upload(key, "seen again", "text/plain");
    await expect.poll(events, APPEARS).toBeGreaterThan(before);

    await open("Buckets");
    await page.getByRole("link", { name: `${prefix}-storage`, exact: true }).click();
    await page.getByRole("link", { name: "dashboard/" }).click();
    const object = page.getByRole("row").filter({ hasText: key.slice("dashboard/".length) });
    await object.waitFor(APPEARS);
    await object.getByRole("link").click();
    const versions = page.getByRole("region", { name: `Versions of ${key}` });
    await versions.getByText("text/plain").first().waitFor();
    expect(await versions.locator("details").count()).toBe(2);

    expect(await page.evaluate("performance.timeOrigin")).toBe(opened);
    await files.delete(key);
    expect(problems).toEqual([]);
  });

  it("shows a request as a trace, its waterfall, its logs, and in the service map", async () => {
    await open("Traces");
    await files.request("/api/files/there-is-no-such-file");
    await page.getByLabel("Service").selectOption(`${prefix}-api`);
    const trace = page
      .getByRole("row")
      .filter({ hasText: `${prefix}-api` })
      .getByRole("link")
      .first();
    await trace.click(APPEARS);
    const waterfall = page.getByRole("group", { name: "Segments and subsegments" });
    await waterfall.getByText("AWS::Lambda::Function").first().waitFor();
    const invocation = waterfall.locator("details").filter({ hasText: "Invocation" }).first();
    await invocation.locator("summary").click();
    await invocation.getByText("after the start").waitFor();

    await page.getByRole("link", { name: "Logs of this trace" }).click();
    const event = page.getByRole("log").locator("details").filter({ hasText: "platform.report" }).first();
    await event.locator("summary").click(APPEARS);
    await event.getByRole("link", { name: "Trace" }).click();
    await waterfall.waitFor();

    await page.getByRole("link", { name: "Back to the list" }).click();
    await page.getByRole("link", { name: "Service map" }).click();
    const map = page.getByRole("region", { name: "Service map" });
    await map
      .getByRole("link")
      .filter({ hasText: `${prefix}-api` })
      .filter({ hasText: "AWS::Lambda" })
      .first()
      .click();
    await page.getByRole("table", { name: "Traces" }).waitFor();
    expect(problems).toEqual([]);
  });

  it("searches logs", async () => {
    await files.request("/api/files/there-is-no-such-file");
    await open("Logs");
    await page.getByLabel("Log group").selectOption(`/aws/lambda/${prefix}-api`);
    await page.getByRole("searchbox").fill('{ $.status = 404 && $.message = "Request" }');
    await page.waitForURL(/q=/);
    await expect
      .poll(async () => (await page.getByRole("log").locator("summary").allTextContents()).join("\n"), APPEARS)
      .toMatch(/^(?:.*status=404.*\n?)+$/);
    await page.getByRole("searchbox").fill("nothing has this text");
    await page.getByText("Nothing matches").waitFor();
    await page.getByRole("link", { name: "Show all events" }).click();
    await page.getByRole("log").waitFor();
    await page.getByRole("searchbox").fill("{ nonsense }");
    await page.getByRole("alert").getByText("The filter pattern is invalid").waitFor();
  });

  it("shows requests to the Files API on the dashboards of CloudWatch, without being reloaded", async () => {
    await open("Dashboards");
    const dashboards = page.getByRole("navigation", { name: "Dashboards" });
    for (const system of ["files", "hello", "overview", "releases", "shout", "sum"]) {
      await dashboards.getByRole("link", { name: `${prefix}-${system}` }).waitFor();
    }
    await dashboards.getByRole("link", { name: `${prefix}-files` }).click();
    await page.getByRole("heading", { name: "Files", exact: true }).waitFor();
    const chart = (name: string) => page.getByRole("region", { name, exact: true });
    const values = (name: string) => page.getByRole("table", { name: `Values of ${name}` });
    for (let request = 0; request < 3; request += 1) {
      expect((await files.request("/api/files/there-is-no-such-file")).status).toBe(404);
    }
    await chart("Requests").locator("canvas").waitFor(APPEARS);
    await chart("Requests").getByText("Values").click();
    await expect
      .poll(async () => Number(await values("Requests").getByRole("cell").nth(3).textContent()), APPEARS)
      .toBeGreaterThanOrEqual(3);
    const errors = chart("Errors: 4xx by clients, 5xx by the service");
    await errors.getByText("5xx: alarm above 5").waitFor();
    await chart("PostgreSQL: connections").getByText("Values").waitFor(APPEARS);
    expect(problems).toEqual([]);
  });

  it("shows the states of all alarms, another time range, and what this machine does not measure", async () => {
    await open("Dashboards");
    await page.getByText(/^\d+ OK$/).waitFor(APPEARS);
    await page.getByRole("region", { name: "Cost of this month" }).getByText("AWS/Billing EstimatedCharges").waitFor();
    const ranges = page.getByRole("navigation", { name: "Time range" });
    await ranges.getByRole("link", { name: "1 h" }).click();
    await page.waitForURL(/range=3600/);
    await expect.poll(() => ranges.locator("[aria-current]").textContent()).toBe("1 h");
    expect(problems).toEqual([]);
  });

  it("shows stacks, and follows a resource from its stack to its attributes", async () => {
    await open("Stacks");
    await page.getByRole("link", { name: "s3-storage" }).click();
    const detail = page.getByRole("region", { name: "s3-storage" });
    await detail.getByText("deployed").waitFor();
    await detail
      .getByText(/\d+ added/)
      .first()
      .waitFor();
    await detail
      .getByRole("link", { name: /^aws_sqs_queue\.(?!.*DeadLetters)/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Resources", level: 1 }).waitFor();
    await page.getByText("visibility_timeout_seconds").waitFor();
    await page.getByRole("link", { name: "Messages" }).click();
    await page.getByText("Hidden after a receive").waitFor();
    expect(problems).toEqual([]);
  });

  it("shows no secret on any page", async () => {
    for (const name of [
      "Stacks",
      "Resources",
      "Requests",
      "Traces",
      "Dashboards",
      "Logs",
      "Notifications",
      "Queues",
      "Tables",
      "Buckets",
    ]) {
      await open(name);
      await loaded();
      responses.push(page.content());
    }
    for (const text of await Promise.all(responses)) {
      for (const secret of [password, String(awsVariables.AWS_SECRET_ACCESS_KEY)]) {
        expect(text.includes(secret)).toBe(false);
      }
    }
  });

  it("can be used with the keyboard", async () => {
    const focused = () => page.evaluate("document.activeElement.textContent.trim()");
    await page.reload();
    await page.getByRole("heading", { name: "Systems" }).waitFor();
    const stops: unknown[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await page.keyboard.press("Tab");
      stops.push(await focused());
    }
    expect(stops).toEqual(["Skip to content", "nv-demo", "Overview", "Stacks"]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Stacks", level: 1 }).waitFor();
    expect(await page.locator("[aria-current=page]").textContent()).toBe("Stacks");
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
  });

  it.each([
    [1280, "light"],
    [320, "dark"],
  ] as const)("fits a window of %i pixels in %s mode", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const views = ["", "stacks?stack=vpc", "resources", "requests", "dashboards", "logs", "notifications", "queues"];
    for (const view of [
      ...views,
      "tables",
      "traces",
      "traces?view=map",
      `tables?table=${prefix}-releases`,
      `buckets?bucket=${prefix}-state`,
    ]) {
      await page.goto(new URL(`/dashboard/${view}`, dashboardUrl).href);
      await loaded();
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow), view).toBe(0);
    }
  });

  it("says how to open it when the token is missing", async () => {
    const context = await browser.newContext();
    const stranger = await context.newPage();
    const response = await stranger.goto(new URL("/dashboard/", dashboardUrl).href);
    expect(response?.status()).toBe(401);
    expect(await stranger.getByRole("main").textContent()).toContain("npm run info");
    await context.close();
  });
});
