import type { Status } from "../command-line/terminal/symbols.ts";
import type { TerraformEvent } from "../terraform/terraform.ts";

/** A stack whose work is shown. */
export interface BoardStack {
  readonly name: string;
  /** The number of its resources, where it is known. */
  readonly resources?: number | undefined;
}

/** Resources that an apply has added, changed and destroyed. A replaced one was destroyed and added. */
export interface AppliedChanges {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

export interface BoardRow extends BoardStack {
  status: Status;
  text: string;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** Of the plan that is being applied. */
  planned: number;
  applied: number;
  /** Undefined until something was applied. */
  changes: AppliedChanges | undefined;
}

/** The state of each stack while a command works on all of them. */
export class StackBoard {
  readonly rows: readonly BoardRow[];
  readonly startedAt: number;
  readonly #now: () => number;

  constructor(stacks: readonly BoardStack[], now: () => number) {
    this.#now = now;
    this.startedAt = now();
    this.rows = stacks.map((stack) => ({
      ...stack,
      status: "waiting",
      text: "waiting",
      startedAt: undefined,
      endedAt: undefined,
      planned: 0,
      applied: 0,
      changes: undefined,
    }));
  }

  get isComplete(): boolean {
    return this.rows.every(({ endedAt }) => endedAt !== undefined);
  }

  row(stack: string): BoardRow {
    const row = this.rows.find(({ name }) => name === stack);
    if (!row) throw new Error(`There is no stack "${stack}".`);
    return row;
  }

  begin(stack: string, phase: string): void {
    const row = this.row(stack);
    row.startedAt ??= this.#now();
    row.status = "running";
    row.text = phase;
  }

  event(stack: string, { type, changes }: TerraformEvent): void {
    const row = this.row(stack);
    if (type === "change_summary" && changes?.operation === "plan") {
      row.planned = changes.add + changes.change + changes.remove;
      row.applied = 0;
      if (row.planned > 0) row.text = plannedText(changes);
    } else if (type === "change_summary" && changes) {
      row.changes = sumOf(row.changes, changes);
    } else if (type === "apply_start" || type === "apply_complete") {
      if (row.planned === 0) return; // Data sources are read during the plan.
      if (type === "apply_complete") row.applied += 1;
      row.text = `applying ${Math.min(row.applied + 1, row.planned)} of ${row.planned}`;
    }
  }

  end(stack: string, status: Status, text: string): void {
    const row = this.row(stack);
    row.status = status;
    row.text = text;
    row.endedAt = this.#now();
  }

  /** Milliseconds that the work on a stack took until now; undefined before it has begun. */
  elapsed({ startedAt, endedAt }: BoardRow): number | undefined {
    return startedAt === undefined ? undefined : (endedAt ?? this.#now()) - startedAt;
  }
}

function sumOf(earlier: AppliedChanges | undefined, { add, change, remove }: AppliedChanges): AppliedChanges {
  const { add: added = 0, change: changed = 0, remove: removed = 0 } = earlier ?? {};
  return { add: added + add, change: changed + change, remove: removed + remove };
}

/** `2 to add, 1 to destroy`. */
function plannedText({ add, change, remove }: NonNullable<TerraformEvent["changes"]>): string {
  const parts = [`${add} to add`, `${change} to change`, `${remove} to destroy`];
  return parts.filter((part) => !part.startsWith("0 ")).join(", ");
}
