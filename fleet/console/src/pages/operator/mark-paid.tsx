import { type OperatorOrder, operatorRoutes } from '@anteroom/shared/api/orders.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { useLineWords } from '../resources/use-line-words.ts';

/** Asks before an order counts as paid: whose it is, what it gives, and by which payment. */
export function MarkPaid({
  order,
  operatorKey,
  onPaid,
  onClose,
}: {
  order: OperatorOrder;
  operatorKey: string;
  onPaid: () => void;
  onClose: () => void;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const lineWords = useLineWords();
  const { id: orderId, reference, organization, lines } = order;
  const form = useFields({ paymentReference: '' });
  const pay = useMutation({
    mutationFn: (body: RouteBody<typeof operatorRoutes.markPaid>) =>
      api.operator.markPaid({ params: { orderId }, body }),
    onSuccess: onPaid,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('operator.markPaidTitle', { reference })}
      centered
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const body = form.read(operatorRoutes.markPaid.body, { ...form.values, operatorKey });
          if (body) pay.mutate(body);
        }}
      >
        <p>{text('operator.markPaidWhat', { organization: organization.name, lines: lineWords(lines) })}</p>
        <TextInput
          label={text('operator.paymentReference')}
          description={text('operator.paymentReferenceHint')}
          autoComplete="off"
          data-autofocus
          value={form.values.paymentReference}
          onChange={(event) => form.set('paymentReference', event.target.value)}
          error={form.isRefused('paymentReference') ? text('operator.paymentReferenceWrong') : undefined}
        />
        <FaultNote error={pay.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={pay.isPending}>
            {text('operator.markPaid')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
