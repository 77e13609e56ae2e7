import { type ReactNode, useId } from 'react';

type AccountSectionProps = { title: string; text: string; children: ReactNode };

/** A part of the account page: what it is about, and what can be done. */
export function AccountSection({ title, text, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex max-w-2xl flex-col gap-4 rounded-xl border bg-surface p-5 sm:p-6">
      <div className="flex flex-col gap-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        <p className="text-muted text-pretty">{text}</p>
      </div>
      {children}
    </section>
  );
}
