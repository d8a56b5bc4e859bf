import { block, number } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html */
export const DEFAULT_RECOVERY_PERIOD_DAYS = 35;

/** Settings of a table that the engine does not support, and that are recorded only. */
export interface TableSettings {
  readonly pointInTimeRecovery: boolean;
  readonly recoveryPeriodDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

export function tableSettings(attributes: Attributes): TableSettings {
  const recovery = block(attributes.point_in_time_recovery);
  return {
    pointInTimeRecovery: recovery.enabled === true,
    recoveryPeriodDays: number(recovery.recovery_period_in_days, DEFAULT_RECOVERY_PERIOD_DAYS),
    tags: (attributes.tags_all ?? {}) as Record<string, string>,
  };
}
