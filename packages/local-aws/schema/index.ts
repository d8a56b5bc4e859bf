/** The schema of hashicorp/aws, the planning functions of the local provider, and the real provider for comparison. */

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
