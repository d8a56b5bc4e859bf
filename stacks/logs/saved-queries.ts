/** A question about the logs, saved in Athena and asked by `npm run logs -- <environment> <name>`. */
export interface SavedQuery {
  readonly name: string;
  readonly description: string;
  /** In the dialect of Athena; see docs/logs.md. */
  readonly statement: string;
}

/** The partitions of the last days, so that a query reads no others. */
const since = (days: number, table = ""): string =>
  `${table}day >= date_format(current_date - interval '${days}' day, '%Y-%m-%d')`;

/**
 * USD per GB-second of Lambda on ARM and per million requests of Lambda (0.20) and an HTTP API (1.00):
 * https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/api-gateway/pricing/
 */
const PRICES = { gigabyteSecond: "0.0000133334", request: "0.0000012" } as const;

export const savedQueries: readonly SavedQuery[] = [
  {
    name: "slowest",
    description: "The slowest requests of the last 7 days",
    statement: `select time, service, route, status, milliseconds, request_id
from entries
where message = 'Request' and ${since(7)}
order by milliseconds desc
limit 20`,
  },
  {
    name: "errors",
    description: "Errors of the last 7 days by service and code, with the newest request of each",
    statement: `select service, coalesce(code, error_name, message) as code, count(*) as errors,
  max(time) as last_time, max_by(request_id, time) as last_request_id, max_by(error_message, time) as last_message
from entries
where level in ('ERROR', 'FATAL', 'PANIC') and ${since(7)}
group by service, coalesce(code, error_name, message)
order by errors desc`,
  },
  {
    name: "audit",
    description: "The changes of the last 30 days, newest first",
    statement: `select time, user_name, action, target, outcome, code
from entries
where message = 'Audit' and ${since(30)}
order by time desc
limit 100`,
  },
  {
    name: "deletions",
    description: "Deletions of the last 30 days by user",
    statement: `select user_name, outcome, count(*) as deletions, max(time) as last_time
from entries
where message = 'Audit' and action like 'delete%' and ${since(30)}
group by user_name, outcome
order by deletions desc`,
  },
  {
    name: "client-errors",
    description: "Responses with a 4xx status of the last 7 days by user",
    statement: `select coalesce(user_name, '-') as user_name, status, count(*) as responses, max(time) as last_time
from entries
where message = 'Request' and status between 400 and 499 and ${since(7)}
group by coalesce(user_name, '-'), status
order by responses desc`,
  },
  {
    name: "cost",
    description: "The cost of Lambda and API Gateway of the last 30 days by route, in USD at list prices",
    statement: `select request.service, request.route, count(*) as requests,
  round(avg(report.billed_milliseconds), 1) as billed_milliseconds,
  round(sum(report.billed_milliseconds * report.memory_mb / 1024.0 / 1000.0 * ${PRICES.gigabyteSecond}
    + ${PRICES.request}), 6) as usd
from entries request
join entries report on report.function_request_id = request.function_request_id
where request.message = 'Request' and report.message = 'Report'
  and ${since(30, "request.")} and ${since(30, "report.")}
group by request.service, request.route
order by usd desc`,
  },
  {
    name: "rejected",
    description: "Rejected traffic of this and the last month by source and port",
    statement: `select srcaddr, dstaddr, dstport, protocol, sum(packets) as packets, count(*) as flows
from rejected_traffic
where year * 12 + month >= extract(year from current_date) * 12 + extract(month from current_date) - 1
group by srcaddr, dstaddr, dstport, protocol
order by packets desc
limit 50`,
  },
];
