import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { SignInFrame } from './sign-in-page.tsx';

/** The one-time link did not sign anybody in. */
export function LinkFailedPage({ error }: ErrorComponentProps) {
  const text = texts.useText();
  return (
    <SignInFrame>
      <h1>{text('link.failed')}</h1>
      <div className="stack sign-in-form">
        <FaultNote error={error} />
        <Link to="/sign-in" className="link">
          {text('link.password')}
        </Link>
      </div>
    </SignInFrame>
  );
}
