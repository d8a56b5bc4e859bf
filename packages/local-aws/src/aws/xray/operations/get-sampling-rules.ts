import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { SAMPLING_RULE } from "../sampling-rule.ts";

export const getSamplingRules =
  () =>
  (_: RestInput, call: Call): object => {
    call.authorize("xray:GetSamplingRules", "*");
    return { SamplingRuleRecords: [{ SamplingRule: SAMPLING_RULE, CreatedAt: 0, ModifiedAt: 0 }] };
  };
