import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { Rules } from "../rules.ts";
import type { Target } from "../target.ts";
import { findRule } from "./find-rule.ts";

interface Input extends PageInput {
  readonly Rule: string;
  readonly EventBusName?: string;
}

export const listTargetsByRule =
  (rules: Rules) =>
  ({ Rule: name, EventBusName, ...input }: Input, call: Call): object => {
    const rule = findRule(rules, call, "events:ListTargetsByRule", name, EventBusName);
    const { page, next } = paginate(rules.targetsOf(rule), pageOptions(input));
    return { Targets: page.map(describe), NextToken: next };
  };

function describe({ id, arn, roleArn, input, inputPath, transformer, deadLetterArn }: Target): object {
  return {
    Id: id,
    Arn: arn,
    RoleArn: roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer && { InputPathsMap: transformer.paths, InputTemplate: transformer.template },
    DeadLetterConfig: deadLetterArn && { Arn: deadLetterArn },
  };
}
