/**
 * The messages of Terraform's plugin protocol, version 6, as `name:type=number` per field: `*` repeated, `map<…>` a map
 * with string keys. Names in a dotted key are nested. The protocol: https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
export const messages: Readonly<Record<string, string>> = {
  DynamicValue: "msgpack:bytes=1 json:bytes=2",
  Diagnostic: "severity:Severity=1 summary:string=2 detail:string=3 attribute:AttributePath=4",
  AttributePath: "steps:*Step=1",
  "AttributePath.Step": "attribute_name:string=1 element_key_string:string=2 element_key_int:int64=3",
  RawState: "json:bytes=1 flatmap:map<string>=2",
  ServerCapabilities: "plan_destroy:bool=1 get_provider_schema_optional:bool=2 move_resource_state:bool=3",
  ClientCapabilities: "deferral_allowed:bool=1 write_only_attributes_allowed:bool=2",

  Schema: "version:int64=1 block:Block=2",
  "Schema.Block": "version:int64=1 attributes:*Attribute=2 block_types:*NestedBlock=3 deprecated:bool=6",
  "Schema.Attribute":
    "name:string=1 type:bytes=2 nested_type:Object=10 required:bool=4 optional:bool=5 computed:bool=6 sensitive:bool=7 deprecated:bool=9 write_only:bool=11",
  "Schema.NestedBlock": "type_name:string=1 block:Block=2 nesting:NestingMode=3 min_items:int64=4 max_items:int64=5",
  "Schema.Object": "attributes:*Attribute=1 nesting:NestingMode=3",

  "GetMetadata.Request": "",
  "GetMetadata.Response":
    "server_capabilities:ServerCapabilities=1 diagnostics:*Diagnostic=2 data_sources:*TypeName=3 resources:*TypeName=4 functions:*FunctionName=5 ephemeral_resources:*TypeName=6",
  "GetMetadata.TypeName": "type_name:string=1",
  "GetMetadata.FunctionName": "name:string=1",
  "GetProviderSchema.Request": "",
  "GetProviderSchema.Response":
    "provider:Schema=1 resource_schemas:map<Schema>=2 data_source_schemas:map<Schema>=3 ephemeral_resource_schemas:map<Schema>=8 diagnostics:*Diagnostic=4 server_capabilities:ServerCapabilities=6",
  "ValidateProviderConfig.Request": "config:DynamicValue=1",
  "ValidateProviderConfig.Response": "diagnostics:*Diagnostic=2",
  "ValidateResourceConfig.Request": "type_name:string=1 config:DynamicValue=2 client_capabilities:ClientCapabilities=3",
  "ValidateResourceConfig.Response": "diagnostics:*Diagnostic=1",
  "ValidateDataResourceConfig.Request": "type_name:string=1 config:DynamicValue=2",
  "ValidateDataResourceConfig.Response": "diagnostics:*Diagnostic=1",
  "ValidateEphemeralResourceConfig.Request": "type_name:string=1 config:DynamicValue=2",
  "ValidateEphemeralResourceConfig.Response": "diagnostics:*Diagnostic=1",
  "ConfigureProvider.Request":
    "terraform_version:string=1 config:DynamicValue=2 client_capabilities:ClientCapabilities=3",
  "ConfigureProvider.Response": "diagnostics:*Diagnostic=1",
  "UpgradeResourceState.Request": "type_name:string=1 version:int64=2 raw_state:RawState=3",
  "UpgradeResourceState.Response": "upgraded_state:DynamicValue=1 diagnostics:*Diagnostic=2",
  "ReadResource.Request":
    "type_name:string=1 current_state:DynamicValue=2 private:bytes=3 provider_meta:DynamicValue=4 client_capabilities:ClientCapabilities=5",
  "ReadResource.Response": "new_state:DynamicValue=1 diagnostics:*Diagnostic=2 private:bytes=3",
  "PlanResourceChange.Request":
    "type_name:string=1 prior_state:DynamicValue=2 proposed_new_state:DynamicValue=3 config:DynamicValue=4 prior_private:bytes=5 provider_meta:DynamicValue=6 client_capabilities:ClientCapabilities=7",
  "PlanResourceChange.Response":
    "planned_state:DynamicValue=1 requires_replace:*AttributePath=2 planned_private:bytes=3 diagnostics:*Diagnostic=4 legacy_type_system:bool=5",
  "ApplyResourceChange.Request":
    "type_name:string=1 prior_state:DynamicValue=2 planned_state:DynamicValue=3 config:DynamicValue=4 planned_private:bytes=5 provider_meta:DynamicValue=6",
  "ApplyResourceChange.Response":
    "new_state:DynamicValue=1 private:bytes=2 diagnostics:*Diagnostic=3 legacy_type_system:bool=4",
  "ImportResourceState.Request": "type_name:string=1 id:string=2 client_capabilities:ClientCapabilities=3",
  "ImportResourceState.ImportedResource": "type_name:string=1 state:DynamicValue=2 private:bytes=3",
  "ImportResourceState.Response": "imported_resources:*ImportedResource=1 diagnostics:*Diagnostic=2",
  "MoveResourceState.Request":
    "source_provider_address:string=1 source_type_name:string=2 source_schema_version:int64=3 source_state:RawState=4 target_type_name:string=5 source_private:bytes=6",
  "MoveResourceState.Response": "target_state:DynamicValue=1 diagnostics:*Diagnostic=2 target_private:bytes=3",
  "ReadDataSource.Request":
    "type_name:string=1 config:DynamicValue=2 provider_meta:DynamicValue=3 client_capabilities:ClientCapabilities=4",
  "ReadDataSource.Response": "state:DynamicValue=1 diagnostics:*Diagnostic=2",
  "OpenEphemeralResource.Request": "type_name:string=1 config:DynamicValue=2 client_capabilities:ClientCapabilities=3",
  "OpenEphemeralResource.Response": "diagnostics:*Diagnostic=1 result:DynamicValue=3 private:bytes=4",
  "RenewEphemeralResource.Request": "type_name:string=1 private:bytes=2",
  "RenewEphemeralResource.Response": "diagnostics:*Diagnostic=1 private:bytes=3",
  "CloseEphemeralResource.Request": "type_name:string=1 private:bytes=2",
  "CloseEphemeralResource.Response": "diagnostics:*Diagnostic=1",
  "GetFunctions.Request": "",
  "GetFunctions.Response": "diagnostics:*Diagnostic=2",
  "StopProvider.Request": "",
  "StopProvider.Response": "Error:string=1",
};

export const enums: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "Diagnostic.Severity": { INVALID: 0, ERROR: 1, WARNING: 2 },
  "Schema.NestedBlock.NestingMode": { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3, MAP: 4, GROUP: 5 },
  "Schema.Object.NestingMode": { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3, MAP: 4 },
};
