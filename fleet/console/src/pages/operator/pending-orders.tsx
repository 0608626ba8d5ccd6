import type { OperatorOrder } from '@anteroom/shared/api/orders.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { useDay } from '../resources/use-day.ts';
import { useLineWords } from '../resources/use-line-words.ts';
import { MarkPaid } from './mark-paid.tsx';
import type { Seen } from './operator-page.tsx';

/** Orders of every organization that wait for their payment, the oldest first. */
export function PendingOrders({
  seen,
  operatorKey,
  error,
  isBusy,
  onAgain,
  onForget,
}: {
  seen: Seen;
  operatorKey: string;
  error: unknown;
  isBusy: boolean;
  onAgain: () => void;
  onForget: () => void;
}) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const [paying, setPaying] = useState<OperatorOrder | null>(null);
  const [paid, setPaid] = useState<OperatorOrder | null>(null);
  return (
    <>
      <header className="page-head">
        <h1>{text('operator.title')}</h1>
        <span className="page-count tabular">{text('operator.count', { count: seen.orders.length })}</span>
        <span className="t3 tabular">{text('operator.asOf', { time: stamp(seen.at) })}</span>
        <span className="grow" />
        <Button variant="default" loading={isBusy} onClick={onAgain}>
          {text('operator.again')}
        </Button>
        <Button variant="default" onClick={onForget}>
          {text('operator.forget')}
        </Button>
      </header>
      <FaultNote error={error} />
      <p className="t2" role="status">
        {paid ? text('operator.paid', { organization: paid.organization.name, reference: paid.reference }) : ''}
      </p>
      {seen.orders.length === 0 ? (
        <EmptyState title={text('operator.none')} next={text('operator.noneNext')} />
      ) : (
        <OrdersTable orders={seen.orders} onPay={setPaying} />
      )}
      {paying ? (
        <MarkPaid
          order={paying}
          operatorKey={operatorKey}
          onPaid={() => {
            setPaid(paying);
            setPaying(null);
            onAgain();
          }}
          onClose={() => setPaying(null)}
        />
      ) : null}
    </>
  );
}

function OrdersTable({ orders, onPay }: { orders: readonly OperatorOrder[]; onPay: (order: OperatorOrder) => void }) {
  const text = texts.useText();
  const day = useDay();
  const { stamp } = useWhen();
  const lineWords = useLineWords();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('orders.reference')}</th>
          <th scope="col">{text('operator.organization')}</th>
          <th scope="col">{text('orders.what')}</th>
          <th scope="col">{text('orders.time')}</th>
          <th scope="col">{text('operator.ordered')}</th>
          <th scope="col">
            <span className="visually-hidden">{text('operator.markPaid')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.id}>
            <td className="mono">{order.reference}</td>
            <td data-phone="line">
              <b>{order.organization.name}</b>
            </td>
            <td data-phone="line">
              {lineWords(order.lines)}
              {order.billingIdentity ? (
                <span className="block t3">
                  {text('orders.billedTo', { label: order.billingIdentity.label ?? order.billingIdentity.subject })}
                </span>
              ) : null}
            </td>
            <td>
              {day(order.startAt)} – {day(order.endAt)}
            </td>
            <td data-phone="none" className="tabular">
              {stamp(order.createdAt)}
            </td>
            <td className="end" data-phone="end">
              <Button
                variant="default"
                size="compact-sm"
                aria-label={text('operator.markPaidOf', { reference: order.reference })}
                onClick={() => onPay(order)}
              >
                {text('operator.markPaid')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
