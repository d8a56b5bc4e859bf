import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCostAnomaly } from "./cost-anomaly.ts";
import { anomalyMessage } from "./cost-message.ts";
import { costAnomaly } from "./testing/cost-anomaly.ts";

it("reads a message of AWS Cost Anomaly Detection", () => {
  expect(parseCostAnomaly(costAnomaly())).toEqual({
    monitor: "nv-demo-dev-services",
    service: "AWS Lambda",
    since: "2026-11-27T00:00:00Z",
    actual: 31.5,
    expected: 1.25,
    causes: ["AWS Lambda, Lambda-GB-Second, us-east-1", "AWS Lambda"],
    details: "https://console.aws.amazon.com/cost-management/home#/anomaly-detection/monitors/m/anomalies/a",
  });
});

it("needs neither causes nor a link", () => {
  const { rootCauses: _, anomalyDetailsLink: __, dimensionalValue: ___, ...message } = costAnomaly();
  const anomaly = parseCostAnomaly(message);
  expect(anomaly).toMatchObject({ service: "AWS", causes: [], details: undefined });
  expect(JSON.stringify(anomaly && anomalyMessage(anomaly))).toContain("anomaly-detection/overview|Details>");
});

it("is undefined for any other message", () => {
  expect(parseCostAnomaly({ ...costAnomaly(), impact: {} })).toBeUndefined();
  fc.assert(fc.property(fc.jsonValue(), (message) => parseCostAnomaly(message) === undefined));
});
