'use client';

import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import { CloseUncopiedDialog } from '../../_components/shown-once/close-uncopied-dialog.tsx';
import { TokenCreatedDialog } from '../../_components/shown-once/token-created-dialog.tsx';
import type { CreatedGateway } from './use-gateway-creation.ts';

type FirstTokenPopupProps = CreatedGateway & { onClose: () => void };

/** The only sight of a new gateway's first token. Opens by being rendered. */
export function FirstTokenPopup({ gatewayId, name, firstToken, example, onClose }: FirstTokenPopupProps) {
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState(true);
  useLeaveWarning(!copied);

  function close() {
    setAsking(false);
    setOpen(false);
    onClose();
  }

  function changeOpen(next: boolean) {
    if (next) return;
    if (copied) close();
    else setAsking(true);
  }

  return (
    <Dialog open={open} onOpenChange={changeOpen}>
      <TokenCreatedDialog
        gateway={{ id: gatewayId, name }}
        created={firstToken}
        example={example}
        onCopied={() => setCopied(true)}
      />
      <CloseUncopiedDialog open={asking} onStay={() => setAsking(false)} onClose={close} />
    </Dialog>
  );
}
