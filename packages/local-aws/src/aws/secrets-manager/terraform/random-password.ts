import type { Attributes, DataSourceHandler, EphemeralHandler } from "../../../provider/resource.ts";
import type { SecretsManagerContext } from "../operations/context.ts";
import { randomPassword } from "../random-password.ts";

export function randomPasswordData({ random }: SecretsManagerContext): DataSourceHandler {
  return {
    type: "aws_secretsmanager_random_password",
    read(config) {
      const password = randomPassword(optionsOf(config), random);
      return { id: password, random_password: password };
    },
  };
}

export function randomPasswordEphemeral({ random }: SecretsManagerContext): EphemeralHandler {
  return {
    type: "aws_secretsmanager_random_password",
    open: (config) => ({ random_password: randomPassword(optionsOf(config), random) }),
  };
}

function optionsOf(config: Attributes) {
  return {
    length: Number(config.password_length ?? 32),
    excludeCharacters: String(config.exclude_characters ?? ""),
    excludeLowercase: config.exclude_lowercase === true,
    excludeUppercase: config.exclude_uppercase === true,
    excludeNumbers: config.exclude_numbers === true,
    excludePunctuation: config.exclude_punctuation === true,
    includeSpace: config.include_space === true,
    requireEachIncludedType: config.require_each_included_type !== false,
  };
}
