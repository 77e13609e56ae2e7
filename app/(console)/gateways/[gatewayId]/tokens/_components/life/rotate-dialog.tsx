'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { RadioChoice } from '#components/ui/radio-choice.tsx';
import { strong } from '#components/ui/strong.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { randomUuid } from '#lib/console/random-uuid.ts';
import type { Overlap } from '#lib/tokens/inputs.ts';
import { rotateTokenAction } from '../../actions.ts';
import type { LifeProblem } from './life-problem.tsx';
import { type Rotated, RotatedDialog } from './rotated-dialog.tsx';
import type { TokenDialogProps } from './token-dialog-props.ts';
import { TokenFormDialog } from './token-form-dialog.tsx';

/** Gives a token a new secret, and shows it once. */
export function RotateDialog(props: TokenDialogProps) {
  const [rotated, setRotated] = useState<Rotated | null>(null);
  return rotated ? <RotatedDialog {...props} rotated={rotated} /> : <RotateForm {...props} onRotated={setRotated} />;
}

type RotateFormProps = TokenDialogProps & { onRotated: (rotated: Rotated) => void };

function RotateForm({ gateway, token, onClose, returnFocus, onRotated }: RotateFormProps) {
  const t = useTranslations('tokens.life.rotate');
  const [overlap, setOverlap] = useState<Overlap>('day');
  const rotationId = useRef(randomUuid());
  const hasRotated = useRef(false);
  const { run, pending, problem } = useAttempt<LifeProblem>(async () => {
    const { id, masked } = token;
    const input = { gatewayId: gateway.id, id, masked, rotationId: rotationId.current, overlap };
    const result = await rotateTokenAction(input);
    if (!result.ok) return result.code;
    hasRotated.current = true;
    onRotated(result);
    return null;
  });

  const description = t.rich('text', {
    name: token.name,
    strong,
  });
  return (
    <TokenFormDialog
      texts={{ title: t('title'), description, submit: t('submit'), cancel: t('cancel') }}
      problem={problem}
      pending={pending}
      onSubmit={run}
      onClose={onClose}
      // What shows the secret has the focus then.
      returnFocus={() => !hasRotated.current && returnFocus()}
    >
      <RadioChoice
        label={t('overlap')}
        options={(['none', 'hour', 'day', 'week'] as const).map((value) => ({ value, label: t(value) }))}
        value={overlap}
        onChange={setOverlap}
        stacked
      />
      {overlap === 'none' && <p className="text-warning">{t('noneWarning')}</p>}
      {token.previous && <p className="text-warning">{t('endsPrevious', { masked: token.previous.masked })}</p>}
    </TokenFormDialog>
  );
}
