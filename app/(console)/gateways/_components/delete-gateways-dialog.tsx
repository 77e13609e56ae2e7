'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { DeleteDialog, NameList } from '../../_components/delete-dialog.tsx';
import { ProblemNotice } from '../../_components/problem-notice.tsx';
import { useGatewayDeletion } from './use-gateway-deletion.ts';

type DeleteGatewaysDialogProps = {
  gateways: NamedRow[];
  onDeleted: () => void;
  onClose: () => void;
  /** Where the keyboard goes when the dialog has closed. */
  returnFocus: () => void;
};

/**
 * Names what is about to be deleted, and has it typed: one gateway's name, or for several a phrase with their number,
 * the same in every language. Opens by being rendered.
 */
export function DeleteGatewaysDialog({ gateways, onDeleted, onClose, returnFocus }: DeleteGatewaysDialogProps) {
  const t = useTranslations('gateways.delete');
  const [typed, setTyped] = useState('');
  const { run, pending, problem } = useGatewayDeletion(gateways, onDeleted);
  const about = { count: gateways.length, name: gateways[0]?.name ?? '' };
  const phrase = gateways.length === 1 ? about.name : `delete ${gateways.length}`;

  return (
    <DeleteDialog
      title={t('title', about)}
      description={t('description', about)}
      problem={<ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />}
      pending={pending}
      ready={typed.trim() === phrase}
      onConfirm={run}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      {gateways.length > 1 && <NameList label={t('chosen')} names={gateways} />}
      <Field label={t('prompt', { phrase })}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
    </DeleteDialog>
  );
}
