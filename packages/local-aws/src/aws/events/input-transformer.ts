import type { BusEvent } from "./event.ts";
import { valueAt } from "./json-path.ts";

/**
 * Replaces the `<name>` variables of a template with values of the event, and the predefined variables
 * (`<aws.events.rule-name>`). Within double quotes a value is inserted as text, elsewhere as JSON. A missing value is
 * inserted as an empty text or as null.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transform(
  template: string,
  paths: Readonly<Record<string, string>>,
  event: BusEvent,
  ruleArn: string,
): string {
  const predefined: Readonly<Record<string, unknown>> = {
    "aws.events.rule-arn": ruleArn,
    "aws.events.rule-name": ruleArn.split("/").at(-1),
    "aws.events.event.ingestion-time": event.time,
    "aws.events.event": { ...event, detail: undefined },
    "aws.events.event.json": event,
  };
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (token, name?: string) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined) return token;
    const path = paths[name];
    if (path === undefined && !(name in predefined)) return token;
    const value = path === undefined ? predefined[name] : valueAt(event, path);
    return quoted ? inQuotes(value) : JSON.stringify(value ?? null);
  });
}

function inQuotes(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
