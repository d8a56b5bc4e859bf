import { useState } from "preact/hooks";
import { formatDate } from "../model/format.ts";
import { describeGrant } from "../model/grants.ts";
import { ConfirmDialog, type Question } from "../parts/confirm-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { LoadError } from "../parts/load-error.tsx";
import { useServices } from "../parts/services.ts";
import { useLoad } from "../parts/use-load.ts";
import { KeyDialog } from "./key-dialog.tsx";
import { type Secret, SecretDialog } from "./secret-dialog.tsx";

/** The access keys of a user, or one's own. */
export function KeyList({ owner }: { readonly owner: string | undefined }) {
  const { users } = useServices();
  const { value: keys, error, reload } = useLoad(() => users.keys(owner), [users, owner]);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const [question, setQuestion] = useState<Question>();
  const revoke = (id: string, name: string) =>
    setQuestion({
      title: `Revoke the key ${name}?`,
      text: "Programs that use it lose their access within 5 minutes.",
      action: "Revoke",
      run: async () => {
        await users.revokeKey(owner, id);
        setQuestion(undefined);
        reload();
      },
    });
  return (
    <>
      <p>
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          New access key
        </button>
      </p>
      {error !== "" && <LoadError message={error} onRetry={reload} />}
      {keys?.length === 0 && <p class="hint">There are no access keys yet.</p>}
      <ul class="cards">
        {keys?.map(({ id, name, grants, created, expires }) => (
          <li key={id}>
            <div>
              <strong>{name}</strong>
              <span class="hint">{grants ? grants.map(describeGrant).join(", ") : "All permissions of the user"}</span>
              <span class="hint">
                Created {formatDate(created)}, {expires === null ? "does not expire" : `expires ${formatDate(expires)}`}
              </span>
            </div>
            <button type="button" class="danger-text" aria-label={`Revoke ${name}`} onClick={() => revoke(id, name)}>
              Revoke
            </button>
          </li>
        ))}
      </ul>
      {isAdding && (
        <KeyDialog
          owner={owner}
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setAdding(false);
            setSecret(added);
            reload();
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
      {question && <ConfirmDialog question={question} onClose={() => setQuestion(undefined)} />}
    </>
  );
}
