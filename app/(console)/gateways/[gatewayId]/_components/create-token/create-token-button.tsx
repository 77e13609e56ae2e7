'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useCallback, useState } from 'react';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DiscardDialog } from '#components/ui/discard-dialog.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import type { NamedGateway } from '#lib/gateways/schema.ts';
import type { TokenReach } from '#lib/tokens/export-tokens.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { CloseUncopiedDialog } from '../../../_components/shown-once/close-uncopied-dialog.tsx';
import { TokenCreatedDialog } from '../../../_components/shown-once/token-created-dialog.tsx';
import type { CallableModel } from '../../../_components/snippet-tabs.tsx';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { noteNewTokens } from './new-tokens-store.ts';
import { TokensCreatedDialog } from './tokens-created-dialog.tsx';

/** Where the popup stands. A secret exists in `created` only, and nowhere once the popup is closed. */
type Stage =
  | { is: 'closed' }
  | { is: 'creating'; dirty: boolean; asking: boolean }
  | { is: 'created'; created: CreatedToken[]; copied: boolean; asking: boolean };

const CREATING: Stage = { is: 'creating', dirty: false, asking: false };

type CreateTokenButtonProps = {
  gateway: NamedGateway;
  /** A model that the created popup shows code for; null where the gateway has none. */
  example: CallableModel | null;
  reach: TokenReach;
};

export function CreateTokenButton({ gateway, example, reach }: CreateTokenButtonProps) {
  const t = useTranslations('tokens.create');
  const [stage, setStage] = useState<Stage>({ is: 'closed' });
  const uncopied = stage.is === 'created' && !stage.copied;

  useShortcuts({
    c: () => {
      setStage(CREATING);
      return true;
    },
  });

  const close = () => setStage({ is: 'closed' });

  const noteDirty = useCallback((dirty: boolean) => {
    setStage((before) => (before.is === 'creating' ? { ...before, dirty } : before));
  }, []);

  function changeOpen(open: boolean) {
    if (open) setStage(CREATING);
    else if (stage.is === 'creating' && stage.dirty) setStage({ ...stage, asking: true });
    else if (uncopied) setStage({ ...stage, asking: true });
    else close();
  }

  useLeaveWarning(uncopied || (stage.is === 'creating' && stage.dirty), () => changeOpen(false));

  return (
    <Dialog open={stage.is !== 'closed'} onOpenChange={changeOpen}>
      <DialogPrimitive.Trigger asChild>
        <Button variant="primary" className="max-sm:w-full">
          <KeyRound aria-hidden />
          {t('open')}
        </Button>
      </DialogPrimitive.Trigger>
      {stage.is === 'creating' && (
        <CreateTokenDialog
          gateway={gateway}
          onDirty={noteDirty}
          onCreated={(created) => {
            noteNewTokens(gateway.id, created);
            setStage({ is: 'created', created, copied: false, asking: false });
          }}
        />
      )}
      {stage.is === 'created' && (
        <CreatedDialog
          gateway={gateway}
          created={stage.created}
          example={example}
          reach={reach}
          onCopied={() => setStage({ ...stage, copied: true })}
        />
      )}
      <DiscardDialog
        open={stage.is === 'creating' && stage.asking}
        onStay={() => stage.is === 'creating' && setStage({ ...stage, asking: false })}
        onLeave={close}
      />
      <CloseUncopiedDialog
        open={stage.is === 'created' && stage.asking}
        onStay={() => stage.is === 'created' && setStage({ ...stage, asking: false })}
        onClose={close}
      />
    </Dialog>
  );
}

type CreatedDialogProps = CreateTokenButtonProps & { created: CreatedToken[]; onCopied: () => void };

function CreatedDialog({ created, example, reach, ...props }: CreatedDialogProps) {
  const [only, ...others] = created;
  if (only && others.length === 0) return <TokenCreatedDialog {...props} created={only} example={example} />;
  return <TokensCreatedDialog {...props} created={created} reach={reach} />;
}
