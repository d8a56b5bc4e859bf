import { block, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import type { BusEvent } from "./event.ts";
import { transform } from "./input-transformer.ts";
import { valueAt } from "./json-path.ts";
import { busName } from "./rule.ts";

/** A target of a rule, with the input that it receives. */
export interface Target {
  readonly id: string;
  readonly rule: string;
  readonly bus: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  /** JSON that replaces the event. */
  readonly input: string | undefined;
  /** The part of the event that is sent. */
  readonly inputPath: string | undefined;
  readonly transformer: { readonly paths: Readonly<Record<string, string>>; readonly template: string } | undefined;
  readonly deadLetterArn: string | undefined;
}

export function parseTarget(attributes: Attributes): Target {
  const transformer = block(attributes.input_transformer);
  const template = optionalText(transformer.input_template);
  return {
    id: text(attributes.target_id),
    rule: text(attributes.rule),
    bus: busName(text(attributes.event_bus_name)),
    arn: text(attributes.arn),
    roleArn: optionalText(attributes.role_arn),
    input: optionalText(attributes.input),
    inputPath: optionalText(attributes.input_path),
    transformer:
      template === undefined
        ? undefined
        : { paths: (transformer.input_paths ?? {}) as Record<string, string>, template },
    deadLetterArn: optionalText(block(attributes.dead_letter_config).arn),
  };
}

/** The payload for the target: JSON, unless the template of a transformer is not. */
export function payloadFor({ input, inputPath, transformer }: Target, event: BusEvent, ruleArn: string): string {
  if (input !== undefined) return input;
  if (inputPath !== undefined) return JSON.stringify(valueAt(event, inputPath) ?? null);
  if (transformer) return transform(transformer.template, transformer.paths, event, ruleArn);
  return JSON.stringify(event);
}
