import { arn } from "../../runtime/account.ts";

/** The name that AWS gives the rule for all requests without another rule. */
export const DEFAULT_RULE = "Default";

/** Locally every request is sampled: one request per second and five percent, as on AWS, would hide most of them. */
export const SAMPLING_RULE = {
  RuleName: DEFAULT_RULE,
  RuleARN: arn("xray", `sampling-rule/${DEFAULT_RULE}`),
  ResourceARN: "*",
  Priority: 10_000,
  FixedRate: 1,
  ReservoirSize: 1,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  Version: 1,
  Attributes: {},
};
