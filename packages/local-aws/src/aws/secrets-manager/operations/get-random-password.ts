import type { Call } from "../../../gateway/protocol.ts";
import { randomPassword } from "../random-password.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

export const getRandomPassword =
  ({ random }: SecretsManagerContext) =>
  (input: Input, call: Call): object => {
    call.authorize("secretsmanager:GetRandomPassword", "*");
    const options = {
      length: input.PasswordLength ?? 32,
      excludeCharacters: input.ExcludeCharacters ?? "",
      excludeLowercase: input.ExcludeLowercase ?? false,
      excludeNumbers: input.ExcludeNumbers ?? false,
      excludePunctuation: input.ExcludePunctuation ?? false,
      excludeUppercase: input.ExcludeUppercase ?? false,
      includeSpace: input.IncludeSpace ?? false,
      requireEachIncludedType: input.RequireEachIncludedType ?? true,
    };
    return { RandomPassword: randomPassword(options, random) };
  };
