import { apiSource, balancerSource, errorIndicator, latencyIndicator } from "./indicators.ts";
import type { Objective } from "./objective.ts";

/** The systems, by the names that CloudWatch uses; undefined without the system. */
export interface MeasuredSystems {
  readonly files: MeasuredApi;
  readonly hello: MeasuredApi | undefined;
  readonly releases: MeasuredApi | undefined;
  readonly shout: MeasuredBalancer | undefined;
  readonly sum: MeasuredBalancer | undefined;
}

interface Measured {
  readonly errorsAlarm: string | undefined;
}

export interface MeasuredApi extends Measured {
  readonly apiId: string;
  readonly stage: string;
}

export interface MeasuredBalancer extends Measured {
  readonly loadBalancer: string;
}

/** The objectives of a system. */
interface Targets {
  readonly availability: { readonly percentage: number };
  /** `limit` is in milliseconds. */
  readonly latency: { readonly percentage: number; readonly limit: number };
}

/** An availability of 99.9 % allows 43 minutes without service in 30 days. */
const targets = {
  // Uploads and downloads of several megabytes are requests too.
  files: { availability: { percentage: 99.9 }, latency: { percentage: 95, limit: 1_000 } },
  hello: { availability: { percentage: 99.9 }, latency: { percentage: 99, limit: 500 } },
  releases: { availability: { percentage: 99.9 }, latency: { percentage: 99, limit: 500 } },
  // SHOUTCLOUD promises nothing.
  shout: { availability: { percentage: 99 }, latency: { percentage: 95, limit: 2_000 } },
  sum: { availability: { percentage: 99.9 }, latency: { percentage: 99, limit: 500 } },
} as const satisfies Record<keyof MeasuredSystems, Targets>;

/** The availability and the latency that each system of the environment promises. */
export function objectivesOf(systems: MeasuredSystems): Objective[] {
  return (Object.keys(targets) as (keyof MeasuredSystems)[]).flatMap((system) => {
    const measured = systems[system];
    return measured === undefined ? [] : systemObjectives(system, measured, targets[system]);
  });
}

function systemObjectives(
  system: keyof MeasuredSystems,
  measured: MeasuredApi | MeasuredBalancer,
  { availability, latency }: Targets,
): Objective[] {
  const name = `${system[0]?.toUpperCase()}${system.slice(1)}`;
  const source =
    "apiId" in measured ? apiSource(measured.apiId, measured.stage) : balancerSource(measured.loadBalancer);
  const common = { system, suppressedBy: measured.errorsAlarm };
  return [
    {
      ...common,
      id: `${name}Availability`,
      kind: "availability",
      good: "answered without a 5xx status",
      target: availability.percentage,
      indicator: errorIndicator(source),
    },
    {
      ...common,
      id: `${name}Latency`,
      kind: "latency",
      good: `answered within ${latency.limit} ms`,
      target: latency.percentage,
      indicator: latencyIndicator(source, latency.limit),
    },
  ];
}
