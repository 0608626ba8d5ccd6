import type { InputHTMLAttributes, Ref } from 'react';

/** A labelled input; what is wrong with it is said below and read out. */
export function Field({
  id,
  label,
  wrong,
  field,
  ...input
}: InputHTMLAttributes<HTMLInputElement> & {
  id: string;
  label: string;
  wrong: string | null;
  field: Ref<HTMLInputElement>;
}) {
  const wrongId = `${id}-wrong`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        ref={field}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? wrongId : undefined}
      />
      {wrong ? (
        <p className="wrong" id={wrongId} role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
