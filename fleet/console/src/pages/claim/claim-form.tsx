import { type PairingOffer, terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { RoomId, SpaceId } from '@anteroom/shared/ids.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { RoomPicker } from '../rooms/room-picker.tsx';
import { SpacePicker } from '../spaces/space-picker.tsx';

type ClaimValues = { name: string; spaceId: SpaceId | null; roomId: RoomId | null };

/** Who shows the code, to compare with the screen, and where the terminal shall belong. */
export function ClaimForm({
  code,
  offer,
  onClaimed,
}: {
  code: string;
  offer: PairingOffer;
  onClaimed: (terminalId: string) => void;
}) {
  const text = texts.useText();
  const duration = useDuration();
  const now = useNow(1000);
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const initial: ClaimValues = { name: '', spaceId: null, roomId: null };
  const form = useFields(initial);
  const claim = useMutation({
    mutationFn: (body: ClaimValues & { code: string }) => api.terminals.claim({ body, key: keyOf(body) }),
    onSuccess: async (terminal) => {
      queryClient.setQueryData(['terminals', 'one', terminal.id], terminal);
      await queryClient.invalidateQueries({ queryKey: ['terminals'] });
      onClaimed(terminal.id);
    },
  });
  const isEngineer = useQuery(queries.session()).data?.role === 'fieldEngineer';
  const { spaceId, roomId } = form.values;
  const openHint = isEngineer ? text('claim.ownSites') : text('claim.later');
  const hint = spaceId && (isEngineer || roomId) ? null : openHint;
  const leftMs = Date.parse(offer.expiresAt) - now.getTime();
  return (
    <>
      <section className="claim-offer" aria-labelledby="compare">
        <h2 id="compare">{text('claim.compare')}</h2>
        <p className="claim-phrase">
          <span className="visually-hidden">{text('identity.keyPhrase')}: </span>
          {offer.keyPhrase}
        </p>
        <p className="t2">{text('claim.compareWhy')}</p>
        <dl className="claim-facts">
          <div>
            <dt>{text('claim.serial')}</dt>
            <dd className="mono">{offer.serial}</dd>
          </div>
          <div>
            <dt>{text('identity.profile')}</dt>
            <dd className="mono">{offer.profile}</dd>
          </div>
          <div>
            <dt>{text('claim.software')}</dt>
            <dd>{offer.software}</dd>
          </div>
          <div>
            <dt>{text('claim.codeLasts')}</dt>
            <dd className="tabular">{leftMs > 0 ? duration(leftMs) : text('claim.codeOver')}</dd>
          </div>
        </dl>
      </section>
      <form
        className="form"
        noValidate
        aria-label={text('claim.place')}
        onSubmit={(event) => {
          event.preventDefault();
          const body = { ...form.values, code };
          if (form.read(terminalRoutes.claim.body, body)) claim.mutate(body);
        }}
      >
        <h2>{text('claim.place')}</h2>
        <TextInput
          label={text('field.terminalName')}
          placeholder={text('field.terminalName.example')}
          value={form.values.name}
          onChange={(event) => form.set('name', event.target.value)}
          error={form.isRefused('name') ? text('field.name.wrong') : undefined}
        />
        <SpacePicker
          value={form.values.spaceId}
          known={null}
          terminalId={null}
          onChange={(spaceId) => form.set('spaceId', spaceId)}
        />
        <RoomPicker
          purpose="binding"
          value={form.values.roomId}
          known={null}
          onChange={(roomId) => form.set('roomId', roomId)}
          error={undefined}
        />
        {hint === null ? null : <p className="t2">{hint}</p>}
        <FaultNote error={claim.error} />
        <div className="form-end">
          <Button type="submit" size="md" loading={claim.isPending}>
            {text('claim.act')}
          </Button>
        </div>
      </form>
    </>
  );
}
