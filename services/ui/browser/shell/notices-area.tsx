import { Icon } from "../parts/icon.tsx";
import { useServices } from "../parts/services.ts";
import { useStore } from "../parts/use-store.ts";

/** The notices. The area is always there, because screen readers announce only what changes in it. */
export function NoticesArea() {
  const { notices } = useServices();
  return (
    <div class="notices" role="status" aria-label="Messages">
      {useStore(notices.shown).map(({ id, kind, text, action }) => (
        <p key={id} class={`notice ${kind}`}>
          <Icon name={kind === "good" ? "check" : "alert"} />
          <span>{text}</span>
          {action && (
            <button
              type="button"
              class="link"
              onClick={() => {
                notices.close(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" class="quiet square" aria-label="Close the message" onClick={() => notices.close(id)}>
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}
