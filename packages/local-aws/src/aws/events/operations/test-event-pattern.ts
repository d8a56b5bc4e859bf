import { parseEventPattern } from "../../../delivery/event-pattern.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { parseObject } from "../parse-object.ts";

interface Input {
  readonly EventPattern?: string;
  readonly Event?: string;
}

export function testEventPattern({ EventPattern = "", Event = "" }: Input, call: Call): object {
  call.authorize("events:TestEventPattern", "*");
  return { Result: parseEventPattern(EventPattern)(parseObject(Event)) };
}
