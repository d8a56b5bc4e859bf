/** The schema of hashicorp/aws, what the local provider plans by it, and the real provider to compare with. */

export { type CtyType, fromJson, type ObjectValue } from "../src/provider/cty.ts";
export { planResource, replacedBy } from "../src/provider/plan.ts";
export { readSchema } from "../src/provider/schema/aws.ts";
export {
  type Attribute,
  attributeType,
  type Block,
  blockType,
  type NestedBlock,
  type ProviderSchema,
  type Schema,
} from "../src/provider/schema.ts";
export { findPluginMirror, type PluginMirror } from "./plugin-mirror.ts";
export { RealProvider } from "./real-provider.ts";
