import { OBJECTIVE_DAYS } from "../../stacks/slo/objective.ts";
import { table } from "../command-line/table.ts";
import type { Measured, ObjectiveStatus } from "./measure-objectives.ts";

/** The status of an objective in percent; undefined without requests. */
export interface BudgetStatus {
  /** Of good requests. */
  readonly good: number | undefined;
  /** Of the error budget that remains; negative when more is spent. */
  readonly remaining: number | undefined;
  /** How fast the budget is spent now: 1 spends it exactly within its days. */
  readonly burnRate: number | undefined;
}

export function budgetStatus({ objective, days, recent }: ObjectiveStatus): BudgetStatus {
  const badPercentage = ({ requests, bad }: Measured) => (requests === 0 ? undefined : (100 * bad) / requests);
  const allowed = 100 - objective.target;
  const bad = badPercentage(days);
  const badNow = badPercentage(recent);
  return {
    good: bad === undefined ? undefined : 100 - bad,
    remaining: bad === undefined ? undefined : 100 * (1 - bad / allowed),
    burnRate: badNow === undefined ? undefined : badNow / allowed,
  };
}

/** One line per objective, and what the columns mean. */
export function renderSlo(environment: string, statuses: readonly ObjectiveStatus[]): string {
  const head = ["system", "objective", "target", "requests", "bad", "good", "budget left", "burn rate"];
  const rows = statuses.map((status) => {
    const { objective, days } = status;
    const { good, remaining, burnRate } = budgetStatus(status);
    return [
      objective.system,
      objective.good,
      percent(objective.target),
      days.requests.toLocaleString("en-US"),
      Math.round(days.bad).toLocaleString("en-US"),
      percent(good, 3),
      percent(remaining, 0),
      burnRate === undefined ? "–" : `${decimal(burnRate, 1)} ×`,
    ];
  });
  return [
    `${environment}: service level objectives of ${OBJECTIVE_DAYS} days`,
    table(head, rows, ["left", "left", "right", "right", "right", "right", "right", "right"]),
    "burn rate: of the last one to two hours. With 1 ×, the error budget lasts exactly " +
      `${OBJECTIVE_DAYS} days.${environment === "local" ? " The local AWS keeps metrics for three hours." : ""}`,
  ].join("\n\n");
}

const percent = (value: number | undefined, digits = 2): string =>
  value === undefined ? "–" : `${decimal(value, digits)} %`;

const decimal = (value: number, digits: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: digits });
