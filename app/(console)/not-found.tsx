import { NotFound } from '#components/ui/not-found.tsx';

/** Within the shell: the reader is signed in and can go on from here. */
export default function ConsoleNotFound() {
  return (
    <div className="py-16">
      <NotFound />
    </div>
  );
}
