/** Values of a metric that are kept for percentiles; beyond it, a random sample of them. */
const MAX_SAMPLES = 20;

/** The values of a metric in a time range, in bounded memory. */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** All values, or a sample of them, from which percentiles are computed. */
  readonly samples: readonly WeightedValue[];
}

interface WeightedValue {
  readonly value: number;
  /** The number of values that it stands for. */
  readonly weight: number;
}

/** Values that arrive one by one. */
export class Values {
  #count = 0;
  #sum = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  readonly #samples: number[] = [];

  add(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    if (this.#samples.length < MAX_SAMPLES) this.#samples.push(value);
    else {
      const place = Math.floor(Math.random() * this.#count);
      if (place < MAX_SAMPLES) this.#samples[place] = value;
    }
  }

  summary(): Summary {
    const weight = this.#count / this.#samples.length;
    return {
      count: this.#count,
      sum: this.#sum,
      minimum: this.#minimum,
      maximum: this.#maximum,
      samples: this.#samples.map((value) => ({ value, weight })),
    };
  }
}

/** @returns undefined when there are no values. */
export function merge(summaries: readonly Summary[]): Summary | undefined {
  if (summaries.length === 0) return undefined;
  return {
    count: summaries.reduce((total, { count }) => total + count, 0),
    sum: summaries.reduce((total, { sum }) => total + sum, 0),
    minimum: Math.min(...summaries.map(({ minimum }) => minimum)),
    maximum: Math.max(...summaries.map(({ maximum }) => maximum)),
    samples: summaries.flatMap(({ samples }) => samples),
  };
}

/** The same with fewer values for percentiles: equal ones together, and then neighbors together. */
export function thin(summary: Summary): Summary {
  const samples: WeightedValue[] = [];
  for (const { value, weight } of summary.samples.toSorted((one, other) => one.value - other.value)) {
    const last = samples.at(-1);
    if (last?.value === value) samples[samples.length - 1] = { value, weight: last.weight + weight };
    else samples.push({ value, weight });
  }
  const size = Math.ceil(samples.length / MAX_SAMPLES);
  const groups = Array.from({ length: Math.ceil(samples.length / size) }, (_, index) =>
    samples.slice(index * size, (index + 1) * size),
  );
  return {
    ...summary,
    samples: groups.map((group) => ({
      value: group[Math.floor(group.length / 2)]?.value ?? 0,
      weight: group.reduce((total, { weight }) => total + weight, 0),
    })),
  };
}
