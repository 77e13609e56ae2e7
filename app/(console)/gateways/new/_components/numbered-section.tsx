import { type ReactNode, useId } from 'react';

type NumberedSectionProps = { number: number; title: string; text: string; children: ReactNode };

/** One step of a form on one page. */
export function NumberedSection({ number, title, text, children }: NumberedSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-4">
      <span className="grid size-7 place-items-center rounded-md bg-accent font-semibold text-accent-ink" aria-hidden>
        {number}
      </span>
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="text-muted text-pretty">{text}</p>
      </div>
      <div className="col-start-2 min-w-0 max-sm:col-span-2 max-sm:col-start-1">{children}</div>
    </section>
  );
}
