import * as v from "valibot";

/** An unusual cost that AWS Cost Anomaly Detection has found. */
export interface CostAnomaly {
  readonly monitor: string;
  readonly service: string;
  /** The first day, as AWS writes it: `2026-11-27T00:00:00Z`. */
  readonly since: string;
  /** US dollars. */
  readonly actual: number;
  readonly expected: number;
  /** The largest first. */
  readonly causes: readonly string[];
  readonly details: string | undefined;
}

const text = v.nullish(v.string(), "");

/**
 * The members in use of a message of AWS Cost Anomaly Detection:
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Anomaly.html
 */
const schema = v.object({
  anomalyId: v.string(),
  monitorName: v.string(),
  dimensionalValue: text,
  anomalyStartDate: v.string(),
  impact: v.object({ totalActualSpend: v.number(), totalExpectedSpend: v.number() }),
  rootCauses: v.nullish(v.array(v.object({ service: text, region: text, usageType: text })), []),
  anomalyDetailsLink: v.nullish(v.pipe(v.string(), v.startsWith("https://"))),
});

/** @returns undefined for another message. */
export function parseCostAnomaly(message: unknown): CostAnomaly | undefined {
  const { success, output } = v.safeParse(schema, message);
  if (!success) return undefined;
  const causes = output.rootCauses.map(({ service, region, usageType }) =>
    [service, usageType, region].filter((part) => part !== "").join(", "),
  );
  return {
    monitor: output.monitorName,
    service: output.dimensionalValue || output.rootCauses[0]?.service || "AWS",
    since: output.anomalyStartDate,
    actual: output.impact.totalActualSpend,
    expected: output.impact.totalExpectedSpend,
    causes: causes.filter((cause) => cause !== ""),
    details: output.anomalyDetailsLink ?? undefined,
  };
}
