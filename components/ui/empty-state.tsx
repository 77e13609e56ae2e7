import type { ReactNode } from 'react';

type EmptyStateProps = {
  icon: ReactNode;
  title: string;
  text: string;
  heading?: 'h1' | 'h2' | 'h3';
  /** What can be done about it. */
  children?: ReactNode;
};

/** Stands where there is nothing, and says what to do. */
export function EmptyState({ icon, title, text, heading: Heading = 'h3', children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 text-center">
      <span className="mb-1 grid size-11 place-items-center rounded-full bg-accent-soft text-accent [&_svg]:size-5">
        {icon}
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="text-muted text-pretty">{text}</p>
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}
