import { type MessageFilter, parseFilterPattern } from "../../aws/logs/filter-pattern.ts";
import { block, optionalText } from "../../provider/attributes.ts";
import type { DashboardSources } from "../sources.ts";
import type { LogEventView, LogGroupView, LogsView } from "../views.ts";
import { matches, type Page } from "./page.ts";

const MAX_EVENTS = 500;

/** The log groups and, live, what is written to one of them or to all. */
export function logsPage({ logs, records }: Pick<DashboardSources, "logs" | "records">): Page<LogsView, LogEventView> {
  const groupViews = (): LogGroupView[] => {
    const functions = functionsByGroup(records);
    return logs.groups().map(({ name, retentionInDays }) => ({
      name,
      functionName: functions.get(name),
      retentionInDays,
      lastWrittenAt: logs.lastWrittenAt(name),
    }));
  };
  return {
    read(query) {
      const filter = filterOf(query.get("q"));
      const chosen = query.get("group") ?? "";
      const groups = chosen === "" ? logs.groups().map(({ name }) => name) : [chosen];
      const events = groups
        .flatMap((group) =>
          logs.streams(group).flatMap(({ name: stream }) =>
            logs
              .events(group, stream)
              .filter(({ message }) => filter(message))
              .map(({ timestamp, message }) => eventView(timestamp, group, stream, message)),
          ),
        )
        .sort((a, b) => a.at - b.at);
      return { groups: groupViews(), events: events.slice(-MAX_EVENTS), truncated: events.length > MAX_EVENTS };
    },
    follow(query, add) {
      const filter = filterOf(query.get("q"));
      const chosen = query.get("group") ?? "";
      return logs.follow((group, stream, events) => {
        if (chosen !== "" && chosen !== group) return;
        for (const { timestamp, message } of events) {
          if (filter(message)) add(eventView(timestamp, group, stream, message));
        }
      });
    },
  };
}

/** Words in any case; `{ $.level = "ERROR" }` and quoted terms as CloudWatch Logs has them. */
function filterOf(term: string | null): MessageFilter {
  const text = term?.trim() ?? "";
  return /^[{["%?-]/.test(text) ? parseFilterPattern(text) : (message) => matches(text, message);
}

function eventView(at: number, group: string, stream: string, message: string): LogEventView {
  return { at, group, stream, message: message.trimEnd(), level: levelOf(message) };
}

const LEVEL = /^.{0,80}?\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b/;

/** From JSON logs, and from a word at the beginning of others. */
function levelOf(message: string): LogEventView["level"] {
  const found = /"level"\s*:\s*"(\w+)"/.exec(message)?.[1] ?? LEVEL.exec(message)?.[1];
  switch (found?.toUpperCase()) {
    case "TRACE":
    case "DEBUG":
      return "debug";
    case "INFO":
      return "info";
    case "WARN":
    case "WARNING":
      return "warn";
    case "ERROR":
    case "FATAL":
    case "CRITICAL":
      return "error";
    default:
      return undefined;
  }
}

function functionsByGroup(records: DashboardSources["records"]): Map<string, string> {
  return new Map(
    records.ofType("aws_lambda_function").map(({ attributes }) => {
      const name = String(attributes.function_name);
      return [optionalText(block(attributes.logging_config).log_group) ?? `/aws/lambda/${name}`, name];
    }),
  );
}
