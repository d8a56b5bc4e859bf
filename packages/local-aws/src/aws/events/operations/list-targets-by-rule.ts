import type { Call } from "../../../gateway/protocol.ts";
import type { Rules } from "../rules.ts";
import type { Target } from "../target.ts";
import { findRule } from "./find-rule.ts";
import { type PageInput, paginate } from "./page.ts";

interface Input extends PageInput {
  readonly Rule: string;
  readonly EventBusName?: string;
}

export const listTargetsByRule =
  (rules: Rules) =>
  ({ Rule: name, EventBusName, ...input }: Input, call: Call): object => {
    const rule = findRule(rules, call, "events:ListTargetsByRule", name, EventBusName);
    const { page, NextToken } = paginate(rules.targetsOf(rule), input);
    return { Targets: page.map(describe), NextToken };
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
