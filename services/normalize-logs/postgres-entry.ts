import type { LakeEntry } from "./columns.ts";

/** What follows are values of parameters, statements and explanations. */
const SEVERITIES = new Set(["LOG", "WARNING", "ERROR", "FATAL", "PANIC"]);

/**
 * The row of a line in the log of PostgreSQL: severity, duration, and the message without quoted values. Undefined for
 * lines with statements and values of parameters.
 */
export function postgresEntry(line: string): LakeEntry | undefined {
  const [, severity = "", content = ""] = /(?:^|[:\]\s])([A-Z]{3,9}):\s+(.*)/.exec(line) ?? [];
  if (!SEVERITIES.has(severity)) return undefined;
  const entry = { service: "postgres", level: severity === "LOG" ? "INFO" : severity };
  const [, duration] = /^duration: ([\d.]+) ms/.exec(content) ?? [];
  if (duration !== undefined) return { ...entry, message: "Statement", milliseconds: Number(duration) };
  if (/^(statement|execute\b.*|parse\b.*|bind\b.*):/.test(content)) return { ...entry, message: "Statement" };
  return { ...entry, message: content.replace(/"[^"]*"/g, '"…"').replace(/'[^']*'/g, "'…'") };
}
