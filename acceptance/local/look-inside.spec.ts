import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { FilesClient } from "../support/files-client.ts";
import { ROOT } from "../support/root.ts";
import { target } from "../support/target.ts";

const variables = { NV_DEMO_ENVIRONMENT: "", NV_DEMO_DATA: target.dataDirectory };

const npm = (...words: readonly string[]) => command("npm", ["run", "--silent", ...words], variables);
/** Runs a script in the root folder of the repository, as a user would paste it. */
const shell = (script: string) => command("bash", ["-c", script], variables);

describe("npm run help", () => {
  it("lists every command in one line, and prints the help of each", async () => {
    const [list, json] = [await npm("help"), await npm("help", "--", "--json")];
    expect(list.code, list.output).toBe(0);
    expect(list.stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    const commands = (JSON.parse(json.stdout) as { command: string }[]).map((one) => one.command);
    expect(commands.length).toBeGreaterThan(40);
    const scripts = [...new Set(commands.map((name) => name.split(" ")[0] ?? ""))];
    for (const script of scripts) {
      expect(list.stdout).toMatch(new RegExp(`^ {2}${script} `, "m"));
      const help = await npm(script, "--", "--help");
      expect(help.code, help.output).toBe(0);
      expect(help.stdout).toMatch(/^Usage: npm (run )?[a-z]+/);
      expect(help.stdout).toContain("\n\nExamples:\n");
    }
  });
});

describe.skipIf(target.kind !== "local")("npm run info", () => {
  it("prints the addresses and commands, without the password", async () => {
    const { code, stdout, output } = await npm("info");
    expect(code, output).toBe(0);
    for (const address of [target.apiUrl, target.shoutUrl, target.sumUrl, target.dataDirectory, target.username]) {
      expect(stdout).toContain(address);
    }
    expect(output).not.toContain(target.password);
    expect(stdout).toContain('eval "$(npm run --silent env)"');
  });

  it("prints the password when it is asked for", async () => {
    expect((await npm("info", "--", "--show-password")).stdout).toContain(target.password);
  });

  it("prints JSON", async () => {
    const { stdout } = await npm("info", "--", "--json", "--show-password");
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "local",
      apiUrl: target.apiUrl,
      helloUrls: target.helloUrls,
      releasesUrls: target.releasesUrls,
      password: target.password,
      variables: target.awsVariables,
      dataDirectory: target.dataDirectory,
    });
  });

  it("prints commands that work when they are pasted in order", async () => {
    const { stdout } = await npm("info");
    const [, block = ""] = /^In another terminal:\n\n((?: {2}.*\n)+)/m.exec(stdout) ?? [];
    const lines = block.split("\n").map((line) => line.trim());
    const curls = lines.filter((line) => /^(eval|echo|curl) /.test(line));
    expect(curls.length).toBeGreaterThan(7);
    const script = ["set -euo pipefail", ...curls.map((line) => line.replace(/^curl/, "curl --fail -sS"))];
    // The file of the example is not written into the repository.
    const pasted = `cd "$(mktemp -d)"; ${script.join("\n").replaceAll("npm run", `npm --prefix ${ROOT} run`)}; rm example`;
    const { code, output } = await shell(pasted);
    expect(code, output).toBe(0);
    expect(output).toContain('"File uploaded"');
    expect(output).toContain("The quick brown fox");
    await new FilesClient().delete("example");
  });
});

describe.skipIf(target.kind !== "local")("npm run env", () => {
  it("sets the variables in a shell", async () => {
    const { stdout, output } = await shell(
      'eval "$(npm run --silent env)"; ' +
        'printf "%s\\n" "$FILES_URL" "$FILES_USER" "$FILES_PASSWORD" "$SHOUT_URL" "$SUM_URL" "$HELLO_URL" ' +
        '"$RELEASES_URL" "$AWS_ENDPOINT_URL"',
    );
    expect(stdout.trim().split("\n"), output).toEqual([
      target.apiUrl,
      target.username,
      target.password,
      target.shoutUrl,
      target.sumUrl,
      target.helloUrls.live,
      target.releasesUrls.live,
      target.awsVariables.AWS_ENDPOINT_URL,
    ]);
  });

  it("removes them again", async () => {
    const { stdout } = await shell(
      'eval "$(npm run --silent env)"; eval "$(npm run --silent env -- --unset)"; ' +
        'echo "${FILES_URL-none} ${AWS_ENDPOINT_URL-none}"',
    );
    expect(stdout.trim()).toBe("none none");
  });
});

it.skipIf(target.kind !== "local")("npm run --silent output prints one value for a shell", async () => {
  const { stdout, output } = await shell('echo "<$(npm run --silent output -- frontend api_url)>"');
  expect(stdout.trim().replace("/>", ">"), output).toBe(`<${target.apiUrl}>`);
});

describe.skipIf(target.kind !== "local")("npm run logs", () => {
  it("lists the log groups", async () => {
    const { code, stdout, output } = await npm("logs");
    expect(code, output).toBe(0);
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["api", "postgres-init", "shout"]));
  });

  it("prints the newest events of a function, also by its whole name and as JSON", async () => {
    const { code, stdout, output } = await npm("logs", "--", "postgres-init");
    expect(code, output).toBe(0);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*platform\.report/m);
    const json = await npm("logs", "--", "--json", `/aws/lambda/${target.prefix}-postgres-init`, "--since", "1d");
    const messages = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { message: string });
    expect(messages.map(({ message }) => message).join("\n")).toContain("platform.report");
  });

  it("filters events", async () => {
    const { stdout } = await npm("logs", "--", "postgres-init", "--filter", '"platform.report"');
    const lines = stdout.trim().split("\n");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.includes("platform.report"))).toEqual([]);
  });

  it("suggests a name", async () => {
    const { code, output } = await npm("logs", "--", "apu");
    expect(code).toBe(2);
    expect(output).toContain('There is no function, log group or saved query "apu". Did you mean "api"?');
  });

  it("follows a log until Ctrl-C", async () => {
    const args = ["run", "--silent", "logs", "--", "shout", "--follow"];
    // A process group of its own can be sent a signal, as a terminal does on Ctrl-C.
    const child = spawn("npm", args, { cwd: ROOT, env: { ...process.env, ...variables }, detached: true });
    const lines: string[] = [];
    const reports = () => lines.filter((line) => line.includes("platform.report")).length;
    const shout = () => fetch(target.shoutUrl ?? "", { method: "POST", body: '{"data":"hello"}' });
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    const exited = new Promise((resolve) => child.once("exit", resolve));
    try {
      await shout();
      await expect.poll(reports).toBeGreaterThan(0);
      const before = reports();
      await shout();
      await expect.poll(reports).toBeGreaterThan(before);
    } finally {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    }
    await exited;
  });
});
