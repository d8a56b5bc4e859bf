import { parseArgs } from "node:util";
import { openAws } from "../tools/aws/open-aws.ts";
import { Releases } from "../tools/release/releases.ts";
import { renderRelease, renderStatus } from "../tools/release/render.ts";

/** `npm run release -- <command>`: moves the stages of the Releases system from version to version. */
const USAGE = `usage: npm run release -- <command>
  status [--json]                            what each stage serves, and the artifact of each version
  promote <stage> [<version>]                all requests to a version (its canary's, else that of the stage before)
  canary <stage> [<version>] --weight <n>    n percent of the requests; an alarm takes it back by itself
  rollback <stage> [<version>]               out of a canary, or to the version before, or to the one that is named
  history <stage>                            who moved it, when and from where to where
  prune [--keep <n>]                         deletes versions that no stage serves or would go back to, but the newest n (5)

On the running local deployment, or on the environment in NV_DEMO_ENVIRONMENT with the shell's credentials.`;

const DEFAULT_KEEP = 5;
/** stage and version, as each command takes them. */
const OPERANDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  status: [0, 0],
  promote: [1, 2],
  canary: [1, 2],
  rollback: [1, 2],
  history: [1, 1],
  prune: [0, 0],
};

process.exit(await main());

async function main(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { weight: { type: "string" }, keep: { type: "string" }, json: { type: "boolean" } },
    });
    const [command = "", ...operands] = positionals;
    const [least, most] = OPERANDS[command] ?? [Number.POSITIVE_INFINITY, 0];
    if (operands.length < least || operands.length > most || (command === "canary" && values.weight === undefined)) {
      console.error(USAGE);
      return 2;
    }
    return await run(command, operands, values);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

interface Options {
  readonly weight?: string | undefined;
  readonly keep?: string | undefined;
  readonly json?: boolean | undefined;
}

async function run(command: string, [stage = "", version]: readonly string[], options: Options): Promise<number> {
  const releases = new Releases(await openAws());
  switch (command) {
    case "status": {
      const status = await releases.status();
      console.log(options.json ? JSON.stringify(status) : renderStatus(status));
      break;
    }
    case "promote":
      console.log(renderRelease(await releases.promote(stage, version)));
      break;
    case "canary":
      console.log(renderRelease(await releases.canary(stage, Number(options.weight) / 100, version)));
      break;
    case "rollback":
      console.log(renderRelease(await releases.rollback(stage, version)));
      break;
    case "history":
      for (const release of await releases.history(stage)) console.log(renderRelease(release));
      break;
    default: {
      const pruned = await releases.prune(options.keep === undefined ? DEFAULT_KEEP : wholeNumber(options.keep));
      console.log(pruned.length > 0 ? `Deleted the versions ${pruned.join(", ")}.` : "There is nothing to delete.");
    }
  }
  return 0;
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new TypeError("--keep takes a whole number.");
}
