/**
 * The supported settings of a service unit:
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export interface SystemdUnit {
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly string[];
  /** The file that the output is appended to. */
  readonly output: string | undefined;
  readonly restarts: boolean;
  /** Seconds. */
  readonly restartDelay: number;
}

export function parseUnit(text: string): SystemdUnit {
  const settings = serviceSection(text);
  const last = (key: string): string | undefined => settings.filter(([name]) => name === key).at(-1)?.[1];
  const all = (key: string): string[] => settings.filter(([name]) => name === key).map(([, value]) => value);
  return {
    command: (last("ExecStart") ?? "").split(/\s+/).filter(Boolean),
    workingDirectory: last("WorkingDirectory") ?? "/",
    environment: parseVariables(all("Environment").flatMap((line) => line.split(/\s+/))),
    environmentFiles: all("EnvironmentFile"),
    output: /^(?:append|file|truncate):(.+)$/.exec(last("StandardOutput") ?? "")?.[1],
    restarts: ["always", "on-failure"].includes(last("Restart") ?? "no"),
    restartDelay: Number.parseFloat(last("RestartSec") ?? "0.1"),
  };
}

/** Parses lines of the form `NAME=value`, as in an environment file. */
export function parseVariables(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines
      .map((line) => line.trim())
      .filter((line) => line.includes("=") && !line.startsWith("#"))
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}

function serviceSection(text: string): [string, string][] {
  const [, section = ""] = /^\[Service\]$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text) ?? [];
  return section
    .split("\n")
    .filter((line) => /^\w+=/.test(line))
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
}
