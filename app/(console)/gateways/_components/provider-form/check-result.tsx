import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SaidOfKey } from './use-key-check.ts';

const LOOKS = {
  good: { Icon: CircleCheck, look: 'text-success' },
  bad: { Icon: CircleAlert, look: 'text-danger' },
  unclear: { Icon: CircleHelp, look: 'text-warning' },
};

/** What came of trying a key and a model; read out as it appears. */
export function CheckResult({ said }: { said: SaidOfKey | null }) {
  const { Icon, look } = LOOKS[judge(said)];
  return (
    <p role="status" className={said ? `flex gap-2 ${look}` : 'sr-only'}>
      {said && (
        <>
          <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span>
            <SaidText said={said} />
          </span>
        </>
      )}
    </p>
  );
}

function SaidText({ said }: { said: SaidOfKey }) {
  const t = useTranslations('providers.form');
  if (!('status' in said)) return t(`checked.${said.outcome}`);
  const { model, milliseconds } = said;
  const status = String(said.status);
  return model === null
    ? t(`checked.${said.outcome}`, { status, milliseconds })
    : t(`called.${said.outcome}`, { model, status, milliseconds });
}

function judge(said: SaidOfKey | null): keyof typeof LOOKS {
  if (said?.outcome === 'accepted') return 'good';
  return said?.outcome === 'otherAnswer' && said.model === null ? 'unclear' : 'bad';
}
