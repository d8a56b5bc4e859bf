import { expect, it } from "vitest";
import { explainFilesError } from "./explain-files-error.ts";
import { FilesError } from "./files-error.ts";

it.each([
  ["FileNotFound", 404, /npm run files -- ls --recursive$/],
  ["FileExists", 409, /npm run files -- put --help$/],
  ["Forbidden", 403, /npm run user -- list$/],
  ["InvalidCredentials", 401, /npm run files -- ls --help$/],
  ["NO_CREDENTIALS", undefined, /npm run files -- ls --help$/],
  ["ObjectStoreUnavailable", 503, /npm run files -- --help$/],
])("ends the message of %s with the next command", (code, status, next) => {
  const options = status === undefined ? {} : { status };
  const explained = explainFilesError(new FilesError(code, "It failed.", options));
  expect(explained).toMatchObject({ code, status, message: expect.stringMatching(next) });
});

it("names the option of the command instead of the member of the API", () => {
  const error = new FilesError("FileExists", "There is a file with this key. Set overwrite to replace it.", {
    status: 409,
  });
  expect(explainFilesError(error)).toMatchObject({ message: expect.stringContaining("Replace it with --overwrite.") });
});

it("leaves other errors as they are", () => {
  const error = new TypeError("undefined is not a function");
  expect(explainFilesError(error)).toBe(error);
});
