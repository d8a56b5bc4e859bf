import type { FunctionFailure } from "../../runtime/traffic.ts";
import type { NumberedRequest } from "../request-log.ts";
import type { DashboardSources } from "../sources.ts";
import type { FailureView, RequestsItem, RequestsView, RequestView } from "../views.ts";
import { matches, type Page } from "./page.ts";

type Sources = Pick<DashboardSources, "requests" | "records">;

/** The most recent requests to the deployment, and new ones when they have been answered. */
export function requestsPage(sources: Sources): Page<RequestsView, RequestsItem> {
  const { requests } = sources;
  return {
    read(query) {
      return {
        requests: requestViews(sources).filter((request) => isChosen(query, request)),
        failures: requests.failures().map(failureView),
      };
    },
    follow(query, add) {
      return requests.follow({
        request(served) {
          const request = requestView(served, sources.records);
          if (isChosen(query, request)) add({ request });
        },
        failure: (failure) => add({ failure: failureView(failure) }),
      });
    },
  };
}

/** Newest first. */
export function requestViews({ requests, records }: Sources, maximum?: number): RequestView[] {
  return requests
    .requests()
    .slice(0, maximum)
    .map((request) => requestView(request, records));
}

export function failureView({ requestId, failedAt, functionName, errorType, message }: FunctionFailure): FailureView {
  return { id: requestId, at: failedAt, functionName: withoutQualifier(functionName), errorType, message };
}

function requestView(request: NumberedRequest, records: DashboardSources["records"]): RequestView {
  const { number, receivedAt, method, path, status, duration, entrance, servedBy, cloudFrontId } = request;
  const name = withoutQualifier(servedBy ?? "");
  const isFunction = records.ofType("aws_lambda_function").some(({ attributes }) => attributes.function_name === name);
  return {
    id: number,
    at: receivedAt,
    method,
    path,
    status,
    milliseconds: duration,
    entrance: entranceName(request, records),
    fromCloudFront: entrance !== "cloudfront" && cloudFrontId !== undefined,
    servedBy,
    functionName: isFunction ? name : undefined,
  };
}

/** The name that the configuration gives to an API or distribution, which has only an ID in requests. */
function entranceName({ entrance, name }: NumberedRequest, records: DashboardSources["records"]): string {
  const named = (type: string, attribute: string): string => {
    const record = records.ofType(type).find(({ attributes }) => attributes.id === name);
    return String(record?.attributes[attribute] || name);
  };
  if (entrance === "api-gateway") return named("aws_apigatewayv2_api", "name");
  return entrance === "cloudfront" ? named("aws_cloudfront_distribution", "comment") : name;
}

/** `resize:live` → `resize`. */
function withoutQualifier(functionName: string): string {
  return functionName.split(":")[0] ?? functionName;
}

function isChosen(query: URLSearchParams, { method, path, status, entrance, servedBy }: RequestView): boolean {
  const isWanted = query.get("failed") === null || status === undefined || status >= 400;
  return isWanted && matches(query.get("q"), `${method} ${path}`, String(status ?? ""), entrance, servedBy);
}
