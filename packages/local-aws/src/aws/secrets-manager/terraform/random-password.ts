import { number, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, EphemeralHandler } from "../../../provider/resource-handler.ts";
import type { RandomInteger } from "../random-integer.ts";
import { type PasswordOptions, randomPassword } from "../random-password.ts";

export function randomPasswordDataSource(random: RandomInteger): DataSourceHandler {
  return {
    type: "aws_secretsmanager_random_password",
    read(config) {
      const password = randomPassword(optionsOf(config), random);
      return { id: password, random_password: password };
    },
  };
}

export function randomPasswordEphemeral(random: RandomInteger): EphemeralHandler {
  return {
    type: "aws_secretsmanager_random_password",
    open: (config) => ({ random_password: randomPassword(optionsOf(config), random) }),
  };
}

function optionsOf(config: Attributes): PasswordOptions {
  return {
    length: number(config.password_length, 32),
    excludeCharacters: text(config.exclude_characters),
    excludeLowercase: config.exclude_lowercase === true,
    excludeUppercase: config.exclude_uppercase === true,
    excludeNumbers: config.exclude_numbers === true,
    excludePunctuation: config.exclude_punctuation === true,
    includeSpace: config.include_space === true,
    requireEachIncludedType: config.require_each_included_type !== false,
  };
}
